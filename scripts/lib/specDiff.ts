import type { Digest, Facts, OperationFacts } from './digest';

/** What changed between two versions of the API, a line each: what went, what came, what is otherwise. */

type Known = Record<string, unknown>;

/** What is to be known of something new; a record has fields of these names. */
function detailOf({ type, required, deprecated }: Known) {
	const words = [
		...(typeof type === 'string' ? [type] : []),
		...(required === true ? ['required'] : []),
		...(deprecated === true ? ['deprecated'] : []),
	];
	return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** In the order of both. @param of - what the names are of */
function differences<T extends object>(
	of: string,
	before: Record<string, T>,
	after: Record<string, T>,
	compare: (name: string, was: T, now: T) => string[],
) {
	const names = Object.keys({ ...before, ...after });
	return names.flatMap((name) => {
		const full = `${of}${name}`;
		if (!Object.hasOwn(after, name)) return [`- ${full}`];
		if (!Object.hasOwn(before, name)) return [`+ ${full}${detailOf(after[name] as Known)}`];
		return compare(full, before[name], after[name]);
	});
}

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';

const changes = <T extends object>(name: string, was: T, now: T) =>
	(Object.keys({ ...was, ...now }) as Array<keyof T & string>)
		.map((key) => ({ key, before: shown(was[key]), after: shown(now[key]) }))
		.filter(({ before, after }) => before !== after)
		.map(({ key, before, after }) => `~ ${name}: ${key} was ${before}, is ${after}`);

const fieldLines = (of: string, before: Facts = {}, after: Facts = {}) =>
	differences(`${of} `, before, after, changes);

function operationLines(name: string, was: OperationFacts, now: OperationFacts) {
	const locations = ['path', 'query', 'body'] as const;
	const none = Object.fromEntries(locations.map((location) => [location, undefined]));
	return [
		...changes(name, { ...was, ...none }, { ...now, ...none }),
		...locations.flatMap((at) => fieldLines(`${name} ${at}`, was[at], now[at])),
	];
}

/** Returns nothing where the facts are the same, whatever else of the document changed. */
export const differencesOf = (before: Digest, after: Digest): string[] => [
	...differences('', before.operations, after.operations, operationLines),
	...differences('record ', before.records, after.records, fieldLines),
];
