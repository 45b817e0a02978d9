import type { IDataObject } from 'n8n-workflow';

import { replacedAt } from './nesting';
import { wireName } from './operation';
import type { ApiRequest, ClerkRecord, Mapping, Send } from './operation';
import { readAnswer } from './paging';
import { fillPath, fillQuery, Reference } from './request';
import { Upload } from './upload';

/** What a dry run has to know of an operation: what of it is secret, and what it takes away. */
type Rehearsed = Pick<Mapping, 'body' | 'destroys'>;

/**
 * What a dry run shows: the requests as they would be sent, and what a destructive one would take away.
 *
 * @param path - what stands for the `{names}` of the operation's path
 */
export async function rehearse(
	operation: Rehearsed,
	path: Record<string, unknown>,
	requests: ApiRequest[],
	send: Send,
): Promise<IDataObject> {
	const [first, ...further] = requests.map((request) => ({ ...masked(operation, request) }));
	const wouldDestroy: IDataObject = {};
	for (const { name, path: template, query, within, row } of operation.destroys ?? []) {
		const answer = await send({
			method: 'GET',
			path: fillPath(template, path),
			query: query && fillQuery(query, path),
		});
		const picked = row === undefined ? undefined : idOf(path[row]);
		wouldDestroy[name] = counted(within ? partOf(answer, within) : answer, picked);
	}
	return {
		dryRun: true,
		...first,
		...(further.length > 0 && { followedBy: further }),
		...(operation.destroys && { wouldDestroy }),
	} as IDataObject;
}

const partOf = (answer: unknown, name: string): unknown =>
	(answer as ClerkRecord | undefined)?.[name] ?? false;

const idOf = (value: unknown): unknown => (value instanceof Reference ? value.id : value);

/** A record is told by its id; of lists, it is told how many there are. */
function counted(answer: unknown, picked: unknown): string | number {
	if (typeof answer === 'boolean') return Number(answer);
	const { rows, total } = readAnswer(answer);
	if (picked !== undefined) {
		const found = rows.filter(({ id }) => id === picked).length;
		const isWhole = total === undefined || total <= rows.length;
		return found > 0 || isWhole ? found : `not among the first ${rows.length} of ${total}`;
	}
	const id = (answer as ClerkRecord | undefined)?.id;
	return typeof id === 'string' ? id : (total ?? rows.length);
}

/** Stands in place of passwords, digests, tokens and secrets. */
const MASK = '********';

/** A request as people may see it. */
function masked(operation: Rehearsed, request: ApiRequest): ApiRequest {
	if (!request.body) return request;
	const body: unknown = Array.isArray(request.body)
		? request.body.map((entry: IDataObject) => maskedBody(operation, entry))
		: maskedBody(operation, request.body);
	return { ...request, body: body as IDataObject };
}

function maskedBody(operation: Rehearsed, given: IDataObject): IDataObject {
	const secret = (operation.body ?? []).filter((field) => field.typeOptions?.password);
	const body = secret.reduce(
		(masked, field) => replacedAt(masked, wireName(field), MASK) as IDataObject,
		{ ...given },
	);
	for (const [name, value] of Object.entries(body)) {
		if (value instanceof Upload) body[name] = value.toJSON();
	}
	return body;
}
