import type { IDataObject } from 'n8n-workflow';

import { normalizeListResponse } from '../http/pagination';
import { Upload } from '../http/upload';
import { Reference } from '../input/reference';
import { wireName } from '../operation';
import type { ApiRequest, ClerkRecord, Destroys, Mapping, Send } from '../operation';
import { isObject, isSame } from '../operation/json';
import { fillPath, fillQuery } from '../request/buildRequest';
import { replacedAt } from '../request/nesting';

/** What a dry run has to know of an operation: what of it is secret, and what it takes away. */
type Previewed = Pick<Mapping, 'body' | 'destroys'>;

/**
 * What a dry run shows: the requests as they would be sent, and what a destructive one would take away.
 *
 * @param ids - what stands for the `{names}` of paths
 */
export async function previewRequests(
	operation: Previewed,
	ids: Record<string, unknown>,
	requests: ApiRequest[],
	send: Send,
): Promise<IDataObject> {
	const [first, ...further] = requests.map((request) => ({ ...masked(operation, request) }));
	const wouldDestroy: Record<string, unknown> = {};
	const read = memoized(send);
	for (const destroyed of operation.destroys ?? []) {
		const { name, path, query, by } = destroyed;
		const request = requests.find((candidate) => !by || by(candidate));
		if (!request || !isKnown([path, ...Object.values(query ?? {})], ids)) continue;
		const answer = await read(fillPath(path, ids), query && fillQuery(query, ids));
		wouldDestroy[name] = countDestroyed(answer, destroyed, ids, request);
	}
	return {
		dryRun: true,
		...first,
		...(further.length > 0 && { followedBy: further }),
		...(Object.keys(wouldDestroy).length > 0 && { wouldDestroy }),
	} as IDataObject;
}

/** Whether there is a value for each `{name}`: without one, something else would be counted. */
const isKnown = (templates: unknown[], ids: Record<string, unknown>): boolean =>
	templates
		.flatMap((template) => [...String(template).matchAll(/\{(\w+)\}/g)])
		.every(([, name]) => (ids[name] ?? '') !== '');

/** Several things that are destroyed may stand in one record. */
function memoized(send: Send) {
	const answers = new Map<string, unknown>();
	return async (path: string, query: ApiRequest['query']): Promise<unknown> => {
		const key = `${path} ${JSON.stringify(query)}`;
		if (!answers.has(key)) answers.set(key, await send({ method: 'GET', path, query }));
		return answers.get(key);
	};
}

const idOf = (value: unknown): unknown => (value instanceof Reference ? value.id : value);

/** What `request` takes away of what Clerk has. */
function countDestroyed(
	answer: unknown,
	{ within, only, row }: Destroys,
	ids: Record<string, unknown>,
	request: ApiRequest,
): unknown {
	const found = within === undefined ? answer : (answer as ClerkRecord | undefined)?.[within];
	if (typeof found === 'boolean') return found;
	if (within !== undefined) {
		const written = request.body?.[within];
		if (isObject(found)) return lostEntries(found, isObject(written) ? written : {});
		if (Object.hasOwn(request.body ?? {}, within)) return {};
	}
	const { rows, total } = normalizeListResponse(found);
	if (only !== undefined) return rows.filter((candidate) => candidate[only] === true).length;
	if (row !== undefined) {
		const rowsFound = rows.filter(({ id }) => id === idOf(ids[row])).length;
		const isWhole = total === undefined || total <= rows.length;
		return rowsFound > 0 || isWhole ? rowsFound : `not among the first ${rows.length} of ${total}`;
	}
	const id = (found as ClerkRecord | undefined)?.id;
	return typeof id === 'string' ? id : (total ?? rows.length);
}

/** The entries of `stored` that are gone or others once `written` stands in its place. */
const lostEntries = (stored: ClerkRecord, written: ClerkRecord): ClerkRecord =>
	Object.fromEntries(
		Object.entries(stored).filter(
			([key, value]) => !Object.hasOwn(written, key) || !isSame(value, written[key]),
		),
	);

/** Stands in place of passwords, digests, tokens and secrets. */
export const MASK = '********';

/** A request as people may see it. */
function masked(operation: Previewed, request: ApiRequest): ApiRequest {
	if (!request.body) return request;
	const body: unknown = Array.isArray(request.body)
		? request.body.map((entry: IDataObject) => maskedBody(operation, entry))
		: maskedBody(operation, request.body);
	return { ...request, body: body as IDataObject };
}

function maskedBody(operation: Previewed, given: IDataObject): IDataObject {
	const secret = (operation.body ?? []).filter(
		(field) => field.secret || field.typeOptions?.password,
	);
	const body = secret.reduce(
		(masked, field) => replacedAt(masked, wireName(field), MASK) as IDataObject,
		{ ...given },
	);
	for (const [name, value] of Object.entries(body)) {
		if (value instanceof Upload) body[name] = value.toJSON();
	}
	return body;
}
