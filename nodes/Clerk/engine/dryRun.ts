import type { IDataObject } from 'n8n-workflow';

import { wireName } from './operation';
import type { ApiRequest, ClerkRecord, Operation, Send } from './operation';
import { readAnswer } from './paging';
import { fillPath, fillQuery } from './request';
import type { Form } from './request';

/** What a dry run shows: the requests as they would be sent, and what a destructive one would take away. */
export async function rehearse(
	operation: Operation,
	form: Form,
	requests: ApiRequest[],
	send: Send,
): Promise<IDataObject> {
	const [first, ...further] = requests.map((request) => ({ ...masked(operation, request) }));
	const wouldDestroy: IDataObject = {};
	for (const { name, path, query } of operation.destroys ?? []) {
		const answer = await send({
			method: 'GET',
			path: fillPath(path, form.path),
			query: query && fillQuery(query, form.path),
		});
		const { rows, total } = readAnswer(answer);
		const id = (answer as ClerkRecord | undefined)?.id;
		wouldDestroy[name] = typeof id === 'string' ? id : (total ?? rows.length);
	}
	return {
		dryRun: true,
		...first,
		...(further.length > 0 && { followedBy: further }),
		...(operation.destroys && { wouldDestroy }),
	} as IDataObject;
}

/** Stands in place of passwords, digests, tokens and secrets. */
const MASK = '********';

/** A request as people may see it. */
function masked(operation: Operation, request: ApiRequest): ApiRequest {
	const secret = (operation.body ?? []).filter((field) => field.typeOptions?.password);
	const body = { ...request.body };
	for (const field of secret) {
		const name = wireName(field);
		if (Object.hasOwn(body, name) && body[name] !== null) body[name] = MASK;
	}
	return request.body ? { ...request, body } : request;
}
