import type { IExecuteFunctions } from 'n8n-workflow';

import type { Client } from '../http/client';
import { toClerkCredential } from '../http/credential';
import type { ClerkCredential } from '../http/credential';
import type { ApiRequest } from '../operation';
import { chunks } from '../operation/json';
import { CancelledError } from '../rateLimit/cancellation';
import { toNodeError } from './errors';

/**
 * Items and their credentials. An expression can give each item another key, API URL or policy
 * (docs/n8n-notes.md, 10), as where one workflow serves many instances, so each item's is read.
 */

/** How many credentials n8n reads from its database at once. */
const CONCURRENT_READS = 20;

/** The items with equal credentials. */
export interface ItemsOfCredential {
	credential: ClerkCredential;
	/** Ascending. */
	indexes: number[];
}

/** Items with one credential, and the client that sends for them. */
export class CredentialGroup {
	readonly credential: ClerkCredential;

	/** Ascending. */
	readonly indexes: number[];

	private readonly members: Set<number>;

	constructor(
		{ credential, indexes }: ItemsOfCredential,
		readonly client: Client,
	) {
		this.credential = credential;
		this.indexes = indexes;
		this.members = new Set(indexes);
	}

	readonly send = async (request: ApiRequest): Promise<unknown> => await this.client.send(request);

	/** Whether the item is one of the group. */
	has(index: number): boolean {
		return this.members.has(index);
	}
}

/** Reads the credential of each item, and groups the items by it, in the order of their first items. @throws NodeOperationError */
export async function readCredentials(
	host: IExecuteFunctions,
	count: number,
): Promise<ItemsOfCredential[]> {
	const groups = new Map<string, ItemsOfCredential>();
	for (const indexes of chunks([...Array(count).keys()], CONCURRENT_READS)) {
		if (host.getExecutionCancelSignal()?.aborted)
			throw toNodeError(new CancelledError(), { node: host.getNode() });
		const read = await Promise.all(
			indexes.map(async (index) => toClerkCredential(await host.getCredentials('clerkApi', index))),
		);
		read.forEach((credential, at) => {
			const key = JSON.stringify(credential);
			const group = groups.get(key);
			if (group) group.indexes.push(indexes[at]);
			else groups.set(key, { credential, indexes: [indexes[at]] });
		});
	}
	return [...groups.values()];
}
