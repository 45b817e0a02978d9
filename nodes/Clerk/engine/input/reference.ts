import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { InvalidInputError } from '../operation';
import type { Field, Locator } from '../operation/field';
import type { FieldContext } from './encode';

/** Records that a form points at: by their ids, or in other words that are still to be looked up. */

/** An id field as filled in; `resolve` turns what stands in it into an id. */
export class Reference {
	/** The id, or why there is none; set by `resolve`, at once where the form holds an id. */
	result: { id: string } | { problem: unknown } | undefined;

	constructor(
		readonly locator: Locator,
		readonly mode: string,
		readonly value: string,
		readonly label: string,
		/** Whether it is the record that the item is about, and not one that is written into it. */
		readonly isSubject = false,
	) {
		if (!locator.finders?.some((finder) => finder.mode.name === mode)) this.result = { id: value };
	}

	get id(): string {
		if (!this.result) throw new InvalidInputError(this.label, 'was not looked up');
		if ('problem' in this.result) throw this.result.problem;
		return this.result.id;
	}
}

/** What a locator names: the ID itself, or what Clerk has to be asked for; null where an empty one clears. @throws InvalidInputError */
export function toReference(
	field: Field,
	value: unknown,
	label: string,
	{ location: place }: FieldContext,
): Reference | null {
	const isLocator = value !== null && typeof value === 'object' && 'mode' in value;
	const { mode, value: named } = isLocator
		? (value as INodeParameterResourceLocator)
		: { mode: 'id', value };
	// In a body an emptied id clears what was set.
	if (place === 'body' && !field.required && (named === '' || named === null)) return null;
	if (named === '') throw new InvalidInputError(label, 'is empty');
	if (typeof named !== 'string' && !Number.isSafeInteger(named)) {
		throw new InvalidInputError(label, `has no value: its expression gave ${kindOf(named)}`);
	}
	const text = String(named);
	if (text.trim() !== text)
		throw new InvalidInputError(label, 'must not start or end with a blank');
	const locator = field.locator!;
	const isSubject = place === 'path' || (place === 'procedure' && field.required === true);
	return new Reference(locator, modeOf(locator, mode, text), text, label, isSubject);
}

/** What an expression puts into the list mode was chosen from no list; an AI agent names people as people do. */
const modeOf = ({ finders = [] }: Locator, mode: string, text: string): string =>
	(mode === 'list' && finders.find((finder) => finder.recognizes?.(text))?.mode.name) || mode;

const kindOf = (value: unknown): string => (value instanceof Object ? 'an object' : String(value));

/** The same values, with the id that stands behind each reference. @throws InvalidInputError, RequestError where there is none */
export const withIds = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			value instanceof Reference ? value.id : value,
		]),
	);
