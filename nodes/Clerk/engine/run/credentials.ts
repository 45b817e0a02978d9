import type { IExecuteFunctions } from 'n8n-workflow';

import type { Client } from '../http/client';
import { toClerkCredential } from '../http/credential';
import type { ClerkCredential } from '../http/credential';
import { InvalidInputError } from '../operation';
import type { Send } from '../operation';
import { chunks, isObject } from '../operation/values';
import { CancelledError } from '../rateLimit/cancellation';
import { toNodeError } from './errors';

/**
 * Items and their credentials. An expression can give each item another key, API URL or policy
 * (docs/n8n-notes.md, 10), as where one workflow serves many instances.
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

	readonly send: Send = async (request, stop) => await this.client.send(request, stop);

	/** Whether the item is one of the group. */
	has(index: number): boolean {
		return this.members.has(index);
	}
}

/** The credentials of all items. */
export interface CredentialsOfItems {
	/** In the order of their first items. */
	read: ItemsOfCredential[];
	/** Why the credential of an item could not be read, by item: an expression of it threw. */
	failed: Map<number, Error>;
}

/**
 * Reads the credential of each item, and groups the items by it.
 *
 * @throws NodeOperationError, and what n8n throws if no item has a credential
 */
export async function readCredentials(
	host: IExecuteFunctions,
	count: number,
): Promise<CredentialsOfItems> {
	const indexes = [...Array(count).keys()];
	const groups = new Map<string, ItemsOfCredential>();
	const failed = new Map<number, Error>();
	const add = (credential: ClerkCredential, index: number) => {
		const key = JSON.stringify(credential);
		const group = groups.get(key);
		if (group) group.indexes.push(index);
		else groups.set(key, { credential, indexes: [index] });
	};
	let firstError: unknown;
	const fail = (error: unknown, index: number) => {
		firstError ??= error;
		const reason = `could not be read: ${error instanceof Error ? error.message : String(error)}`;
		failed.set(index, new InvalidInputError('Credential', reason));
	};
	try {
		const first = await readFirst(host);
		if (first.isSameForAll) return { read: [{ credential: first.credential, indexes }], failed };
		add(first.credential, 0);
	} catch (error) {
		fail(error, 0);
	}
	for (const some of chunks(indexes.slice(1), CONCURRENT_READS)) {
		if (host.getExecutionCancelSignal()?.aborted) {
			throw toNodeError(new CancelledError(), { node: host.getNode() });
		}
		const results = await Promise.allSettled(
			some.map(async (index) => toClerkCredential(await host.getCredentials('clerkApi', index))),
		);
		results.forEach((result, at) => {
			if (result.status === 'fulfilled') add(result.value, some[at]);
			else fail(result.reason, some[at]);
		});
	}
	if (groups.size === 0) throw firstError;
	return { read: [...groups.values()], failed };
}

interface FirstCredential {
	credential: ClerkCredential;
	/** Whether it has no expressions, as far as is known. */
	isSameForAll: boolean;
}

/** A part of n8n's workflow, which its contexts have without saying so. */
interface WithWorkflow {
	workflow?: { expression?: { getParameterValue?: (...given: unknown[]) => unknown } };
}

/**
 * Reads the credential of the first item, and looks at what n8n works out for it: without an expression
 * it is the same for all items, which saves a millisecond and a query of n8n's database for each. What
 * n8n has is seen only on its way through the workflow of the context (docs/n8n-notes.md, 10); where it
 * goes another way, every item is read.
 */
async function readFirst(host: IExecuteFunctions): Promise<FirstCredential> {
	const seen: unknown[] = [];
	const observed: IExecuteFunctions = Object.create(host, observing(host, seen));
	const credential = toClerkCredential(await observed.getCredentials('clerkApi', 0));
	const isSeen = seen.some((value) => isObject(value) && Object.hasOwn(value, 'secretKey'));
	return { credential, isSameForAll: isSeen && !seen.some(hasExpression) };
}

/** Returns properties for a context whose workflow also adds what it works out to `seen`. */
function observing(host: IExecuteFunctions & WithWorkflow, seen: unknown[]): PropertyDescriptorMap {
	const { workflow } = host;
	const expression = workflow?.expression;
	if (typeof expression?.getParameterValue !== 'function') return {};
	const getParameterValue = (...given: unknown[]): unknown => {
		seen.push(given[0]);
		return expression.getParameterValue?.(...given);
	};
	const observed: unknown = Object.create(expression, {
		getParameterValue: { value: getParameterValue },
	});
	return { workflow: { value: Object.create(workflow!, { expression: { value: observed } }) } };
}

/** n8n takes each text that begins with "=" for an expression (docs/n8n-notes.md, 53). */
const hasExpression = (value: unknown): boolean =>
	typeof value === 'string'
		? value.startsWith('=')
		: value instanceof Object && Object.values(value).some(hasExpression);
