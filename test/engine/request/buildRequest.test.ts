import fc from 'fast-check';

import { defineOperation, one, InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { Field, Mapping } from '../../../nodes/Clerk/engine/operation';
import { collectionOf } from '../../../nodes/Clerk/engine/form/placement';
import { readForm, unresolvedReferences } from '../../../nodes/Clerk/engine/input/readForm';
import {
	buildRequest,
	fillPath,
	fillQuery,
} from '../../../nodes/Clerk/engine/request/buildRequest';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { publicMetadata } from '../../../nodes/Clerk/fields/metadata';
import { locate } from '../../../nodes/Clerk/fields/locators';

type Values = Record<string, unknown>;

const text = (name: string, overrides: Partial<Field> = {}): Field => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...overrides,
});

const operation = (overrides: Partial<Mapping>): Mapping =>
	defineOperation({
		name: 'Do',
		value: 'do',
		action: 'Do thing',
		description: 'Do a thing',
		request: 'POST /things',
		returns: one(view('things', ['id'])),
		...overrides,
	});

/** Reads parameters as n8n does: a missing one is the fallback. */
const readFrom = (values: Values) => (name: string, fallback: unknown) =>
	Object.hasOwn(values, name) ? values[name] : fallback;

const noFiles = () => {
	throw new Error('a form without files opened one');
};

const requestFor = (of: Mapping, values: Values) =>
	buildRequest(of, readForm(of, readFrom(values), 'UTC', noFiles));

const locator = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

describe('readForm', () => {
	it('reads each collection once, however many of its fields are read', () => {
		const of = operation({
			query: ['a', 'b'].map((name) => text(name)),
			body: ['c', 'd', 'e'].map((name) => text(name)),
		});
		const read: string[] = [];
		const readParameter = readFrom({ additionalFields: { a: '1', c: '3', e: '5' } });
		const values = readForm(
			of,
			(name, fallback) => {
				read.push(name);
				return readParameter(name, fallback);
			},
			'UTC',
			noFiles,
		);
		expect(values).toMatchObject({ query: { a: '1' }, body: { c: '3', e: '5' } });
		expect(read.sort()).toEqual(['additionalFields', 'options']);
	});
});

describe('fillPath', () => {
	const path = (id: string) => fillPath('/users/{user_id}/ban', { user_id: id });

	it.each([
		['user_1', 'user_1'],
		['a/b', 'a%2Fb'],
		['a\\b', 'a%5Cb'],
		['50%', '50%25'],
		['%2e%2e', '%252e%252e'],
		['../organizations', '..%2Forganizations'],
		['a b', 'a%20b'],
		[' ', '%20'],
		['?limit=1', '%3Flimit%3D1'],
		['#x', '%23x'],
		['ü😀', '%C3%BC%F0%9F%98%80'],
		['a\u0000b', 'a%00b'],
		['a\r\nHost: evil', 'a%0D%0AHost%3A%20evil'],
		['...', '...'],
		['__proto__', '__proto__'],
	])('encodes %j as %s', (id, segment) => {
		expect(path(id)).toBe(`/users/${segment}/ban`);
	});

	it.each(['', '.', '..', '\ud800', 'a\udc00b', '\udc00\ud800'])('rejects %j', (id) => {
		expect(() => path(id)).toThrow(/^user_id /);
	});

	it('makes exactly one segment of any text, or rejects it', () => {
		let accepted = 0;
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('.', '..', '\ud800')),
				(id) => {
					let sent: string;
					try {
						sent = path(id);
					} catch (error) {
						expect(error).toBeInstanceOf(InvalidInputError);
						return;
					}
					accepted++;
					// As a server does: parse the address and decode the segment.
					const { pathname, search, hash, host } = new URL(`https://api.clerk.com/v1${sent}?x=1`);
					expect([host, search, hash]).toEqual(['api.clerk.com', '?x=1', '']);
					const segments = pathname.split('/');
					expect(segments).toHaveLength(5);
					expect([segments[1], segments[2], segments[4]]).toEqual(['v1', 'users', 'ban']);
					expect(decodeURIComponent(segments[3])).toBe(id);
				},
			),
			{ numRuns: 500 },
		);
		expect(accepted).toBeGreaterThan(200);
	});
});

describe('readForm, a field on the form', () => {
	const required = operation({ body: [text('a', { required: true })] });
	const optional = operation({ body: [text('a', { section: 'form' })] });

	it.each(['', null, undefined])('rejects %p when the field is required', (a) => {
		expect(() => requestFor(required, { a })).toThrow('A is empty');
	});

	it('rejects a missing value when the field is required', () => {
		expect(() => requestFor(required, {})).toThrow('A is empty');
	});

	it('sends no empty value when the field is optional', () => {
		expect(requestFor(optional, { a: '' }).body).toEqual({});
		expect(requestFor(optional, { a: 'x' }).body).toEqual({ a: 'x' });
	});

	it.each([0, false])('sends %p, which is a value', (value) => {
		const type = typeof value === 'number' ? 'number' : 'boolean';
		const of = operation({ body: [text('a', { type, required: true, default: value })] });
		expect(requestFor(of, { a: value }).body).toEqual({ a: value });
	});
});

describe('readForm, a field in a collection', () => {
	const of = operation({
		body: [
			text('firstName', { nullable: true }),
			text('size', { type: 'number' }),
			text('isOn', { type: 'boolean' }),
		],
	});

	it('sends it only when it was added', () => {
		expect(requestFor(of, {}).body).toEqual({});
		expect(requestFor(of, { additionalFields: {} }).body).toEqual({});
	});

	it.each([null, '', '{"firstName":"Ada"}', ['firstName']])(
		'rejects a collection that is not an object: %p',
		(additionalFields) => {
			expect(() => requestFor(of, { additionalFields })).toThrow(
				/^Additional Fields needs an object/,
			);
		},
	);

	it('rejects a name that the form does not have', () => {
		expect(() => requestFor(of, { additionalFields: { firstname: 'Ada' } })).toThrow(
			/^Additional Fields has no field "firstname"/,
		);
	});

	it.each([
		['firstName', '', ''],
		['firstName', null, null],
		['size', 0, 0],
		['isOn', false, false],
	])('sends %s when it was added, even as %p', (name, value, sent) => {
		const body = requestFor(of, { additionalFields: { [name]: value } }).body ?? {};
		expect(Object.values(body)).toEqual([sent]);
	});

	it('rejects undefined, with the label of the field', () => {
		const values = { additionalFields: { firstName: undefined } };
		expect(() => requestFor(of, values)).toThrow('FIRSTNAME has no value');
	});

	it('reads own properties only', () => {
		const inherited = operation({ body: [text('constructor', { wire: 'constructor' })] });
		expect(requestFor(inherited, { additionalFields: {} }).body).toEqual({});
	});

	it('collectionOf names the collection after the request', () => {
		const nameOf = (request: Mapping['request'], location: 'query' | 'body') =>
			collectionOf(operation({ request }), location);
		expect([
			nameOf('GET /things', 'query'),
			nameOf('GET /things/{id}', 'query'),
			nameOf('POST /things', 'body'),
			nameOf('PATCH /things/{id}', 'body'),
			nameOf('PUT /things/{id}', 'body'),
		]).toEqual(['filters', 'additionalFields', 'additionalFields', 'updateFields', 'updateFields']);
	});
});

describe('buildRequest', () => {
	it('returns neither query nor body when there are no fields', () => {
		expect(requestFor(operation({}), {})).toEqual({ method: 'POST', path: '/things' });
	});

	it('returns an empty body when none of its fields was added', () => {
		expect(requestFor(operation({ body: [text('a')] }), {}).body).toEqual({});
	});

	it('adds the query values that every request of the operation has', () => {
		const of = operation({
			request: 'GET /things',
			always: { paginated: true },
			query: [text('a')],
		});
		expect(requestFor(of, { filters: { a: 'x' } })).toEqual({
			method: 'GET',
			path: '/things',
			query: { paginated: true, a: 'x' },
		});
	});

	it('uses the names of the API', () => {
		const of = operation({ body: [text('firstName'), text('role', { wire: 'role_key' })] });
		const { body } = requestFor(of, { additionalFields: { firstName: 'A', role: 'r' } });
		expect(body).toEqual({ first_name: 'A', role_key: 'r' });
	});

	it('sends a key __proto__ in metadata as data', () => {
		const of = operation({ body: [publicMetadata] });
		const { body } = requestFor(of, {
			additionalFields: { publicMetadata: '{"__proto__":{"admin":true}}' },
		});
		expect(JSON.stringify(body)).toBe('{"public_metadata":{"__proto__":{"admin":true}}}');
	});
});

describe('readForm, a field that needs another', () => {
	const import_ = operation({
		body: [text('digest', { needs: 'hasher', nullable: true }), text('hasher', { nullable: true })],
	});
	const sent = (additionalFields: Values) => requestFor(import_, { additionalFields }).body;

	it.each([
		{},
		{ digest: 'x', hasher: 'y' },
		{ hasher: 'y' },
		{ digest: '' },
		{ digest: null },
		{ digest: '', hasher: '' },
	])('sends %j', (values) => {
		expect(sent(values)).toEqual(values);
	});

	it.each([{ digest: 'x' }, { digest: 'x', hasher: '' }, { digest: 'x', hasher: null }])(
		'rejects it alone: %j',
		(values) => {
			expect(() => sent(values)).toThrow('DIGEST needs HASHER as well');
		},
	);
});

describe('readForm, a part of an object that needs another part', () => {
	const hint = operation({
		body: [
			text('source', { wire: 'login_hint.source', needs: 'mode', nullable: true }),
			text('mode', { wire: 'login_hint.mode' }),
		],
	});
	const sent = (additionalFields: Values) => requestFor(hint, { additionalFields }).body;

	it.each([{ mode: 'off' }, { mode: 'off', source: '' }, { mode: 'custom', source: 'x' }])(
		'sends it with that part: %j',
		(login_hint) => {
			expect(sent(login_hint)).toEqual({ login_hint });
		},
	);

	it.each([{ source: 'x' }, { source: '' }, { source: null }, { source: '', mode: '' }])(
		'rejects it without that part, even when it is empty: %j',
		(values) => {
			expect(() => sent(values)).toThrow('SOURCE needs MODE as well');
		},
	);
});

describe('readForm, a field with neverEmpty', () => {
	const update = operation({
		request: 'PATCH /things/{thing_id}',
		path: [text('thingId')],
		body: [
			text('domains', { encode: 'list', neverEmpty: true }),
			locate('organization', { neverEmpty: true }),
		],
	});
	const sent = (updateFields: Values) => requestFor(update, { thingId: '1', updateFields }).body;

	it.each([
		{ domains: '' },
		{ domains: ' , ' },
		{ domains: [] },
		{ domains: null },
		{ organizationId: locator('') },
		{ organizationId: null },
	])('rejects an empty value: %j', (values) => {
		expect(() => sent(values)).toThrow(
			/^(DOMAINS|Organization) is empty, which would change nothing/,
		);
	});

	it('sends a value, and is not sent when the field was not added', () => {
		expect(sent({ domains: 'a.com' })).toEqual({ domains: ['a.com'] });
		expect(() => sent({})).toThrow('Nothing to change: add a field');
	});
});

describe('readForm, a required list', () => {
	const of = operation({ body: [text('ids', { encode: 'list', required: true })] });

	it.each(['', ' , ', [], null])('rejects %j', (ids) => {
		expect(() => requestFor(of, { ids })).toThrow('IDS is empty');
	});
});

describe('readForm, an ID', () => {
	const inPath = operation({
		request: 'GET /users/{user_id}',
		path: [locate('user', { required: true, description: 'x' })],
	});
	const inBody = operation({
		body: [locate('user', { as: 'createdBy', description: 'x', nullable: true })],
	});

	it.each([
		['chosen from the list', locator('user_1', 'list')],
		['typed', locator('user_1')],
		['from an expression', 'user_1'],
	])('accepts one %s', (_, userId) => {
		expect(requestFor(inPath, { userId }).path).toBe('/users/user_1');
	});

	it('accepts a number', () => {
		expect(requestFor(inPath, { userId: locator(4711) }).path).toBe('/users/4711');
	});

	it.each([
		['', 'is empty'],
		[undefined, 'undefined'],
		[null, 'null'],
		[{}, 'an object'],
		[['user_1'], ''],
		[true, ''],
		[NaN, ''],
	])('rejects %p', (value, reason) => {
		const read = () => requestFor(inPath, { userId: locator(value) });
		expect(read).toThrow(/^User /);
		expect(read).toThrow(reason);
	});

	it('rejects one that was never filled in as empty', () => {
		expect(() => requestFor(inPath, {})).toThrow('User is empty');
	});

	it('sends null for an empty one in a body', () => {
		for (const value of ['', null]) {
			const { body } = requestFor(inBody, { additionalFields: { createdBy: locator(value) } });
			expect(body).toEqual({ created_by: null });
		}
	});

	it('returns a reference that has to be resolved before the request is built', () => {
		const values = readForm(
			inPath,
			readFrom({ userId: locator('a@b.c', 'emailAddress') }),
			'UTC',
			noFiles,
		);
		expect(unresolvedReferences(values)).toHaveLength(1);
		expect(() => buildRequest(inPath, values)).toThrow('User was not looked up');
	});

	it('returns a reference that is resolved when an ID was given', () => {
		const values = readForm(inPath, readFrom({ userId: locator('user_1') }), 'UTC', noFiles);
		expect(unresolvedReferences(values)).toEqual([]);
	});
});

it('fillQuery fills in the values that are a {name}', () => {
	const query = { user_id: '{user_id}', paginated: true, limit: 1 };
	expect(fillQuery(query, { user_id: 'user_1' })).toEqual({
		user_id: 'user_1',
		paginated: true,
		limit: 1,
	});
});
