import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './input';
import type { Operation } from './operation';
import type { Range } from './paging';
import type { Form, ReadParameter } from './request';

/** What a form says about the output: how much of each record, how many, and in which form. */
export interface Wanted {
	output: 'simplified' | 'raw' | 'selectedFields';
	/** With `selectedFields`: their names in the simplified output. */
	fields: string[];
	outputAs: 'items' | 'envelope';
	range: Range;
}

/** @throws InvalidInput */
export function readWanted({ returns }: Operation, form: Form, read: ReadParameter): Wanted {
	const output = read('output', 'simplified') as Wanted['output'];
	const isList = returns.kind === 'list';
	return {
		output,
		fields: output === 'selectedFields' ? selected(read('fields', [])) : [],
		outputAs: isList ? (read('outputAs', 'items') as Wanted['outputAs']) : 'items',
		range:
			isList && read('returnAll', false) !== true
				? { limit: whole('Limit', read('limit', 50), 1), offset: offsetOf(form.options) }
				: {},
	};
}

function selected(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	const fields = names.map((name) => name.trim()).filter(Boolean);
	if (fields.length === 0) throw new InvalidInput('Output Fields', 'is empty. Choose at least one');
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
