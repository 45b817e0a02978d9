import { unresolvedReferences } from '../input/readForm';
import { isSet } from '../operation';
import type { SetProcedure } from '../operation';
import { rejectRouteConflicts, routeConflicts } from '../request/routes';
import { tryStep } from './items';
import { prepareItem, prepareSet } from './prepareItem';
import { resolve } from './resolve';
import type { Run } from './run';

/** Prepare, part two: form values → IDs resolved → requests. Only look-ups are sent. */

/**
 * Resolves the IDs of all items, then prepares every item, before the first write is sent. An item
 * without an ID, or whose requests cannot be built, is failed.
 */
export async function prepareItems(run: Run): Promise<void> {
	const { operation } = run.context;
	const references = run.items.all.flatMap((item) =>
		item.state === 'read' ? unresolvedReferences(item.values) : [],
	);
	await resolve(references, run.send);
	if (isSet(operation)) prepareAsSet(run, operation);
	else prepareEach(run);
}

function prepareEach({ context: { operation, resources }, items }: Run): void {
	const conflicts = routeConflicts(operation, resources);
	items.all.forEach((item, index) => {
		if (item.state !== 'read') return;
		const { values, output } = item;
		const prepare = () => {
			const prepared = prepareItem(operation, values, output, resources, index);
			if (prepared.path) rejectRouteConflicts(prepared.path, conflicts);
			return { state: 'prepared' as const, prepared };
		};
		items.set(index, tryStep(prepare, values));
	});
}

/** An item that could not be read stops the whole set: what is missing from a set may be removed. */
function prepareAsSet({ context, items }: Run, operation: SetProcedure): void {
	const read = items.all.flatMap((item) => (item.state === 'read' ? [item] : []));
	if (read.length < context.count) {
		items.skipRest();
		return;
	}
	try {
		const all = read.map(({ values }) => values);
		items.prepareSet(prepareSet(operation, all, read[0].output, context.resources));
	} catch (error) {
		items.rejectSet(error);
	}
}
