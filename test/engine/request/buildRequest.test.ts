import fc from 'fast-check';

import { defineOperation, one, InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { Field, Mapping } from '../../../nodes/Clerk/engine/operation';
import { collectionOf } from '../../../nodes/Clerk/engine/form/layout';
import { unresolvedReferences, readForm } from '../../../nodes/Clerk/engine/input/readForm';
import {
	buildRequest,
	fillPath,
	fillQuery,
} from '../../../nodes/Clerk/engine/request/buildRequest';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { publicMetadata } from '../../../nodes/Clerk/fields/metadata';
import { locate } from '../../../nodes/Clerk/fields/locators';

type Values = Record<string, unknown>;

const text = (name: string, words: Partial<Field> = {}): Field => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...words,
});

const operation = (words: Partial<Mapping>): Mapping =>
	defineOperation({
		name: 'Do',
		value: 'do',
		action: 'Do thing',
		description: 'Do a thing',
		request: 'POST /things',
		returns: one(view('things', ['id'])),
		...words,
	});

/** As n8n reads parameters: what is not there is the fallback. */
const readFrom = (values: Values) => (name: string, fallback: unknown) =>
	Object.hasOwn(values, name) ? values[name] : fallback;

const noFiles = () => {
	throw new Error('a form without files opened one');
};

const requestFor = (of: Mapping, values: Values) =>
	buildRequest(of, readForm(of, readFrom(values), 'UTC', noFiles));

const locator = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

describe('a form', () => {
	it('is read once an item, however many fields a collection has', () => {
		const of = operation({
			query: ['a', 'b'].map((name) => text(name)),
			body: ['c', 'd', 'e'].map((name) => text(name)),
		});
		const read: string[] = [];
		const values = readFrom({ additionalFields: { a: '1', c: '3', e: '5' } });
		const form = readForm(
			of,
			(name, fallback) => {
				read.push(name);
				return values(name, fallback);
			},
			'UTC',
			noFiles,
		);
		expect(form).toMatchObject({ query: { a: '1' }, body: { c: '3', e: '5' } });
		expect(read.sort()).toEqual(['additionalFields', 'options']);
	});
});

describe('a segment of a path', () => {
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
	])('that holds %j is sent as %s', (id, segment) => {
		expect(path(id)).toBe(`/users/${segment}/ban`);
	});

	it.each(['', '.', '..', '\ud800', 'a\udc00b', '\udc00\ud800'])('must not be %j', (id) => {
		expect(() => path(id)).toThrow(/^user_id /);
	});

	it('is exactly one, whatever the text, or the text is refused', () => {
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
					// As a server sees it: the address is made, taken apart, and the segment read back.
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

describe('what stands on the form', () => {
	const required = operation({ body: [text('a', { required: true })] });
	const optional = operation({ body: [text('a', { section: 'form' })] });

	it.each(['', null, undefined])('must not be %p where it is required', (a) => {
		expect(() => requestFor(required, { a })).toThrow('A is empty');
	});

	it('must be there where it is required', () => {
		expect(() => requestFor(required, {})).toThrow('A is empty');
	});

	it('is not sent when it is empty and not required', () => {
		expect(requestFor(optional, { a: '' }).body).toEqual({});
		expect(requestFor(optional, { a: 'x' }).body).toEqual({ a: 'x' });
	});

	it.each([0, false])('is sent as %p, which is a value', (value) => {
		const type = typeof value === 'number' ? 'number' : 'boolean';
		const of = operation({ body: [text('a', { type, required: true, default: value })] });
		expect(requestFor(of, { a: value }).body).toEqual({ a: value });
	});
});

describe('what stands in a collection', () => {
	const of = operation({
		body: [text('firstName'), text('size', { type: 'number' }), text('isOn', { type: 'boolean' })],
	});

	it('is not sent unless it was added', () => {
		expect(requestFor(of, {}).body).toEqual({});
		expect(requestFor(of, { additionalFields: {} }).body).toEqual({});
	});

	it.each([null, '', '{"firstName":"Ada"}', ['firstName']])(
		'is refused when it is no object, and not taken for empty: %p',
		(additionalFields) => {
			expect(() => requestFor(of, { additionalFields })).toThrow(
				/^Additional Fields needs an object/,
			);
		},
	);

	it('is refused with a name that the form does not have', () => {
		expect(() => requestFor(of, { additionalFields: { firstname: 'Ada' } })).toThrow(
			/^Additional Fields has no field "firstname"/,
		);
	});

	it.each([
		['firstName', '', ''],
		['firstName', null, null],
		['size', 0, 0],
		['isOn', false, false],
	])('is sent once it was added: %s, even as %p', (name, value, sent) => {
		const body = requestFor(of, { additionalFields: { [name]: value } }).body ?? {};
		expect(Object.values(body)).toEqual([sent]);
	});

	it('that got undefined is refused by its label', () => {
		const values = { additionalFields: { firstName: undefined } };
		expect(() => requestFor(of, values)).toThrow('FIRSTNAME has no value');
	});

	it('is its own, and not of every object', () => {
		const inherited = operation({ body: [text('constructor', { wire: 'constructor' })] });
		expect(requestFor(inherited, { additionalFields: {} }).body).toEqual({});
	});

	it('is called after the request', () => {
		const nameOf = (request: Mapping['request'], place: 'query' | 'body') =>
			collectionOf(operation({ request }), place);
		expect([
			nameOf('GET /things', 'query'),
			nameOf('GET /things/{id}', 'query'),
			nameOf('POST /things', 'body'),
			nameOf('PATCH /things/{id}', 'body'),
			nameOf('PUT /things/{id}', 'body'),
		]).toEqual(['filters', 'additionalFields', 'additionalFields', 'updateFields', 'updateFields']);
	});
});

describe('a request', () => {
	it('has neither query nor body where there are no fields', () => {
		expect(requestFor(operation({}), {})).toEqual({ method: 'POST', path: '/things' });
	});

	it('has an empty body where none of its fields was added', () => {
		expect(requestFor(operation({ body: [text('a')] }), {}).body).toEqual({});
	});

	it('always carries what its operation says', () => {
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

	it('sends a key called __proto__ of metadata as data', () => {
		const of = operation({ body: [publicMetadata] });
		const { body } = requestFor(of, {
			additionalFields: { publicMetadata: '{"__proto__":{"admin":true}}' },
		});
		expect(JSON.stringify(body)).toBe('{"public_metadata":{"__proto__":{"admin":true}}}');
	});
});

describe('a field that needs another', () => {
	const import_ = operation({
		body: [text('digest', { needs: 'hasher' }), text('hasher')],
	});
	const sent = (additionalFields: Values) => requestFor(import_, { additionalFields }).body;

	it.each([
		{},
		{ digest: 'x', hasher: 'y' },
		{ hasher: 'y' },
		{ digest: '' },
		{ digest: null },
		{ digest: '', hasher: '' },
	])('is sent as it is: %j', (values) => {
		expect(sent(values)).toEqual(values);
	});

	it.each([{ digest: 'x' }, { digest: 'x', hasher: '' }, { digest: 'x', hasher: null }])(
		'is refused alone: %j',
		(values) => {
			expect(() => sent(values)).toThrow('DIGEST needs HASHER as well');
		},
	);
});

describe('a part of an object that has to have another part', () => {
	const hint = operation({
		body: [
			text('source', { wire: 'login_hint.source', needs: 'mode' }),
			text('mode', { wire: 'login_hint.mode' }),
		],
	});
	const sent = (additionalFields: Values) => requestFor(hint, { additionalFields }).body;

	it.each([{ mode: 'off' }, { mode: 'off', source: '' }, { mode: 'custom', source: 'x' }])(
		'is sent with it: %j',
		(login_hint) => {
			expect(sent(login_hint)).toEqual({ login_hint });
		},
	);

	it.each([{ source: 'x' }, { source: '' }, { source: null }, { source: '', mode: '' }])(
		'is refused without it, be it emptied: %j',
		(values) => {
			expect(() => sent(values)).toThrow('SOURCE needs MODE as well');
		},
	);
});

describe('what the API cannot clear', () => {
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
	])('is refused when it is emptied: %j', (values) => {
		expect(() => sent(values)).toThrow(
			/^(DOMAINS|Organization) is empty, which would change nothing/,
		);
	});

	it('is sent with a value, and left out where it was not added', () => {
		expect(sent({ domains: 'a.com' })).toEqual({ domains: ['a.com'] });
		expect(sent({})).toEqual({});
	});
});

describe('a required list', () => {
	const of = operation({ body: [text('ids', { encode: 'list', required: true })] });

	it.each(['', ' , ', [], null])('must not be %j', (ids) => {
		expect(() => requestFor(of, { ids })).toThrow('IDS is empty');
	});
});

describe('an id', () => {
	const inPath = operation({
		request: 'GET /users/{user_id}',
		path: [locate('user', { required: true, description: 'x' })],
	});
	const inBody = operation({ body: [locate('user', { as: 'createdBy', description: 'x' })] });

	it.each([
		['chosen from the list', locator('user_1', 'list')],
		['typed', locator('user_1')],
		['from an expression', 'user_1'],
	])('may be %s', (_, userId) => {
		expect(requestFor(inPath, { userId }).path).toBe('/users/user_1');
	});

	it('may be a number', () => {
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
	])('must not be %p', (value, says) => {
		const read = () => requestFor(inPath, { userId: locator(value) });
		expect(read).toThrow(/^User /);
		expect(read).toThrow(says);
	});

	it('that was never filled in is empty, and not an object', () => {
		expect(() => requestFor(inPath, {})).toThrow('User is empty');
	});

	it('of a body is cleared by an empty one or by null', () => {
		for (const value of ['', null]) {
			const { body } = requestFor(inBody, { additionalFields: { createdBy: locator(value) } });
			expect(body).toEqual({ created_by: null });
		}
	});

	it('that has to be looked up cannot be sent before', () => {
		const form = readForm(
			inPath,
			readFrom({ userId: locator('a@b.c', 'emailAddress') }),
			'UTC',
			noFiles,
		);
		expect(unresolvedReferences(form)).toHaveLength(1);
		expect(() => buildRequest(inPath, form)).toThrow('User was not looked up');
	});

	it('that is one needs no look-up', () => {
		const form = readForm(inPath, readFrom({ userId: locator('user_1') }), 'UTC', noFiles);
		expect(unresolvedReferences(form)).toEqual([]);
	});
});

it('a query puts ids where their names stand', () => {
	const query = { user_id: '{user_id}', paginated: true, limit: 1 };
	expect(fillQuery(query, { user_id: 'user_1' })).toEqual({
		user_id: 'user_1',
		paginated: true,
		limit: 1,
	});
});
