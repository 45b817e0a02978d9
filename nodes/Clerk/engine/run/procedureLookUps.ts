import { normalizeListResponse } from '../http/pagination';
import type { ClerkRecord, LookUp, Prepared, Send } from '../operation';
import { chunks } from '../operation/values';
import { CancelledError } from '../rateLimit/cancellation';
import { MAX_FILTER_VALUES } from '../request/longLists';

type Rows = ClerkRecord[];

/**
 * The look-ups that items of a procedure begin with, up to a hundred in one request. A request is sent
 * when the first of its items runs, so that its response is fresh for all of them.
 */
export class SharedLookUps {
	/** By item; resolves to undefined if the shared request failed or its response was truncated. */
	private readonly shared = new Map<number, () => Promise<Rows | undefined>>();

	/** @param prepared - of all items; undefined for one that does not run */
	constructor(
		private readonly prepared: Array<Prepared | undefined>,
		private readonly send: Send,
	) {
		const byKind = new Map<string, number[]>();
		const targets = new Set<string | undefined>();
		prepared.forEach((item, index) => {
			// The first item of a target changes what the look-up of the next one finds.
			if (!item?.lookUp || targets.has(item.target)) return;
			targets.add(item.target);
			const indexes = byKind.get(item.lookUp.kind);
			if (indexes) indexes.push(index);
			else byKind.set(item.lookUp.kind, [index]);
		});
		for (const indexes of byKind.values()) this.groupIntoRequests(indexes);
	}

	/** Returns the rows of the item's look-up, among those of others that shared its request. @throws RequestError, CancelledError */
	async rowsFor(index: number): Promise<Rows> {
		const { lookUp } = this.prepared[index] ?? {};
		if (!lookUp) return [];
		const rows = await this.shared.get(index)?.();
		// Frees the rows once all items of the request have read them.
		this.shared.delete(index);
		return rows ?? (await this.request([lookUp])).rows;
	}

	private groupIntoRequests(indexes: number[]): void {
		for (const chunk of chunks(indexes, MAX_FILTER_VALUES)) {
			if (chunk.length === 1) return;
			let response: Promise<Rows | undefined> | undefined;
			const requestOnce = async () => await (response ??= this.requestShared(chunk));
			for (const index of chunk) this.shared.set(index, requestOnce);
		}
	}

	/** Returns undefined if the request fails: one invalid value rejects it, so each item sends its own. */
	private async requestShared(indexes: number[]): Promise<Rows | undefined> {
		const lookUps = indexes.map((index) => this.prepared[index]!.lookUp!);
		const { rows, isWhole } = await this.request(lookUps).catch((error: unknown) => {
			if (error instanceof CancelledError) throw error;
			return { rows: [], isWhole: false };
		});
		return isWhole ? rows : undefined;
	}

	private async request([first, ...others]: LookUp[]): Promise<{ rows: Rows; isWhole: boolean }> {
		const request = first.request([first, ...others].map(({ value }) => value));
		const { rows } = normalizeListResponse(await this.send(request));
		return { rows, isWhole: rows.length < Number(request.query?.limit ?? Infinity) };
	}
}
