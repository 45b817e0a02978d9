import {
	InvalidInputError,
	isProcedure,
	mappingsIn,
	methodOf,
	pathOf,
	wireName,
} from '../operation';
import type { Mapping, Operation, Resource } from '../operation';

/** Guards against an ID that is a word of another route: the user "count" would be the number of all users. */

/** A route of the same method that has a word where the operation's own route has a name. */
export interface RouteConflict {
	segments: string[];
	word: string;
	/** The field whose value must not be that word. */
	label: string;
}

const isName = (segment: string): boolean => segment.startsWith('{');

/** The routes that a value in the path of this operation could lead to instead. */
export function routeConflicts(operation: Operation, resources: Resource[]): RouteConflict[] {
	if (isProcedure(operation)) return [];
	const own = pathOf(operation).split('/');
	const labelOf = (name: string) =>
		operation.path?.find((field) => `{${wireName(field)}}` === name)?.displayName ?? name;
	return resources
		.flatMap(mappingsIn)
		.filter((other) => methodOf(other) === methodOf(operation))
		.map((other) => pathOf(other).split('/'))
		.filter((segments) => segments.length === own.length)
		.flatMap((segments) => {
			const at = segments.findIndex((segment, index) => isName(own[index]) && !isName(segment));
			return at < 0 ? [] : [{ segments, word: segments[at], label: labelOf(own[at]) }];
		});
}

/**
 * @param path - filled and encoded
 * @throws InvalidInputError
 */
export function rejectRouteConflicts(path: string, rivals: RouteConflict[]): void {
	const filled = path.toLowerCase().split('/');
	const rival = rivals.find(({ segments }) =>
		segments.every((segment, at) => isName(segment) || segment === filled[at]),
	);
	if (!rival) return;
	throw new InvalidInputError(
		rival.label,
		`must not be "${rival.word}", which is a route of its own`,
	);
}

/**
 * The operation that a request is, and what stands in place of its path's `{names}`; a route that has
 * a word goes before one that has a name.
 *
 * @param path - encoded, or with `{names}`
 */
export function findMapping(
	method: string,
	path: string,
	resources: Resource[],
): { mapping: Mapping; resource: Resource; values: Record<string, string> } | undefined {
	const given = path.split('/');
	const found = resources
		.flatMap((resource) => mappingsIn(resource).map((mapping) => ({ mapping, resource })))
		.filter(({ mapping }) => methodOf(mapping) === method)
		.map((entry) => ({ ...entry, segments: pathOf(entry.mapping).split('/') }))
		.filter(
			({ segments }) =>
				segments.length === given.length &&
				segments.every((segment, at) => isName(segment) || segment === given[at]),
		)
		.sort((a, b) => countNames(a.segments) - countNames(b.segments))[0];
	if (!found) return undefined;
	const { segments, mapping, resource } = found;
	const values = segments.flatMap((segment, at) =>
		isName(segment) ? [[segment.slice(1, -1), decodeURIComponent(given[at])]] : [],
	);
	return { mapping, resource, values: Object.fromEntries(values) as Record<string, string> };
}

const countNames = (segments: string[]): number => segments.filter(isName).length;
