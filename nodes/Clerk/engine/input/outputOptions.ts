import { OUTPUT, OUTPUT_AS } from '../form/commonFields';
import type { Range } from '../http/pagination';
import { InvalidInputError, isProcedure } from '../operation';
import type { Operation, View } from '../operation';
import { fieldName, pickFields } from '../operation/view';
import { readChoice } from './encode';
import type { ReadParameter } from './readCollection';
import type { FormValues } from './readForm';
import { readSwitch, readWhole } from './readOptions';

/** What a form says about the output: of how many records, how much of each, and in which form. */
export interface OutputOptions {
	output: 'simplified' | 'raw' | 'selectedFields';
	/** With `selectedFields`: the operation's view, cut down to them. */
	selected?: View;
	outputAs: 'items' | 'envelope';
	range: Range;
}

/** What the form says of the output: which fields, how many records, and in what shape. @throws InvalidInputError */
export function readOutputOptions(
	operation: Operation,
	form: FormValues,
	read: ReadParameter,
): OutputOptions {
	if (isProcedure(operation)) return { output: 'raw', outputAs: 'items', range: {} };
	const { returns } = operation;
	const output = readChoice(OUTPUT, read('output', 'simplified')) as OutputOptions['output'];
	const selected =
		output === 'selectedFields' ? readSelectedFields(returns.view, read('fields', [])) : undefined;
	if (returns.kind !== 'list') return { output, selected, outputAs: 'items', range: {} };

	const isWhole = readSwitch('Return All', read('returnAll', false));
	const range = () => ({
		limit: readWhole('Limit', read('limit', 50), 1),
		offset: form.options.offset,
	});
	return {
		output,
		selected,
		outputAs: readChoice(OUTPUT_AS, read('outputAs', 'items')) as OutputOptions['outputAs'],
		range: isWhole ? {} : range(),
	};
}

function readSelectedFields(view: View, value: unknown): View {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	const fields = names.map((name) => name.trim()).filter(Boolean);
	if (fields.length === 0)
		throw new InvalidInputError('Output Fields', 'is empty. Choose at least one');
	const known = view.fields.map(fieldName);
	const unknown = fields.find((field) => !known.includes(field));
	if (unknown !== undefined) {
		throw new InvalidInputError(
			'Output Fields',
			`has no field "${unknown}". There are: ${known.join(', ')}`,
		);
	}
	return pickFields(view, fields);
}
