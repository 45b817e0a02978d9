import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, Batch, ClerkRecord } from './operation';
import { readAnswer } from './paging';

/** Several items in one call, and each item's part of the answer. */

/** One item's request, as if it went alone: its body is one entry. */
type Entry = ApiRequest;

const sameCall = ({ path, query }: Entry): string => JSON.stringify([path, query]);

/** Groups indexes of entries into calls, in their order, none larger than `size`. */
export function intoCalls(
	indexes: number[],
	entryOf: (index: number) => Entry,
	{ size }: Batch,
): number[][] {
	const calls: number[][] = [];
	const open = new Map<string, number[]>();
	for (const index of indexes) {
		const key = sameCall(entryOf(index));
		const call = open.get(key);
		if (call && call.length < size) {
			call.push(index);
			continue;
		}
		const started = [index];
		calls.push(started);
		open.set(key, started);
	}
	return calls;
}

/** The call that carries all entries. */
export function gather(entries: Entry[], { list }: Batch): ApiRequest {
	const bodies = entries.map(({ body }) => body as IDataObject);
	const body = list === undefined ? bodies : { [list]: bodies.map((entry) => entry[list]) };
	return { ...entries[0], body: body as IDataObject };
}

/**
 * Each entry's record of the answer, found by what the two have in common and not by its place: nothing
 * promises that Clerk answers in the order of the call. Undefined where there is none.
 */
export function share(
	answer: unknown,
	entries: Entry[],
	{ list, tiedBy }: Batch,
): Array<ClerkRecord | undefined> {
	const { rows } = readAnswer(answer);
	const left = [...rows];
	const nameOf = (value: unknown) => String(value).toLowerCase();
	return entries.map(({ body }) => {
		const named = nameOf((body as IDataObject)[list ?? tiedBy]);
		const isNamed = (record: ClerkRecord) => nameOf(record[tiedBy]) === named;
		const at = left.findIndex(isNamed);
		if (at >= 0) return left.splice(at, 1)[0];
		// Listed twice, an id is answered once.
		return list === undefined ? undefined : rows.find(isNamed);
	});
}
