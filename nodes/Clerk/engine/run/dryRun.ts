import type { IDataObject } from 'n8n-workflow';

import { MASK } from '../../../../credentials/secretMask';
import { normalizeListResponse } from '../http/pagination';
import { Upload } from '../http/upload';
import { Reference } from '../input/reference';
import { wireName } from '../operation';
import type { ApiRequest, ClerkRecord, Destroys, Mapping, Send } from '../operation';
import { isObject, isSame } from '../operation/values';
import { fillPath, fillQuery } from '../request/buildRequest';
import { replaceAt } from '../request/nesting';

/** The parts of an operation that a dry run needs: its secret fields, and the records it destroys. */
type Previewed = Pick<Mapping, 'body' | 'destroys'>;

/**
 * Returns the output of a dry run: the requests that would be sent, secrets masked, and the records that
 * a destructive one would destroy, read from Clerk.
 *
 * @param ids - by the `{names}` of paths
 * @throws RequestError, CancelledError
 */
export async function previewRequests(
	operation: Previewed,
	ids: Record<string, unknown>,
	requests: ApiRequest[],
	send: Send,
): Promise<IDataObject> {
	const [first, ...further] = requests.map((request) => ({ ...masked(operation, request) }));
	const wouldDestroy: Record<string, unknown> = {};
	const read = readOnce(send);
	for (const destroys of operation.destroys ?? []) {
		const { name, path, query, appliesTo } = destroys;
		const request = requests.find((candidate) => !appliesTo || appliesTo(candidate));
		if (!request || !hasAllNames([path, ...Object.values(query ?? {})], ids)) continue;
		const response = await read(fillPath(path, ids), query && fillQuery(query, ids));
		wouldDestroy[name] = countDestroyed(response, destroys, ids, request);
	}
	return {
		dryRun: true,
		...first,
		...(further.length > 0 && { followedBy: further }),
		...(Object.keys(wouldDestroy).length > 0 && { wouldDestroy }),
	} as IDataObject;
}

/** Whether there is a value for each `{name}`; without one, other records would be counted. */
const hasAllNames = (templates: unknown[], ids: Record<string, unknown>): boolean =>
	templates
		.flatMap((template) => [...String(template).matchAll(/\{(\w+)\}/g)])
		.every(([, name]) => (ids[name] ?? '') !== '');

/** Returns a function that GETs each path once: several counts can come from one response. */
function readOnce(send: Send) {
	const responses = new Map<string, unknown>();
	return async (path: string, query: ApiRequest['query']): Promise<unknown> => {
		const key = `${path} ${JSON.stringify(query)}`;
		if (!responses.has(key)) responses.set(key, await send({ method: 'GET', path, query }));
		return responses.get(key);
	};
}

const idOf = (value: unknown): unknown => (value instanceof Reference ? value.id : value);

/** Returns what `request` would destroy: a count, the ID of a single record, a yes or no, or the entries of an object. */
function countDestroyed(
	response: unknown,
	{ within, only, rowId }: Destroys,
	ids: Record<string, unknown>,
	request: ApiRequest,
): unknown {
	const stored = within === undefined ? response : (response as ClerkRecord | undefined)?.[within];
	if (typeof stored === 'boolean') return stored;
	if (within !== undefined) {
		const written = request.body?.[within];
		if (isObject(stored)) return destroyedEntries(stored, isObject(written) ? written : {});
		if (Object.hasOwn(request.body ?? {}, within)) return {};
	}
	const { rows, total } = normalizeListResponse(stored);
	if (only !== undefined) return rows.filter((candidate) => candidate[only] === true).length;
	if (rowId !== undefined) {
		const found = rows.filter(({ id }) => id === idOf(ids[rowId])).length;
		const isWhole = total === undefined || total <= rows.length;
		return found > 0 || isWhole ? found : `not among the first ${rows.length} of ${total}`;
	}
	const id = (stored as ClerkRecord | undefined)?.id;
	return typeof id === 'string' ? id : (total ?? rows.length);
}

/** Returns the entries of `stored` that are missing or different in `written`, which replaces it. */
const destroyedEntries = (stored: ClerkRecord, written: ClerkRecord): ClerkRecord =>
	Object.fromEntries(
		Object.entries(stored).filter(
			([key, value]) => !Object.hasOwn(written, key) || !isSame(value, written[key]),
		),
	);

/** Returns the request with its secrets masked and its files named. */
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
		(previous, field) => replaceAt(previous, wireName(field), MASK) as IDataObject,
		{ ...given },
	);
	for (const [name, value] of Object.entries(body)) {
		if (value instanceof Upload) body[name] = value.toJSON();
	}
	return body;
}
