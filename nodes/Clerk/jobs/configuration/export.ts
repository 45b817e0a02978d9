import type { IDataObject } from 'n8n-workflow';

import type { OperationResult } from '../../engine/operation';
import type { ReadContext } from '../shared/readAll';
import { NOT_EXPORTED } from './notExported';
import type { Kind, KindName, KindState } from './model';
import { readIdentity, readKinds } from './read';
import { needOf, unreadableFields } from './values';

/** The format of an export; a later one may hold what this job does not know. */
export const VERSION = 1;

/** The `kind` of the first row of an export, which tells what the others are. */
export const HEADER = 'configuration';

/** The `kind` of rows that say what an export does not hold. */
export const NOT_EXPORTED_KIND = 'notExported';

/**
 * Outputs the configuration of an instance: a row that tells what was read, one for each record, in the
 * same order every time, and one for each thing that cannot be exported.
 *
 * @throws RequestError, CancelledError
 */
export async function exportConfiguration(
	kinds: Kind[],
	context: ReadContext,
): Promise<OperationResult> {
	const { id: instanceId, environment } = await readIdentity(context);
	const states = [...(await readKinds(kinds, context)).values()];
	const shown = states.filter(({ unavailable }) => unavailable === undefined);
	const counts = Object.fromEntries(shown.map((state) => [state.kind.name, countOf(state)]));
	const keys = Object.fromEntries(shown.map((state) => [state.kind.name, keysOf(state)]));
	const header = { version: VERSION, environment, records: counts, keys };
	const missing = NOT_EXPORTED.map(([key, reason]): Gap => ({ key, value: { reason } }));
	const rows: Array<Pick<IDataObject, 'kind' | 'key' | 'value'>> = [
		{ kind: HEADER, key: HEADER, value: header },
		...shown.flatMap(recordsOf),
		...[...states.flatMap(gapsIn), ...missing].map((gap) => ({ kind: NOT_EXPORTED_KIND, ...gap })),
	];
	return { records: rows.map(({ kind, key, value }) => ({ kind, key, value, instanceId })) };
}

/** With the records that have no row, so that an input without them does not count as whole. */
const countOf = ({ records, ambiguous }: KindState): number =>
	[...ambiguous.values()].reduce((sum, count) => sum + count, records.size);

/** With those that several records share, so that an input in which one was replaced does not count as whole. */
const keysOf = ({ records, ambiguous }: KindState): string[] =>
	[...records.keys(), ...ambiguous.keys()].sort();

const recordsOf = ({ kind, records }: KindState) =>
	[...records.values()]
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ key, value }) => ({ kind: kind.name, key, value: value as IDataObject }));

/** What an export does not hold. */
interface Gap {
	key: string;
	/** With the name of the kind if no record of it was shown, so that it does not count as empty. */
	value: { reason: string; kind?: KindName };
}

/** Returns what Clerk did not show of a kind, the records that nothing tells apart, and fields of another type. */
function gapsIn({ kind, records, unavailable, ambiguous }: KindState): Gap[] {
	const { name, label } = kind;
	if (unavailable !== undefined) {
		const reason = `Clerk does not show them: ${unavailable}`;
		return [{ key: label, value: { kind: name, reason } }];
	}
	const shared = [...ambiguous].map(([key, count]) => ({
		key: `${label}: ${key}`,
		value: { reason: `${count} of them have this name, so nothing tells them apart. Rename them` },
	}));
	const unreadable = [...records.values()].flatMap(({ key, record }) =>
		unreadableFields(kind, record).map((field) => ({
			key: `${label}: ${key}: ${field.name}`,
			value: { reason: `Clerk shows ${field.name} in another type: it needs ${needOf(field)}` },
		})),
	);
	return [...shared, ...unreadable];
}
