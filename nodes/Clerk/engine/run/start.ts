import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Client } from '../http/client';
import { toClerkCredential } from '../http/credential';
import type { ClerkCredential, RateLimits } from '../http/credential';
import { defaultRetryPolicy } from '../http/retries';
import type { ReadParameter } from '../input/readCollection';
import { readOptions } from '../input/readOptions';
import { withoutStaleFields } from '../input/staleFields';
import type { Operation, Resource } from '../operation';
import { toNodeError } from './errors';
import { Run } from './run';

/** Start: the operation, the credential and the client, which are the same for all items. */

/** Clerk's API as the engine knows it. */
export interface Api {
	resources: Resource[];
	limits: RateLimits;
}

/** @throws NodeApiError, NodeOperationError */
export async function startRun(
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

/**
 * Returns a reader of one item's parameters. It skips n8n's validation, which goes through the node's
 * properties for each value (docs/n8n-notes.md, 13).
 */
export const readerFor =
	(host: IExecuteFunctions, index: number): ReadParameter =>
	(name, fallback) =>
		host.getNodeParameter(name, index, fallback as IDataObject, { skipValidation: true });

/** Returns the operation that the form names, which is the same for all items. @throws NodeOperationError */
export function findOperation(host: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = host.getNodeParameter('resource', 0) as string;
	const value = host.getNodeParameter('operation', 0) as string;
	const operation = resources
		.find((candidate) => candidate.value === resource)
		?.operations.find((candidate) => candidate.value === value);
	if (operation) return operation;
	throw new NodeOperationError(
		host.getNode(),
		`There is no operation "${value}" of the resource "${resource}" in this version of the Clerk node`,
	);
}

/**
 * Returns the credential of all `count` items: it is decrypted once, and a run has the rate limits of
 * one key. An expression can give each item another credential (docs/n8n-notes.md, 10).
 *
 * @throws NodeOperationError if the first and the last item use different credentials
 */
export async function readCredential(
	host: IExecuteFunctions,
	count: number,
): Promise<ClerkCredential> {
	const first = await host.getCredentials('clerkApi', 0);
	const last = count > 1 ? await host.getCredentials('clerkApi', count - 1) : first;
	if (JSON.stringify(toClerkCredential(first)) !== JSON.stringify(toClerkCredential(last))) {
		throw new NodeOperationError(
			host.getNode(),
			'The credential is another one for the last item than for the first. Split the items by credential, and use one Clerk node for each',
		);
	}
	return toClerkCredential(first);
}
