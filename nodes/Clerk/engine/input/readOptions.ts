import { optionsOf } from '../form/options';
import { fieldsIn } from '../form/placement';
import { InvalidInputError } from '../operation';
import type { Field, Operation, Options } from '../operation';
import { describeValue } from './describe';
import { readChoice, toBoolean } from './encode';
import { readCollection } from './readCollection';
import type { ReadParameter } from './readCollection';

/** Reads the Options of a form. */

/**
 * Returns all options of an operation, but not the fields of its request that are shown there. One that
 * was not added has its `absent` value, or else its default. One that was added must have a value, or a
 * Dry Run whose expression gave nothing would be a real run.
 *
 * @throws InvalidInputError
 */
export function readOptions(operation: Operation, read: ReadParameter): Options {
	const given = readCollection('options', fieldsIn(operation, 'options'), read);
	const values = optionsOf(operation).map((field) => [
		field.name,
		Object.hasOwn(given, field.name) ? readOption(field, given[field.name]) : absentValue(field),
	]);
	return { offset: 0, dryRun: false, ifNotFound: 'fail', ...Object.fromEntries(values) };
}

/** Adding a switch turns it on, so its `default` is not what leaving it out means. */
const absentValue = (field: Field): unknown => ('absent' in field ? field.absent : field.default);

function readOption(field: Field, value: unknown): unknown {
	if (field.type === 'number') {
		return readWholeNumber(field.displayName, value, field.typeOptions?.minValue ?? 0);
	}
	return field.type === 'boolean'
		? readBoolean(field.displayName, value)
		: readChoice(field, value);
}

/** Reads a boolean, as `toBoolean` does. @throws InvalidInputError */
export const readBoolean = (label: string, value: unknown): boolean =>
	toBoolean(value, (reason) => new InvalidInputError(label, reason));

/** Reads a whole number of at least `min`, or the text of one. @throws InvalidInputError */
export function readWholeNumber(label: string, value: unknown, min: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= min) return number;
	throw new InvalidInputError(
		label,
		`needs a whole number from ${min}, but got ${describeValue(value)}`,
	);
}
