import { collectionOf, isOnForm } from '../form/placement';
import { fieldsByLocation } from '../operation';
import type { Field, Operation, ParameterLocation } from '../operation';
import { isObject } from '../operation/values';
import type { ReadParameter } from './readCollection';

/** Shorter text could be part of anything. */
const MIN_LENGTH = 4;

/**
 * Returns what an item has in secret fields, such as passwords and backup codes, so that a message can
 * mask it: a server may repeat what it was sent. Reads what was typed, checked or not; never throws.
 */
export function secretValues(operation: Operation, read: ReadParameter): string[] {
	const values = fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields
			.filter((field) => field.secret || field.typeOptions?.password)
			.flatMap((field) => textsIn(readValue(operation, location, field, read), field)),
	);
	// A text that contains others goes first.
	return [...new Set(values)]
		.filter((text) => text.length >= MIN_LENGTH)
		.sort((a, b) => b.length - a.length);
}

function readValue(
	operation: Operation,
	location: ParameterLocation,
	field: Field,
	read: ReadParameter,
): unknown {
	try {
		if (isOnForm(field, location)) return read(field.name, '');
		const collection = read(collectionOf(operation, location, field), {});
		const added = isObject(collection) ? collection[field.name] : undefined;
		return field.alsoOnForm ? [added, read(field.name, '')] : added;
	} catch {
		// An expression that cannot be worked out has no value.
		return undefined;
	}
}

/** How deep lists and objects are searched. */
const MAX_DEPTH = 8;

function textsIn(value: unknown, field: Field, depth = 0): string[] {
	if (typeof value === 'number') return [String(value)];
	if (typeof value === 'string') {
		const entries = field.encode === 'list' ? value.split(/[\s,;]+/) : [];
		return [value, value.trim(), ...entries, ...textsIn(parsed(value), field, depth + 1)];
	}
	if (!(value instanceof Object) || depth > MAX_DEPTH) return [];
	return Object.values(value).flatMap((part) => textsIn(part, field, depth + 1));
}

/** Returns the object or list that a text of JSON is. */
function parsed(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
