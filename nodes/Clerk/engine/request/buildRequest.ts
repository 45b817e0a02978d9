import type { IDataObject } from 'n8n-workflow';

import { encodeSegment } from '../input/path';
import type { FormValues } from '../input/readForm';
import { Reference, withIds } from '../input/reference';
import { InvalidInputError, methodOf, pathOf, wireName } from '../operation';
import type { ApiRequest, Field, Mapping, QueryValue } from '../operation';
import { HALF_CHARACTER, hasHalfCharacter } from '../operation/values';
import { nestValues } from './nesting';

/** Builds requests from the values of a form. Pure. */

/** Returns the request of an item, its values under their names in the API. @throws InvalidInputError, RequestError for a reference without an ID */
export function buildRequest(operation: Mapping, values: FormValues): ApiRequest {
	const query = { ...operation.always, ...withIds(values.query) } as Record<string, QueryValue>;
	for (const field of operation.query ?? []) {
		if (hasHalfCharacter(query[wireName(field)])) {
			throw new InvalidInputError(field.displayName, HALF_CHARACTER);
		}
	}
	return {
		method: methodOf(operation),
		path: fillPath(pathOf(operation), values.path),
		...(Object.keys(query).length > 0 && { query }),
		...(operation.body && { body: bodyOf(operation.body, values) }),
		...(operation.responseType && { accept: operation.responseType }),
	};
}

/** Multipart has no null, only the text "null", so a multipart body leaves emptied values out. */
function bodyOf(fields: Field[], values: FormValues): IDataObject {
	const body = nestValues(withIds(values.body));
	if (!fields.some(({ file }) => file)) return body as IDataObject;
	const parts = Object.entries(body).filter(([, value]) => value !== null);
	return Object.fromEntries(parts) as IDataObject;
}

/** Fills in the `{names}` of a path, percent-encoded. @throws InvalidInputError for a value that would make it another path */
export function fillPath(template: string, values: Record<string, unknown>): string {
	return template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		const isReference = value instanceof Reference;
		return encodeSegment(
			isReference ? value.id : String(value ?? ''),
			isReference ? value.label : name,
		);
	});
}

/** Fills in the values of a query that are a `{name}`. */
export const fillQuery = (
	query: Record<string, QueryValue>,
	values: Record<string, unknown>,
): Record<string, QueryValue> =>
	Object.fromEntries(
		Object.entries(query).map(([key, value]) => {
			const [, name] = /^\{(\w+)\}$/.exec(String(value)) ?? [];
			return [key, name ? (withIds(values)[name] as QueryValue) : value];
		}),
	);
