import type { IDataObject } from 'n8n-workflow';

import { InvalidInput, readSwitch } from './input';
import type { Operation, View } from './operation';
import type { Range } from './paging';
import type { Form, ReadParameter } from './request';
import { fieldName } from './views';

/** What a form says about the output: of how many records, how much of each, in which form, or none at all. */
export interface Wanted {
	output: 'simplified' | 'raw' | 'selectedFields';
	/** With `selectedFields`: their names in the simplified output. */
	fields: string[];
	outputAs: 'items' | 'envelope';
	range: Range;
	/** Only show what would be sent. */
	dryRun: boolean;
}

/** @throws InvalidInput */
export function readWanted({ returns }: Operation, form: Form, read: ReadParameter): Wanted {
	const output = read('output', 'simplified') as Wanted['output'];
	const isList = returns.kind === 'list';
	return {
		output,
		fields: output === 'selectedFields' ? selected(read('fields', []), returns.view) : [],
		outputAs: isList ? (read('outputAs', 'items') as Wanted['outputAs']) : 'items',
		range:
			isList && !readSwitch('Return All', read('returnAll', false))
				? { limit: whole('Limit', read('limit', 50), 1), offset: offsetOf(form.options) }
				: {},
		dryRun: readSwitch('Dry Run', form.options.dryRun ?? false),
	};
}

function selected(value: unknown, view: View): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	const fields = names.map((name) => name.trim()).filter(Boolean);
	if (fields.length === 0) throw new InvalidInput('Output Fields', 'is empty. Choose at least one');
	const known = view.fields.map(fieldName);
	const unknown = fields.find((field) => !known.includes(field));
	if (unknown !== undefined) {
		throw new InvalidInput(
			'Output Fields',
			`has no field "${unknown}". There are: ${known.join(', ')}`,
		);
	}
	return fields;
}

const offsetOf = ({ offset }: IDataObject): number =>
	offset === undefined ? 0 : whole('Offset', offset, 0);

function whole(label: string, value: unknown, least: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least) return number;
	throw new InvalidInput(
		label,
		`needs a whole number from ${least}, but got ${JSON.stringify(value)}`,
	);
}
