import { isNotFound } from '../http/outcome';
import { normalizeListResponse } from '../http/pagination';
import type { Reference } from '../input/reference';
import { InvalidInputError } from '../operation';
import type { ClerkRecord, Finder, Send } from '../operation';
import { chunks } from '../operation/json';
import { groupByKey, runConcurrently } from './concurrency';

/** No record, or more than one, is what the form names. */
export class LookupError extends InvalidInputError {
	/** @param isMissing - it is the record that the item is about, and there is none */
	constructor(
		label: string,
		complaint: string,
		readonly isMissing: boolean,
	) {
		super(label, complaint);
	}
}

/**
 * Turns what ids are named by (an e-mail address, a slug, …) into ids: equal values are asked for
 * once, many of them in one call. Afterwards every reference has its id, or what is wrong with it.
 */
export async function resolve(references: Reference[], fetch: Send): Promise<void> {
	const lookUps = groupBy(references, ({ locator, mode }) => `${locator.noun} ${mode}`).flatMap(
		(alike) => {
			const { locator, mode } = alike[0];
			const finder = locator.finders!.find((candidate) => candidate.mode.name === mode)!;
			const byValue = groupBy(alike, ({ value }) => value);
			return chunks(byValue, finder.batch).map((named) => ({ named, finder }));
		},
	);
	await runConcurrently(
		groupByKey(lookUps.length, () => undefined),
		{ concurrency: CONCURRENCY, errorCount: () => 0, isStopped: () => false },
		async (index) => await lookUp(lookUps[index].named, lookUps[index].finder, fetch),
	);
}

/** Look-ups only read, so they need no more care than not to be too many. */
const CONCURRENCY = 20;

async function lookUp(named: Reference[][], finder: Finder, fetch: Send): Promise<void> {
	try {
		const request = finder.request(named.map(([{ value }]) => value));
		const rows = rowsIn(await fetch(request));
		for (const references of named) setResults(references, finder, rows);
	} catch (error) {
		// Each item that needs one of these says so itself; the others go on.
		for (const references of named) {
			if (isNotFound(error)) setResults(references, finder, []);
			else
				for (const reference of references)
					reference.result = { problem: toProblem(reference, error) };
		}
	}
}

/** A value that no address can hold is the fault of the field it came from. */
const toProblem = ({ label }: Reference, error: unknown): unknown =>
	error instanceof InvalidInputError ? new InvalidInputError(label, error.complaint) : error;

/** One record, a list of them, or nothing. */
function rowsIn(body: unknown): ClerkRecord[] {
	const isRecord = body !== null && typeof body === 'object' && 'id' in body;
	return isRecord ? [body as ClerkRecord] : normalizeListResponse(body).rows;
}

function setResults(references: Reference[], finder: Finder, rows: ClerkRecord[]): void {
	for (const reference of references) {
		const { label, value, locator } = reference;
		const found = rows.filter((row) => finder.matches(row, value));
		const named = `${locator.noun} with the ${finder.criterion} ${JSON.stringify(value)}`;
		if (found.length === 1) {
			reference.result = { id: String(found[0].id) };
		} else {
			const complaint =
				found.length === 0
					? `was not found: there is no ${named}`
					: `is not clear: there are ${found.length} with the ${finder.criterion} ${JSON.stringify(value)}`;
			const isMissing = reference.isSubject && found.length === 0;
			reference.result = { problem: new LookupError(label, complaint, isMissing) };
		}
	}
}

function groupBy<T>(values: T[], keyOf: (value: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		const group = groups.get(key);
		if (group) group.push(value);
		else groups.set(key, [value]);
	}
	return [...groups.values()];
}
