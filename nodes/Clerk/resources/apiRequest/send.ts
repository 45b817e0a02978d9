import type { IDataObject } from 'n8n-workflow';

import { rehearse } from '../../engine/dryRun';
import { readPath } from '../../engine/freePath';
import { InvalidInput } from '../../engine/input';
import { defineProcedure } from '../../engine/operation';
import type {
	ApiRequest,
	ClerkRecord,
	Mapping,
	Method,
	Paging,
	QueryValue,
	Send,
} from '../../engine/operation';
import { pages } from '../../engine/paging';
import { withoutRecord } from '../../engine/perform';
import { findMapping } from '../../engine/routes';
import * as fields from '../../fields/apiRequest';

/** Of lists the node does not know: pages that no list of Clerk's is too small for. */
const ANY_LIST: Paging = { pageSize: 100, shape: 'data' };

/** Whatever holds one of these is not shown in a dry run of an endpoint the node does not know. */
const SECRET = /password|secret|token|digest|backup_code|signing_key/i;

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
		const request: ApiRequest = { ...given, accept: found?.mapping.answers };
		const isRead = method === 'GET';
		return {
			// What names no record has no order to keep.
			target: isRead || (found && !found.mapping.path) ? undefined : path,
			async carryOut({ send: fetch }) {
				if (!isRead && options.dryRun) {
					const mapping = found?.mapping ?? guessed(request);
					return { records: [await rehearse(mapping, found?.values ?? {}, [request], fetch)] };
				}
				if (!isRead || values.returnAll !== true)
					return { records: recordsOf(await fetch(request)) };
				const returns = found?.mapping.returns;
				return {
					records: await readWhole(
						request,
						returns?.kind === 'list' ? returns.paging : ANY_LIST,
						fetch,
					),
				};
			},
		};
	},
});

/** @throws InvalidInput */
function requestOf({ method, path, query, body, apiVersion }: Record<string, unknown>): ApiRequest {
	const isEmpty = body === undefined || JSON.stringify(body) === '{}';
	const takesBody = ['POST', 'PUT', 'PATCH'].includes(String(method));
	if (method === 'GET' && !isEmpty) throw new InvalidInput('Body', 'cannot go with GET');
	if (body === null || (body !== undefined && typeof body !== 'object')) {
		throw new InvalidInput('Body', 'needs a JSON object or a list');
	}
	if (apiVersion !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(apiVersion))) {
		throw new InvalidInput('API Version', 'needs a date such as 2026-05-12');
	}
	const values = Object.entries((query ?? {}) as IDataObject);
	return {
		method: method as Method,
		path: readPath(String(path), 'Path'),
		...(values.length > 0 && { query: Object.fromEntries(values.map(toQuery)) }),
		...((takesBody || !isEmpty) && { body: (body ?? {}) as IDataObject }),
		...(apiVersion !== undefined && { apiVersion: String(apiVersion) }),
	};
}

function toQuery([name, value]: [string, unknown]): [string, QueryValue] {
	const isPlain = (part: unknown) => ['string', 'number', 'boolean'].includes(typeof part);
	if (Array.isArray(value) && value.every(isPlain)) return [name, value.map(String)];
	if (isPlain(value)) return [name, value as QueryValue];
	throw new InvalidInput(
		'Query',
		`needs text, a number, true or false, or a list of them in ${name}`,
	);
}

function recordsOf(answer: unknown): IDataObject[] {
	if (Array.isArray(answer)) return answer as IDataObject[];
	const isRecord = answer !== null && typeof answer === 'object';
	return [isRecord ? (answer as IDataObject) : withoutRecord(answer)];
}

async function readWhole(request: ApiRequest, paging: Paging, fetch: Send): Promise<IDataObject[]> {
	const rows: ClerkRecord[] = [];
	for await (const page of pages(fetch, request, paging, {})) rows.push(...page.rows);
	return rows as IDataObject[];
}

/** What is secret of an endpoint that came after this version, as far as names tell. */
const guessed = ({ body = {} }: ApiRequest): Pick<Mapping, 'body'> => ({
	body: Object.keys(body)
		.filter((name) => SECRET.test(name))
		.map((name) => ({
			displayName: name,
			name,
			wire: name,
			type: 'string',
			typeOptions: { password: true },
			default: '',
		})),
});
