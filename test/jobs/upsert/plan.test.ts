import fc from 'fast-check';

import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { mergedMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import {
	choose,
	normalizeIdentifier,
	planUpsert,
	searchFor,
} from '../../../nodes/Clerk/jobs/upsert/plan';
import type { MatchBy, WantedUser } from '../../../nodes/Clerk/jobs/upsert/plan';

/** The plan of Create or Update, without a server. */

const VERIFIED = { status: 'verified' };

const entry = (name: string, value: string, isVerified = true, more = {}) => ({
	id: `idn_${value}`,
	[name]: value,
	verification: isVerified ? VERIFIED : null,
	...more,
});

const email = (value: string, isVerified?: boolean, more = {}) =>
	entry('email_address', value, isVerified, more);

const userWith = (fields: ClerkRecord = {}): ClerkRecord => ({
	id: 'user_1',
	external_id: null,
	username: null,
	first_name: null,
	last_name: null,
	locale: null,
	email_addresses: [],
	phone_numbers: [],
	primary_email_address_id: null,
	primary_phone_number_id: null,
	public_metadata: {},
	private_metadata: {},
	unsafe_metadata: {},
	...fields,
});

const wantedWith = (fields: Partial<WantedUser> = {}): WantedUser => ({
	matchBy: 'emailAddress',
	value: 'ada@example.com',
	attributes: {},
	emailAddresses: [],
	phoneNumbers: [],
	metadata: {},
	isReplaced: false,
	isVerified: false,
	isPrimary: false,
	atCreation: {},
	...fields,
});

const ada = userWith({
	first_name: 'Ada',
	email_addresses: [email('ada@example.com')],
	primary_email_address_id: 'idn_ada@example.com',
	public_metadata: { plan: 'pro', seats: { used: 2, free: 3 } },
});

const plan = (wanted: Partial<WantedUser>, user?: ClerkRecord) =>
	planUpsert(wantedWith(wanted), user);

const lines = (requests: ApiRequest[]) =>
	requests.map(({ method, path, body }) => [`${method} ${path}`, body]);

describe('what is sent', () => {
	it('is nothing where all is as wanted', () => {
		const metadata = { public_metadata: { plan: 'pro', seats: { used: 2, gone: null } } };
		expect(plan({ attributes: { first_name: 'Ada', last_name: '' }, metadata }, ada)).toEqual({
			action: 'unchanged',
			requests: [],
		});
	});

	it('is only what differs', () => {
		const { action, requests } = plan(
			{
				attributes: { first_name: 'Ada', last_name: 'Berg' },
				metadata: { public_metadata: { plan: null, seats: { used: 2, free: 4 } } },
			},
			ada,
		);
		expect(action).toBe('updated');
		expect(lines(requests)).toEqual([
			['PATCH /users/user_1', { last_name: 'Berg' }],
			['PATCH /users/user_1/metadata', { public_metadata: { plan: null, seats: { free: 4 } } }],
		]);
	});

	it('replaces metadata only where it differs', () => {
		const isReplaced = true;
		const same = { public_metadata: { seats: { free: 3, used: 2 }, plan: 'pro' } };
		expect(plan({ isReplaced, metadata: same }, ada).action).toBe('unchanged');
		const other = { public_metadata: { plan: 'pro' }, private_metadata: {} };
		expect(lines(plan({ isReplaced, metadata: other }, ada).requests)).toEqual([
			['PUT /users/user_1/metadata', { public_metadata: { plan: 'pro' } }],
		]);
	});

	it('takes empty for none, and usernames in any case', () => {
		const user = userWith({ username: 'ada', first_name: '' });
		const attributes = { username: 'Ada', first_name: null, external_id: '' };
		expect(plan({ matchBy: 'externalId', value: '1', attributes }, user).requests).toEqual([]);
	});

	it('clears what is emptied', () => {
		expect(lines(plan({ attributes: { first_name: null } }, ada).requests)).toEqual([
			['PATCH /users/user_1', { first_name: null }],
		]);
	});

	it('adds addresses, as verified and primary as asked for', () => {
		const added = { emailAddresses: ['new@example.com', 'ada@example.com'] };
		const body = { user_id: 'user_1', email_address: 'new@example.com' };
		expect(lines(plan(added, ada).requests)).toEqual([
			['POST /email_addresses', { ...body, verified: false, primary: false }],
		]);
		const asked = { ...added, isVerified: true, isPrimary: true };
		expect(lines(plan(asked, ada).requests)).toEqual([
			['POST /email_addresses', { ...body, verified: true, primary: true }],
		]);
	});

	it('makes an address of the user the primary one, and leaves that it is unverified', () => {
		const user = userWith({
			email_addresses: [email('ada@example.com'), email('old@example.com'), email('x@y.z', false)],
			primary_email_address_id: 'idn_ada@example.com',
		});
		const isPrimary = true;
		const emailAddresses = ['old@example.com', 'x@y.z'];
		expect(lines(plan({ isPrimary, isVerified: true, emailAddresses }, user).requests)).toEqual([
			['PATCH /email_addresses/idn_old%40example.com', { primary: true }],
		]);
		// Who typed it in may be anybody.
		expect(() => plan({ isPrimary, isVerified: true, emailAddresses: ['x@y.z'] }, user)).toThrow(
			'Email Address cannot become the primary one: the user has x@y.z, and it is not verified',
		);
		expect(() => plan({ isPrimary, emailAddresses: ['n@y.z'] }, user)).toThrow(
			'Email Address cannot become the primary one: turn on Verified as well, or leave Primary off',
		);
	});

	it('creates with all there is, and without what is empty', () => {
		const { action, requests } = plan({
			attributes: { first_name: 'Ada', last_name: null, username: '' },
			emailAddresses: ['ada@work.example', 'ada@example.com'],
			phoneNumbers: ['+15551234567'],
			metadata: { public_metadata: { plan: 'pro', gone: null, deep: { gone: null } } },
			atCreation: { password: 'correct horse' },
		});
		expect(action).toBe('created');
		expect(lines(requests)).toEqual([
			[
				'POST /users',
				{
					email_address: ['ada@example.com', 'ada@work.example'],
					phone_number: ['+15551234567'],
					first_name: 'Ada',
					public_metadata: { plan: 'pro', deep: {} },
					password: 'correct horse',
				},
			],
		]);
	});

	it('keeps __proto__ a key like any other', () => {
		const metadata = { public_metadata: JSON.parse('{"__proto__":{"a":1}}') as ClerkRecord };
		const [request] = plan({ metadata }, ada).requests;
		expect(JSON.stringify(request.body)).toBe('{"public_metadata":{"__proto__":{"a":1}}}');
	});
});

describe('who is meant', () => {
	const stranger = userWith({ id: 'user_2', email_addresses: [email('Ada@Example.com', false)] });

	it('is who has the address verified', () => {
		expect(choose([stranger, ada], 'emailAddress', 'ada@example.com', false)).toBe(ada);
		expect(choose([stranger], 'emailAddress', 'ada@example.com', false)).toBeUndefined();
		expect(choose([stranger], 'emailAddress', 'ada@example.com', true)).toBe(stranger);
	});

	it('is not clear where several are, who are listed', () => {
		expect(() => choose([stranger, ada], 'emailAddress', 'ada@example.com', true)).toThrow(
			'Match Value is not clear: 2 users have the e-mail address "ada@example.com": user_2, user_1',
		);
	});

	it('is said where an address is kept for somebody, so that no user can be created with it', () => {
		const keeper = userWith({
			id: 'user_3',
			email_addresses: [email('ada@example.com', false, { reserved: true })],
		});
		expect(() => choose([keeper], 'emailAddress', 'ada@example.com', false)).toThrow(
			'is reserved: user_3 has the e-mail address "ada@example.com", but it is not verified. Turn on Match Unverified',
		);
		expect(choose([keeper], 'emailAddress', 'ada@example.com', true)).toBe(keeper);
	});

	it('is nobody whom the answer only looks like', () => {
		const users = [userWith({ external_id: '47110' }), userWith({ username: 'ada2' })];
		expect(choose(users, 'externalId', '4711', false)).toBeUndefined();
		expect(choose(users, 'username', 'ada', false)).toBeUndefined();
	});

	it('is asked for so that a minus sign leaves nobody out', () => {
		expect(searchFor('externalId', ['-4711']).query).toMatchObject({ external_id: ['+-4711'] });
	});
});

describe('values', () => {
	it.each<[MatchBy, string, string]>([
		['emailAddress', ' Ada@Example.COM ', 'ada@example.com'],
		['phoneNumber', '+1 (555) 123-4567', '+15551234567'],
		['username', 'Ada', 'ada'],
		['externalId', ' A-4711 ', 'A-4711'],
	])('of %s: %j is %j', (by, value, expected) => {
		expect(normalizeIdentifier(by, value, 'Match Value')).toBe(expected);
	});

	it.each<[MatchBy, string]>([
		['emailAddress', 'ada'],
		['emailAddress', 'ada@a b'],
		['emailAddress', '[object Object]'],
		['phoneNumber', '555'],
		['phoneNumber', '0049 30 1234'],
		['externalId', '  '],
		['username', ''],
	])('of %s cannot be %j', (by, value) => {
		expect(() => normalizeIdentifier(by, value, 'Match Value')).toThrow(
			/^Match Value (needs|is empty)/,
		);
	});
});

/** What Clerk does with a request, as far as a plan sends it. */
function carriedOut(requests: ApiRequest[], before?: ClerkRecord): ClerkRecord {
	return requests.reduce(step, before ?? userWith());
}

function step(user: ClerkRecord, { method, path, body = {} }: ApiRequest): ClerkRecord {
	const kinds = [
		['email_address', 'email_addresses', 'primary_email_address_id'],
		['phone_number', 'phone_numbers', 'primary_phone_number_id'],
	] as const;
	if (`${method} ${path}` === 'POST /users') {
		const { email_address: emails = [], phone_number: phones = [], ...rest } = body;
		const lists = { email_addresses: emails, phone_numbers: phones } as Record<string, string[]>;
		const made = kinds.map(([name, list]) => [list, lists[list].map((one) => entry(name, one))]);
		const first = kinds.map(([, list, primary]) => [
			primary,
			lists[list].length > 0 ? `idn_${lists[list][0]}` : null,
		]);
		return { ...user, ...rest, ...Object.fromEntries([...made, ...first]) };
	}
	if (path === '/users/user_1') return { ...user, ...body };
	if (path === '/users/user_1/metadata') {
		const entries = Object.entries(body).map(([kind, given]) => [
			kind,
			method === 'PUT'
				? given
				: mergedMetadata((user[kind] ?? {}) as ClerkRecord, given as ClerkRecord),
		]);
		return { ...user, ...Object.fromEntries(entries) };
	}
	const [name, list, primary] = kinds.find(([one]) => path.startsWith(`/${one}`))!;
	const held = user[list] as ClerkRecord[];
	if (method === 'POST') {
		const made = entry(name, String(body[name]), body.verified === true);
		const isPrimary = body.primary === true || held.length === 0;
		return { ...user, [list]: [...held, made], ...(isPrimary && { [primary]: made.id }) };
	}
	return { ...user, [primary]: decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) };
}

const text = fc.constantFrom('', 'a', 'b', null);
const json = fc.dictionary(
	fc.constantFrom('a', 'b', '__proto__'),
	fc.oneof(
		{ maxDepth: 2 },
		fc.constantFrom(null, 1, 'x', true),
		fc.array(fc.integer({ max: 2 }), { maxLength: 2 }),
		fc.dictionary(fc.constantFrom('a', 'c'), fc.constantFrom(null, 1, [1], {})),
	),
);
const stored = json.map((value) => mergedMetadata({}, value));
const emails = fc.subarray(['a@x.yz', 'b@x.yz', 'c@x.yz', 'd@x.yz']);
const phones = fc.subarray(['+155500001', '+155500002', '+155500003']);

const users = fc
	.record({
		external_id: text,
		first_name: text,
		last_name: text,
		username: text,
		emails: fc.array(fc.tuple(fc.constantFrom('a@x.yz', 'b@x.yz', 'c@x.yz'), fc.boolean()), {
			maxLength: 3,
		}),
		phones,
		public_metadata: stored,
		private_metadata: stored,
	})
	.map(({ emails: held, phones: numbers, ...fields }) =>
		userWith({
			...fields,
			email_addresses: [...new Map(held)].map(([value, isVerified]) => email(value, isVerified)),
			phone_numbers: numbers.map((value) => entry('phone_number', value)),
			primary_phone_number_id: numbers.length > 0 ? `idn_${numbers[0]}` : null,
		}),
	);

const wishes: fc.Arbitrary<WantedUser> = fc
	.record({
		attributes: fc.dictionary(fc.constantFrom('first_name', 'last_name', 'username'), text),
		emailAddresses: emails,
		phoneNumbers: phones,
		metadata: fc.dictionary(fc.constantFrom('public_metadata', 'private_metadata'), json),
		isReplaced: fc.boolean(),
		isVerified: fc.boolean(),
		isPrimary: fc.boolean(),
	})
	.map((wish) => wantedWith({ matchBy: 'externalId', value: 'a', ...wish }));

/** Only what is verified, or added as verified, can become the primary one. */
const canBePrimary = (
	entries: unknown,
	name: string,
	[first]: string[],
	{ isVerified, isPrimary }: WantedUser,
): boolean => {
	const held = (entries as ClerkRecord[]).find((one) => one[name] === first);
	const isGood = held ? held.verification !== null : isVerified;
	return !isPrimary || first === undefined || isGood;
};

const planned = (wish: WantedUser, user: ClerkRecord) => {
	const { emailAddresses, phoneNumbers } = wish;
	fc.pre(canBePrimary(user.email_addresses, 'email_address', emailAddresses, wish));
	fc.pre(canBePrimary(user.phone_numbers, 'phone_number', phoneNumbers, wish));
	return planUpsert(wish, user);
};

const holdsAll = (user: ClerkRecord, wish: WantedUser) => {
	for (const [name, value] of Object.entries(wish.attributes)) {
		expect(user[name] ?? '').toBe(value ?? '');
	}
	const of = (list: string, name: string) => (user[list] as ClerkRecord[]).map((one) => one[name]);
	expect(of('email_addresses', 'email_address')).toEqual(
		expect.arrayContaining(wish.emailAddresses),
	);
	expect(of('phone_numbers', 'phone_number')).toEqual(expect.arrayContaining(wish.phoneNumbers));
	if (wish.isPrimary && wish.emailAddresses.length > 0) {
		expect(user.primary_email_address_id).toBe(`idn_${wish.emailAddresses[0]}`);
	}
};

describe('of any user and any wish', () => {
	it('what is sent makes the user as wanted, and then there is nothing left to send', () => {
		fc.assert(
			fc.property(users, wishes, (user, wish) => {
				const after = carriedOut(planned(wish, user).requests, user);
				holdsAll(after, wish);
				for (const [kind, given] of Object.entries(wish.metadata)) {
					const before = user[kind] as ClerkRecord;
					expect(after[kind]).toEqual(
						wish.isReplaced ? given : mergedMetadata(before, given as ClerkRecord),
					);
				}
				expect(planUpsert(wish, after)).toEqual({ action: 'unchanged', requests: [] });
			}),
			{ numRuns: 500 },
		);
	});

	it('who is created is as wanted, and then there is nothing left to send', () => {
		fc.assert(
			fc.property(wishes, (wish) => {
				const after = carriedOut(planUpsert(wish).requests);
				holdsAll(after, wish);
				expect(planUpsert(wish, after)).toEqual({ action: 'unchanged', requests: [] });
			}),
			{ numRuns: 500 },
		);
	});

	it('nothing is taken from the user', () => {
		fc.assert(
			fc.property(users, wishes, (user, wish) => {
				const after = carriedOut(planned(wish, user).requests, user);
				for (const list of ['email_addresses', 'phone_numbers']) {
					expect(after[list]).toEqual(expect.arrayContaining(user[list] as unknown[]));
				}
			}),
		);
	});
});
