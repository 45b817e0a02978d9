import type { ClerkRecord } from '../operation';
import { rowKey } from './pagination';

/**
 * A page of a list that is sorted by a time that never changes: at the moment of its response, the
 * records from one place to another without a gap.
 */
export class Stretch<T> {
	readonly times: number[];

	readonly keys: unknown[];

	readonly rows: Array<T | undefined>;

	/**
	 * @param rows - of the page
	 * @param isEnd - whether no record follows the last one
	 * @param timeOf - grows in the direction of the list
	 * @param toRow - makes what is kept of a record
	 */
	constructor(
		readonly offset: number,
		rows: ClerkRecord[],
		readonly isEnd: boolean,
		timeOf: (record: ClerkRecord) => number,
		toRow: (record: ClerkRecord) => T | undefined,
	) {
		this.times = rows.map(timeOf);
		this.keys = rows.map(rowKey);
		this.rows = rows.map(toRow);
	}

	get length(): number {
		return this.times.length;
	}

	get first(): number {
		return this.times[0];
	}

	get last(): number {
		return this.times[this.length - 1];
	}

	/** Whether all records have a time, in the order of the list. */
	get isSorted(): boolean {
		return this.times.every((time, at) => time >= (this.times[at - 1] ?? -Infinity));
	}

	/**
	 * Whether the two leave no gap: any record that was there throughout is before the end of this one,
	 * or after the start of the other. Of records with equal times, where the order is not known, a
	 * shared one says so.
	 */
	meets(later: Stretch<T>): boolean {
		if (this.length === 0 || later.length === 0) return false;
		if (later.first < this.last) return true;
		const keys = new Set(this.keys);
		return later.keys.some((key) => keys.has(key));
	}

	/** Whether the two meet within a tie: among several records of one time, of which each may lack some. */
	meetsWithinTie({ first, times }: Stretch<T>): boolean {
		return first === this.last && (times[1] === first || this.times[this.length - 2] === first);
	}

	/** Whether it goes on where the other one, which it meets, ends; or says that nothing follows. */
	goesBeyond(other: Stretch<T>): boolean {
		if (this.isEnd && !other.isEnd) return true;
		if (this.last !== other.last) return this.last > other.last;
		return !other.keys.includes(this.keys[this.length - 1]);
	}
}

/** Returns each record once, in the order of the list, and the keys of all, kept or not. */
export function mergeStretches<T>(stretches: Array<Stretch<T>>): { rows: T[]; keys: unknown[] } {
	const seen = new Set<unknown>();
	const read = stretches.flatMap(({ keys, times, rows }) =>
		keys.flatMap((key, at) => {
			if (seen.has(key)) return [];
			seen.add(key);
			return [{ key, time: times[at], row: rows[at] }];
		}),
	);
	if (read.some(({ time }, at) => at > 0 && time < read[at - 1].time)) {
		read.sort((a, b) => a.time - b.time);
	}
	const rows = read.map(({ row }) => row).filter((row) => row !== undefined);
	return { rows: rows as T[], keys: read.map(({ key }) => key) };
}
