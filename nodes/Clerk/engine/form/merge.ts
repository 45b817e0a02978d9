import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../operation';

/** Merges the properties that several operations share, and their display conditions. */

/**
 * Merges the equal properties of all operations, each of which keeps the order of its own.
 *
 * @param root - the path to Resource and Operation, for the display conditions
 * @param groupsOf - returns the properties of an operation in groups, from the top to the bottom
 */
export function mergeEqual(
	resources: Resource[],
	root: string,
	groupsOf: (operation: Operation) => INodeProperties[][],
): INodeProperties[] {
	const numberOf = numberProperties();
	const groups: Merged[][] = [];
	for (const resource of resources) {
		for (const operation of resource.operations) {
			groupsOf(operation).forEach((properties, index) => {
				const own = properties.map((property) => ({ property, number: numberOf(property) }));
				for (const { shows } of mergeInOrder((groups[index] ??= []), own)) {
					const operations = shows.get(resource.value) ?? [];
					shows.set(resource.value, [...operations, operation.value]);
				}
			});
		}
	}
	const all: Shows = new Map(
		resources.map(({ value, operations }) => [value, operations.map((one) => one.value)]),
	);
	return groups.flat().flatMap(({ property, shows }) =>
		mergeConditions(shows, all).map(([resource, operation]) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: {
					[`${root}resource`]: resource,
					[`${root}operation`]: operation,
					...property.displayOptions?.show,
				},
			},
		})),
	);
}

/**
 * Returns a function that gives equal properties the same number. The fields of a collection are
 * compared by their numbers, as most are shared: n8n builds the form while it starts
 * (docs/n8n-notes.md, 36), so this must be fast.
 */
function numberProperties(): (property: INodeProperties) => number {
	const known = new Map<string, number>();
	const numberOf = memoize((property: INodeProperties): number => {
		const text = property.type === 'collection' ? shorten(property) : JSON.stringify(property);
		const number = known.get(text) ?? known.size;
		known.set(text, number);
		return number;
	});
	const shorten = ({ options, ...frame }: INodeProperties) =>
		`${JSON.stringify(frame)}${(options as INodeProperties[]).map(numberOf).join()}`;
	return numberOf;
}

/** Operations share fields and views, so each is converted once for all of them. */
export function memoize<In extends object, Out>(convert: (input: In) => Out): (input: In) => Out {
	const results = new WeakMap<In, Out>();
	return (input) => {
		const known = results.get(input);
		if (known !== undefined) return known;
		const result = convert(input);
		results.set(input, result);
		return result;
	};
}

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
	const lacks = (resource: string, operation: string) =>
		all.get(resource)!.includes(operation) && !shows.get(resource)!.includes(operation);
	for (const [resource, own] of shows) {
		const group = groups.find(({ resources, operations }) => {
			if (all.get(resource)!.some((one) => operations.has(one) && !own.includes(one))) return false;
			const added = own.filter((one) => !operations.has(one));
			return !added.some((one) => resources.some((other) => lacks(other, one)));
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
	if (own.length === 0) return [];
	const shared = longestInOrder(own.map(({ number }) => positionsOf(list, number)));
	let next = list.length;
	// From the last one up, so that the positions above stay valid.
	return own.reduceRight<Merged[]>((merged, one, index) => {
		next = shared.get(index) ?? next;
		if (!shared.has(index)) list.splice(next, 0, { ...one, shows: new Map() });
		return [list[next], ...merged];
	}, []);
}

/** n8n builds the form while it starts, so this makes no array and calls no function for an entry. */
function positionsOf(list: Merged[], wanted: number): number[] {
	const positions: number[] = [];
	for (let position = 0; position < list.length; position++) {
		if (list[position].number === wanted) positions.push(position);
	}
	return positions;
}

/** A chain of entries that can be shared; it ends at `position`. */
interface Choice {
	index: number;
	position: number;
	before?: Choice;
}

/**
 * Chooses as many properties as can be shared: for each index at most one of its positions, so that
 * the chosen positions ascend. Of chains that are equally long the first one is taken, so that the form
 * does not depend on which others are remembered.
 */
function longestInOrder(positions: number[][]): Map<number, number> {
	/** At n, chains of n + 1 entries as they were found; one that ends no earlier than another is never needed. */
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
