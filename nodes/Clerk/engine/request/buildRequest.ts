import type { IDataObject } from 'n8n-workflow';

import { encodeSegment } from '../input/path';
import type { FormValues } from '../input/readForm';
import { Reference, withIds } from '../input/reference';
import { methodOf, pathOf } from '../operation';
import type { ApiRequest, Field, Mapping, QueryValue } from '../operation';
import { nested } from './nesting';

/** What a form holds → `ApiRequest`. Pure. */

/** The request that a checked form is, with Clerk's names. @throws InvalidInputError */
export function buildRequest(operation: Mapping, form: FormValues): ApiRequest {
	const query = { ...operation.always, ...withIds(form.query) } as Record<string, QueryValue>;
	return {
		method: methodOf(operation),
		path: fillPath(pathOf(operation), form.path),
		...(Object.keys(query).length > 0 && { query }),
		...(operation.body && { body: bodyOf(operation.body, form) }),
		...(operation.responseType && { accept: operation.responseType }),
	};
}

/** Multipart has no null, only the text "null": beside a file, a part that was emptied does not go along. */
function bodyOf(fields: Field[], form: FormValues): IDataObject {
	const body = nested(withIds(form.body));
	if (!fields.some(({ file }) => file)) return body as IDataObject;
	const parts = Object.entries(body).filter(([, value]) => value !== null);
	return Object.fromEntries(parts) as IDataObject;
}

/** Puts values into the `{names}` of a path. @throws InvalidInputError for what would make it another path */
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

/** The same for a query, where a value that is a `{name}` stands for the whole. */
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
