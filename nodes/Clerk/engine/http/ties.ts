import { mergeStretches } from './stretch';
import type { Stretch } from './stretch';

/**
 * Finds records in a tie: with the same time as others. If Clerk returns ties in a different order each
 * time, a record can be in neither of two pages that meet within one.
 */

/** Seams within ties that are read again to see whether Clerk keeps the order of ties. */
const PROBES = 4;

/** Rounds in a row that find nothing new, after which no more are made. */
const MAX_EMPTY_ROUNDS = 8;

/** Reads the pages at the offsets, and hands each over as it arrives. */
export type ReadPages<T> = (offsets: number[], take: (page: Stretch<T>) => void) => Promise<void>;

/**
 * Reads the pages around the places where two others meet within a tie, round by round, as long as
 * records are missing, and adds those with new records to `all`. If the first of them come in the order
 * that is known, Clerk keeps the order of ties, and nothing can be missing there.
 *
 * @param all - in the order of the list
 * @param isMissing - whether the list has more records than were read
 */
export async function readTies<T>(
	all: Array<Stretch<T>>,
	pageSize: number,
	read: ReadPages<T>,
	isMissing: (count: number) => boolean,
): Promise<void> {
	const offsets = offsetsOfTiedSeams(all, pageSize);
	const places = new Map(mergeStretches(all).keys.map((key, at) => [key, at]));
	let isShuffled = false;
	const take = (page: Stretch<T>) => {
		const found = page.keys.map((key) => places.get(key) ?? NaN);
		isShuffled ||= !found.every((place, at) => place > (found[at - 1] ?? -1));
		if (!page.isSorted || !found.some(Number.isNaN)) return;
		all.push(page);
		for (const key of page.keys) if (!places.has(key)) places.set(key, places.size);
	};
	if (isMissing(places.size)) await read(offsets.slice(0, PROBES), take);
	for (let round = 0, emptyRounds = 0; isShuffled && emptyRounds < MAX_EMPTY_ROUNDS; round++) {
		const { size } = places;
		if (!isMissing(size)) return;
		// At other offsets each time, as the order may depend on them.
		const shift = Math.floor((((round * 5) % 8) * pageSize) / 16);
		await read(
			offsets.map((offset) => offset + shift),
			take,
		);
		emptyRounds = places.size > size ? 0 : emptyRounds + 1;
	}
}

/** Returns the offsets of the pages around the places where two pages meet within a tie. */
function offsetsOfTiedSeams<T>(stretches: Array<Stretch<T>>, pageSize: number): number[] {
	const half = Math.floor(pageSize / 2);
	let reach = stretches[0];
	const offsets = new Set<number>();
	for (const next of stretches.slice(1)) {
		if (reach.meetsWithinTie(next)) offsets.add(Math.max(0, next.offset - half));
		if (next.goesBeyond(reach)) reach = next;
	}
	return [...offsets];
}
