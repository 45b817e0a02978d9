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
import { firstCheckpoint, readNewest, readSince } from './readSince';
import type { Checkpoint } from './readSince';

/** One poll, and the checkpoint that n8n stores between polls. */

/** What n8n stores. The event tells whether the checkpoint still fits; after a change, polling starts again. */
interface StaticData extends Partial<Checkpoint> {
	event?: string;
}

/** How many records a manual test outputs. */
const SAMPLES = 3;

/** Few retries and short waits: after a failure, the next poll reads the same records. */
const POLL_POLICY = { maxWaitMs: 60_000, retries: defaultRetryPolicy(3) };

/**
 * Milliseconds after which a poll starts no further page: this, or half of n8n's budget for a poll
 * where that is less. Older versions have no budget (docs/n8n-notes.md, 34).
 */
const MAX_READ_MS = 120_000;

/**
 * Polls that are running. n8n starts the next poll without waiting for this one (docs/n8n-notes.md,
 * 33), and both would output the same records.
 */
const runningPolls = new Set<string>();

/** Returns the records that are new since the last poll, oldest first, or null if there are none. */
export async function poll(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const key = `${host.getWorkflow().id} ${host.getNode().id} ${host.getMode()}`;
	if (runningPolls.has(key)) return null;
	runningPolls.add(key);
	try {
		return await pollOnce(host);
	} finally {
		runningPolls.delete(key);
	}
}

async function pollOnce(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
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
				? await readNewest(send, feed, SAMPLES)
				: await readNew(host, send, feed, event);
		return records.length > 0 ? [toItems(host, records, feed)] : null;
	} catch (error) {
		throw toNodeError(error, { node: host.getNode(), secretKey: credential.secretKey });
	}
}

/** Reads the records since the stored checkpoint and moves it. The first poll only sets it. */
async function readNew(
	host: IPollFunctions,
	send: Send,
	feed: Feed,
	event: string,
): Promise<ClerkRecord[]> {
	const stored = host.getWorkflowStaticData('node') as StaticData;
	if (stored.event !== event || stored.since === undefined || stored.ids === undefined) {
		Object.assign(stored, await firstCheckpoint(send, feed), { event });
		return [];
	}
	const deadline = Date.now() + Math.min(MAX_READ_MS, (host.getPollBudgetMs?.() ?? Infinity) / 2);
	const { since, ids } = stored;
	const isOver = () => Date.now() > deadline;
	const { records, checkpoint } = await readSince(send, feed, { since, ids }, { isOver });
	// Last, so that the next poll reads the same records again if this one fails.
	Object.assign(stored, checkpoint);
	return records;
}

const toItems = (host: IPollFunctions, records: ClerkRecord[], { view }: Feed) =>
	records.map((record) => ({
		json:
			host.getNodeParameter('output', 'simplified') === 'raw'
				? (record as IDataObject)
				: simplify(record, view),
	}));
