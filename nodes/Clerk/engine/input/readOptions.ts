import { optionsOf } from '../form/options';
import { InvalidInputError } from '../operation';
import type { Field, Operation, Options } from '../operation';
import { describeValue, readChoice, toBoolean } from './encode';
import { readCollection } from './readCollection';
import type { ReadParameter } from './readCollection';

/** The Options of a form, read. */

/**
 * What is not filled in has its default. What is filled in must be something: a Dry Run whose
 * expression gave nothing would otherwise be carried out.
 *
 * @throws InvalidInputError
 */
export function readOptions(operation: Operation, read: ReadParameter): Options {
	const fields = optionsOf(operation);
	const given = readCollection('options', fields, read);
	const values = fields.map((field) => [
		field.name,
		Object.hasOwn(given, field.name) ? readOption(field, given[field.name]) : field.default,
	]);
	return { offset: 0, dryRun: false, ifNotFound: 'fail', ...Object.fromEntries(values) };
}

function readOption(field: Field, value: unknown): unknown {
	if (field.type === 'number') {
		return readWhole(field.displayName, value, field.typeOptions?.minValue ?? 0);
	}
	return field.type === 'boolean' ? readSwitch(field.displayName, value) : readChoice(field, value);
}

/** As `toBoolean`. @throws InvalidInputError */
export const readSwitch = (label: string, value: unknown): boolean =>
	toBoolean(value, (complaint) => new InvalidInputError(label, complaint));

/** A whole number, or the text of one. @throws InvalidInputError */
export function readWhole(label: string, value: unknown, least: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least) return number;
	throw new InvalidInputError(
		label,
		`needs a whole number from ${least}, but got ${describeValue(value)}`,
	);
}
