import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { Client } from '../Clerk/engine/http/client';
import { toClerkCredential } from '../Clerk/engine/http/credential';
import { defaultRetryPolicy } from '../Clerk/engine/http/retries';
import type { ClerkRecord, Send } from '../Clerk/engine/operation';
import { simplify } from '../Clerk/engine/operation/view';
import { toNodeError } from '../Clerk/engine/run/errors';
import { limits } from '../Clerk/resources/limits';
import { feeds } from './feeds';
import type { Feed } from './feeds';
import { newest, readSince, startOf } from './reading';
import type { Mark } from './reading';

/** One look at Clerk, and what n8n keeps of it until the next. */

/** The mark, and what it is a mark on: another choice in the form starts anew. */
interface Kept extends Partial<Mark> {
	event?: string;
}

const SAMPLES = 3;

/** The next look comes anyway. */
const POLL_POLICY = { maxWaitMs: 60_000, retries: defaultRetryPolicy(3) };

/** Half of what n8n gives a look; older versions do not say. */
const ENOUGH_MS = 120_000;

/** A look may take longer than the time to the next one; two at a time would both give the same. */
const underWay = new Set<string>();

/** What is new since the last look, oldest first. @returns null where nothing is */
export async function poll(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const key = `${host.getWorkflow().id} ${host.getNode().id} ${host.getMode()}`;
	if (underWay.has(key)) return null;
	underWay.add(key);
	try {
		return await look(host);
	} finally {
		underWay.delete(key);
	}
}

async function look(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const event = host.getNodeParameter('event') as string;
	const feed = Object.hasOwn(feeds, event) ? feeds[event] : undefined;
	if (!feed) {
		throw new NodeOperationError(host.getNode(), `There is no event "${event}" to watch for`);
	}
	const credential = toClerkCredential(await host.getCredentials('clerkApi'));
	try {
		const client = new Client(host, credential, limits, POLL_POLICY);
		const send: Send = async (request) => await client.send(request);
		const records =
			host.getMode() === 'manual'
				? await newest(send, feed, SAMPLES)
				: await news(host, send, feed, event);
		return records.length > 0 ? [itemsOf(host, records, feed)] : null;
	} catch (error) {
		throw toNodeError(error, { node: host.getNode(), secretKey: credential.secretKey });
	}
}

async function news(
	host: IPollFunctions,
	send: Send,
	feed: Feed,
	event: string,
): Promise<ClerkRecord[]> {
	const kept = host.getWorkflowStaticData('node') as Kept;
	if (kept.event !== event || kept.since === undefined || kept.ids === undefined) {
		Object.assign(kept, await startOf(send, feed), { event });
		return [];
	}
	const until = Date.now() + Math.min(ENOUGH_MS, (host.getPollBudgetMs?.() ?? Infinity) / 2);
	const { since, ids } = kept;
	const isOver = () => Date.now() > until;
	const { records, mark } = await readSince(send, feed, { since, ids }, { isOver });
	// Last, so that after a look that did not succeed the next one reads the same again.
	Object.assign(kept, mark);
	return records;
}

const itemsOf = (host: IPollFunctions, records: ClerkRecord[], { view }: Feed) =>
	records.map((record) => ({
		json:
			host.getNodeParameter('output', 'simplified') === 'raw'
				? (record as IDataObject)
				: simplify(record, view),
	}));
