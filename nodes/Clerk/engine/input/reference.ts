import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { InvalidInputError } from '../operation';
import type { Field, Locator } from '../operation/field';
import type { FieldContext } from './encode';

/** Records that a form points at: by their IDs, or by a value that is resolved to an ID, such as an email address. */

/** The value of a locator, which `resolve` turns into an ID. */
export class Reference {
	/** The ID, or why there is none. Set at once where the form holds an ID, otherwise by `resolve`. */
	result: { id: string } | { error: unknown } | undefined;

	constructor(
		readonly locator: Locator,
		readonly mode: string,
		readonly value: string,
		readonly label: string,
		/** Whether it is the record that the item is about, not one that the item refers to. */
		readonly isSubject = false,
	) {
		if (!locator.finders?.some((finder) => finder.mode.name === mode)) this.result = { id: value };
	}

	get id(): string {
		if (!this.result) throw new InvalidInputError(this.label, 'was not looked up');
		if ('error' in this.result) throw this.result.error;
		return this.result.id;
	}
}

/** Reads the value of a locator; null where an empty one clears the field. @throws InvalidInputError */
export function toReference(
	field: Field,
	value: unknown,
	label: string,
	{ location }: FieldContext,
): Reference | null {
	const isLocator = value !== null && typeof value === 'object' && 'mode' in value;
	const { mode, value: id } = isLocator
		? (value as INodeParameterResourceLocator)
		: { mode: 'id', value };
	// In a body an empty ID clears the one that is set.
	if (location === 'body' && !field.required && (id === '' || id === null)) return null;
	if (id === '') throw new InvalidInputError(label, 'is empty');
	if (typeof id !== 'string' && !Number.isSafeInteger(id)) {
		throw new InvalidInputError(label, `has no value: its expression gave ${describeKind(id)}`);
	}
	const text = String(id);
	if (text.trim() !== text)
		throw new InvalidInputError(label, 'must not start or end with a blank');
	const locator = field.locator!;
	const isSubject = location === 'path' || (location === 'procedure' && field.required === true);
	return new Reference(locator, modeOf(locator, mode, text), text, label, isSubject);
}

/** In list mode an expression or an AI agent may give an email address instead of an ID. */
const modeOf = ({ finders = [] }: Locator, mode: string, text: string): string =>
	(mode === 'list' && finders.find((finder) => finder.recognizes?.(text))?.mode.name) || mode;

const describeKind = (value: unknown): string =>
	value instanceof Object ? 'an object' : String(value);

/** Replaces each reference by its ID. @throws InvalidInputError, RequestError where there is no ID */
export const withIds = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			value instanceof Reference ? value.id : value,
		]),
	);
