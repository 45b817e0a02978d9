import type { IDataObject } from 'n8n-workflow';

import { hasCode, isNotFound, RequestError } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import { isListResponse, readList } from '../../engine/http/readList';
import { InvalidInputError } from '../../engine/operation';
import type { ApiRequest, OperationContext, OperationResult } from '../../engine/operation';
import { stoppedError } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import { readInstance } from '../shared/instance';
import { TURNED_OFF } from '../shared/organizations';
import { Comparison } from './comparison';
import type { ComparisonOptions } from './comparison';
import { checkGone } from './guards';
import type { ComparedKind } from './kinds';
import { fromKey } from './list';
import type { List } from './list';
import { report } from './report';
import type { CompareReport } from './report';

type Query = NonNullable<ApiRequest['query']>;

export interface CompareOptions extends ComparisonOptions {
	/** Those of the form. */
	filters: Query;
	/** Asks for fields that Clerk sends only then. */
	onRequest: Query;
	/** Of rows that are gone. */
	bounds: Bounds;
	/** Undefined compares with any. */
	expectedInstance?: string;
}

/**
 * Compares a list with Clerk's records: reads them all, asks again for each that seems gone, and reports the
 * differences. Writes nothing.
 *
 * @param rows - all of the input, as the items of `list` count them
 * @throws InvalidInputError for another instance than the expected one; IncompleteJobError with the report if
 * too many are gone, or all; RequestError, CancelledError
 */
export async function compare(
	kind: ComparedKind,
	rows: IDataObject[],
	list: List,
	options: CompareOptions,
	context: OperationContext,
): Promise<OperationResult> {
	const { filters, differences, bounds } = options;
	const query = { ...filters, ...options.onRequest };
	const instanceId = await checkInstance(options.expectedInstance, context);
	const readAt = context.now();
	const comparison = new Comparison(rows, list, kind, options);
	await readList(
		context.send,
		kind.list(query),
		kind.paging,
		(record): undefined => comparison.add(record) as undefined,
		{ atOnce: context.concurrency },
	);
	const asksForGone = differences.has('gone');
	if (asksForGone) await readAgain(kind, comparison, query, context);
	const gone = asksForGone ? comparison.notFound : undefined;
	const { plural } = kind;
	const listed = list.items.size;
	const objection = checkGone({ count: gone?.length ?? 0, listed, plural, instanceId }, bounds);
	const about: CompareReport = {
		kind,
		rows,
		list,
		comparison,
		differences,
		gone,
		hasFilters: Object.keys(filters).length > 0,
		instanceId,
		readAt,
		note: objection && `stopped: ${objection.sentence}`,
	};
	if (!objection) return report(about);
	throw stoppedError(objection, reportOfStop(about));
}

/** The most rows of a run that a guard stops: its report becomes part of one item. */
const MAX_ROWS_OF_STOP = 1_000;

/** Returns the rows that stop a run, and the summary. */
function reportOfStop(about: CompareReport): OperationResult {
	const { records } = report({ ...about, differences: new Set(['gone']) });
	return { records: [...records.slice(0, -1).slice(0, MAX_ROWS_OF_STOP), ...records.slice(-1)] };
}

/** @throws InvalidInputError */
async function checkInstance(
	expected: string | undefined,
	{ send }: OperationContext,
): Promise<string> {
	const { id } = await readInstance(send);
	if (expected === undefined || expected === id) return id;
	const actual =
		id === '' ? 'Clerk does not say which instance the key belongs to' : `the key belongs to ${id}`;
	throw new InvalidInputError(
		'Expected Instance',
		`is ${expected}, but ${actual}. Nothing was compared`,
	);
}

/** Reads the records that did not come by their IDs: the list may have changed while it was read, or been cut short. */
async function readAgain(
	kind: ComparedKind,
	comparison: Comparison,
	query: Query,
	{ send, forEachConcurrently }: OperationContext,
): Promise<void> {
	await forEachConcurrently(kind.find(comparison.notFound.map(fromKey), query), async (request) => {
		const body = await send(request).catch((error: unknown) => {
			if (kind.findsInOrganizations && isDeleted(error)) return [];
			throw error as Error;
		});
		// Without this, a proxy's response would make all of them gone.
		if (!isListResponse(body, kind.paging))
			throw new RequestError({ kind: 'invalidResponse', status: 200, request });
		normalizeListResponse(body).rows.forEach(comparison.add);
	});
}

/** Whether an organization was deleted, and its memberships with it. */
const isDeleted = (error: unknown): boolean => isNotFound(error) && !hasCode(error, TURNED_OFF);
