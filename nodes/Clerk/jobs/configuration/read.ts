import { isUnavailable, RequestError } from '../../engine/http/outcome';
import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { describeError } from '../../engine/run/errors';
import { readAll } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';
import type { InstanceState, Kind, KindState, StoredRecord } from './model';
import { toExportValue } from './values';

/** Environments that hold no customers; any other counts as production. */
const NOT_PRODUCTION = ['development', 'staging'];

/** Reads which instance the key belongs to. @throws RequestError */
export async function readIdentity({
	send,
}: Pick<ReadContext, 'send'>): Promise<Omit<InstanceState, 'kinds'>> {
	const response = (await send(INSTANCE)) as ClerkRecord | null;
	const { id, environment_type: type } = response ?? {};
	// Without it, it is not known that two instances differ.
	if (typeof id !== 'string' || id === '') {
		throw new RequestError({ kind: 'invalidResponse', status: 200, request: INSTANCE });
	}
	const environment = String(type);
	return { id, environment, isProduction: !NOT_PRODUCTION.includes(environment) };
}

const INSTANCE: ApiRequest = { method: 'GET', path: '/instance' };

/**
 * Reads the records of these kinds. A kind that Clerk does not show, as it is not in the plan, is there
 * with the reason.
 *
 * @throws RequestError for any other failure, CancelledError
 */
export async function readKinds(
	kinds: Kind[],
	{ send, forEachConcurrently }: ReadContext,
): Promise<InstanceState['kinds']> {
	const byPath = new Map<string, ClerkRecord[] | string>();
	const paths = new Map(kinds.map((kind) => [kind.path, kind]));
	await forEachConcurrently([...paths.values()], async ({ path, paging }) => {
		const reading = paging
			? readAll(send, path, paging)
			: send({ method: 'GET', path }).then((record) => [record as ClerkRecord]);
		const rows = await reading.catch((error: unknown) => {
			if (isUnavailable(error)) return describeError(error);
			throw error as Error;
		});
		byPath.set(path, rows);
	});
	return new Map(kinds.map((kind) => [kind.name, toState(kind, byPath.get(kind.path)!)]));
}

/** @param rows - of the list, or why Clerk does not show it */
export function toState(kind: Kind, rows: ClerkRecord[] | string): KindState {
	const state: KindState = { kind, records: new Map(), ambiguous: new Map(), ids: new Map() };
	if (typeof rows === 'string') return { ...state, unavailable: rows };
	for (const record of kind.recordsIn ? rows.flatMap(kind.recordsIn) : rows) {
		const key = kind.recordKey?.(record) ?? kind.name;
		state.ids.set(key, state.ids.has(key) ? undefined : String(record.id));
		if (kind.isOwn?.(record) === false) continue;
		const stored: StoredRecord = {
			id: String(record.id),
			key,
			value: toExportValue(kind, record),
			record,
		};
		const count = state.ambiguous.get(key) ?? (state.records.has(key) ? 1 : 0);
		if (count > 0) state.ambiguous.set(key, count + 1);
		else state.records.set(key, stored);
		if (count > 0) state.records.delete(key);
	}
	return state;
}
