import fc from 'fast-check';

import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { mergeMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import { userAfter } from '../../../nodes/Clerk/jobs/upsert/after';
import { planUpsert } from '../../../nodes/Clerk/jobs/upsert/plan';
import type { WantedUser } from '../../../nodes/Clerk/jobs/upsert/plan';

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

describe('planUpsert', () => {
	it('plans nothing for a user who is already as wanted', () => {
		const metadata = { public_metadata: { plan: 'pro', seats: { used: 2, gone: null } } };
		expect(plan({ attributes: { first_name: 'Ada', last_name: '' }, metadata }, ada)).toEqual({
			action: 'unchanged',
			requests: [],
		});
	});

	it('plans only what differs', () => {
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

	it('compares empty text as null, and usernames without regard to case', () => {
		const user = userWith({ username: 'ada', first_name: '' });
		const attributes = { username: 'Ada', first_name: null, external_id: '' };
		expect(plan({ matchBy: 'externalId', value: '1', attributes }, user).requests).toEqual([]);
	});

	it('clears a field with null', () => {
		expect(lines(plan({ attributes: { first_name: null } }, ada).requests)).toEqual([
			['PATCH /users/user_1', { first_name: null }],
		]);
	});

	it('adds addresses, verified and primary only if asked for', () => {
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

	it('makes an address of the user the primary one, and rejects an unverified one', () => {
		const user = userWith({
			email_addresses: [email('ada@example.com'), email('old@example.com'), email('x@y.z', false)],
			primary_email_address_id: 'idn_ada@example.com',
		});
		const isPrimary = true;
		const emailAddresses = ['old@example.com', 'x@y.z'];
		expect(lines(plan({ isPrimary, isVerified: true, emailAddresses }, user).requests)).toEqual([
			['PATCH /email_addresses/idn_old%40example.com', { primary: true }],
		]);
		// Anyone can enter an address.
		expect(() => plan({ isPrimary, isVerified: true, emailAddresses: ['x@y.z'] }, user)).toThrow(
			'Email Address cannot become the primary one: the user has x@y.z, and it is not verified',
		);
		expect(() => plan({ isPrimary, emailAddresses: ['n@y.z'] }, user)).toThrow(
			"Email Address cannot become the primary one: turn on 'Verified' as well, or leave 'Primary' off",
		);
	});

	it('creates a user without the empty values', () => {
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

	it('sends __proto__ as a key of metadata', () => {
		const metadata = { public_metadata: JSON.parse('{"__proto__":{"a":1}}') as ClerkRecord };
		const [request] = plan({ metadata }, ada).requests;
		expect(JSON.stringify(request.body)).toBe('{"public_metadata":{"__proto__":{"a":1}}}');
	});
});

/** Does what Clerk would do with the requests of a plan. */
function applyPlan(requests: ApiRequest[], before?: ClerkRecord): ClerkRecord {
	return requests.reduce(applyRequest, before ?? userWith());
}

function applyRequest(user: ClerkRecord, { method, path, body = {} }: ApiRequest): ClerkRecord {
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
				: mergeMetadata((user[kind] ?? {}) as ClerkRecord, given as ClerkRecord),
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
const stored = json.map((value) => mergeMetadata({}, value));
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

const anyWanted: fc.Arbitrary<WantedUser> = fc
	.record({
		attributes: fc.dictionary(fc.constantFrom('first_name', 'last_name', 'username'), text),
		emailAddresses: emails,
		phoneNumbers: phones,
		metadata: fc.dictionary(fc.constantFrom('public_metadata', 'private_metadata'), json),
		isReplaced: fc.boolean(),
		isVerified: fc.boolean(),
		isPrimary: fc.boolean(),
	})
	.map((fields) => wantedWith({ matchBy: 'externalId', value: 'a', ...fields }));

/** Only a verified address, or one that is added as verified, can become the primary one. */
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

const planned = (wanted: WantedUser, user: ClerkRecord) => {
	const { emailAddresses, phoneNumbers } = wanted;
	fc.pre(canBePrimary(user.email_addresses, 'email_address', emailAddresses, wanted));
	fc.pre(canBePrimary(user.phone_numbers, 'phone_number', phoneNumbers, wanted));
	return planUpsert(wanted, user);
};

const holdsAll = (user: ClerkRecord, wanted: WantedUser) => {
	for (const [name, value] of Object.entries(wanted.attributes)) {
		expect(user[name] ?? '').toBe(value ?? '');
	}
	const of = (list: string, name: string) => (user[list] as ClerkRecord[]).map((one) => one[name]);
	expect(of('email_addresses', 'email_address')).toEqual(
		expect.arrayContaining(wanted.emailAddresses),
	);
	expect(of('phone_numbers', 'phone_number')).toEqual(expect.arrayContaining(wanted.phoneNumbers));
	if (wanted.isPrimary && wanted.emailAddresses.length > 0) {
		expect(user.primary_email_address_id).toBe(`idn_${wanted.emailAddresses[0]}`);
	}
};

describe('planUpsert, for any user and wanted user', () => {
	it('makes the user as wanted, and plans nothing the second time', () => {
		fc.assert(
			fc.property(users, anyWanted, (user, wanted) => {
				const after = applyPlan(planned(wanted, user).requests, user);
				holdsAll(after, wanted);
				for (const [kind, given] of Object.entries(wanted.metadata)) {
					const before = user[kind] as ClerkRecord;
					expect(after[kind]).toEqual(
						wanted.isReplaced ? given : mergeMetadata(before, given as ClerkRecord),
					);
				}
				expect(planUpsert(wanted, after)).toEqual({ action: 'unchanged', requests: [] });
			}),
			{ numRuns: 500 },
		);
	});

	it('creates the user as wanted, and plans nothing the second time', () => {
		fc.assert(
			fc.property(anyWanted, (wanted) => {
				const after = applyPlan(planUpsert(wanted).requests);
				holdsAll(after, wanted);
				expect(planUpsert(wanted, after)).toEqual({ action: 'unchanged', requests: [] });
			}),
			{ numRuns: 500 },
		);
	});

	it('leaves the user as userAfter says, on whom the same plan changes nothing', () => {
		const user = fc.option(users, { nil: undefined });
		fc.assert(
			fc.property(user, anyWanted, (before, wanted) => {
				const after = userAfter(wanted, before);
				expect(planUpsert(wanted, after)).toEqual({ action: 'unchanged', requests: [] });
				const requests = before ? planned(wanted, before).requests : planUpsert(wanted).requests;
				const real = applyPlan(requests, before);
				for (const kind of Object.keys(wanted.metadata)) expect(after[kind]).toEqual(real[kind]);
				for (const [list, name] of [
					['email_addresses', 'email_address'],
					['phone_numbers', 'phone_number'],
				]) {
					const valuesOf = (one: ClerkRecord) =>
						((one[list] ?? []) as ClerkRecord[]).map((entry) => entry[name]).sort();
					expect(valuesOf(after)).toEqual(valuesOf(real));
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('removes no address and no number', () => {
		fc.assert(
			fc.property(users, anyWanted, (user, wanted) => {
				const after = applyPlan(planned(wanted, user).requests, user);
				for (const list of ['email_addresses', 'phone_numbers']) {
					expect(after[list]).toEqual(expect.arrayContaining(user[list] as unknown[]));
				}
			}),
		);
	});
});
