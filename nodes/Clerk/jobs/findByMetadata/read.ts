import type { IDataObject } from 'n8n-workflow';

import { readList } from '../../engine/http/readList';
import type { ClerkRecord, Paging, Send } from '../../engine/operation';
import type { MetadataKind } from '../shared/metadata';
import type { Search, SoughtValue } from './match';

/** Reads a list once, and keeps the records that have one of the values. */

/** The kind of record that is looked for. */
export interface Target {
	/** In messages: `user`. */
	noun: string;
	/** Of its list. */
	path: string;
	paging: Paging;
	/** Returns what names a record in a message. */
	labelOf(record: ClerkRecord): string;
	/** What to do about many requests. */
	shortcut: string;
}

export interface Found {
	id: string;
	createdAt: number;
	label: string;
	/** As it is output. */
	row: IDataObject;
	/** The kind of metadata that has the value. */
	matches: Map<SoughtValue, MetadataKind>;
}

/** Ends a reading: nothing is left to find. */
class AllFoundError extends Error {}

/**
 * Reads the list, side by side, with one pass for all values.
 *
 * @param toRow - makes what is output of a record, so that the record itself can be let go
 * @param stopsEarly - whether to end once each value was found where users cannot write it
 * @param atOnce - how many pages may be requested at once
 * @returns the records that have a value, the newest first, and how many pages were requested
 * @throws RequestError, CancelledError
 */
export async function readMatches(
	{ path, paging, labelOf }: Target,
	search: Search,
	toRow: (record: ClerkRecord) => IDataObject,
	stopsEarly: boolean,
	send: Send,
	atOnce?: number,
): Promise<{ found: Found[]; pages: number }> {
	const found = new Map<string, Found>();
	const left = new Set(search.wanted);
	let pages = 0;
	const sendCounted: Send = async (request, stop) => {
		if (request.query?.limit === paging.pageSize) pages++;
		return await send(request, stop);
	};
	const keep = (record: ClerkRecord): Found | undefined => {
		const matches = search.matchesOf(record);
		if (matches.size === 0) return undefined;
		const one = {
			id: String(record.id),
			createdAt: Number(record.created_at),
			label: labelOf(record),
			row: toRow(record),
			matches,
		};
		found.set(one.id, one);
		for (const [wanted, kind] of matches) if (search.isFinal(kind)) left.delete(wanted);
		if (stopsEarly && left.size === 0) throw new AllFoundError();
		return one;
	};
	try {
		const { rows } = await readList(sendCounted, { method: 'GET', path }, paging, keep, {
			atOnce,
		});
		return { found: rows, pages };
	} catch (error) {
		if (!(error instanceof AllFoundError)) throw error as Error;
		const newestFirst = [...found.values()].sort((a, b) => b.createdAt - a.createdAt);
		return { found: newestFirst, pages };
	}
}
