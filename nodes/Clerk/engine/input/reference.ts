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

/** A list or a table with references that are still to be resolved, which then has a value. */
export class Deferred {
	constructor(
		readonly references: Reference[],
		/** Returns the value. @throws InvalidInputError, RequestError where there is no ID */
		readonly read: () => unknown,
	) {}

	/** Returns the value at once if no reference is to be resolved. */
	static of(references: Reference[], read: () => unknown): unknown {
		const unresolved = references.filter(({ result }) => !result);
		return unresolved.length > 0 ? new Deferred(unresolved, read) : read();
	}
}

/** Returns the references in a form's value that are still to be resolved. */
export function unresolvedIn(value: unknown): Reference[] {
	if (value instanceof Deferred) return value.references;
	return value instanceof Reference && !value.result ? [value] : [];
}

/** Reads a list of IDs, and of what the finders of the locator recognize. @param entries - as text */
export function toReferences(locator: Locator, entries: string[], label: string): unknown {
	const references = entries.map(
		(entry) => new Reference(locator, modeOf(locator, locator.idMode.name, entry), entry, label),
	);
	return Deferred.of(references, () => references.map(({ id }) => id));
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

/** In the modes for lists and IDs, an expression or an AI agent may give an email address, or a name. */
const modeOf = ({ finders = [], idMode }: Locator, mode: string, text: string): string =>
	(['list', 'id', idMode.name].includes(mode) &&
		finders.find((finder) => finder.recognizes?.(text))?.mode.name) ||
	mode;

const describeKind = (value: unknown): string =>
	value instanceof Object ? 'an object' : String(value);

/** Replaces each reference by its ID, also within lists and tables. @throws InvalidInputError, RequestError where there is no ID */
export const withIds = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			value instanceof Reference ? value.id : value instanceof Deferred ? value.read() : value,
		]),
	);
