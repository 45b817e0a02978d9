import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Client } from '../http/client';
import type { RateLimits } from '../http/credential';
import { Progress } from '../http/progress';
import { defaultRetryPolicy } from '../http/retries';
import type { ReadParameter } from '../input/readCollection';
import { readOptions } from '../input/readOptions';
import { withoutStaleFields } from '../input/staleFields';
import { isSet } from '../operation';
import type { Operation, Resource } from '../operation';
import { realClock } from '../rateLimit/clock';
import { CredentialGroup, readCredentials } from './credentials';
import type { ItemsOfCredential } from './credentials';
import { toNodeError } from './errors';
import { Run } from './run';
import type { RunContext } from './run';

/** Start: finds the operation, which is the same for all items, and makes a client per credential. */

/** Clerk's API as the engine knows it. */
export interface Api {
	resources: Resource[];
	limits: RateLimits;
}

/** @throws NodeApiError, NodeOperationError */
export async function startRun(
	host: IExecuteFunctions,
	{ resources, limits }: Api,
	itemCount: number,
): Promise<Run> {
	const operation = findOperation(host, resources);
	const { read: credentials, failed } = await readCredentials(host, itemCount);
	try {
		const read = withoutStaleFields(operation, resources)(readerFor(host, 0));
		const { concurrency, maxRetries, maxWait } = readOptions(operation, read);
		const progress = new Progress(host.logger, () => realClock.now());
		const retries = defaultRetryPolicy(maxRetries);
		const options = { maxWaitMs: maxWait * 1_000, retries, progress };
		if (isSet(operation) && credentials.length > 1) throw toMixedSetError(host, credentials);
		const toClient = ({ credential }: ItemsOfCredential) =>
			new Client(host, credential, limits, options);
		const clients = toGroups(credentials, failed, toClient);
		return new Run({ host, operation, resources, ...clients, progress, concurrency, itemCount });
	} catch (error) {
		throw toNodeError(error, { node: host.getNode(), itemIndex: 0 });
	}
}

/** Makes a client for each credential. @throws RequestError if none of them can be used */
function toGroups(
	credentials: ItemsOfCredential[],
	failed: Map<number, unknown>,
	toClient: (items: ItemsOfCredential) => Client,
): Pick<RunContext, 'groups' | 'unusable'> {
	const groups: CredentialGroup[] = [];
	const unusable = new Map(failed);
	for (const items of credentials) {
		try {
			groups.push(new CredentialGroup(items, toClient(items)));
		} catch (error) {
			for (const index of items.indexes) unusable.set(index, error);
		}
	}
	if (groups.length === 0) throw unusable.get(credentials[0].indexes[0]);
	return { groups, unusable };
}

/** What is missing from a set may be removed, so a set must not be split. */
const toMixedSetError = (host: IExecuteFunctions, { length }: ItemsOfCredential[]) =>
	new NodeOperationError(
		host.getNode(),
		`The items have ${length} credentials, but this operation takes its input as one. Split the items by credential, and use one Clerk node for each`,
		{ description: 'Nothing was sent.' },
	);

/**
 * Returns a reader of one item's parameters. It skips n8n's validation, which goes through the node's
 * properties for each value (docs/n8n-notes.md, 13).
 */
export const readerFor =
	(host: IExecuteFunctions, index: number): ReadParameter =>
	(name, fallback) =>
		host.getNodeParameter(name, index, fallback as IDataObject, { skipValidation: true });

/**
 * Returns the operation that the form names, which is the same for all items. Exported for the tests.
 *
 * @throws NodeOperationError
 */
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
