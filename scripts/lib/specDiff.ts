import type { Digest, OperationFacts } from './digest';

/** What changed between two versions of the API, a line each: what is gone, what is new, what is different. */

type Known = Record<string, unknown>;

const hasFacts = (value: unknown): value is Known =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** The facts that are shown of something new; a record has fields of these names. */
function detailOf({ type, required, deprecated }: Known) {
	const words = [
		typeof type === 'string' && type,
		required === true && 'required',
		deprecated === true && 'deprecated',
	].filter(Boolean);
	return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** In the order of both, plain facts first. */
function differences(name: string, was: Known, now: Known): string[] {
	const all = Object.keys({ ...was, ...now }).map((key) => ({ key, old: was[key], new: now[key] }));
	const within = all.filter((one) => hasFacts(one.old ?? one.new));
	const plain = all.filter((one) => !within.includes(one) && shown(one.old) !== shown(one.new));
	return [
		...plain.map((one) => `~ ${name}: ${one.key} was ${shown(one.old)}, is ${shown(one.new)}`),
		...within.flatMap((one) => {
			const full = `${name} ${one.key}`.trim();
			if (!hasFacts(one.new)) return [`- ${full}`];
			if (!hasFacts(one.old)) return [`+ ${full}${detailOf(one.new)}`];
			return differences(full, one.old, one.new);
		}),
	];
}

/** An operation that has no field in a location has none of its fields there. */
const located = (operations: Record<string, OperationFacts>) =>
	Object.fromEntries(
		Object.entries(operations).map(([name, { path = {}, query = {}, body = {}, ...facts }]) => [
			name,
			{ ...facts, path, query, body },
		]),
	);

/** Returns nothing where the facts are the same, whatever else of the document changed. */
export const differencesOf = (before: Digest, after: Digest): string[] => [
	...differences('', located(before.operations), located(after.operations)),
	...differences('record', before.records, after.records),
];
