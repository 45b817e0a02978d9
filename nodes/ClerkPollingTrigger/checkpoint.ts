import type { ClerkRecord } from '../Clerk/engine/operation';
import type { Feed } from './feeds';

/** How far a list has been read, as n8n stores it between polls. */
export interface Checkpoint {
	/** Unix milliseconds, never later than now; 0 if the list was empty. */
	since: number;
	/** The IDs of the records read at that time. */
	ids: string[];
	/** The times of records read later than that, by id: those dated in the future. */
	later?: Record<string, number>;
}

export interface ReadResult {
	records: ClerkRecord[];
	checkpoint: Checkpoint;
}

export interface Bounds {
	/** Unix milliseconds; later records are left to the next call. */
	until?: number;
	/**
	 * Called between pages; once it returns true, the rest is left to the next call. Ignored for a feed
	 * without a filter: it is read backwards, so its oldest new records come last.
	 */
	isOver?: () => boolean;
	/** Returns Unix milliseconds. */
	now?: () => number;
}

export const idOf = (record: ClerkRecord): string => String(record.id);

/** Returns NaN, which compares as neither before nor after any time, if the event has not happened yet. */
export const timeOf = ({ time }: Feed, record: ClerkRecord): number =>
	typeof record[time] === 'number' ? record[time] : NaN;

/** Returns the records with their times, without those of which the event has not happened yet. */
export const withTimes = (
	feed: Feed,
	rows: ClerkRecord[],
): Array<{ row: ClerkRecord; time: number }> =>
	rows.map((row) => ({ row, time: timeOf(feed, row) })).filter(({ time }) => !Number.isNaN(time));

/**
 * Collects the new records of one poll, and the checkpoint that follows.
 *
 * A record dated in the future must not move the checkpoint to its time: everything created until then
 * would come before it. Such records are remembered by id and time.
 */
export class Collector {
	readonly records: ClerkRecord[] = [];

	/** Of the records read at the checkpoint or later, by id. */
	private readonly times: Map<string, number>;

	/** The time of the next checkpoint. */
	private mark: number;

	/**
	 * @param until - Unix milliseconds; later records are left alone
	 * @param now - returns Unix milliseconds
	 */
	constructor(
		private readonly feed: Feed,
		private readonly before: Checkpoint,
		private readonly until: number,
		private readonly now: () => number,
	) {
		const { since, ids, later = {} } = before;
		this.mark = since;
		this.times = new Map([...ids.map((id) => [id, since] as const), ...Object.entries(later)]);
	}

	/**
	 * Adds the new records of a page.
	 *
	 * @param latest - Unix milliseconds; records between this time and now are left to the next poll
	 */
	add(rows: ClerkRecord[], latest = Infinity): void {
		const now = this.now();
		for (const { row, time } of withTimes(this.feed, rows)) {
			const isFuture = time > now;
			if (time < this.before.since || time > this.until || (time > latest && !isFuture)) continue;
			if (!isFuture) this.mark = Math.max(this.mark, time);
			if (this.times.get(idOf(row)) === time) continue;
			this.times.set(idOf(row), time);
			this.records.push(row);
		}
	}

	/** Returns the new records, oldest first; of the same time, in the order of the list read forwards. */
	result(isReversed: boolean): ReadResult {
		const records = isReversed ? [...this.records].reverse() : this.records;
		const { mark } = this;
		const entries = [...this.times];
		return {
			records: records.sort((a, b) => timeOf(this.feed, a) - timeOf(this.feed, b)),
			checkpoint: {
				since: mark,
				ids: entries.filter(([, time]) => time === mark).map(([id]) => id),
				later: Object.fromEntries(entries.filter(([, time]) => time > mark)),
			},
		};
	}
}
