import { isNotFound, isUnavailable } from '../http/outcome';
import { normalizeListResponse } from '../http/pagination';
import type { Reference } from '../input/reference';
import { InvalidInputError } from '../operation';
import type { ClerkRecord, Finder, Send } from '../operation';
import { chunks } from '../operation/values';
import { groupByKey, runConcurrently } from './concurrency';

/** Resolves references: email addresses, slugs and other names of records → their IDs. */

/** No record, or more than one, has the value that a field gives. */
export class LookupError extends InvalidInputError {
	/** @param isMissing - whether there is no such record, and it is the one that the item is about */
	constructor(
		label: string,
		reason: string,
		readonly isMissing: boolean,
	) {
		super(label, reason);
	}
}

/**
 * Sets the result of each reference: its ID, or the error. Equal values are looked up once, many of
 * them in one request.
 */
export async function resolve(references: Reference[], send: Send): Promise<void> {
	const batches = groupBy(references, ({ locator, mode }) => `${locator.noun} ${mode}`).flatMap(
		(sameKind) => {
			const { locator, mode } = sameKind[0];
			const finder = locator.finders!.find((candidate) => candidate.mode.name === mode)!;
			const byValue = groupBy(sameKind, ({ value }) => value);
			return chunks(byValue, finder.batch).map((groups) => ({ groups, finder }));
		},
	);
	await runConcurrently(
		groupByKey(batches.length, () => undefined),
		{ concurrency: CONCURRENCY, errorCount: () => 0, isStopped: () => false },
		async (index) => await resolveBatch(batches[index].groups, batches[index].finder, send),
	);
}

/** Look-ups only read, so they do not adapt to server errors. */
const CONCURRENCY = 20;

/** @param groups - of references with the same value */
async function resolveBatch(groups: Reference[][], finder: Finder, send: Send): Promise<void> {
	try {
		const request = finder.request(groups.map(([{ value }]) => value));
		const records = recordsIn(await send(request));
		for (const references of groups) setResults(references, finder, records);
	} catch (error) {
		// Fails only the items that need one of these references.
		for (const references of groups) {
			if (finder.whole && isUnavailable(error)) {
				setResults(references, finder, finder.whole.fallback);
			} else if (isNotFound(error)) setResults(references, finder, []);
			else
				for (const reference of references)
					reference.result = { error: withLabelOf(reference, error) };
		}
	}
}

/** Names the reference's field in the error of a value that no path can hold. */
const withLabelOf = ({ label }: Reference, error: unknown): unknown =>
	error instanceof InvalidInputError ? new InvalidInputError(label, error.reason) : error;

/** Returns the records of a response that is one record, a list, or empty. */
function recordsIn(response: unknown): ClerkRecord[] {
	const isRecord = response !== null && typeof response === 'object' && 'id' in response;
	return isRecord ? [response as ClerkRecord] : normalizeListResponse(response).rows;
}

function setResults(references: Reference[], finder: Finder, records: ClerkRecord[]): void {
	for (const reference of references) {
		try {
			reference.result = { id: idAmong(records, finder, reference) };
		} catch (error) {
			reference.result = { error };
		}
	}
}

/** The value that a field gives, and where. */
type Named = Pick<Reference, 'label' | 'value' | 'locator' | 'isSubject'>;

/** Returns the ID of the only record that a value names. @throws LookUpError for none, or several */
export function idAmong(
	records: ClerkRecord[],
	finder: Finder,
	{ label, value, locator, isSubject }: Named,
): string {
	const idOf = (record: ClerkRecord) => String(finder.idOf?.(record) ?? record.id);
	const found = new Set(records.filter((record) => finder.matches(record, value)).map(idOf));
	const [id] = found;
	if (found.size === 1) return id;
	const isMissing = isSubject && found.size === 0;
	const named = JSON.stringify(value);
	const listed = (ids: Iterable<string>) => [...ids].sort().join(', ');
	if (finder.whole) {
		const [reason, ids] =
			found.size === 0 ? ['does not exist', records.map(idOf)] : ['is not clear', found];
		throw new LookupError(label, `${named} ${reason}. Use one of: ${listed(ids)}`, isMissing);
	}
	const criterion = `${finder.criterion} ${named}`;
	throw new LookupError(
		label,
		found.size === 0
			? `was not found: there is no ${locator.noun} with the ${criterion}`
			: `is not clear: there are ${found.size} with the ${criterion}`,
		isMissing,
	);
}

function groupBy<T>(values: T[], criterionOf: (value: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const value of values) {
		const criterion = criterionOf(value);
		const group = groups.get(criterion);
		if (group) group.push(value);
		else groups.set(criterion, [value]);
	}
	return [...groups.values()];
}
