import {
	fieldsByLocation,
	isProcedure,
	mappingsIn,
	wireName,
} from '../../nodes/Clerk/engine/operation';
import type { Field, Operation } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { fieldsOf } from '../../scripts/lib/registry';
import { WRITTEN_BY_HAND } from '../../scripts/lib/words';
import { locationOf, readExamples } from '../support/examples';

/**
 * Rules that every operation keeps. The names in its path and its fields are compared with Clerk's
 * document in `conformance.test.ts`.
 */

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		name: `${resource.value}.${operation.value}`,
		operation,
	})),
);

const mappings = resources.flatMap((resource) =>
	mappingsIn(resource).map((operation) => ({
		name: `${resource.value}.${operation.value}`,
		resource: resource.value,
		operation,
	})),
);

const isList = (operation: Operation) =>
	!isProcedure(operation) && operation.returns.kind === 'list';

const repeatedIn = (values: string[]): string[] =>
	values.filter((value, index) => values.indexOf(value) !== index);

test('no two operations of a resource have the same value', () => {
	expect(repeatedIn(operations.map(({ name }) => name))).toEqual([]);
});

test('lists have their order among the Options, where nothing else of a request is', () => {
	const inOptions = operations.flatMap(({ name, operation }) =>
		fieldsByLocation(operation).flatMap(([location, fields]) =>
			fields
				.filter(({ section }) => section === 'options')
				.map((field) => [name, location, field.name, isList(operation)]),
		),
	);
	const orders = mappings.flatMap(({ name, operation }) =>
		(operation.query ?? [])
			.filter((field) => wireName(field) === 'order_by')
			.map((field) => [name, 'query', field.name, true]),
	);
	expect(orders.length).toBeGreaterThan(10);
	expect(inOptions).toEqual(orders);
});

test('no operation has two parameters of the same name', () => {
	const repeated = operations.flatMap(({ name, operation }) => {
		const fields = fieldsByLocation(operation).flatMap(([, listed]) => listed);
		return repeatedIn(fields.map((field) => field.name)).map((field) => `${name} ${field}`);
	});
	expect(repeated).toEqual([]);
});

test('no operation sends two fields, or cells of a row, under the same name', () => {
	const repeated = operations.flatMap(({ name, operation }) => {
		// Typed fields are added to the JSON of the same object.
		const typed = ({ field }: { field: Field }) => field.type === 'assignmentCollection';
		const others = fieldsOf(operation).filter((field) => !typed(field));
		const sent = others.map((field) => `${field.in} ${field.wire}`);
		return repeatedIn(sent).map((field) => `${name} ${field}`);
	});
	expect(repeated).toEqual([]);
});

/** Actions that name their resource by a verb, as people do. */
const NAMED_BY_VERB = new Map([
	['invitation.create', 'invite user to application'],
	['invitation.createMany', 'invite many users to application'],
]);

test.each(mappings)(
	'the action of $name is in sentence case and names its resource',
	({ name, resource, operation: { action } }) => {
		const named = NAMED_BY_VERB.get(name) ?? resource.slice(0, 6);
		const squeeze = (text: string) => text.toLowerCase().replace(/[ -]/g, '');
		expect(squeeze(action)).toContain(squeeze(named));
		const written = action.replace(/\b(?:[A-Z]{3,}|API|OAuth|M2M|Svix|URLs|Web3)\b/g, '');
		expect(written).toMatch(/^[A-Z][^A-Z]*$/);
	},
);

const linesOf = (notice: string | string[] = []): string[] => [notice].flat();

/** What n8n shows of a description in its list of operations: two lines. */
const MAX_DESCRIPTION = 100;

test.each(operations)('the description of $name fits into two lines', ({ operation }) => {
	expect(operation.description.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
});

test.each(operations.filter(({ operation }) => operation.notice !== undefined))(
	'the notice of $name is a list of short lines, and one line is no list',
	({ operation: { notice } }) => {
		for (const line of linesOf(notice)) expect(line.length).toBeLessThanOrEqual(170);
		expect(Array.isArray(notice)).toBe(linesOf(notice).length > 1);
	},
);

test.each(operations.filter(({ operation }) => operation.value.endsWith('Many')))(
	'$name says in its description and its notice what an input item is',
	({ operation: { description, notice } }) => {
		expect(description).toContain('Each input item is one ');
		expect(linesOf(notice).join(' ')).toContain('Each input item is one ');
	},
);

test.each(mappings.filter(({ operation }) => operation.request.startsWith('DELETE')))(
	'$name has a notice that it cannot be undone, and lists what it destroys',
	({ operation: { notice, destroys } }) => {
		expect(linesOf(notice).join(' ')).toContain('cannot be undone');
		expect(destroys?.length).toBeGreaterThan(0);
	},
);

test.each(mappings.filter(({ operation }) => operation.destroys?.some(({ appliesTo: by }) => !by)))(
	'$name has a notice that names Dry Run',
	({ operation: { notice } }) => {
		expect(linesOf(notice).join(' ')).toContain('Dry Run shows');
	},
);

test.each([
	'organization.replaceMetadata',
	'session.revoke',
	'user.ban',
	'user.banMany',
	'user.removePassword',
	'user.replaceMetadata',
])('%s has a notice and lists what it destroys, although it is not a DELETE', (name) => {
	const { notice, destroys } = mappings.find((mapping) => mapping.name === name)!.operation;
	expect(linesOf(notice).length).toBeGreaterThan(0);
	expect(destroys?.length).toEqual(expect.any(Number));
});

test('notifyPrimaryEmailAddressChanged is off unless it is added, as in the API', () => {
	const fields = mappings.flatMap(({ operation }) =>
		fieldsOf(operation).filter(({ field }) => field.name === 'notifyPrimaryEmailAddressChanged'),
	);
	expect(fields.length).toBeGreaterThan(1);
	for (const { field } of fields) {
		expect([field.default, field.required, field.section]).toEqual([true, undefined, undefined]);
	}
});

test('no text of the generator is left to be written', () => {
	const texts = resources.flatMap((resource) => [
		`${resource.value}: ${resource.description}`,
		...resource.operations.flatMap((operation) => [
			`${resource.value}.${operation.value}: ${operation.description}`,
			...fieldsOf(operation).map(
				({ parameter, field }) =>
					`${resource.value}.${operation.value} ${parameter}: ${field.description}`,
			),
		]),
	]);
	const isLeft = (text: string) => text.includes(WRITTEN_BY_HAND);
	const examples = readExamples()
		.filter(({ examples: all }) => isLeft(JSON.stringify(all)))
		.map(
			({ resource, operation }) => `${locationOf(resource, operation)} has a ${WRITTEN_BY_HAND}`,
		);
	expect([...texts.filter(isLeft), ...examples]).toEqual([]);
});
