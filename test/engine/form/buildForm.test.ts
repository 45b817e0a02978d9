import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { buildForm } from '../../../nodes/Clerk/engine/form/buildForm';
import {
	defineOperation,
	defineProcedure,
	defineResource,
	list,
	mappingsIn,
	one,
	snakeCase,
} from '../../../nodes/Clerk/engine/operation';
import type { Field, Mapping, Operation, ViewField } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { Clerk } from '../../../nodes/Clerk/Clerk.node';
import { locators } from '../../../nodes/Clerk/fields/locators';
import { resources } from '../../../nodes/Clerk/resources';
import { clerkJudge } from '../../support/conformance';

const { description } = new Clerk();
const { properties } = description;

const operations = resources.flatMap((resource) =>
	mappingsIn(resource).map(
		(operation) => [resource.value, operation.value, operation] as [string, string, Mapping],
	),
);

type Show = Record<string, unknown[]>;

/** Returns the properties shown for a resource and an operation, whatever other conditions they have. */
const shownFor = (all: INodeProperties[], resource: string, operation: string) =>
	all.filter(({ displayOptions }) => {
		const show = (displayOptions?.show ?? {}) as Show;
		return (
			(show.resource?.includes(resource) ?? true) && (show.operation?.includes(operation) ?? true)
		);
	});

const optionsOf = (property?: INodeProperties) => (property?.options ?? []) as INodeProperties[];

/** Returns the entries of a collection that are shown for a resource and an operation: paths in it begin at the root. */
const entriesFor = (collection: INodeProperties, resource: string, operation: string) =>
	optionsOf(collection).filter(({ displayOptions }) => {
		const show = (displayOptions?.show ?? {}) as Show;
		return (
			(show['/resource']?.includes(resource) ?? true) &&
			(show['/operation']?.includes(operation) ?? true)
		);
	});

const isInOptions = ({ section }: Field) => section === 'options';

const text = (name: string, overrides: Partial<Field> = {}): Field => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	description: `The ${name}`,
	...overrides,
});

const things = view('things', ['id', 'name']);

const operation = (value: string, overrides: Partial<Mapping>) =>
	defineOperation({
		name: value,
		value,
		action: `${value} thing`,
		description: value,
		request: 'POST /things',
		returns: one(things),
		...overrides,
	});

const formOf = (...made: Operation[]) =>
	buildForm(
		[defineResource({ name: 'Thing', value: 'thing', description: 'x', operations: made })],
		'thing',
	);

const named = (all: INodeProperties[], name: string) =>
	all.filter((property) => property.name === name);

describe('buildForm, the registry', () => {
	it('starts with the resource and its operation', () => {
		expect(properties[0]).toMatchObject({ name: 'resource', default: 'user' });
		expect(properties.slice(1, 1 + resources.length).map(({ name }) => name)).toEqual(
			resources.map(() => 'operation'),
		);
	});

	it('lists each resource and each operation once, in the order of the registry', () => {
		const values = (property: INodeProperties) =>
			(property.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values(properties[0])).toEqual(resources.map(({ value }) => value));
		for (const resource of resources) {
			const lists = named(properties, 'operation').filter(
				({ displayOptions }) => displayOptions?.show?.resource?.[0] === resource.value,
			);
			expect(lists).toHaveLength(1);
			expect(values(lists[0])).toEqual(resource.operations.map(({ value }) => value));
			expect(values(lists[0])).toContain(lists[0].default);
		}
	});

	it.each(operations)('shows each name once for %s %s', (resource, value) => {
		const names = shownFor(properties, resource, value).map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
	});

	it.each(operations)(
		'shows for %s %s all of its fields, and no others',
		(resource, value, made) => {
			const shown = shownFor(properties, resource, value);
			const collections = shown.filter(({ type }) => type === 'collection');
			const inCollections = collections
				.filter(({ name }) => name !== 'options')
				.flatMap((property) => optionsOf(property).map(({ name }) => name));
			const common = ['resource', 'operation', 'notice', 'output', 'fields', 'options'];
			const ofLists = ['returnAll', 'limit', 'outputAs'];
			const onForm = shown
				.filter(({ type }) => type !== 'collection')
				.map(({ name }) => name)
				.filter((name) => ![...common, ...ofLists].includes(name));
			const fields = [made.formOnly, made.path, made.query, made.body]
				.flatMap((list) => list ?? [])
				.filter((field) => !isInOptions(field));
			// One that most people fill in is on the form, and in the collection for those who have it there.
			const expected = fields.flatMap(({ name, alsoOnForm }) =>
				alsoOnForm ? [name, name] : [name],
			);
			expect([...onForm, ...inCollections].sort()).toEqual(expected.sort());
			expect(shown.some(({ name }) => name === 'returnAll')).toBe(made.returns.kind === 'list');
		},
	);

	it.each(operations)('shows for %s %s its options, and no others', (resource, value, made) => {
		const [options] = named(shownFor(properties, resource, value), 'options');
		const isList = made.returns.kind === 'list';
		const isWrite = !made.request.startsWith('GET');
		const hasOptional = [...(made.query ?? []), ...(made.body ?? [])].some(
			({ required }) => !required,
		);
		expect(
			entriesFor(options, resource, value)
				.map(({ name }) => name)
				.sort(),
		).toEqual(
			[
				'concurrency',
				'maxRetries',
				'maxWait',
				...(made.returns.view.fields.length > 0 ? ['dateFormat'] : []),
				...(isList ? ['offset'] : []),
				...(isWrite ? ['dryRun'] : []),
				...(isWrite && hasOptional ? ['emptyValues'] : []),
				...(made.returns.kind === 'one' && made.returns.ifNotFound ? ['ifNotFound'] : []),
				...[...(made.options ?? []), ...(made.query ?? []).filter(isInOptions)].map(
					({ name }) => name,
				),
			].sort(),
		);
	});

	it.each(operations)('shows for %s %s output fields if its response has some', (...given) => {
		const [resource, value, { returns }] = given;
		const fields = named(shownFor(properties, resource, value), 'fields');
		expect(fields).toHaveLength(returns.view.fields.length > 0 ? 1 : 0);
	});

	it('keeps the hide condition of a field beside its show condition', () => {
		const overrides = { required: true, displayOptions: { hide: { method: ['GET'] } } };
		const [body] = named(formOf(operation('send', { body: [text('body', overrides)] })), 'body');
		expect(body.displayOptions).toEqual({
			hide: { method: ['GET'] },
			show: { resource: ['thing'], operation: ['send'] },
		});
	});

	it.each(operations)('shows for %s %s the choices of its own order', (resource, value, made) => {
		const [own] = (made.query ?? []).filter(isInOptions);
		const [options] = named(shownFor(properties, resource, value), 'options');
		const [shown] = named(entriesFor(options, resource, value), 'orderBy');
		expect(shown?.options).toEqual(own?.options);
	});

	it('fills in the same default for all entries of one name, as n8n 1 takes that of the first', () => {
		for (const collection of properties.filter(({ type }) => type === 'collection')) {
			const firsts = new Map<string, unknown>();
			for (const { name, default: value } of optionsOf(collection)) {
				if (firsts.has(name)) expect([name, value]).toEqual([name, firsts.get(name)]);
				else firsts.set(name, value);
			}
		}
	});

	it('sorts the fields of a long collection by label, without a name twice', () => {
		for (const collection of properties.filter(({ type }) => type === 'collection')) {
			const labels = optionsOf(collection).map(({ displayName }) => displayName);
			// n8n's lint wants only lists of five and more by name; shorter ones keep the order of their file.
			const sorted = [...labels].sort((a, b) => a.localeCompare(b, 'en'));
			if (labels.length >= 5) expect(labels).toEqual(sorted);
			const { resource, operation } = collection.displayOptions!.show as Record<string, string[]>;
			const places = resource.flatMap((one) => operation.map((other) => [one, other]));
			for (const [one, other] of places) {
				const names = entriesFor(collection, one, other).map(({ name }) => name);
				expect(new Set(names).size).toBe(names.length);
			}
		}
	});

	it('leaves out the keys of a field that n8n lacks', () => {
		expect(JSON.stringify(description)).not.toMatch(
			/"(wire|encode|explode|section|secret|needs|once|locator|finders)":/,
		);
	});

	it('gives every property a label, a name, a type and a default', () => {
		const all = properties.flatMap((property) => [
			property,
			...(property.type === 'collection' ? optionsOf(property) : []),
		]);
		for (const { displayName, name, type, default: value } of all) {
			expect([displayName, name, type]).toEqual([
				expect.stringMatching(/\S/),
				expect.stringMatching(/^[a-z]\w*$/i),
				expect.any(String),
			]);
			expect(value).toBeDefined();
		}
	});

	const marks = description.sensitiveOutputFields ?? [];

	/** n8n hides a marked field with everything in it. */
	const isMarked = (path: string) =>
		path
			.split('.')
			.map((_, index, names) => names.slice(0, index + 1).join('.'))
			.some((above) => marks.includes(above) || marks.includes(above.replace(/\[\*\]$/, '')));

	/** Returns the fields of a simplified record, including those of nested lists. */
	const namesIn = (fields: ViewField[], above = ''): string[] =>
		fields.flatMap((field) => {
			if (typeof field === 'string') return [`${above}${field}`];
			return 'each' in field
				? namesIn(field.each.fields, `${above}${field.name}[*].`)
				: [`${above}${field.name}`];
		});

	it('marks the simplified and raw outputs that give access to something', () => {
		const names = operations.flatMap(([, , { returns }]) => {
			const ofRecord = namesIn(returns.view.fields).flatMap((name) => [name, snakeCase(name)]);
			const { plural } = returns.view;
			return returns.kind === 'list'
				? [...ofRecord, ...ofRecord.map((name) => `${plural}[*].${name}`)]
				: ofRecord;
		});
		const secret = names.filter((name) =>
			/\b(jwt|\w*token|\w*secret|cookies|backup_?codes)$/i.test(name),
		);
		expect(secret).toEqual(expect.arrayContaining(['jwt', 'token', 'tokenSecret', 'backupCodes']));
		const open = secret.filter((name) => !isMarked(name));
		expect(open).toEqual([]);
	});

	it('marks secrets in nested records, alone and in a list', () => {
		expect(marks).toEqual(
			expect.arrayContaining([
				'phone_numbers[*].backup_codes',
				'users[*].phone_numbers[*].backup_codes',
			]),
		);
	});

	const { judge } = clerkJudge();

	it.each(operations)("marks the secrets in Clerk's response to %s %s", (...[, , made]) => {
		const open = judge.secretOutputs(made).filter((path) => !isMarked(path));
		expect(open).toEqual([]);
	});

	it('has secrets in the responses of the registry to mark', () => {
		const all = operations.flatMap(([, , made]) => judge.secretOutputs(made));
		expect(all).toEqual(
			expect.arrayContaining([
				'backup_codes',
				'cookies',
				'jwt',
				'signInUrl',
				'oauthAccessTokens[*].token_secret',
				'phone_numbers[*].backup_codes',
			]),
		);
	});

	it('names only search methods that the node has', () => {
		const { listSearch } = new Clerk().methods;
		const asked = [...JSON.stringify(description).matchAll(/"searchListMethod":"(\w+)"/g)];
		expect(asked.length).toBeGreaterThan(0);
		for (const [, method] of asked) expect(Object.keys(listSearch)).toContain(method);
	});
});

describe('buildForm, merging', () => {
	it('lists a property that several operations share once', () => {
		const shared = text('a', { required: true });
		const form = formOf(operation('one', { body: [shared] }), operation('two', { body: [shared] }));
		expect(named(form, 'a').map(({ displayOptions }) => displayOptions)).toEqual([
			{ show: { resource: ['thing'], operation: ['one', 'two'] } },
		]);
	});

	it('keeps properties apart that differ in anything', () => {
		const form = formOf(
			operation('one', { body: [text('a', { required: true })] }),
			operation('two', { body: [text('a', { required: true, description: 'Another' })] }),
		);
		expect(named(form, 'a').map(({ displayOptions }) => displayOptions?.show?.operation)).toEqual([
			['one'],
			['two'],
		]);
	});

	it('keeps the display condition of a property', () => {
		const shown = text('b', { required: true, displayOptions: { show: { a: ['x'] } } });
		const [property] = named(formOf(operation('one', { body: [shown] })), 'b');
		expect(property.displayOptions).toEqual({
			show: { resource: ['thing'], operation: ['one'], a: ['x'] },
		});
	});

	it('returns the same twice, and does not change its input', () => {
		const before = JSON.stringify(resources);
		expect(JSON.stringify(buildForm(resources, 'user'))).toBe(
			JSON.stringify(buildForm(resources, 'user')),
		);
		expect(JSON.stringify(resources)).toBe(before);
	});

	it('merges the conditions of resources unless one of them would show too much', () => {
		const shared = text('a', { required: true });
		const resource = (value: string, ...values: string[]) =>
			defineResource({
				name: value,
				value,
				description: value,
				operations: values.map((name) =>
					operation(name, { body: name === 'hide' ? [] : [shared] }),
				),
			});
		const form = buildForm(
			[
				resource('cat', 'get', 'feed'),
				resource('dog', 'feed', 'hide'),
				resource('fish', 'hide', 'get'),
				defineResource({
					name: 'owl',
					value: 'owl',
					description: 'owl',
					operations: [operation('get', {}), operation('feed', { body: [shared] })],
				}),
			],
			'cat',
		);
		expect(named(form, 'a').map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ resource: ['cat', 'dog', 'fish'], operation: ['get', 'feed'] },
			{ resource: ['owl'], operation: ['feed'] },
		]);
	});
});

describe('buildForm, order', () => {
	const form = formOf(
		operation('change', {
			request: 'PATCH /things/{id}',
			notice: 'Careful.',
			path: [text('id', { required: true })],
			body: [
				text('optional'),
				text('required', { required: true }),
				text('shown', { section: 'form' }),
			],
		}),
		operation('list', {
			request: 'GET /things',
			query: [text('filter')],
			returns: list(things, { pageSize: 10, shape: 'data' }),
		}),
	);
	const namesFor = (value: string) => shownFor(form, 'thing', value).map(({ name }) => name);

	it('keeps the order of the file in a collection of up to four fields, and sorts longer ones', () => {
		const fields = ['d', 'a', 'c', 'b', 'e'].map((name) => text(name));
		const entries = (listed: Field[]) => {
			const form = formOf(operation('create', { body: listed }));
			return optionsOf(named(form, 'additionalFields')[0]).map(({ name }) => name);
		};
		expect(entries(fields.slice(0, 4))).toEqual(['d', 'a', 'c', 'b']);
		expect(entries(fields)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it('goes from the notice and the ID down to the options', () => {
		expect(namesFor('change')).toEqual([
			'resource',
			'operation',
			'notice',
			'id',
			'required',
			'shown',
			'updateFields',
			'output',
			'fields',
			'options',
		]);
	});

	it('has no output when the response has no record', () => {
		const quiet = formOf(operation('quiet', { returns: one(view('responses', [])) }));
		const names = shownFor(quiet, 'thing', 'quiet').map(({ name }) => name);
		expect(names).toEqual(['resource', 'operation', 'options']);
	});

	it('has the limit of a list before its filters', () => {
		expect(namesFor('list')).toEqual([
			'resource',
			'operation',
			'returnAll',
			'limit',
			'filters',
			'output',
			'fields',
			'outputAs',
			'options',
		]);
	});

	it('has only optional fields in the collection', () => {
		const [collection] = named(form, 'updateFields') as Array<
			INodeProperties & INodePropertyCollection
		>;
		expect(optionsOf(collection).map(({ name }) => name)).toEqual(['optional']);
	});

	const record = (name: string, overrides: Partial<Field> = {}) =>
		text(name, { required: true, locator: locators.user, ...overrides });
	const shared = text('shared', { required: true });

	it.each<[string, Field[], string[]]>([
		['its records above the rest', [record('a'), record('b')], ['a', 'b', 'shared']],
		[
			'its fields in the order of its file when it starts with another than a record',
			[text('a'), record('b')],
			['a', 'b', 'shared'],
		],
		[
			'its fields in the order of its file when its record is optional',
			[record('a', { required: false })],
			['a', 'shared'],
		],
	])('has for a procedure %s', (_, first, expected) => {
		const work = defineProcedure({
			name: 'Work',
			value: 'work',
			action: 'Work on thing',
			description: 'x',
			writes: false,
			form: [...first, shared].map((field) => ({ ...field, section: 'form' as const })),
			prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
		});
		const before = operation('before', { body: [{ ...shared, section: 'form' }] });
		const names = shownFor(formOf(before, work), 'thing', 'work').map(({ name }) => name);
		expect(names.slice(2, -1)).toEqual(expected);
	});
});

describe('buildForm, properties', () => {
	it('shows a field that is labelled by a choice once for each choice, with its placeholder', () => {
		const by = text('by', {
			type: 'options',
			options: [
				{ name: 'Email Address', value: 'email' },
				{ name: 'User ID', value: 'id' },
			],
			required: true,
		});
		const labelledBy = {
			name: 'by',
			placeholders: { email: 'e.g. ada@example.com', id: 'e.g. u_1' },
		};
		const form = formOf(
			operation('create', { body: [by, text('value', { required: true, labelledBy })] }),
		);
		const shown = named(form, 'value').map(({ displayName, placeholder, displayOptions }) => [
			displayName,
			placeholder,
			displayOptions?.show?.by,
		]);
		expect(shown).toEqual([
			['Email Address', 'e.g. ada@example.com', ['email']],
			['User ID', 'e.g. u_1', ['id']],
		]);
	});

	it('shows a notice of several lines as a list', () => {
		const form = formOf(operation('get', { notice: ['Careful.', 'It is slow.'] }));
		expect(named(form, 'notice').map(({ displayName }) => displayName)).toEqual([
			'<ul><li>Careful.</li><li>It is slow.</li></ul>',
		]);
	});

	it('returns a notice and the output fields with all that n8n needs', () => {
		const form = formOf(
			operation('get', {
				notice: 'Careful.',
				request: 'GET /things',
				returns: one(view('things', ['size', 'id'])),
			}),
		);
		const show = { resource: ['thing'], operation: ['get'] };
		expect(named(form, 'notice')).toEqual([
			{
				displayName: 'Careful.',
				name: 'notice',
				type: 'notice',
				default: '',
				displayOptions: { show },
			},
		]);
		expect(named(form, 'fields')).toEqual([
			{
				displayName: 'Output Field Names or IDs',
				name: 'fields',
				type: 'multiOptions',
				typeOptions: {
					loadOptionsMethod: 'getOutputFields',
					loadOptionsDependsOn: ['resource', 'operation'],
				},
				displayOptions: { show: { ...show, output: ['selectedFields'] } },
				default: [],
				description: expect.stringMatching(
					/^The fields each item will have\. Choose from the list/,
				),
			},
		]);
	});

	it('leaves out the keys that n8n lacks from the columns of a table', () => {
		const columns = [text('key', { wire: 'the_key', required: true })];
		const table = text('rows', {
			type: 'fixedCollection',
			default: {},
			required: true,
			options: [{ name: 'entry', displayName: 'Entry', values: columns }],
		});
		const [property] = named(formOf(operation('fill', { body: [table] })), 'rows');
		expect(property.options).toEqual([
			{
				name: 'entry',
				displayName: 'Entry',
				values: [
					{
						displayName: 'KEY',
						name: 'key',
						type: 'string',
						default: '',
						description: 'The key',
						required: true,
					},
				],
			},
		]);
	});
});
