import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { clerkJudge, storedRoutes } from '../support/conformance';
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
