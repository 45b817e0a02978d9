import { normalizeListResponse } from '../http/pagination';
import type { ClerkRecord, LookUp, Send } from '../operation';
import { chunks } from '../operation/values';
import { CancelledError } from '../rateLimit/cancellation';
import { MAX_FILTER_VALUES } from '../request/longLists';
import { groupByKey, runConcurrently } from './concurrency';
import type { CredentialGroup } from './credentials';
import { itemAfterError } from './items';
import type { Run } from './run';

/** Look up: what items of a procedure begin with is looked up, and checked. */

type Rows = ClerkRecord[];

/**
 * Looks up and checks the items that begin with a look-up, before the first write is sent. An item whose
 * look-up or check fails is failed.
 */
export async function checkLookUps(run: Run): Promise<void> {
	for (const group of run.context.groups) await checkGroup(run, group);
}

async function checkGroup(run: Run, group: CredentialGroup): Promise<void> {
	const { items } = run;
	const lookUpOf = (index: number) => items.prepared(index).lookUp;
	const indexes = items.preparedAmong(group.indexes).filter((index) => lookUpOf(index));
	const lookUps = new SharedLookUps(
		indexes.map((index) => lookUpOf(index)!),
		group.send,
	);
	const found = new Map<number, Rows>();
	const { concurrency } = run.context;
	await runConcurrently(
		groupByKey(indexes.length, () => undefined),
		{ concurrency, errorCount: () => group.client.serverErrors, isStopped: () => items.isStopped },
		async (at) => {
			const index = indexes[at];
			try {
				found.set(index, await lookUps.rowsFor(at));
			} catch (error) {
				items.finish(index, itemAfterError(error, items.prepared(index).values));
			}
		},
	);
	const changedBefore = new Map<string, ClerkRecord>();
	for (const [index, rows] of [...found].sort(([a], [b]) => a - b)) {
		const prepared = items.prepared(index);
		try {
			const target = prepared.lookUp!.check(rows, changedBefore);
			items.set(index, { state: 'prepared', prepared: { ...prepared, target } });
		} catch (error) {
			items.set(index, itemAfterError(error, prepared.values));
		}
	}
}

/** Look-ups of the same kind, up to a hundred in one request, which is sent for the first of them. Exported for its test. */
export class SharedLookUps {
	/** By the position of a look-up; resolves to undefined if the shared request failed or was truncated. */
	private readonly shared = new Map<number, () => Promise<Rows | undefined>>();

	constructor(
		private readonly lookUps: LookUp[],
		private readonly send: Send,
	) {
		const kinds = new Map<string, Map<string, number[]>>();
		lookUps.forEach(({ kind, value }, at) => {
			const byValue = kinds.get(kind) ?? new Map<string, number[]>();
			byValue.set(value, [...(byValue.get(value) ?? []), at]);
			kinds.set(kind, byValue);
		});
		for (const byValue of kinds.values()) {
			for (const chunk of chunks([...byValue.values()], MAX_FILTER_VALUES)) this.share(chunk);
		}
	}

	/** Returns the rows of a look-up, among those of others that shared its request. @throws RequestError, CancelledError */
	async rowsFor(at: number): Promise<Rows> {
		return (await this.shared.get(at)!()) ?? (await lookUpOnce(this.lookUps[at], this.send));
	}

	/** @param chunk - the positions of look-ups of one kind, grouped by value */
	private share(chunk: number[][]): void {
		let response: Promise<Rows | undefined> | undefined;
		const requestOnce = async () => await (response ??= this.requestShared(chunk));
		for (const at of chunk.flat()) this.shared.set(at, requestOnce);
	}

	/** Returns undefined if the request fails: one invalid value rejects it, so each item sends its own. */
	private async requestShared(chunk: number[][]): Promise<Rows | undefined> {
		const lookUps = chunk.map(([at]) => this.lookUps[at]);
		const { rows, isWhole } = await requestRows(lookUps, this.send).catch((error: unknown) => {
			if (error instanceof CancelledError || chunk.length === 1) throw error as Error;
			return { rows: [], isWhole: false };
		});
		return isWhole || chunk.length === 1 ? rows : undefined;
	}
}

/** Returns the rows of a single look-up. @throws RequestError, CancelledError */
export const lookUpOnce = async (lookUp: LookUp, send: Send): Promise<Rows> =>
	(await requestRows([lookUp], send)).rows;

async function requestRows(
	[first, ...others]: LookUp[],
	send: Send,
): Promise<{ rows: Rows; isWhole: boolean }> {
	const request = first.request([first, ...others].map(({ value }) => value));
	const { rows } = normalizeListResponse(await send(request));
	return { rows, isWhole: rows.length < Number(request.query?.limit ?? Infinity) };
}
