import { COLLECTIONS } from '../form/collections';
import { fieldsIn } from '../form/layout';
import { optionsOf } from '../form/options';
import type { Operation, Resource } from '../operation';
import { isObject } from '../operation/json';
import type { ReadParameter } from './readCollection';

/**
 * Returns a wrapper for a reader of parameters that ignores stale fields: names in a collection that
 * only other operations have. n8n drops them itself before a run (docs/n8n-notes.md, 14); this is for
 * callers that do not. A name that no operation has is a mistake, which `readCollection` rejects.
 */
export function withoutStaleFields(
	operation: Operation,
	resources: Resource[],
): (read: ReadParameter) => ReadParameter {
	const all = resources.flatMap(({ operations }) => operations);
	const staleFields = new Map(
		Object.keys(COLLECTIONS).map((name) => {
			const own = namesIn(operation, name);
			const others = all.flatMap((other) => namesIn(other, name));
			return [name, new Set(others.filter((field) => !own.includes(field)))];
		}),
	);
	return (read) => (name, fallback) => {
		const value = read(name, fallback);
		const stale = staleFields.get(name);
		if (!stale || !isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).filter(([key]) => !stale.has(key)));
	};
}

const namesIn = (operation: Operation, collection: string): string[] =>
	(collection === 'options' ? optionsOf(operation) : fieldsIn(operation, collection)).map(
		({ name }) => name,
	);
