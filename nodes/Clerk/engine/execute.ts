import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Client } from './http/client';
import type { RateLimits } from './http/credential';
import { standardRetries } from './http/retries';
import { readOptions } from './input/readOptions';
import { withoutLeftovers } from './input/staleFields';
import type { Resource } from './operation/index';
import { toNodeFault } from './run/errors';
import { outputOf } from './run/output';
import { planItems } from './run/prepareItems';
import { Run } from './run/run';
import { carryOut } from './run/runCalls';
import { findOperation, readCredential, reader } from './run/start';

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
	await planItems(run);
	await carryOut(run);
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
		const read = withoutLeftovers(operation, resources)(reader(host, 0));
		const { concurrency, maxRetries, maxWait } = readOptions(operation, read);
		const client = new Client(host, credential, limits, {
			maxWaitMs: maxWait * 1_000,
			retries: standardRetries(maxRetries),
		});
		return new Run({ host, operation, resources, credential, client, concurrency, count });
	} catch (error) {
		throw toNodeFault(error, { node: host.getNode(), itemIndex: 0 });
	}
}
