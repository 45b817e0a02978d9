import { InvalidInputError, isProcedure, methodOf, wireName } from '../operation';
import type { ApiRequest, Field, Operation, Options, ParameterLocation } from '../operation';
import { isObject } from '../operation/values';
import { trimAround } from './describe';

/** Rows have holes: what the option Empty Values means for a field without a value. */

/** Whether a field counts as not added, as the item has no value for it. */
export const isLeftOut = (
	{ required, type, encode }: Field,
	value: unknown,
	location: ParameterLocation,
	{ emptyValues }: Options,
): boolean => {
	if (emptyValues !== 'leaveOut' || required || location === 'path') return false;
	// n8n empties a table that an expression stands for (docs/n8n-notes.md, 14), so an empty one is rejected.
	if (type === 'fixedCollection') return false;
	const isList = encode === 'list' || type === 'multiOptions';
	return isHole(value) || (isList && Array.isArray(value) && value.length === 0);
};

/** Whether an item has no value here: undefined, null or empty text, also within a locator. */
export function isHole(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return trimAround(value) === '';
	return typeof value === 'object' && 'mode' in value && 'value' in value && isHole(value.value);
}

/** Whether it has no value on the wire, so that sending it clears what Clerk has. */
export const isEmptyOnWire = (value: unknown): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * Returns the labels of the fields that were sent empty, which clears them. A POST makes something new,
 * which has nothing to clear, and a procedure sends only what differs, so the requests tell.
 *
 * @param empty - the optional fields whose value is empty
 * @param sent - the requests that were sent
 */
export function clearedFields(
	{ options, empty }: { options: Options; empty: Field[] },
	sent: ApiRequest[],
): string[] {
	if (options.emptyValues !== 'send') return [];
	const bodies = sent.filter(({ method }) => method !== 'POST').map(({ body }) => body);
	const isSentEmpty = (field: Field) => {
		const path = wireName(field).split('.');
		return bodies.some((body) => isEmptyOnWire(valueAt(body, path)));
	};
	return empty.filter(isSentEmpty).map(({ displayName }) => displayName);
}

const valueAt = (body: unknown, path: string[]): unknown =>
	path.reduce<unknown>(
		(parent, key) => (isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined),
		body,
	);

/**
 * Rejects an update without anything to write: it would succeed and change nothing.
 *
 * @throws InvalidInputError
 */
export function rejectNothingToWrite(
	operation: Operation,
	{ body, options }: { body: Record<string, unknown>; options: Options },
): void {
	if (isProcedure(operation) || !['PATCH', 'PUT'].includes(methodOf(operation))) return;
	const { body: fields = [] } = operation;
	const isUpdate = fields.length > 0 && fields.every(({ required }) => !required);
	const isMerge = methodOf(operation) === 'PATCH' && options.metadataMode !== 'replace';
	const merged = fields.filter(({ merges }) => isMerge && merges).map(wireName);
	const changes = ([name, value]: [string, unknown]) =>
		!merged.includes(name) || !isObject(value) || Object.keys(value).length > 0;
	if (!isUpdate || Object.entries(body).some(changes)) return;
	const first = fields.find((field) => Object.hasOwn(body, wireName(field)));
	// Of two fields for the same object, the last takes JSON, and only JSON can give {}.
	const empty = fields.filter((field) => first && wireName(field) === wireName(first)).at(-1);
	if (empty) {
		throw new InvalidInputError(
			'Nothing to change:',
			`${empty.displayName} is {}, and a merge keeps the other keys. Add a key, or one with null to remove it`,
		);
	}
	const other = options.emptyValues === 'leaveOut' ? ' that has a value' : '';
	throw new InvalidInputError('Nothing to change:', `add a field${other}`);
}
