import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import type { Field } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import type { Fact } from '../../scripts/lib/digest';
import { fieldsOf } from '../../scripts/lib/registry';
import { clerkJudge, Judge, storedRoutes } from '../support/conformance';
import { readExamples } from '../support/examples';

/** Compares every operation with the facts of Clerk's document in `spec/`, one line a disagreement. */

const { judge, stale, uncovered } = clerkJudge();

const operations = resources.flatMap((resource) =>
	mappingsIn(resource).map((operation) => ({
		name: `${resource.value}.${operation.value}`,
		resource: resource.value,
		operation,
	})),
);

test.each(operations)("$name is as Clerk's API has it", ({ resource, operation }) => {
	expect(judge.disagreements(resource, operation)).toEqual([]);
});

const routes = storedRoutes();

if (!routes) {
	test.skip('the stored values are those that the project gave (set CLERK_OPENAPI_FILE)', () => {});
} else {
	test('the stored values are those that the project gave', () => {
		const stored = operations.map(({ name, operation }) => `${name} ${operation.request}`);
		expect(stored.sort()).toEqual([...routes].sort());
	});
}

test('the digest has a required parameter for each name in a path', () => {
	const namesIn = (route: string) => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
	const wrong = Object.entries(judge.digest.operations).filter(([route, { path = {} }]) => {
		const required = Object.keys(path).filter((name) => path[name].required);
		return required.sort().join() !== namesIn(route).sort().join();
	});
	expect(wrong.map(([route]) => route)).toEqual([]);
});

test('every operation of the API is in the registry once', () => {
	expect(judge.uncovered(resources, uncovered)).toEqual([]);
});

test('every exception in spec/ has a reason and is still needed', () => {
	expect(stale).toEqual([]);
	// Which exceptions are unused is known only after all operations were compared.
	for (const { resource, operation } of operations) judge.disagreements(resource, operation);
	expect(judge.shown.stale()).toEqual([]);
	for (const { reason } of [...judge.shown.unshown, ...judge.openUrls]) {
		expect(reason).toMatch(/\S/);
	}
	for (const { reason } of uncovered) expect(reason).toMatch(/\S/);
});

test('fewer than 15 fields are omitted, each with a reason', () => {
	const omitted = operations.flatMap(({ operation }) => Object.entries(operation.omitted ?? {}));
	for (const [, reason] of omitted) expect(reason).toMatch(/\S/);
	expect(omitted.length).toBeLessThan(15);
});

test('the API knows every field that the golden examples send', () => {
	const requests = readExamples().flatMap(({ examples }) =>
		Object.values(examples).flatMap((example) => example.requests),
	);
	expect(requests.flatMap((request) => judge.unknownIn(request))).toEqual([]);
});

type Change = (fact: Fact, field: Field) => Fact | undefined;

const withValues = (fact: Fact, field: Field, values: Fact['enum']): Fact =>
	field.type === 'boolean' ? fact : { ...fact, enum: fact.enum && values };

const withBound = (fact: Fact, field: Field, bound: 'minimum' | 'maximum'): Fact =>
	field.type === 'number' ? { ...fact, [bound]: (fact[bound] ?? 7) + 1 } : fact;

/** What a new version of Clerk's document may say of a field that is on a form. */
const CHANGES: Array<[string, Change]> = [
	['is gone', () => undefined],
	['is required, or no longer is', (fact) => ({ ...fact, required: !fact.required })],
	[
		'has another type',
		(fact) => (fact.enum ? fact : { ...fact, type: fact.type === 'boolean' ? 'array' : 'boolean' }),
	],
	[
		'takes one value more',
		(fact, field) => withValues(fact, field, [...(fact.enum ?? []), 'another']),
	],
	['takes one value fewer', (fact, field) => withValues(fact, field, fact.enum?.slice(1))],
	[
		'sends its list in another way',
		({ explode, ...fact }) =>
			fact.type === 'array' && explode !== false ? { ...fact, explode: false } : fact,
	],
	['has another minimum', (fact, field) => withBound(fact, field, 'minimum')],
	['has another maximum', (fact, field) => withBound(fact, field, 'maximum')],
];

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Objects with fields of their own, and what is within them, depend on each other; batches have a list of entries. */
test.each(CHANGES)('the comparison notices a field that %s', (_, change) => {
	let changes = 0;
	const unnoticed = operations.flatMap(({ name, resource, operation }) => {
		const facts = judge.digest.operations[operation.request];
		return fieldsOf(operation).flatMap(({ in: location, wire, field }) => {
			const { [wire]: fact, ...others } = facts[location as 'body'] ?? {};
			const isNested = [wire, ...Object.keys(others)].some((one) => one.startsWith(`${wire}.`));
			if (!fact || isNested || wire.includes('.') || wire === operation.batch?.list) return [];
			const changed = change(fact, field);
			if (same(changed, fact)) return [];
			changes += 1;
			const fields = changed ? { ...others, [wire]: changed } : others;
			const changedFacts = { ...facts, [location]: fields };
			const all = { ...judge.digest.operations, [operation.request]: changedFacts };
			const found = new Judge({ ...judge.digest, operations: all }, judge.shown);
			return found.disagreements(resource, operation).length > 0
				? []
				: [`${name} ${location} ${wire}`];
		});
	});
	expect(unnoticed).toEqual([]);
	expect(changes).toBeGreaterThan(15);
});
