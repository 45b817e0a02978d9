import { InvalidInput } from './input';
import { isProcedure, mappingsIn, methodOf, pathOf, wireName } from './operation';
import type { Operation, Resource } from './operation';

/** Guards against an ID that is a word of another route: the user "count" would be the number of all users. */

/** A route of the same method that has a word where the operation's own route has a name. */
export interface Rival {
	segments: string[];
	word: string;
	/** The field whose value must not be that word. */
	label: string;
}

const isName = (segment: string): boolean => segment.startsWith('{');

export function rivalsOf(operation: Operation, resources: Resource[]): Rival[] {
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
 * @throws InvalidInput
 */
export function refuseRivals(path: string, rivals: Rival[]): void {
	const filled = path.toLowerCase().split('/');
	const rival = rivals.find(({ segments }) =>
		segments.every((segment, at) => isName(segment) || segment === filled[at]),
	);
	if (!rival) return;
	throw new InvalidInput(rival.label, `must not be "${rival.word}", which is a route of its own`);
}
