import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { carryOut } from './carryOut';
import { Client } from './client';
import type { RateLimits } from './account';
import { toNodeFault } from './errors';
import { withoutLeftovers } from './leftovers';
import type { Resource } from './operation';
import { readOptions } from './options';
import { outputOf } from './output';
import { planItems } from './planItems';
import { standardRetries } from './retries';
import { Run } from './run';
import { findOperation, readCredential, reader } from './start';

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
