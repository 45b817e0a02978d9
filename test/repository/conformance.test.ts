import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { clerkJudge, storedRoutes } from '../support/conformance';
import { readExamples } from '../support/examples';

/** Every operation, held against the facts of Clerk's document in `spec/`; one line a disagreement. */

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

test('every operation of the API is there, once', () => {
	expect(judge.uncovered(resources, uncovered)).toEqual([]);
});

test('what is fixed or left out says why, and is still wrong or left out', () => {
	expect(stale).toEqual([]);
	// Only once all are judged is it known what none of them leaves out.
	for (const { resource, operation } of operations) judge.disagreements(resource, operation);
	expect(judge.shown.stale()).toEqual([]);
	for (const { reason } of [...judge.shown.unshown, ...judge.openUrls]) {
		expect(reason).toMatch(/\S/);
	}
	for (const { reason } of uncovered) expect(reason).toMatch(/\S/);
});

test('few fields are left out, each for a reason', () => {
	const omitted = operations.flatMap(({ operation }) => Object.entries(operation.omitted ?? {}));
	for (const [, reason] of omitted) expect(reason).toMatch(/\S/);
	expect(omitted.length).toBeLessThan(15);
});

test('the API knows everything that the golden examples send', () => {
	const requests = readExamples().flatMap(({ examples }) =>
		Object.values(examples).flatMap((example) => example.requests),
	);
	expect(requests.flatMap((request) => judge.unknownIn(request))).toEqual([]);
});
