import { CONCURRENCY, DRY_RUN, IF_NOT_FOUND, MAX_RETRIES, MAX_WAIT, OFFSET } from './commonFields';
import { readCollection } from './collections';
import { InvalidInput, nameOf, readChoice, toBoolean } from './input';
import { isProcedure, isWrite } from './operation';
import type { Field, Operation } from './operation';
import type { ReadParameter } from './readForm';

/** The Options of an operation: which there are, and what a form says in them. */

export interface Options {
	concurrency: number;
	maxRetries: number;
	/** Seconds. */
	maxWait: number;
	offset: number;
	dryRun: boolean;
	ifNotFound: 'fail' | 'empty';
	[ofTheOperation: string]: unknown;
}

/** The fields under Options, in the order in which the form shows them. */
export function optionsOf(operation: Operation): Field[] {
	const returns = isProcedure(operation) ? undefined : operation.returns;
	return [
		CONCURRENCY,
		MAX_RETRIES,
		MAX_WAIT,
		...(operation.options ?? []),
		...(returns?.kind === 'list' ? [OFFSET] : []),
		...(returns?.kind === 'one' && returns.ifNotFound ? [IF_NOT_FOUND] : []),
		...(isWrite(operation) && !hasOwnDryRun(operation) ? [DRY_RUN] : []),
	];
}

/** Where it is on by default, it stands on the form and not among the options. */
const hasOwnDryRun = (operation: Operation): boolean =>
	isProcedure(operation) && operation.form.some(({ name }) => name === DRY_RUN.name);

/**
 * What is not filled in has its default. What is filled in must be something: a Dry Run whose
 * expression gave nothing would otherwise be carried out.
 *
 * @throws InvalidInput
 */
export function readOptions(operation: Operation, read: ReadParameter): Options {
	const fields = optionsOf(operation);
	const given = readCollection('options', fields, read);
	const values = fields.map((field) => [
		field.name,
		Object.hasOwn(given, field.name) ? valueOf(field, given[field.name]) : field.default,
	]);
	return { offset: 0, dryRun: false, ifNotFound: 'fail', ...Object.fromEntries(values) };
}

function valueOf(field: Field, value: unknown): unknown {
	if (field.type === 'number') {
		return readWhole(field.displayName, value, field.typeOptions?.minValue ?? 0);
	}
	return field.type === 'boolean' ? readSwitch(field.displayName, value) : readChoice(field, value);
}

/** As `toBoolean`. @throws InvalidInput */
export const readSwitch = (label: string, value: unknown): boolean =>
	toBoolean(value, (complaint) => new InvalidInput(label, complaint));

/** A whole number, or the text of one. @throws InvalidInput */
export function readWhole(label: string, value: unknown, least: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least) return number;
	throw new InvalidInput(label, `needs a whole number from ${least}, but got ${nameOf(value)}`);
}
