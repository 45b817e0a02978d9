import {
	called,
	deep,
	derived,
	each,
	pickFields,
	simplify,
	view,
	wholeInCamelCase,
} from '../../../nodes/Clerk/engine/operation/view';
import { organization } from '../../../nodes/Clerk/views/organization';
import { user } from '../../../nodes/Clerk/views/user';
import { isHashTable } from '../../support/isHashTable';

const things = view('things', [
	'id',
	'createdAt',
	'publicMetadata',
	derived('loud', ({ name }) => (name as string | undefined)?.toUpperCase()),
	each('parts', ['id', 'partName']),
]);

describe('a view', () => {
	it('gives its fields under their names, in their order, and nothing else', () => {
		const record = { secret: 1, parts: [], created_at: 5, id: 'x', name: 'a' };
		expect(Object.entries(simplify(record, things))).toEqual([
			['id', 'x'],
			['createdAt', 5],
			['publicMetadata', null],
			['loud', 'A'],
			['parts', []],
		]);
	});

	it('gives null for what Clerk left out, so that every item has the same columns', () => {
		expect(simplify({}, things)).toEqual({
			id: null,
			createdAt: null,
			publicMetadata: null,
			loud: null,
			parts: [],
		});
	});

	it('takes a field, or rows, from another name where the view says so', () => {
		const renamed = view('things', [called('signInUrl', 'url'), each('parts', ['id'], 'data')]);
		const record = { url: 'https://x.y', data: [{ id: 1, more: 2 }], parts: [{ id: 3 }] };
		expect(simplify(record, renamed)).toEqual({ signInUrl: 'https://x.y', parts: [{ id: 1 }] });
		expect(simplify({}, renamed)).toEqual({ signInUrl: null, parts: [] });
	});

	it('keeps the keys below the names that a field says people fill, and below no other', () => {
		const record = { move: { mappings: { 'org:a_b': 'x_y' }, some_thing: { a_b: 1 } } };
		const { move } = simplify(record, view('things', [deep('move', ['mappings'])]));
		expect(move).toEqual({ mappings: { 'org:a_b': 'x_y' }, someThing: { aB: 1 } });
		const { move: whole } = simplify(record, view('things', [deep('move')]));
		expect(whole).toEqual({ mappings: { 'org:aB': 'x_y' }, someThing: { aB: 1 } });
	});

	it('gives a whole record in camelCase, at any depth, but for what people stored', () => {
		const record = {
			created__at: 5,
			nothing_here: null,
			some_things: [{ a_b: 1 }, 'c_d', [{ e_f: 2 }]],
			public_metadata: { a_b: 1 },
			_hidden: { g_h: 3 },
		};
		expect(wholeInCamelCase(record)).toEqual({
			createdAt: 5,
			nothingHere: null,
			someThings: [{ aB: 1 }, 'c_d', [{ eF: 2 }]],
			publicMetadata: { a_b: 1 },
			Hidden: { gH: 3 },
		});
	});

	it.each([0, false, '', null])('keeps the value %p', (value) => {
		expect(simplify({ created_at: value }, things).createdAt).toBe(value);
	});

	it('keeps the keys of what users stored', () => {
		const stored = { snake_case: { Deep_Key: [{ an_other: 1 }] }, camelCase: 2 };
		expect(simplify({ public_metadata: stored }, things).publicMetadata).toBe(stored);
	});

	it('gives only what was chosen, in the order of the view', () => {
		const record = { id: 'x', created_at: 5 };
		const chosen = pickFields(things, ['createdAt', 'id']);
		expect(Object.entries(simplify(record, chosen))).toEqual([
			['id', 'x'],
			['createdAt', 5],
		]);
	});

	it('stays small in memory with many fields', () => {
		const fields = Array.from({ length: 60 }, (_, number) => `field${number}`);
		expect(isHashTable(simplify({ field1: 'x' }, view('things', fields)))).toBe(false);
	});

	it('simplifies each record of a list within', () => {
		const record = { parts: [{ id: 'p', part_name: 'q', hidden: 1 }] };
		expect(simplify(record, things).parts).toEqual([{ id: 'p', partName: 'q' }]);
	});
});

describe('the view of a user', () => {
	const emailAddresses = [
		{ id: 'idn_1', email_address: 'old@example.com', verification: null },
		{ id: 'idn_2', email_address: 'ada@example.com', verification: { status: 'verified' } },
	];

	it('names the primary address, not the first', () => {
		const record = { email_addresses: emailAddresses, primary_email_address_id: 'idn_2' };
		expect(simplify(record, user)).toMatchObject({
			primaryEmailAddress: 'ada@example.com',
			emailAddresses: [
				{ id: 'idn_1', emailAddress: 'old@example.com', verified: false },
				{ id: 'idn_2', emailAddress: 'ada@example.com', verified: true },
			],
		});
	});

	it('names no primary address where there is none', () => {
		const record = { email_addresses: emailAddresses, primary_email_address_id: null };
		expect(simplify(record, user).primaryEmailAddress).toBeNull();
		expect(simplify({}, user).primaryPhoneNumber).toBeNull();
	});

	it.each([
		['Ada', 'Berg', 'Ada Berg'],
		['Ada', null, 'Ada'],
		[null, 'Berg', 'Berg'],
		[null, null, null],
		['', '', null],
	])('makes of %j and %j the full name %j', (first_name, last_name, fullName) => {
		expect(simplify({ first_name, last_name }, user).fullName).toBe(fullName);
	});

	it('tells the wallet by the name of the API', () => {
		expect(simplify({ primary_web3_wallet_id: 'idn_3' }, user).primaryWeb3WalletId).toBe('idn_3');
	});
});

it('the view of an organization keeps both kinds of metadata', () => {
	const record = { public_metadata: { a_b: 1 }, private_metadata: { c_d: 2 } };
	expect(simplify(record, organization)).toMatchObject({
		publicMetadata: { a_b: 1 },
		privateMetadata: { c_d: 2 },
	});
});
