import type { ApiRequest, ClerkRecord, Paging, Send } from '../operation';
import { normalizeListResponse, orderOf } from './pagination';
import { SideBySide } from './sideBySide';
import { TimeOrder } from './slice';
import { mergeStretches, Stretch } from './stretch';
import { readTies } from './ties';
import type { ReadPages } from './ties';

/**
 * Reads a list by offset, side by side. Records that come and go shift the pages, so each page overlaps
 * the one before by a few rows: where two pages meet, nothing is missing between them; where they do
 * not, what is between them is read again.
 */

/** The part of a page that overlaps the one before. */
const OVERLAP = 0.03;

/** Pages in a row that bring nothing new, after which a gap is given up. */
const MAX_MISSES = 8;

/** What was read of a list. */
export interface ReadRows<T> {
	rows: T[];
	/** The length of the whole list, where the response states it. */
	total?: number;
}

/** The list cannot be read side by side; `first` is the response to its first page. */
export class NotSideBySideError extends Error {
	constructor(readonly first: unknown) {
		super();
	}
}

/**
 * Reads the whole list.
 *
 * @param toRow - makes what is kept of a record; undefined leaves it out
 * @param atOnce - how many pages are requested at once
 * @throws NotSideBySideError, RequestError, CancelledError
 */
export async function readSeams<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: (record: ClerkRecord) => T | undefined,
	atOnce: number,
): Promise<ReadRows<T>> {
	return await new SeamReader(send, request, paging, toRow, atOnce).read();
}

class SeamReader<T> {
	private readonly times: TimeOrder;

	/** From one page to the next. */
	private readonly step: number;

	/** The newest one. */
	private total: number | undefined;

	private first: unknown;

	constructor(
		private readonly send: Send,
		private readonly base: ApiRequest,
		private readonly paging: Paging,
		private readonly toRow: (record: ClerkRecord) => T | undefined,
		private readonly atOnce: number,
	) {
		this.times = new TimeOrder(orderOf(base, paging)!);
		this.step = paging.pageSize - Math.max(1, Math.round(paging.pageSize * OVERLAP));
	}

	async read(): Promise<ReadRows<T>> {
		const { pageSize } = this.paging;
		const first = await this.page(0, this.send);
		const isShort = first.length < pageSize && !first.isEnd;
		if (this.total === undefined || isShort || !first.isSorted) this.giveUp();
		if (first.isEnd) return this.merge([first]);
		// A server that ignores the offset shows itself here.
		const second = await this.page(this.step, this.send);
		if (second.keys.every((key, at) => key === first.keys[at])) return this.merge([first]);
		const known = new Set(first.keys);
		// In a tie, whose order may change, a shared record says nothing.
		const shared = second.keys.filter(
			(key, at) => known.has(key) && second.times[at] !== first.last,
		);
		const isShared = shared.length > this.step / 2;
		if (isShared || !second.isSorted) this.giveUp();
		// From here on it is too old for a second reading to go on after it.
		this.first = undefined;
		const stretches = await this.fillGaps([first, second, ...(await this.readRest())]);
		return await this.complete(stretches);
	}

	/** Reads what follows the second page. */
	private async readRest(): Promise<Array<Stretch<T>>> {
		const read: Array<Stretch<T>> = [];
		let offset = this.step * 2;
		// A total may be too large: nothing follows an empty page.
		let isOver = false;
		const readNext = async (send: Send) => {
			while (!isOver && offset + this.paging.pageSize - this.step < this.total!) {
				const at = offset;
				offset += this.step;
				const page = await this.page(at, send);
				if (!page.isSorted) this.giveUp();
				read.push(page);
				isOver ||= page.length === 0;
			}
		};
		await this.sideBySide(Array.from({ length: this.atOnce }, () => readNext));
		return read.sort((a, b) => a.offset - b.offset);
	}

	private async sideBySide(tasks: Array<(send: Send) => Promise<void>>): Promise<void> {
		const readers = new SideBySide(this.send, this.atOnce);
		const waiting = [...tasks];
		const startNext = () => {
			const task = waiting.shift();
			if (task) readers.start(async () => await task(readers.send).then(startNext));
		};
		for (let started = 0; started < this.atOnce; started++) startNext();
		await readers.end();
	}

	private async page(offset: number, send: Send): Promise<Stretch<T>> {
		const { always, pageSize: limit } = this.paging;
		const query = { ...this.base.query, ...always, limit, ...(offset > 0 && { offset }) };
		const response = await send({ ...this.base, query });
		if (offset === 0 && this.total === undefined) this.first = response;
		const { rows, total } = normalizeListResponse(response);
		this.total = total ?? this.total;
		// Some lists ignore `limit`.
		const page = rows.slice(0, limit);
		const isShort = page.length < limit;
		// A full page that reaches beyond the total shows that the total is too small.
		const reach = offset + page.length;
		const isEnd =
			page.length === 0 ||
			(total === undefined ? isShort : isShort ? reach >= total : reach === total);
		return new Stretch(offset, page, isEnd, (row) => this.times.of(row), this.toRow);
	}

	/** Reads again what is between pages that do not meet, and what follows the last one. */
	private async fillGaps(pages: Array<Stretch<T>>): Promise<Array<Stretch<T>>> {
		const read = pages.filter(({ length }) => length > 0);
		const between = read.map((): Array<Stretch<T>> => []);
		/** The one of those so far that reaches furthest. */
		let reach = read[0];
		const gaps: Array<(send: Send) => Promise<void>> = [];
		for (const [at, next] of [...read, undefined].entries()) {
			if (at === 0) continue;
			const from = reach;
			if (!from.isEnd && !(next && from.meets(next))) {
				gaps.push(
					async (send) => void between[at - 1].push(...(await this.bridge(from, next, send))),
				);
			}
			if (next?.goesBeyond(reach)) reach = next;
		}
		await this.sideBySide(gaps);
		return read.flatMap((stretch, at) => [stretch, ...between[at]]);
	}

	/** Reads from the end of one page to the start of another, or to the end of the list. */
	private async bridge(
		from: Stretch<T>,
		to: Stretch<T> | undefined,
		send: Send,
	): Promise<Array<Stretch<T>>> {
		const found: Array<Stretch<T>> = [];
		let reach = from;
		let offset = from.offset + (to ? from.length - Math.floor(this.step / 2) : this.step);
		let wasEmpty = false;
		const known = new Set(from.keys);
		for (let misses = 0; misses < MAX_MISSES;) {
			const page = await this.page(Math.max(0, offset), send);
			if (!page.isSorted) this.giveUp();
			// Nothing is before the start of the list.
			if (page.offset > 0 && !reach.meets(page)) {
				// The records moved up.
				misses++;
				wasEmpty = page.length === 0;
				offset = page.offset - this.step;
				continue;
			}
			if (page.length === 0) return found;
			// Records of one time may come in another order in each page, and then go beyond for ever.
			const bringsNew = page.keys.some((key) => !known.has(key));
			page.keys.forEach((key) => known.add(key));
			if (page.goesBeyond(reach)) {
				reach = page;
				found.push(page);
				misses = bringsNew ? 0 : misses + 1;
			} else misses++;
			// A page that is not full, before an empty one, ends the list, whatever the total says.
			if (!to && wasEmpty && page.length < this.paging.pageSize) return found;
			if (reach.isEnd || (to && reach.meets(to))) return found;
			offset = page.offset + this.step;
		}
		return this.giveUp();
	}

	/** Reads again what can be missing where the total says that there are more records. */
	private async complete(stretches: Array<Stretch<T>>): Promise<ReadRows<T>> {
		const whole = this.merge(stretches);
		if (whole.keys.length >= this.total!) return whole;
		const newest = await this.readNewest(stretches);
		const all = this.times.isOldestFirst ? [...stretches, ...newest] : [...newest, ...stretches];
		const read: ReadPages<T> = async (offsets, take) =>
			await this.sideBySide(
				offsets.map((offset) => async (send) => take(await this.page(offset, send))),
			);
		await readTies(all, this.paging.pageSize, read, (count) => count < this.total!);
		return this.merge(all);
	}

	/** Reads the end of the list where records are added: the newest ones. */
	private async readNewest(stretches: Array<Stretch<T>>): Promise<Array<Stretch<T>>> {
		try {
			if (this.times.isOldestFirst) {
				const end = stretches.reduce((reach, next) => (next.goesBeyond(reach) ? next : reach));
				return await this.bridge(end, undefined, this.send);
			}
			const start = await this.page(0, this.send);
			return start.isSorted && start.meets(stretches[0]) ? [start] : [];
		} catch (error) {
			// What was read before is still the better answer.
			if (error instanceof NotSideBySideError) return [];
			throw error as Error;
		}
	}

	private merge(stretches: Array<Stretch<T>>): ReadRows<T> & { keys: unknown[] } {
		return { ...mergeStretches(stretches), total: this.total };
	}

	private giveUp(): never {
		throw new NotSideBySideError(this.first);
	}
}
