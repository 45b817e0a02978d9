import type { INodeProperties } from 'n8n-workflow';

/** Merges the properties that several operations share, and their display conditions. */

/** Operations by resource: those that show a property, or (in `all`) every one. */
export type Shows = Map<string, string[]>;

/**
 * Returns the display conditions of a property. Resources share a condition only if it shows the
 * property for no operation of theirs that lacks it.
 */
export function mergeConditions(
	shows: Shows,
	all: Shows,
): Array<[resources: string[], operations: string[]]> {
	const groups: Array<{ resources: string[]; operations: Set<string> }> = [];
	const fits = (resource: string, operations: Set<string>) =>
		all.get(resource)!.every((one) => !operations.has(one) || shows.get(resource)!.includes(one));
	for (const [resource, own] of shows) {
		const group = groups.find(({ resources, operations }) => {
			const union = new Set([...operations, ...own]);
			return [resource, ...resources].every((one) => fits(one, union));
		});
		if (!group) groups.push({ resources: [resource], operations: new Set(own) });
		group?.resources.push(resource);
		for (const operation of own) group?.operations.add(operation);
	}
	return groups.map(({ resources, operations }) => [resources, [...operations]]);
}

/** A property of the form, and the operations that show it. */
export interface Merged {
	/** The same for equal properties. */
	number: number;
	property: INodeProperties;
	shows: Shows;
}

/**
 * Merges the properties of an operation into those of the operations before it. Where a property is
 * in another order there, it is listed a second time, so each operation keeps the order of its file.
 *
 * @returns the whole list, and of it the entries of the operation, in its order
 */
export function mergeInOrder(
	list: Merged[],
	own: Array<Pick<Merged, 'number' | 'property'>>,
): { list: Merged[]; merged: Merged[] } {
	const shared = longestInOrder(own.map(({ number }) => positionsOf(list, number)));
	const result: Merged[] = [];
	const merged: Merged[] = [];
	let next = 0;
	let added: Merged[] = [];
	own.forEach((one, index) => {
		const position = shared.get(index);
		if (position === undefined) {
			const entry = { ...one, shows: new Map() };
			merged.push(entry);
			added.push(entry);
		} else {
			merged.push(list[position]);
			result.push(...list.slice(next, position), ...added, list[position]);
			next = position + 1;
			added = [];
		}
	});
	return { list: [...result, ...list.slice(next), ...added], merged };
}

/** n8n builds the form while it starts, so this makes no array an entry. */
function positionsOf(list: Merged[], wanted: number): number[] {
	const positions: number[] = [];
	list.forEach(({ number }, position) => {
		if (number === wanted) positions.push(position);
	});
	return positions;
}

/**
 * Chooses as many properties as can be shared: for each index at most one of its positions, so that
 * the chosen positions ascend.
 */
function longestInOrder(positions: number[][]): Map<number, number> {
	/** The best choice that ends at each position seen so far. */
	let best: Array<{ last: number; chosen: Array<[index: number, position: number]> }> = [
		{ last: -1, chosen: [] },
	];
	positions.forEach((candidates, index) => {
		const longer = candidates.map((position) => {
			const before = best
				.filter(({ last }) => last < position)
				.reduce((a, b) => (b.chosen.length > a.chosen.length ? b : a));
			return { last: position, chosen: [...before.chosen, [index, position] as [number, number]] };
		});
		best = [...best, ...longer];
	});
	return new Map(best.reduce((a, b) => (b.chosen.length > a.chosen.length ? b : a)).chosen);
}
