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
export function withoutLeftovers(
	operation: Operation,
	resources: Resource[],
): (read: ReadParameter) => ReadParameter {
	const all = resources.flatMap(({ operations }) => operations);
	const leftovers = new Map(
		Object.keys(COLLECTIONS).map((name) => {
			const own = namesIn(operation, name);
			const others = all.flatMap((other) => namesIn(other, name));
			return [name, new Set(others.filter((field) => !own.includes(field)))];
		}),
	);
	return (read) => (name, fallback) => {
		const value = read(name, fallback);
		const ignored = leftovers.get(name);
		if (!ignored || !isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).filter(([key]) => !ignored.has(key)));
	};
}

const namesIn = (operation: Operation, collection: string): string[] =>
	(collection === 'options' ? optionsOf(operation) : fieldsIn(operation, collection)).map(
		({ name }) => name,
	);
