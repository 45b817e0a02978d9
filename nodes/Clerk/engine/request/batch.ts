import type { IDataObject } from 'n8n-workflow';

import { errorsOf, RequestError } from '../http/outcome';
import type { ClerkError } from '../http/outcome';
import { normalizeListResponse } from '../http/pagination';
import type { ApiRequest, Batch, ClerkRecord } from '../operation';

/** Groups items into batch calls, and finds each item's part of the response. */

/** The request of one item. In a call with others, its body is one entry. */
type ItemRequest = ApiRequest;

const groupKeyOf = ({ path, query }: ItemRequest): string => JSON.stringify([path, query]);

/** The API compares addresses without case. */
const normalizeKey = (value: unknown): string => String(value).trim().toLowerCase();

/** Returns the value that an entry and its record in the response have in common. */
const matchKey = ({ body }: ItemRequest, { list, matchBy }: Batch): string =>
	normalizeKey((body as IDataObject)[list ?? matchBy]);

interface BatchCall {
	indexes: number[];
	/** Set where another call has an entry with the same key: calls with the same `orderKey` run in order. */
	orderKey?: string;
}

/**
 * Groups indexes of entries into calls, in their order. A call has at most `size` entries and no key
 * twice. Where an entry is just an ID (`batch.list`), all items with the same ID share its call.
 */
export function groupIntoBatches(
	indexes: number[],
	entryOf: (index: number) => ItemRequest,
	batch: Batch,
): BatchCall[] {
	const allCalls: BatchCall[] = [];
	const groups = new Map<string, Group>();
	for (const index of indexes) {
		const entry = entryOf(index);
		const groupKey = groupKeyOf(entry);
		const group: Group = groups.get(groupKey) ?? {
			calls: [],
			sizes: [],
			firstOpen: 0,
			lastByKey: new Map(),
		};
		groups.set(groupKey, group);
		const { calls, lastByKey } = group;
		const key = matchKey(entry, batch);
		const last = lastByKey.get(key) ?? -1;
		if (last >= 0 && batch.list !== undefined) {
			calls[last].indexes.push(index);
			continue;
		}
		const at = Math.max(group.firstOpen, last + 1);
		if (at === calls.length) {
			calls.push({ indexes: [] });
			group.sizes.push(0);
			allCalls.push(calls[at]);
		}
		calls[at].indexes.push(index);
		lastByKey.set(key, at);
		if (last >= 0) calls[at].orderKey = calls[last].orderKey = groupKey;
		if (++group.sizes[at] === batch.size) group.firstOpen = at + 1;
	}
	return allCalls;
}

/** The calls of the same path and query. No call has more entries than the one before it, so those from `firstOpen` on are not full. */
interface Group {
	calls: BatchCall[];
	/** The number of entries in each call. */
	sizes: number[];
	firstOpen: number;
	/** The last call with an entry of a key. */
	lastByKey: Map<string, number>;
}

/** Returns the request with all entries in its body. */
export function mergeEntries(entries: ItemRequest[], { list }: Batch): ApiRequest {
	const bodies = entries.map(({ body }) => body as IDataObject);
	const body =
		list === undefined ? bodies : { [list]: [...new Set(bodies.map((entry) => entry[list]))] };
	return { ...entries[0], body: body as IDataObject };
}

/**
 * Returns each entry's record of the response, undefined where there is none. Records are matched by
 * `batch.matchBy`, as Clerk does not promise to return them in the order of the request.
 */
export function matchRecords(
	response: unknown,
	entries: ItemRequest[],
	batch: Batch,
): Array<ClerkRecord | undefined> {
	const rows: Array<ClerkRecord | null> = normalizeListResponse(response).rows;
	const byKey = new Map(rows.map((row) => [normalizeKey(row?.[batch.matchBy]), row ?? undefined]));
	const keys = entries.map((entry) => matchKey(entry, batch));
	const unmatchedKeys = keys.filter((key) => !byKey.has(key));
	const unmatchedRows = [...byKey.keys()].filter((key) => !keys.includes(key));
	// Clerk may change the spelling, such as a domain to Punycode: if exactly one of each is left, they belong together.
	const isPair = unmatchedKeys.length === 1 && unmatchedRows.length === 1;
	return keys.map((key) => byKey.get(isPair && key === unmatchedKeys[0] ? unmatchedRows[0] : key));
}

/** Clerk rejects a call with these because of its content, with others because of the key, the plan or the rate limit. */
const REJECTS_CONTENT = [400, 403, 404, 409, 422];

/**
 * Returns for each entry the error of a rejected call that names it. Clerk runs a call for all of its
 * entries or for none, so entries without an error can be sent again.
 *
 * @returns undefined where the call was not rejected because of its content
 */
export function matchErrors(
	error: unknown,
	entries: ItemRequest[],
	batch: Batch,
): Array<RequestError | undefined> | undefined {
	if (!(error instanceof RequestError) || error.failure.kind !== 'response') return undefined;
	const { failure } = error;
	const all = errorsOf(failure.body).map((error) => ({ error, words: wordsOf(error) }));
	if (all.length === 0 || !REJECTS_CONTENT.includes(failure.status)) return undefined;
	return entries.map((entry) => {
		const key = matchKey(entry, batch);
		const errors = all.filter(({ words }) => words.has(key)).map((matched) => matched.error);
		if (errors.length === 0 || !isSpecific(key)) return undefined;
		return new RequestError({ ...failure, body: { ...(failure.body as object), errors } });
	});
}

/** Whether a key is an address or an ID; a plain word can be part of any sentence. */
const isSpecific = (key: string): boolean => /[@_]/.test(key);

/** Returns the words of an error's messages and metadata, spelled as keys are. */
function wordsOf({ message, long_message: long, meta }: ClerkError): Set<string> {
	const words = [message, long, ...textsIn(meta)].flatMap((text) =>
		normalizeKey(text).split(/[\s,;="“”‘«»`()<>[\]{}]+/),
	);
	return new Set(words.map(withoutQuotes));
}

/**
 * Returns a word without quotes before it, and without punctuation, quotes and "'s" after it. By hand: a
 * regular expression would look again from each dot of a long row.
 */
function withoutQuotes(word: string): string {
	let start = 0;
	while (word[start] === "'") start++;
	let end = word.length;
	while (end > start && ".:!?'’".includes(word[end - 1])) end--;
	const isGenitive = word[end - 1] === 's' && /['’]/.test(word[end - 2] ?? '');
	return word.slice(start, isGenitive ? Math.max(start, end - 2) : end);
}

/** How deep metadata is searched. */
const MAX_DEPTH = 8;

const textsIn = (value: unknown, depth = 0): unknown[] =>
	value instanceof Object
		? depth < MAX_DEPTH
			? Object.values(value).flatMap((part) => textsIn(part, depth + 1))
			: []
		: [value];
