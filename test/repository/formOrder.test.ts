import type { INodeProperties } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { buildForm } from '../../nodes/Clerk/engine/form/buildForm';
import { formOnlyOutsideCollections, isShownOnForm } from '../../nodes/Clerk/engine/form/placement';
import { defineOperation, defineResource, one } from '../../nodes/Clerk/engine/operation';
import type { Field, Mapping, Operation } from '../../nodes/Clerk/engine/operation';
import { view } from '../../nodes/Clerk/engine/operation/view';
import { resources } from '../../nodes/Clerk/resources';

/** Returns the names of the properties that n8n shows for an operation, from the top down. */
const shownFor = (all: INodeProperties[], resource: string, operation: string): string[] =>
	all
		.filter(({ displayOptions }) => {
			const { resource: ofResources, operation: ofOperations } = displayOptions?.show ?? {};
			return ofResources?.includes(resource) && ofOperations?.includes(operation);
		})
		.map(({ name }) => name);

/** Returns the names of the fields on the form in the order in which the operation's file lists them. */
function inFile(operation: Operation): string[] {
	const lists = Object.entries(operation) as Array<[string, Field[]]>;
	return lists.flatMap(([key, fields]) => {
		if (key === 'formOnly') return formOnlyOutsideCollections(operation).map(({ name }) => name);
		const location = { path: 'path', query: 'query', body: 'body', form: 'procedure' }[key];
		if (!location) return [];
		return fields
			.filter((field) => isShownOnForm(field, location as 'path'))
			.map(({ name }) => name);
	});
}

describe('the fields on the form', () => {
	const { properties } = new Clerk().description;
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation) => [resource.value, operation.value, operation] as const),
	);

	it.each(operations)('of %s %s are in the order of its file', (resource, value, operation) => {
		const names = inFile(operation);
		const shown = shownFor(properties, resource, value);
		// One that is labelled by a choice is listed once for each choice.
		const listed = [...new Set(shown.filter((name) => names.includes(name)))];
		expect(listed).toEqual(names);
		// Only the notice is above them.
		expect(shown.indexOf(names[0] ?? shown[0])).toBe(
			operation.notice !== undefined && names.length > 0 ? 1 : 0,
		);
	});

	it.each([
		['organizationMembership', 'sync', ['syncMode']],
		['user', 'cleanUp', ['cleanUpMode']],
		['user', 'cleanUpTestData', ['cleanUpTestDataMode']],
		['user', 'offboard', ['offboardMode']],
		['user', 'upsert', ['upsertMode']],
		['user', 'revokeAllSessions', ['revokeAllSessionsMode']],
		['instance', 'applyConfiguration', ['applyConfigurationMode']],
		['user', 'removeMetadataKeys', ['removeMetadataKeysMode']],
		['organization', 'removeMetadataKeys', ['removeMetadataKeysMode']],
		['organizationMembership', 'removeMetadataKeys', ['removeMetadataKeysMode']],
	])('of %s %s have the mode that decides about writing first', (...given) => {
		const [resource, value, first] = given;
		const shown = shownFor(properties, resource, value);
		expect(shown.filter((name) => name !== 'notice').slice(0, first.length)).toEqual(first);
	});
});

describe('merging in order', () => {
	const text = (name: string): Field => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
		required: true,
		description: name,
	});
	const operation = (value: string, names: string[], more: Partial<Mapping> = {}) =>
		defineOperation({
			name: value,
			value,
			action: value,
			description: value,
			request: 'POST /things',
			body: names.map(text),
			returns: one(view('things', [])),
			...more,
		});
	const formOf = (...operations: Operation[]) =>
		buildForm(
			[defineResource({ name: 'Thing', value: 'thing', description: 'x', operations })],
			'thing',
		);
	const listed = (form: INodeProperties[]) =>
		form.map(({ name }) => name).filter((name) => name.length === 1);

	it.each<[string, string[][], string[]]>([
		[
			'shares all of them',
			[
				['a', 'b', 'c'],
				['a', 'c'],
			],
			['a', 'b', 'c'],
		],
		[
			'puts a new one between two that are shared',
			[
				['a', 'c'],
				['a', 'b', 'c'],
			],
			['a', 'b', 'c'],
		],
		['puts a new one above a shared one', [['b'], ['a', 'b']], ['a', 'b']],
		[
			'lists one twice that is in another order',
			[
				['a', 'b'],
				['b', 'a'],
			],
			['a', 'b', 'a'],
		],
		[
			'shares as many as it can, and not the first that it sees',
			[
				['a', 'b', 'c', 'd'],
				['d', 'a', 'b', 'c'],
			],
			['d', 'a', 'b', 'c', 'd'],
		],
		[
			'shares the second of two equal ones',
			[
				['a', 'b'],
				['b', 'a'],
				['c', 'a'],
				['b', 'c', 'a'],
			],
			['b', 'c', 'a', 'b', 'a'],
		],
	])('%s', (_, orders, expected) => {
		const made = orders.map((names, index) => operation(`do${index}`, names));
		const form = formOf(...made);
		orders.forEach((names, index) => {
			const shown = shownFor(form, 'thing', `do${index}`);
			expect(shown.filter((name) => name.length === 1)).toEqual(names);
		});
		expect(listed(form)).toEqual(expected);
	});

	it('has the form-only fields where the file has them', () => {
		const formOnly = [text('a')];
		const path = [text('p')];
		const above = operation('above', ['b'], { body: undefined, formOnly, path });
		const { body, ...rest } = operation('below', ['b'], { path });
		const below = defineOperation({ ...rest, body, formOnly });
		const form = formOf(above, below);
		expect(shownFor(form, 'thing', 'above').slice(0, 2)).toEqual(['a', 'p']);
		expect(shownFor(form, 'thing', 'below').slice(0, 3)).toEqual(['p', 'b', 'a']);
	});
});
