import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toClerkCredential } from '../http/credential';
import type { ClerkCredential } from '../http/credential';
import type { ReadParameter } from '../input/readCollection';
import type { Operation, Resource } from '../operation';

/** What a run has to know before it reads its items. */

/** Reads the parameters of one item. n8n's own validation walks all properties of the node for each of them. */
export const readerFor =
	(host: IExecuteFunctions, index: number): ReadParameter =>
	(name, fallback) =>
		host.getNodeParameter(name, index, fallback as IDataObject, { skipValidation: true });

/** What the form says is to be done; the same for all items. @throws NodeOperationError */
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
 * The credential of all `count` items: it is decrypted once, and its limits are those of one key.
 *
 * @throws NodeOperationError where an expression gives the last item another one than the first
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
