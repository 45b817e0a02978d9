import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { InvalidInputError } from '../operation';
import type { Field, Locator } from '../operation/field';
import { describeValue, INVISIBLE, trimAround } from './describe';
import type { FieldContext } from './encode';
import { rejectExpressionText } from './expressionText';
import { describeIdentifier, readEntry, rejectShortened } from './kinds';
import { isPlaceholder } from './placeholder';
import { unquote } from './splitList';

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

/** Reads a list of IDs, and of what the finders of the locator recognize. @throws InvalidInputError */
export function toReferences(locator: Locator, entries: string[], label: string): unknown {
	const references = entries.map((entry) =>
		readReference(locator, locator.idMode.name, entry, label),
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
	const locator = field.locator!;
	const isLocator = value !== null && typeof value === 'object' && 'mode' in value;
	const { mode, value: content } = isLocator
		? (value as INodeParameterResourceLocator)
		: { mode: locator.idMode.name, value };
	// In a body an empty ID clears the one that is set.
	const isCleared = content === '' || content === null;
	const canClear = location === 'body' && !field.required && (field.nullable ?? field.neverEmpty);
	if (canClear && isCleared) return null;
	const isSubject = location === 'path' || (location === 'procedure' && field.required === true);
	return readReference(locator, mode, content, label, isSubject);
}

/**
 * Reads what a locator holds in one of its modes.
 *
 * An expression, an AI agent or a person may give an email address in the mode for IDs: n8n's editor
 * leaves a locator in that mode when the model is to fill it in (docs/n8n-notes.md, 48). So a value
 * that a finder recognizes is looked up.
 *
 * @throws InvalidInputError
 */
export function readReference(
	locator: Locator,
	mode: string,
	value: unknown,
	label: string,
	isSubject = false,
): Reference {
	if (value === '') throw new InvalidInputError(label, 'is empty');
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InvalidInputError(
			label,
			`has no value: its expression returned ${describeKind(value)}`,
		);
	}
	rejectExpressionText(value, label);
	rejectShortened(value, label);
	const text = String(value).replace(INVISIBLE, '').trim();
	if (text === '') throw new InvalidInputError(label, 'is empty');
	if (isPlaceholder(text)) {
		throw new InvalidInputError(label, `holds ${describeValue(text)}, which is not a value`);
	}
	const { finders = [] } = locator;
	const finder =
		finders.find((candidate) => candidate.mode.name === mode) ??
		finders.find((candidate) => candidate.recognizes?.(text));
	return finder
		? new Reference(
				locator,
				finder.mode.name,
				readEntry(finder.kind, value, label),
				label,
				isSubject,
			)
		: new Reference(locator, mode, readId(locator, text, label), label, isSubject);
}

/** Rejects what is no ID of this kind of record: an ID of another kind, an email address, several words. */
function readId({ noun, idMode, ids }: Locator, text: string, label: string): string {
	if (idMode.name === 'id' && /\s/.test(text)) {
		throw new InvalidInputError(label, `must not contain a space, but got ${describeValue(text)}`);
	}
	if (!ids) return text;
	// As in lists of IDs: quotes round it, and a separator after it.
	const bare = unquote(trimAround(unquote(text), ';,'));
	if (bare.startsWith(ids.prefix) || !describeIdentifier(bare, ids.others)) return bare;
	return readEntry({ id: ids.prefix, noun, others: ids.others }, bare, label);
}

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
