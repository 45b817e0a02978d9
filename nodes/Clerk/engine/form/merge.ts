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
 * Adds the properties of an operation to the list of those of the operations before it. Where a
 * property is in another order there, it is listed a second time, so each operation keeps the order of
 * its file.
 *
 * @returns of the list, the entries of the operation, in its order
 */
export function mergeInOrder(
	list: Merged[],
	own: Array<Pick<Merged, 'number' | 'property'>>,
): Merged[] {
	const shared = longestInOrder(own.map(({ number }) => positionsOf(list, number)));
	let next = list.length;
	// From the last one up, so that the positions above stay valid.
	return own.reduceRight<Merged[]>((merged, one, index) => {
		next = shared.get(index) ?? next;
		if (!shared.has(index)) list.splice(next, 0, { ...one, shows: new Map() });
		return [list[next], ...merged];
	}, []);
}

/** n8n builds the form while it starts, so this makes no array an entry. */
function positionsOf(list: Merged[], wanted: number): number[] {
	const positions: number[] = [];
	list.forEach(({ number }, position) => {
		if (number === wanted) positions.push(position);
	});
	return positions;
}

/** Entries of the list that can be shared, the last of them at `position`; those before it as a chain. */
interface Choice {
	index: number;
	position: number;
	before?: Choice;
}

/**
 * Chooses as many properties as can be shared: for each index at most one of its positions, so that
 * the chosen positions ascend. Of two choices of the same length the first that is found is taken.
 */
function longestInOrder(positions: number[][]): Map<number, number> {
	/**
	 * By length less one, the choices that can still be the first that fits: each ends above those found
	 * before it.
	 */
	const found: Choice[][] = [];
	positions.forEach((candidates, index) => {
		const longer = candidates.map((position): [length: number, choice: Choice] => {
			let length = found.length;
			while (length > 0 && found[length - 1].at(-1)!.position >= position) length--;
			const before = found[length - 1]?.find((choice) => choice.position < position);
			return [length, { index, position, before }];
		});
		for (const [length, choice] of longer) {
			const choices = (found[length] ??= []);
			if (choices.length === 0 || choice.position < choices.at(-1)!.position) choices.push(choice);
		}
	});
	const chosen = new Map<number, number>();
	for (let choice = found.at(-1)?.[0]; choice; choice = choice.before) {
		chosen.set(choice.index, choice.position);
	}
	return chosen;
}
