import {
	InvalidInputError,
	isProcedure,
	mappingsIn,
	methodOf,
	pathOf,
	wireName,
} from '../operation';
import type { Mapping, Operation, Resource } from '../operation';

/**
 * Routes that a path addresses: rejects an ID that is the word of another route (the user "count" → GET
 * /users/count), and finds the operation of a path.
 */

/** A route of the same method that has a word in place of a `{name}` of the operation's path. */
export interface RouteConflict {
	segments: string[];
	word: string;
	/** The field whose value must not be that word. */
	label: string;
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** Returns the routes that a value in the path of an operation could address instead. */
export function routeConflicts(operation: Operation, resources: Resource[]): RouteConflict[] {
	if (isProcedure(operation)) return [];
	const own = pathOf(operation).split('/');
	const labelOf = (name: string) =>
		operation.path?.find((field) => `{${wireName(field)}}` === name)?.displayName ?? name;
	const others = indexOf(resources).get(indexKey(methodOf(operation), own)) ?? [];
	return others.flatMap(({ segments }) => {
		const at = segments.findIndex(
			(segment, index) => isParameter(own[index]) && !isParameter(segment),
		);
		return at < 0 ? [] : [{ segments, word: segments[at], label: labelOf(own[at]) }];
	});
}

/**
 * Rejects a path that addresses another route.
 *
 * @param path - filled in and encoded
 * @throws InvalidInputError
 */
export function rejectRouteConflicts(path: string, conflicts: RouteConflict[]): void {
	const filled = path.toLowerCase().split('/');
	const conflict = conflicts.find(({ segments }) =>
		segments.every((segment, at) => isParameter(segment) || segment === filled[at]),
	);
	if (!conflict) return;
	throw new InvalidInputError(
		conflict.label,
		`must not be "${conflict.word}", which is a separate route`,
	);
}

/** A mapping with its path in segments. */
interface IndexedRoute {
	mapping: Mapping;
	resource: Resource;
	segments: string[];
}

/** By method, number of segments and first segment, which is a word in every route; with fewer `{names}` first. */
type RouteIndex = Map<string, IndexedRoute[]>;

/** Made once for the resources of the node: a run can have 100,000 items, each with a look-up. */
const indexes = new WeakMap<Resource[], RouteIndex>();

const indexKey = (method: string, segments: string[]): string =>
	`${method} ${segments.length} ${segments[1]}`;

function indexOf(resources: Resource[]): RouteIndex {
	const known = indexes.get(resources);
	if (known) return known;
	const index: RouteIndex = new Map();
	for (const resource of resources) {
		for (const mapping of mappingsIn(resource)) {
			const segments = pathOf(mapping).split('/');
			const key = indexKey(methodOf(mapping), segments);
			index.set(key, [...(index.get(key) ?? []), { mapping, resource, segments }]);
		}
	}
	for (const routes of index.values()) {
		routes.sort((a, b) => countParameters(a.segments) - countParameters(b.segments));
	}
	indexes.set(resources, index);
	return index;
}

/**
 * Finds the operation of a request, with the values of the `{names}` in its path. A route with a word
 * goes before one with a `{name}`.
 *
 * @param path - encoded, or with `{names}`
 */
export function findMapping(
	method: string,
	path: string,
	resources: Resource[],
): { mapping: Mapping; resource: Resource; values: Record<string, string> } | undefined {
	const given = path.split('/');
	const found = indexOf(resources)
		.get(indexKey(method, given))
		?.find(({ segments }) =>
			segments.every((segment, at) => isParameter(segment) || segment === given[at]),
		);
	if (!found) return undefined;
	const { segments, mapping, resource } = found;
	const values = segments.flatMap((segment, at) =>
		isParameter(segment) ? [[segment.slice(1, -1), decodeURIComponent(given[at])]] : [],
	);
	return { mapping, resource, values: Object.fromEntries(values) as Record<string, string> };
}

const countParameters = (segments: string[]): number => segments.filter(isParameter).length;
