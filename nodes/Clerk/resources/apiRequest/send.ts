import type { IDataObject } from 'n8n-workflow';

import { normalizeListResponse, pages } from '../../engine/http/pagination';
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
import { isObject } from '../../engine/operation/json';
import { findMapping } from '../../engine/request/routes';
import { MASK, previewRequests } from '../../engine/run/dryRun';
import { withoutRecord } from '../../engine/run/runOperation';
import * as fields from '../../fields/apiRequest';

/** Of lists the node does not know: pages that no list of Clerk's is too small for. */
const ANY_LIST: Paging = { pageSize: 100, shape: 'data' };

/** Names of what a dry run does not show, wherever in a body it stands. */
const SECRET = /password|secret|token|digest|backup_code|signing_key|^jwt$|^code$/i;

export const send = defineProcedure({
	name: 'Send',
	value: 'send',
	action: 'Send API request',
	description:
		"Send a request to any endpoint of Clerk's Backend API, under the same limits, retries and access policy as every operation",
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
				'The query as JSON, such as { "limit": 20, "email_address": ["a@b.c"] }; a list repeats its name',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			displayOptions: { hide: { method: ['GET'] } },
			default: '{}',
			section: 'form',
			description:
				'The body as JSON, with the names of the API, such as { "first_name": "Ada" }. Describe tells them.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-05-12',
			description: 'Another version of the API than the one this node is made for',
		},
	],
	prepare: ({ values, options }, resources) => {
		const given = requestOf(values);
		const { method, path } = given;
		const found = findMapping(method, path, resources);
		const request: ApiRequest = { ...given, accept: found?.mapping.responseType };
		const isRead = method === 'GET';
		return {
			// What names no record has no order to keep.
			target: isRead || (found && !found.mapping.path) ? undefined : path,
			async execute({ send: fetch }) {
				if (!isRead && options.dryRun) {
					const { body, destroys, batch } = found?.mapping ?? {};
					// Of many at once nobody counts what each would lose.
					const rehearsed = { body, destroys: batch ? undefined : destroys };
					const ids = { ...request.body, ...found?.values };
					const shown = { ...request, body: withoutSecrets(request.body) as IDataObject };
					return { records: [await previewRequests(rehearsed, ids, [shown], fetch)] };
				}
				if (!isRead || values.returnAll !== true) {
					return { records: recordsOf(await fetch(request)) };
				}
				return { records: await readWhole(request, found?.mapping.returns, fetch) };
			},
		};
	},
});

/** @throws InvalidInputError */
function requestOf({ method, path, query, body, apiVersion }: Record<string, unknown>): ApiRequest {
	refuseEmptied('Query', query);
	// Which has none, so that its form does not show it.
	if (method !== 'GET') refuseEmptied('Body', body);
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

/** What an expression left empty would list everybody, or clear what it was to set. */
function refuseEmptied(label: string, value: unknown): void {
	if (value === undefined) throw new InvalidInputError(label, 'is empty. Give {} to send none');
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
	// An empty filter is none, and lists everybody.
	if (parts.every((part) => String(part).trim() === '')) {
		throw new InvalidInputError(
			'Query',
			`has nothing in ${name}. Give a value, or leave ${name} out`,
		);
	}
	return [name, Array.isArray(value) ? parts.map(String) : (value as QueryValue)];
}

function recordsOf(answer: unknown): IDataObject[] {
	if (!Array.isArray(answer))
		return [isObject(answer) ? (answer as IDataObject) : withoutRecord(answer)];
	return answer.map((row: unknown) => (isObject(row) ? row : { value: row }) as IDataObject);
}

/** A single record is what it is, although it may hold lists. */
async function readWhole(
	request: ApiRequest,
	returns: Mapping['returns'] | undefined,
	fetch: Send,
): Promise<IDataObject[]> {
	if (returns?.kind === 'one') return recordsOf(await fetch(request));
	if (returns) return await readPages(request, returns.paging, fetch);
	const first = await fetch({ ...request, query: { ...request.query, limit: ANY_LIST.pageSize } });
	if (!isList(first)) return recordsOf(first);
	const { rows } = normalizeListResponse(first);
	// More than was asked for: it comes whole, whatever is asked.
	if (rows.length > ANY_LIST.pageSize) return recordsOf(rows);
	let isFirst = true;
	return await readPages(request, ANY_LIST, async (page) => {
		const answer = isFirst ? first : await fetch(page);
		isFirst = false;
		return answer;
	});
}

const isList = (answer: unknown): boolean =>
	Array.isArray(answer) || (isObject(answer) && ('data' in answer || 'total_count' in answer));

async function readPages(request: ApiRequest, paging: Paging, fetch: Send): Promise<IDataObject[]> {
	const rows: ClerkRecord[] = [];
	for await (const page of pages(fetch, request, paging, {})) rows.push(...page.rows);
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
