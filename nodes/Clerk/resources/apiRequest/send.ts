import type { IDataObject } from 'n8n-workflow';

import { MASK } from '../../../../credentials/secretMask';
import { normalizeListResponse } from '../../engine/http/pagination';
import { isListResponse, readList } from '../../engine/http/readList';
import { readPath } from '../../engine/input/path';
import { defineProcedure, InvalidInputError } from '../../engine/operation';
import type {
	ApiRequest,
	ClerkRecord,
	Mapping,
	Method,
	Paging,
	QueryValue,
	Send,
} from '../../engine/operation';
import { HALF_CHARACTER, hasHalfCharacter, isObject } from '../../engine/operation/values';
import { findMapping } from '../../engine/request/routes';
import { previewRequests } from '../../engine/run/dryRun';
import { outputWithoutRecord } from '../../engine/run/runMapping';
import * as fields from '../../fields/apiRequest';

/** How a list without an operation is paged: every list of Clerk's allows pages of this size. */
const UNKNOWN_LIST: Paging = { pageSize: 100, shape: 'data' };

/** Names of values that a dry run masks, at any depth of a body. */
const SECRET = /password|secret|token|digest|backup_code|signing_key|^jwt$|^code$/i;

export const send = defineProcedure({
	name: 'Send',
	value: 'send',
	action: 'Send API request',
	description:
		"Send a request to any endpoint of Clerk's Backend API, with the same limits and retries",
	writes: true,
	form: [
		fields.method,
		fields.path,
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			displayOptions: { show: { method: ['GET'] } },
			default: false,
			section: 'form',
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '{}',
			section: 'form',
			encode: 'object',
			description:
				'The query as JSON, such as { "limit": 20, "email_address": ["a@b.c"] }; a list repeats the parameter',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			displayOptions: { hide: { method: ['GET'] } },
			default: '{}',
			templates: true,
			section: 'form',
			description:
				'The body as JSON, with the API\'s names, such as { "first_name": "Ada" }. Describe lists them.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-05-12',
			description: 'The API version, if not the one this node is made for',
		},
	],
	prepare: ({ values, options }, resources) => {
		const requestFromForm = readRequest(values);
		const { method, path } = requestFromForm;
		const found = findMapping(method, path, resources);
		const request: ApiRequest = { ...requestFromForm, accept: found?.mapping.responseType };
		const isRead = method === 'GET';
		return {
			// Requests that address no record, such as those that create one, need no order.
			target: isRead || (found && !found.mapping.path) ? undefined : recordIn(path),
			async execute({ send: fetch }) {
				if (!isRead && options.dryRun) {
					const { body, destroys, batch } = found?.mapping ?? {};
					// The counts of `destroys` are for one record, so there are none for a batch.
					const operation = { body, destroys: batch ? undefined : destroys };
					const ids = { ...request.body, ...found?.values };
					const masked = { ...request, body: withoutSecrets(request.body) as IDataObject };
					return { records: [await previewRequests(operation, ids, [masked], fetch)] };
				}
				if (!isRead || values.returnAll !== true) {
					return { records: recordsOf(await fetch(request)) };
				}
				return { records: await readAll(request, found?.mapping.returns, fetch) };
			},
		};
	},
});

/**
 * Returns the part of a path that names the record: `/users/{id}` of whatever is done to the user. Of
 * a path that the node does not know, too.
 */
const recordIn = (path: string): string => path.split('/').slice(0, 3).join('/');

/** @throws InvalidInputError */
function readRequest({
	method,
	path,
	query,
	body,
	apiVersion,
}: Record<string, unknown>): ApiRequest {
	rejectEmptied('Query', query);
	// The form of a GET has no Body.
	if (method !== 'GET') rejectEmptied('Body', body);
	const isEmpty = body === undefined || JSON.stringify(body) === '{}';
	const takesBody = ['POST', 'PUT', 'PATCH'].includes(String(method));
	if (method === 'GET' && !isEmpty) throw new InvalidInputError('Body', 'cannot go with GET');
	if (body === null || (body !== undefined && typeof body !== 'object')) {
		throw new InvalidInputError('Body', 'needs a JSON object or a list');
	}
	if (apiVersion !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(apiVersion))) {
		throw new InvalidInputError('API Version', 'needs a date such as 2026-05-12');
	}
	const values = Object.entries(query as IDataObject);
	return {
		method: method as Method,
		path: readPath(String(path), 'Path'),
		...(values.length > 0 && { query: Object.fromEntries(values.map(toQuery)) }),
		...((takesBody || !isEmpty) && { body: body as IDataObject }),
		...(apiVersion !== undefined && { apiVersion: String(apiVersion) }),
	};
}

/**
 * Rejects a field that an expression left empty: it would list all records, or clear the values it
 * was meant to set.
 *
 * @throws InvalidInputError
 */
function rejectEmptied(label: string, value: unknown): void {
	if (value === undefined) throw new InvalidInputError(label, 'is empty. Enter {} to send none');
}

function toQuery([name, value]: [string, unknown]): [string, QueryValue] {
	const isPlain = (part: unknown) => ['string', 'number', 'boolean'].includes(typeof part);
	const parts: unknown[] = Array.isArray(value) ? value : [value];
	if (!parts.every(isPlain)) {
		throw new InvalidInputError(
			'Query',
			`needs text, a number, true or false, or a list of them in ${name}`,
		);
	}
	if ([name, ...parts].some(hasHalfCharacter)) {
		throw new InvalidInputError('Query', `${HALF_CHARACTER}, in ${name}`);
	}
	// Clerk ignores an empty filter and would list all records.
	if (parts.every((part) => String(part).trim() === '')) {
		throw new InvalidInputError(
			'Query',
			`has nothing in ${name}. Enter a value, or leave ${name} out`,
		);
	}
	return [name, Array.isArray(value) ? parts.map(String) : (value as QueryValue)];
}

function recordsOf(response: unknown): IDataObject[] {
	if (!Array.isArray(response)) {
		return [isObject(response) ? (response as IDataObject) : outputWithoutRecord(response)];
	}
	return response.map((row: unknown) => (isObject(row) ? row : { value: row }) as IDataObject);
}

/** Reads all pages of a list. A single record is returned as one, although it may contain lists. */
async function readAll(
	request: ApiRequest,
	returns: Mapping['returns'] | undefined,
	fetch: Send,
): Promise<IDataObject[]> {
	if (returns?.kind === 'one') return recordsOf(await fetch(request));
	if (returns) return await readPages(request, returns.paging, fetch);
	/** The response to the first page, where it is all there is. */
	let whole: { response: unknown } | undefined;
	let isFirst = true;
	const rows = await readPages(request, UNKNOWN_LIST, async (page) => {
		const response = await fetch(page);
		// More rows than the limit: the list is not paged, and this is all of it.
		const isPaged = isList(response) && rowsOf(response).length <= UNKNOWN_LIST.pageSize;
		if (isFirst && !isPaged) whole = { response: isList(response) ? rowsOf(response) : response };
		isFirst = false;
		return whole ? [] : response;
	});
	return whole ? recordsOf(whole.response) : rows;
}

const rowsOf = (response: unknown): ClerkRecord[] => normalizeListResponse(response).rows;

const isList = (response: unknown): boolean => isListResponse(response, UNKNOWN_LIST);

async function readPages(request: ApiRequest, paging: Paging, fetch: Send): Promise<IDataObject[]> {
	const { rows } = await readList(fetch, request, paging, (record: ClerkRecord) => record);
	return recordsOf(rows);
}

function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			SECRET.test(name) && inner !== null ? MASK : withoutSecrets(inner),
		]),
	);
}
