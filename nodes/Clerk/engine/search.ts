import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { Client } from './http/client';
import { toClerkCredential } from './http/credential';
import type { RateLimits } from './http/credential';
import { defaultRetryPolicy } from './http/retries';
import { readReference } from './input/reference';
import { InvalidInputError } from './operation';
import type { Locator, Send } from './operation';
import { toNodeError } from './run/errors';
import { resolve } from './run/resolve';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A person waits for the list, so it gives up sooner than a run. */
const SEARCH_POLICY = { maxWaitMs: 10_000, retries: defaultRetryPolicy(2) };

/** Returns the searches behind the lists of the form's locators, by the name in their `searchListMethod`. */
export function listSearches(
	locators: Record<string, Locator>,
	limits: RateLimits,
): Record<string, ListSearch> {
	const searches: Record<string, ListSearch> = {};
	for (const { search } of Object.values(locators)) {
		if (search) searches[search.method] = searchWith(search, locators, limits);
	}
	return searches;
}

const searchWith = (
	search: NonNullable<Locator['search']>,
	locators: Record<string, Locator>,
	limits: RateLimits,
): ListSearch =>
	async function (filter, page) {
		const credential = toClerkCredential(await this.getCredentials('clerkApi'));
		try {
			const client = new Client(this, credential, limits, SEARCH_POLICY);
			const send: Send = async (request) => await client.send(request);
			return await search.run({
				filter: filter?.trim() || undefined,
				page,
				send,
				chosen: async (parameter) => await chosenId(this, parameter, locators, send),
			});
		} catch (error) {
			throw toNodeError(error, { node: this.getNode(), secretKey: credential.secretKey });
		}
	};

/** Returns the value of another field of the form; of a locator the ID, which may take a look-up. @throws InvalidInputError, RequestError */
async function chosenId(
	host: ILoadOptionsFunctions,
	parameter: string,
	locators: Record<string, Locator>,
	send: Send,
): Promise<string> {
	const locator = Object.values(locators).find((candidate) => candidate.parameter === parameter);
	const label = locator?.displayName ?? parameter;
	const current = host.getCurrentNodeParameter(parameter);
	const { mode = 'id', value: chosen } = (locator ? (current ?? {}) : { value: current }) as {
		mode?: string;
		value?: unknown;
	};
	const value = String(chosen ?? '');
	if (value.startsWith('=')) {
		throw new InvalidInputError(label, 'is an expression, which has no value yet');
	}
	if (value === '') throw new InvalidInputError(label, 'is empty. Choose it first');
	if (!locator) return value;
	const reference = readReference(locator, mode, value, label);
	if (!reference.result) await resolve([reference], send);
	return reference.id;
}
