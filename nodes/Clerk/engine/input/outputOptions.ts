import { OUTPUT, OUTPUT_AS } from '../form/commonFields';
import { OUTPUT_FIELDS } from '../form/outputFields';
import type { Range } from '../http/pagination';
import { InvalidInputError, isProcedure, viewOf } from '../operation';
import type { Operation, View } from '../operation';
import type { DateFormat } from '../operation/dates';
import { outputName, pickFields } from '../operation/view';
import { readChoice } from './encode';
import { readEntries } from './kinds';
import type { ReadParameter } from './readCollection';
import type { FormValues } from './readForm';
import { readBoolean, readWholeNumber } from './readOptions';

/** The output that a form asks for: how many records, which fields of each, and in which shape. */
export interface OutputOptions {
	output: 'simplified' | 'raw' | 'selectedFields';
	/** With `selectedFields`: the operation's view, reduced to them. */
	selected?: View;
	dateFormat: DateFormat;
	outputAs: 'items' | 'envelope';
	range: Range;
}

/** Reads the output options of an item. A procedure without a view has none: it outputs its own report. @throws InvalidInputError */
export function readOutputOptions(
	operation: Operation,
	values: FormValues,
	read: ReadParameter,
): OutputOptions {
	const view = viewOf(operation);
	const { dateFormat = 'unix' } = values.options;
	if (!view) return { output: 'raw', dateFormat, outputAs: 'items', range: {} };
	const output = readChoice(OUTPUT, read('output', 'simplified')) as OutputOptions['output'];
	const selected =
		output === 'selectedFields' ? readSelectedFields(view, read('fields', [])) : undefined;
	if (isProcedure(operation) || operation.returns.kind !== 'list')
		return { output, selected, dateFormat, outputAs: 'items', range: {} };

	const returnAll = readBoolean('Return All', read('returnAll', false));
	const readRange = () => ({
		limit: readWholeNumber('Limit', read('limit', 50), 1),
		offset: values.options.offset,
	});
	return {
		output,
		selected,
		dateFormat,
		outputAs: readChoice(OUTPUT_AS, read('outputAs', 'items')) as OutputOptions['outputAs'],
		range: returnAll ? {} : readRange(),
	};
}

function readSelectedFields(view: View, value: unknown): View {
	const fields = readEntries(undefined, value ?? [], OUTPUT_FIELDS.displayName);
	if (fields.length === 0)
		throw new InvalidInputError(OUTPUT_FIELDS.displayName, 'is empty. Choose at least one');
	const known = view.fields.map(outputName);
	const unknown = fields.find((field) => !known.includes(field));
	if (unknown !== undefined) {
		throw new InvalidInputError(
			OUTPUT_FIELDS.displayName,
			`has no field "${unknown}". There are: ${known.join(', ')}`,
		);
	}
	return pickFields(view, fields);
}
