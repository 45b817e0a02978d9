import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Client } from './http/client';
import type { RateLimits } from './http/credential';
import { defaultRetryPolicy } from './http/retries';
import { readOptions } from './input/readOptions';
import { withoutStaleFields } from './input/staleFields';
import type { Resource } from './operation/index';
import { toNodeError } from './run/errors';
import { outputOf } from './run/output';
import { prepareItems } from './run/prepareItems';
import { Run } from './run/run';
import { runCalls } from './run/runCalls';
import { findOperation, readCredential, readerFor } from './run/start';

/** What there is to operate on. The engine knows it only through this. */
export interface Api {
	resources: Resource[];
	limits: RateLimits;
}

/**
 * Items in, linked items out.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function execute(host: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]> {
	const count = host.getInputData().length;
	if (count === 0) return [[]];
	const run = await startRun(host, api, count);
	await prepareItems(run);
	await runCalls(run);
	return [outputOf(run)];
}

async function startRun(
	host: IExecuteFunctions,
	{ resources, limits }: Api,
	count: number,
): Promise<Run> {
	const operation = findOperation(host, resources);
	const credential = await readCredential(host, count);
	try {
		const read = withoutStaleFields(operation, resources)(readerFor(host, 0));
		const { concurrency, maxRetries, maxWait } = readOptions(operation, read);
		const client = new Client(host, credential, limits, {
			maxWaitMs: maxWait * 1_000,
			retries: defaultRetryPolicy(maxRetries),
		});
		return new Run({ host, operation, resources, credential, client, concurrency, count });
	} catch (error) {
		throw toNodeError(error, { node: host.getNode(), itemIndex: 0 });
	}
}
