import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import { SUMMARY, toSentence } from '../shared/report';
import type { Comparison, Difference } from './comparison';
import type { ComparedKind } from './kinds';
import { fromKey } from './list';
import type { List } from './list';

/** The report of a comparison: a row for each difference, the same columns in every row, the summary last. */

/** The columns of the summary. */
const COUNTS = [
	'listed',
	'inClerk',
	'missing',
	'changed',
	'gone',
	'equal',
	'invalid',
	'ignored',
	'instanceId',
	'readAt',
] as const;

/** Returns the names of all columns, in their order. Exported for the tests. */
export const compareColumns = ({ ids }: ComparedKind): string[] => [
	'action',
	'reason',
	...ids.map(({ column }) => column),
	'record',
	'changes',
	'row',
	...COUNTS,
];

export interface CompareReport {
	kind: ComparedKind;
	rows: IDataObject[];
	list: List;
	comparison: Comparison;
	differences: ReadonlySet<Difference>;
	/** The keys of the list that are gone, in its order; undefined if they were not asked for. */
	gone?: string[];
	hasFilters: boolean;
	/** Empty if Clerk does not say. */
	instanceId: string;
	/** Unix milliseconds, before the first page. */
	readAt: number;
	/** Why the run stops. */
	note?: string;
}

interface Row {
	action: string;
	reason: string;
	key?: string;
	item?: number;
	values?: IDataObject;
}

/** Returns the report; each row of the list is linked to its item. */
export function report(about: CompareReport): OperationResult {
	const { kind, differences, gone = [] } = about;
	const rows = [
		...(differences.has('missing') ? missingRows(about) : []),
		...(differences.has('changed') ? changedRows(about) : []),
		...gone.map((key) => goneRow(key, about)),
		...about.list.invalid.map(({ item, reason }): Row => ({
			action: 'invalid',
			reason,
			item,
			values: { row: about.rows[item] },
		})),
		summaryOf(about),
	];
	const blank: IDataObject = Object.fromEntries(compareColumns(kind).map((name) => [name, null]));
	return {
		records: rows.map(({ action, reason, key, values }): IDataObject => {
			const record: IDataObject = { ...blank, action, reason };
			const ids = key === undefined ? [] : fromKey(key);
			ids.forEach((id, at) => (record[kind.ids[at].column] = id));
			return Object.assign(record, values);
		}),
		itemIndexes: rows.map(({ item }) => item),
	};
}

/** The oldest first, so that a record comes after those that it may refer to. */
const missingRows = ({ comparison }: CompareReport): Row[] =>
	[...comparison.missing]
		.sort(([a, one], [b, other]) => one.createdAt - other.createdAt || (a < b ? -1 : 1))
		.map(([key, { record }]) => ({
			action: 'missing',
			reason: 'In Clerk, but not in the list',
			key,
			values: { record },
		}));

/** In the order of the list. */
const changedRows = ({ list, comparison, rows }: CompareReport): Row[] =>
	[...list.items].flatMap(([key, item]) => {
		const changed = comparison.changed.get(key);
		if (!changed) return [];
		const { record, changes } = changed;
		return {
			action: 'changed',
			reason: `Differs in ${changes.map(({ field }) => field).join(', ')}`,
			key,
			item,
			values: {
				record,
				changes: changes.map((change) => ({ ...change })) as IDataObject[],
				row: rows[item],
			},
		};
	});

function goneRow(key: string, { list, rows, hasFilters }: CompareReport): Row {
	const item = list.items.get(key)!;
	const where = hasFilters ? 'in Clerk with these filters' : 'in Clerk';
	return {
		action: 'gone',
		reason: `In the list, but not ${where}`,
		key,
		item,
		values: { row: rows[item] },
	};
}

function summaryOf({ list, comparison, gone, instanceId, readAt, note }: CompareReport): Row {
	const { inClerk, equal, missing, changed } = comparison;
	const counts = {
		listed: list.items.size,
		inClerk,
		missing: missing.size,
		changed: changed.size,
		gone: gone?.length ?? null,
		equal,
		invalid: list.invalid.length,
		ignored: list.ignored,
	};
	const parts = [
		`missing ${counts.missing}`,
		`changed ${counts.changed}`,
		...(gone ? [`gone ${gone.length}`] : []),
		`equal ${equal}`,
		...(counts.invalid > 0 ? [`invalid ${counts.invalid}`] : []),
		...(counts.ignored > 0 ? [`without ID ${counts.ignored}`] : []),
	];
	return {
		action: SUMMARY,
		reason: toSentence([
			`Listed ${counts.listed}, in Clerk ${inClerk}: ${parts.join(', ')}`,
			counts.listed === 0 && counts.ignored > 0
				? 'no row has an ID, so all records count as missing'
				: undefined,
			note,
		]),
		values: {
			...counts,
			instanceId: instanceId || null,
			readAt: new Date(readAt).toISOString(),
		},
	};
}
