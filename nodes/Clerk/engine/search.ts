import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { Client } from './http/client';
import { toClerkCredential } from './http/credential';
import type { RateLimits } from './http/credential';
import { defaultRetryPolicy } from './http/retries';
import { Reference } from './input/reference';
import { InvalidInputError } from './operation';
import type { Locator, Send } from './operation/index';
import { toNodeError } from './run/errors';
import { resolve } from './run/resolve';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A person waits for the list, so it gives up sooner than a run does. */
const SEARCH_POLICY = { maxWaitMs: 10_000, retries: defaultRetryPolicy(2) };

/** The searches behind the lists of the form's locators, by the name that n8n calls them by. */
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
			const fetch: Send = async (request) => await client.send(request);
			return await search.run({
				filter: filter?.trim() || undefined,
				page,
				fetch,
				chosen: async (parameter) => await chosenId(this, parameter, locators, fetch),
			});
		} catch (error) {
			throw toNodeError(error, { node: this.getNode(), secretKey: credential.secretKey });
		}
	};

/** What the form holds in another field: in a locator an id, looked up where it is named otherwise. */
async function chosenId(
	host: ILoadOptionsFunctions,
	parameter: string,
	locators: Record<string, Locator>,
	fetch: Send,
): Promise<string> {
	const locator = Object.values(locators).find((candidate) => candidate.parameter === parameter);
	const label = locator?.displayName ?? parameter;
	const held = host.getCurrentNodeParameter(parameter);
	const { mode = 'id', value: chosen } = (locator ? (held ?? {}) : { value: held }) as {
		mode?: string;
		value?: unknown;
	};
	const value = String(chosen ?? '');
	if (value.startsWith('=')) {
		throw new InvalidInputError(label, 'is an expression, which has no value yet');
	}
	if (value === '') throw new InvalidInputError(label, 'is empty. Choose it first');
	if (!locator) return value;
	const reference = new Reference(locator, mode, value, label);
	if (!reference.result) await resolve([reference], fetch);
	return reference.id;
}
