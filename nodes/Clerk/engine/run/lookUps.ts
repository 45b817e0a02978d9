import { normalizeListResponse } from '../http/pagination';
import type { ClerkRecord, LookUp, Prepared, Send } from '../operation';
import { chunks } from '../operation/json';
import { CancelledError } from '../rateLimit/cancellation';
import { LONGEST_LIST } from '../request/longLists';

type Rows = ClerkRecord[];

/**
 * Reads that many items begin with, a hundred in a call. A call goes out when the first of its items has
 * its turn, so that what it finds is fresh for all of them.
 */
export class LookUps {
	/** By item; undefined where the call did not work out. */
	private readonly shared = new Map<number, () => Promise<Rows | undefined>>();

	/** @param plans - of all items; undefined where there is none */
	constructor(
		private readonly plans: Array<Prepared | undefined>,
		private readonly send: Send,
	) {
		const groups = new Map<string, number[]>();
		const targets = new Set<string | undefined>();
		plans.forEach((plan, index) => {
			// What the first item of a target does changes what the next one would find.
			if (!plan?.lookUp || targets.has(plan.target)) return;
			targets.add(plan.target);
			const group = groups.get(plan.lookUp.by);
			if (group) group.push(index);
			else groups.set(plan.lookUp.by, [index]);
		});
		for (const group of groups.values()) this.share(group);
	}

	/** @throws RequestError, CancelledError */
	async rowsFor(index: number): Promise<Rows> {
		const { lookUp } = this.plans[index] ?? {};
		if (!lookUp) return [];
		const rows = await this.shared.get(index)?.();
		// What all of its items have had is not kept.
		this.shared.delete(index);
		return rows ?? (await this.ask([lookUp])).rows;
	}

	private share(indexes: number[]): void {
		for (const together of chunks(indexes, LONGEST_LIST)) {
			if (together.length === 1) return;
			let asking: Promise<Rows | undefined> | undefined;
			const ask = async () => await (asking ??= this.askTogether(together));
			for (const index of together) this.shared.set(index, ask);
		}
	}

	/** Where one value spoils the call, each item asks for its own, and says so itself. */
	private async askTogether(indexes: number[]): Promise<Rows | undefined> {
		const lookUps = indexes.map((index) => this.plans[index]!.lookUp!);
		const { rows, isWhole } = await this.ask(lookUps).catch((error: unknown) => {
			if (error instanceof CancelledError) throw error;
			return { rows: [], isWhole: false };
		});
		return isWhole ? rows : undefined;
	}

	private async ask([first, ...others]: LookUp[]): Promise<{ rows: Rows; isWhole: boolean }> {
		const request = first.request([first, ...others].map(({ value }) => value));
		const { rows } = normalizeListResponse(await this.send(request));
		return { rows, isWhole: rows.length < Number(request.query?.limit ?? Infinity) };
	}
}
