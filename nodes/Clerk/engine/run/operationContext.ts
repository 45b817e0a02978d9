import { isLiveKey } from '../../../../credentials/clerkKey';
import type { FormValues } from '../input/readForm';
import type { ApiRequest, OperationContext, Send } from '../operation';
import { realClock } from '../rateLimit/clock';
import { groupByKey, limitConcurrency, runConcurrently } from './concurrency';
import type { CredentialGroup } from './credentials';
import { itemAfterError } from './items';
import type { Item } from './items';
import { LookupError } from './resolve';

/** Calls the functions of an operation for an item, with what they use of the engine. */

type ItemResult<T> =
	/** With the writes that were sent. */
	{ isDone: true; result: T; sent: ApiRequest[] } | { isDone: false; item: Item };

/** Returns what a function of the item returns, or the state in which its error leaves the item. */
export async function runForItem<T>(
	values: FormValues,
	context: OperationContext,
	work: (context: OperationContext) => Promise<T>,
): Promise<ItemResult<T>> {
	const sent: ApiRequest[] = [];
	let hasResponse = false;
	const send: Send = async (request, stop) => {
		const response = await context.send(request, stop);
		hasResponse = true;
		if (request.method !== 'GET') sent.push(request);
		return response;
	};
	try {
		return { isDone: true, result: await work({ ...context, send }), sent };
	} catch (error) {
		// After a response, a 404 is about another record than the item's own.
		const mayBeMissing = !hasResponse || error instanceof LookupError;
		return { isDone: false, item: itemAfterError(error, mayBeMissing ? values : undefined, sent) };
	}
}

/** Returns what the functions of an operation use of the engine. @param concurrency - for the requests of one item */
export function operationContextFor(
	{ client, credential, send }: CredentialGroup,
	concurrency: number,
): Omit<OperationContext, 'lookUp'> {
	return {
		// Procedures read lists side by side, several at once: together they send no more than their share.
		send: limitConcurrency(concurrency, send),
		concurrency,
		/** Runs to the end of what has started, then throws the first error. */
		async forEachConcurrently(values, work, orderKeyOf = () => undefined) {
			const errors: unknown[] = [];
			await runConcurrently(
				groupByKey(values.length, (at) => orderKeyOf(values[at])),
				{ concurrency, errorCount: () => client.serverErrors, isStopped: () => errors.length > 0 },
				async (at) => {
					try {
						await work(values[at]);
					} catch (error) {
						errors.push(error);
					}
				},
			);
			if (errors.length > 0) throw errors[0];
		},
		ensureAllowed: (requests) => requests.forEach((request) => client.ensureAllowed(request)),
		remainingFor: (request) => client.remainingFor(request),
		hasLiveKey: isLiveKey(credential.secretKey),
		now: () => realClock.date(),
	};
}
