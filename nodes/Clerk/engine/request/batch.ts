import type { IDataObject } from 'n8n-workflow';

import { errorsOf, RequestError } from '../http/outcome';
import type { ClerkError } from '../http/outcome';
import { normalizeListResponse } from '../http/pagination';
import type { ApiRequest, Batch, ClerkRecord } from '../operation';

/** Several items in one call, and each item's part of the answer. */

/** One item's request, as if it went alone: its body is one entry. */
type Entry = ApiRequest;

const sameCall = ({ path, query }: Entry): string => JSON.stringify([path, query]);

/** As the API tells them apart: it takes an address in any case. */
const normalizeKey = (name: unknown): string => String(name).trim().toLowerCase();

/** What an entry and its record in the answer have in common. */
const entryKey = ({ body }: Entry, { list, matchBy }: Batch): string =>
	normalizeKey((body as IDataObject)[list ?? matchBy]);

interface BatchCall {
	indexes: number[];
	/** Where another call has an entry of the same name, which of the two is carried out first matters. */
	orderKey?: string;
}

/**
 * Groups indexes of entries into calls, in their order, none larger than `size`, and no name twice in
 * one. A bare ID says the same each time, so all its items share the call that has it.
 */
export function groupIntoBatches(
	indexes: number[],
	entryOf: (index: number) => Entry,
	batch: Batch,
): BatchCall[] {
	const all: BatchCall[] = [];
	const groups = new Map<string, Group>();
	for (const index of indexes) {
		const entry = entryOf(index);
		const key = sameCall(entry);
		const group: Group = groups.get(key) ?? {
			calls: [],
			filled: [],
			firstOpen: 0,
			lastWith: new Map(),
		};
		groups.set(key, group);
		const { calls, lastWith } = group;
		const name = entryKey(entry, batch);
		const last = lastWith.get(name) ?? -1;
		if (last >= 0 && batch.list !== undefined) {
			calls[last].indexes.push(index);
			continue;
		}
		const at = Math.max(group.firstOpen, last + 1);
		if (at === calls.length) {
			calls.push({ indexes: [] });
			group.filled.push(0);
			all.push(calls[at]);
		}
		calls[at].indexes.push(index);
		lastWith.set(name, at);
		if (last >= 0) calls[at].orderKey = calls[last].orderKey = key;
		if (++group.filled[at] === batch.size) group.firstOpen = at + 1;
	}
	return all;
}

/** Calls to the same place. No call is fuller than the one before it, so those from the first open one on have room. */
interface Group {
	calls: BatchCall[];
	/** How many entries each of them has. */
	filled: number[];
	firstOpen: number;
	/** The last call that has an entry of this name. */
	lastWith: Map<string, number>;
}

/** The call that carries all entries. */
export function mergeEntries(entries: Entry[], { list }: Batch): ApiRequest {
	const bodies = entries.map(({ body }) => body as IDataObject);
	const body =
		list === undefined ? bodies : { [list]: [...new Set(bodies.map((entry) => entry[list]))] };
	return { ...entries[0], body: body as IDataObject };
}

/**
 * Each entry's record of the answer, found by what the two have in common and not by its place: nothing
 * promises that Clerk answers in the order of the call. Undefined where there is none.
 */
export function matchRecords(
	answer: unknown,
	entries: Entry[],
	batch: Batch,
): Array<ClerkRecord | undefined> {
	const rows: Array<ClerkRecord | null> = normalizeListResponse(answer).rows;
	const byName = new Map(rows.map((row) => [normalizeKey(row?.[batch.matchBy]), row ?? undefined]));
	const names = entries.map((entry) => entryKey(entry, batch));
	const untied = names.filter((name) => !byName.has(name));
	const left = [...byName.keys()].filter((name) => !names.includes(name));
	// Clerk may spell a name another way, such as a domain in Punycode: one of each can only be the same.
	const isSame = untied.length === 1 && left.length === 1;
	return names.map((name) => byName.get(isSame && name === untied[0] ? left[0] : name));
}

/** With these Clerk refuses a call for what stands in it; with others for the key, the plan or the limit. */
const REJECTS_CONTENT = [400, 403, 404, 409, 422];

/**
 * Clerk carries out a call for all of its entries or for none. Which ones a refusal names, each with
 * what is said about it; undefined where the call was not refused for what stands in it.
 */
export function matchErrors(
	error: unknown,
	entries: Entry[],
	batch: Batch,
): Array<RequestError | undefined> | undefined {
	if (!(error instanceof RequestError) || error.failure.kind !== 'response') return undefined;
	const { failure } = error;
	const said = errorsOf(failure.body).map((entry) => ({ entry, words: wordsOf(entry) }));
	if (said.length === 0 || !REJECTS_CONTENT.includes(failure.status)) return undefined;
	return entries.map((entry) => {
		const name = entryKey(entry, batch);
		const errors = said.filter(({ words }) => words.has(name)).map((about) => about.entry);
		if (errors.length === 0 || !isSpecific(name)) return undefined;
		return new RequestError({ ...failure, body: { ...(failure.body as object), errors } });
	});
}

/** An address or an ID; a plain word may stand in any sentence. */
const isSpecific = (name: string): boolean => /[@_]/.test(name);

/** The words of a message and of what is beside it, each as a name would be spelled. */
function wordsOf({ message, long_message: long, meta }: ClerkError): Set<string> {
	const words = [message, long, ...textsIn(meta)].flatMap((text) =>
		normalizeKey(text).split(/[\s,;="“”‘«»`()<>[\]{}]+/),
	);
	return new Set(words.map((word) => word.replace(/^'+|(?:['’]s)?[.:!?'’]*$/g, '')));
}

const textsIn = (value: unknown): unknown[] =>
	value instanceof Object ? Object.values(value).flatMap(textsIn) : [value];
