import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { JsonObject } from 'n8n-workflow';

import { RequestError } from '../http/outcome';
import type { Failure } from '../http/outcome';
import { IncompleteJobError } from './incompleteJob';
import { mask, toText, wordingOf } from './wording';
import type { ErrorContext } from './wording';

/** Errors → those that n8n shows, stores, and passes on. */

export type { ErrorContext };

export type NodeError = NodeApiError | NodeOperationError;

/** Characters. A value of the input, or what a server says, can have millions. */
const MAX_TITLE = 1_000;
const MAX_DESCRIPTION = 4_000;
const MAX_RESPONSE = 10_000;

/** Returns the error that n8n shows and passes to error workflows (docs/n8n-notes.md, 23); n8n's own are returned as they are. */
export function toNodeError(error: unknown, context: ErrorContext): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { node, itemIndex, notes = [] } = context;
	const wording = wordingOf(error, context);
	const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	const message = mask(wording.title, context, MAX_TITLE) + item;
	const description = mask([...wording.details, ...notes].join(' '), context, MAX_DESCRIPTION);

	const nodeError =
		error instanceof RequestError
			? new NodeApiError(node, toErrorResponse(error.failure, context), {
					message,
					description,
					httpCode: wording.httpCode,
					itemIndex,
				})
			: new NodeOperationError(node, message, { description, itemIndex });
	// n8n replaces a message that contains an error code of Node's (docs/n8n-notes.md, 21).
	nodeError.message = message;
	// An error workflow receives `context` (docs/n8n-notes.md, 23).
	if (error instanceof IncompleteJobError) nodeError.context.report = error.report;
	return nodeError;
}

/** Returns the message of an error, without the item and without a full stop. */
export const describeError = (error: unknown): string =>
	mask(wordingOf(error, {}).title, {}, MAX_TITLE);

/** Returns what n8n stores with the execution (docs/n8n-notes.md, 24): Clerk's response, never n8n's request, whose headers hold the key (8). */
const toErrorResponse = (failure: Failure, context: ErrorContext): JsonObject =>
	failure.kind === 'response'
		? { status: failure.status, body: mask(toStored(failure.body), context, MAX_RESPONSE) }
		: {};

/** JSON, also of text, as n8n shows it. */
const toStored = (body: unknown): string =>
	typeof body === 'string' ? JSON.stringify(body.slice(0, 2 * MAX_RESPONSE)) : toText(body ?? '');
