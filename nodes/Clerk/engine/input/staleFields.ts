import { COLLECTIONS } from '../form/collections';
import { fieldsIn } from '../form/layout';
import { optionsOf } from '../form/options';
import type { Operation, Resource } from '../operation';
import { isObject } from '../operation/json';
import type { ReadParameter } from './readCollection';

/**
 * When a person switches a node to another operation, n8n keeps what stood in a collection of the
 * same name and shows none of it. So a name that another operation has there is a leftover, and
 * ignored; a name that no operation has is a slip, and refused by `readCollection`.
 */
export function withoutStaleFields(
	operation: Operation,
	resources: Resource[],
): (read: ReadParameter) => ReadParameter {
	const own = byCollection((collection) => namesIn(operation, collection));
	// Of all operations, and so only made for a name that is not the operation's own.
	const known = byCollection((collection) =>
		resources.flatMap(({ operations }) =>
			operations.flatMap((other) => namesIn(other, collection)),
		),
	);
	return (read) => (name, fallback) => {
		const value = read(name, fallback);
		if (!Object.hasOwn(COLLECTIONS, name) || !isObject(value)) return value;
		const isLeftover = (key: string) => !own(name).has(key) && known(name).has(key);
		return Object.fromEntries(Object.entries(value).filter(([key]) => !isLeftover(key)));
	};
}

/** Makes the names of a collection when they are first asked for. */
function byCollection(
	namesOf: (collection: string) => string[],
): (collection: string) => Set<string> {
	const made = new Map<string, Set<string>>();
	return (collection) => {
		const names = made.get(collection) ?? new Set(namesOf(collection));
		made.set(collection, names);
		return names;
	};
}

const namesIn = (operation: Operation, collection: string): string[] =>
	(collection === 'options' ? optionsOf(operation) : fieldsIn(operation, collection)).map(
		({ name }) => name,
	);
