import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
} from 'n8n-workflow';

import { Client } from '../Clerk/engine/http/client';
import { toClerkCredential } from '../Clerk/engine/http/credential';
import type { ClerkCredential } from '../Clerk/engine/http/credential';
import { withDeadline } from '../Clerk/engine/http/deadline';
import { defaultRetryPolicy } from '../Clerk/engine/http/retries';
import type { ClerkRecord, Send } from '../Clerk/engine/operation';
import { simplify } from '../Clerk/engine/operation/view';
import { CancelledError } from '../Clerk/engine/rateLimit/cancellation';
import { realClock } from '../Clerk/engine/rateLimit/clock';
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

/** A credential from an external store takes a second or two. */
const MAX_CREDENTIAL_MS = 60_000;

/** A poll that got no response for so long is given up by the next one. */
const MAX_SILENCE_MS = 300_000;

interface RunningPoll {
	host: IPollFunctions;
	/** When it last got a response, on the clock. */
	aliveAt: number;
	/** Ends its waits and requests. */
	abort: AbortController;
}

/**
 * The last poll of each node. n8n starts the next one without waiting for this one (docs/n8n-notes.md,
 * 33), and both would output the same records.
 */
const runningPolls = new Map<string, RunningPoll>();

/**
 * Returns the records that are new since the last poll, oldest first, or null if there are none, if
 * another poll is running, and if the next poll gave this one up.
 */
export async function poll(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const key = `${host.getWorkflow().id} ${host.getNode().id} ${host.getMode()}`;
	const earlier = runningPolls.get(key);
	if (earlier && mayGoOn(earlier, host)) return null;
	earlier?.abort.abort();
	const running = { host, aliveAt: realClock.now(), abort: new AbortController() };
	runningPolls.set(key, running);
	const output = pollOnce(running).catch((error: unknown) => {
		// The poll that took over reads the same records.
		if (running.abort.signal.aborted) return null;
		throw error;
	});
	try {
		return await output;
	} finally {
		if (runningPolls.get(key) === running) runningPolls.delete(key);
	}
}

/**
 * Whether an earlier poll is waited for. Another context means that n8n no longer wants its result: the
 * workflow was activated again, or the poll took longer than n8n waits (docs/n8n-notes.md, 33).
 */
const mayGoOn = (earlier: RunningPoll, host: IPollFunctions): boolean =>
	earlier.host === host && realClock.now() - earlier.aliveAt < MAX_SILENCE_MS;

async function pollOnce(running: RunningPoll): Promise<INodeExecutionData[][] | null> {
	const { host } = running;
	const event = host.getNodeParameter('event') as string;
	const feed = Object.hasOwn(feeds, event) ? feeds[event] : undefined;
	if (!feed) {
		throw new NodeOperationError(host.getNode(), `There is no event "${event}" to watch for`);
	}
	const credential = toClerkCredential(await readCredential(host));
	ensureNotGivenUp(running);
	try {
		const records = await readRecords(running, senderOf(running, credential), feed, event);
		return records.length > 0 ? [toItems(host, records, feed)] : null;
	} catch (error) {
		throw toNodeError(error, { node: host.getNode(), secretKey: credential.secretKey });
	}
}

async function readCredential(host: IPollFunctions): Promise<ICredentialDataDecryptedObject> {
	const read = async () => await host.getCredentials('clerkApi');
	return await withDeadline(realClock, MAX_CREDENTIAL_MS, undefined, read).catch(
		(error: Error & { code?: unknown }) => {
			if (error.code !== 'ETIMEDOUT') throw error;
			throw new NodeOperationError(
				host.getNode(),
				'The credential could not be read within a minute',
				{
					description:
						'If it uses an external secrets store, check that n8n can reach it. The next poll tries again from the same record.',
				},
			);
		},
	);
}

function senderOf(running: RunningPoll, credential: ClerkCredential): Send {
	const host: IPollFunctions = Object.create(running.host, {
		getExecutionCancelSignal: { value: () => running.abort.signal },
	});
	const client = new Client(host, credential, limits, POLL_POLICY);
	return async (request) => {
		const response = await client.send(request);
		ensureNotGivenUp(running);
		running.aliveAt = realClock.now();
		return response;
	};
}

function ensureNotGivenUp({ abort }: RunningPoll): void {
	if (abort.signal.aborted) throw new CancelledError();
}

const readRecords = async (running: RunningPoll, send: Send, feed: Feed, event: string) =>
	running.host.getMode() === 'manual'
		? await readNewest(send, feed, SAMPLES)
		: await readNew(running.host, send, feed, event);

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
	const deadline =
		realClock.now() + Math.min(MAX_READ_MS, (host.getPollBudgetMs?.() ?? Infinity) / 2);
	const { since, ids, later } = stored;
	const isOver = () => realClock.now() > deadline;
	const { records, checkpoint } = await readSince(send, feed, { since, ids, later }, { isOver });
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
