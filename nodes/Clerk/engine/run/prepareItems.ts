import { unresolvedReferences } from '../input/readForm';
import { InvalidItemsError, isSet } from '../operation';
import type { ItemProcedure, Mapping, SetProcedure } from '../operation';
import { rejectRouteConflicts, routeConflicts } from '../request/routes';
import { tryStep } from './items';
import { prepareItem, prepareSet } from './prepareItem';
import type { PreparedItem } from './prepareItem';
import { resolve } from './resolve';
import type { Run } from './run';

/** Prepare: form values → IDs resolved → requests. Only look-ups are sent. */

/**
 * Resolves the IDs of all items, then prepares every item, before the first write is sent. An item
 * without an ID, or whose requests cannot be built, is failed.
 */
export async function prepareItems(run: Run): Promise<void> {
	const { operation, groups } = run.context;
	for (const { indexes, send } of groups) {
		const references = indexes.flatMap((index) => {
			const item = run.items.all[index];
			return item?.state === 'read' ? unresolvedReferences(item.values) : [];
		});
		await resolve(references, send);
	}
	if (isSet(operation)) prepareAsSet(run, operation);
	else prepareEach(run, operation);
}

function prepareEach(run: Run, operation: Mapping | ItemProcedure): void {
	const { items } = run;
	const { resources, groups } = run.context;
	const conflicts = routeConflicts(operation, resources);
	items.all.forEach((item, index) => {
		if (item.state !== 'read') return;
		const { values, output } = item;
		const prepare = () => {
			const prepared = prepareItem(operation, values, output, resources, index);
			if (prepared.path) rejectRouteConflicts(prepared.path, conflicts);
			// With one credential, the client rejects the first item before it is sent.
			if (groups.length > 1) ensureAllowed(run, index, prepared);
			return { state: 'prepared' as const, prepared };
		};
		items.set(index, tryStep(prepare, values));
	});
}

/** Checks the access policy, before items with another one are written. @throws RequestError */
function ensureAllowed(run: Run, index: number, { requests, values }: PreparedItem): void {
	if (values.options.dryRun) return;
	for (const request of requests) run.groupOf(index)?.client.ensureAllowed(request);
}

/** An item that could not be read stops the whole set: what is missing from a set may be removed. */
function prepareAsSet({ context, items, continuesOnFail }: Run, operation: SetProcedure): void {
	const { host, itemCount, resources } = context;
	const readable = items.all.flatMap((item) => (item.state === 'read' ? [item] : []));
	if (readable.length < (operation.takesRows ? 1 : itemCount)) {
		items.skipRest();
		return;
	}
	try {
		const all = readable.map(({ values }) => values);
		const [{ output }] = readable;
		const input = {
			rows: host.getInputData().map(({ json }) => json),
			timezone: host.getTimezone(),
		};
		const set = prepareSet(operation, all, output, resources, input);
		if (set.invalid?.size && !continuesOnFail) throw new InvalidItemsError(set.invalid);
		items.runAsSet(set);
	} catch (error) {
		items.rejectSet(error);
	}
}
