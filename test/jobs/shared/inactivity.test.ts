import fc from 'fast-check';

import { encode } from '../../../nodes/Clerk/engine/input/encode';
import { inactivity } from '../../../nodes/Clerk/fields/inactive';
import { describeSpared, SparedCounts } from '../../../nodes/Clerk/jobs/shared/exceptions';
import {
	checkInactivity,
	DAY_MS,
	parseCriteria,
} from '../../../nodes/Clerk/jobs/shared/inactivity';

const NOW = Date.UTC(2026, 5, 1, 12);

const daysAgo = (days: number) => NOW - days * DAY_MS;

/** Reads a list as the form does; other values are as the form hands them over. */
const read = (name: string, value: unknown) => {
	const field = inactivity.find((one) => one.name === name)!;
	if (field.encode !== 'list') return value;
	return encode(field, value, field.displayName, { timezone: 'UTC', location: 'procedure' });
};

const criteriaOf = (values: Record<string, unknown> = {}) => {
	const given = Object.entries(values).map(([name, value]) => [name, read(name, value)]);
	return parseCriteria({
		inactiveBy: 'activity',
		inactiveDays: 90,
		...Object.fromEntries(given),
	})(NOW);
};

const userWith = (fields: Record<string, unknown> = {}) => ({
	id: 'user_a',
	created_at: daysAgo(700),
	last_active_at: daysAgo(120),
	last_sign_in_at: daysAgo(200),
	banned: false,
	email_addresses: [{ email_address: 'Ada@Example.com', verification: null }],
	public_metadata: { plan: 'enterprise', tags: ['vip', 'old'], 'a.b': 1 },
	private_metadata: { billing: { status: 'paid' }, flag: false },
	unsafe_metadata: { mine: true },
	...fields,
});

/** Returns undefined for a user who is not inactive, or is spared. */
const check = (values: Record<string, unknown>, fields: Record<string, unknown> = {}) => {
	const found = checkInactivity(userWith(fields), criteriaOf(values), NOW);
	return found && found.sparedBy.length === 0 ? found : undefined;
};

describe('checkInactivity', () => {
	it.each([
		[{}, {}, 120, 'last active on 2026-02-01, 120 days ago'],
		[{ inactiveBy: 'signIn' }, {}, 200, 'last signed in on 2025-11-13, 200 days ago'],
		[
			{ neverActive: 'include' },
			{ last_active_at: null },
			700,
			'never active since created on 2024-07-01, 700 days ago',
		],
		[{ inactiveSince: daysAgo(100) }, {}, 120, 'last active on 2026-02-01, 120 days ago'],
		[{ includeBanned: true }, { banned: true }, 120, 'last active on 2026-02-01, 120 days ago'],
	])(
		'returns days and reason for the form %j and the user %j',
		(values, fields, inactiveDays, reason) => {
			expect(check(values, fields)).toMatchObject({ inactiveDays, reason });
		},
	);

	it.each([
		['was active since', {}, { last_active_at: daysAgo(90) }],
		['was active after Inactive Since', { inactiveSince: daysAgo(130) }, {}],
		['was never active', {}, { last_active_at: null }],
		['was active once, with Users Who Never Signed In: Only These', { neverActive: 'only' }, {}],
		[
			'was never active, and is new',
			{ neverActive: 'only' },
			{ last_active_at: null, created_at: daysAgo(3) },
		],
		['was created after Created Before', { createdBefore: daysAgo(700) }, {}],
		['is banned', {}, { banned: true }],
		['has an excepted ID', { exceptUserIds: ['user_b', 'user_a'] }, {}],
		['has an address of an excepted domain', { exceptEmailDomains: ['EXAMPLE.com'] }, {}],
		['has an excepted key', { exceptMetadata: ['plan'] }, {}],
		['has an excepted key with the value false', { exceptMetadata: ['flag'] }, {}],
		['has an excepted value', { exceptMetadata: ['x', 'plan = enterprise'] }, {}],
		['has an excepted value in a list', { exceptMetadata: ['tags=vip'] }, {}],
		['has an excepted value in an object', { exceptMetadata: ['billing.status=paid'] }, {}],
		['has an excepted key with a dot', { exceptMetadata: ['a.b=1'] }, {}],
		['has no dates', {}, { created_at: undefined, last_active_at: undefined }],
	])('returns undefined for a user who %s', (_, values, fields) => {
		expect(check(values, fields)).toBeUndefined();
	});

	it.each([
		['a domain that only ends alike', { exceptEmailDomains: ['xample.com', 'ample.com'] }],
		['another value', { exceptMetadata: ['plan=pro'] }],
		['a key of unsafe metadata', { exceptMetadata: ['mine'] }],
		[
			'a property that every object has',
			{ exceptMetadata: ['constructor', '__proto__', 'plan.length'] },
		],
	])('excepts no user by %s', (_, values) => {
		expect(check(values)).toBeDefined();
	});
});

describe('the exceptions that spare a user', () => {
	const sparedBy = (values: Record<string, unknown>) =>
		checkInactivity(userWith(), criteriaOf(values), NOW)!.sparedBy.map(
			({ label, entry }) => `${label}: ${entry}`,
		);

	it('sparedBy has all exceptions that match, each once', () => {
		expect(
			sparedBy({
				exceptEmailDomains: 'acme.com; Example.COM',
				exceptMetadata: 'tags=vip\nplan = enterprise\nplan=pro',
				exceptUserIds: '["user_a", "user_b", "user_a"]',
			}),
		).toEqual([
			'Except Email Domains: example.com',
			'Except Metadata: tags=vip',
			'Except Metadata: plan=enterprise',
			'Except User IDs: user_a',
		]);
	});

	it('SparedCounts counts the users of each exception, and describeSpared names those that spared no user', () => {
		const { exceptions } = criteriaOf({ exceptMetadata: 'plan, keep', exceptUserIds: 'user_a' });
		const counts = new SparedCounts(exceptions);
		counts.add(exceptions.sparing(userWith()));
		counts.add(exceptions.sparing(userWith({ id: 'user_b' })));
		counts.add(exceptions.sparing(userWith({ public_metadata: {}, id: 'user_c' })));
		expect(counts.rows()).toEqual([
			{ exception: 'Except Metadata', entry: 'plan', users: 2 },
			{ exception: 'Except Metadata', entry: 'keep', users: 0 },
			{ exception: 'Except User IDs', entry: 'user_a', users: 1 },
		]);
		expect(describeSpared(counts.rows())).toEqual([
			'spared by Except Metadata plan (2)',
			'spared by Except User IDs user_a (1)',
			'no user was spared by Except Metadata keep',
		]);
	});

	it('describeSpared names up to twenty exceptions of a list', () => {
		const ids = Array.from({ length: 25 }, (_, at) => `user_${at}`);
		const [text] = describeSpared(
			new SparedCounts(criteriaOf({ exceptUserIds: ids }).exceptions).rows(),
		);
		expect(text).toMatch(/^no user was spared by Except User IDs user_0, .*, user_19 and 5 more$/);
	});
});

describe('parseCriteria', () => {
	it.each([
		[{ exceptEmailDomains: ['ada@example.com'] }, 'Except Email Domains needs a domain such as'],
		[{ exceptEmailDomains: ['https://example.com/a'] }, 'Except Email Domains needs a domain'],
		[{ exceptEmailDomains: ['example'] }, 'Except Email Domains needs a domain such as'],
		[{ exceptUserIds: ['ada@example.com'] }, 'Except User IDs needs a user ID such as'],
		[{ exceptMetadata: ['=pro'] }, 'Except Metadata needs a rule such as keep or plan='],
		[{ inactiveSince: NOW + DAY_MS }, 'Inactive Since needs a date at least a day ago'],
		[{ inactiveSince: NOW - DAY_MS / 2 }, 'Inactive Since needs a date at least a day ago'],
	])('rejects %j', (values, message) => {
		expect(() => criteriaOf(values)).toThrow(message);
	});
});

it('checkInactivity selects a user exactly if the last activity is long enough ago and Users Who Never Signed In allows it', () => {
	const time = fc.option(fc.integer({ min: daysAgo(800), max: NOW }));
	fc.assert(
		fc.property(
			fc.record({
				active: time,
				signedIn: time,
				created: fc.integer({ min: daysAgo(800), max: NOW }),
			}),
			fc.record({
				inactiveBy: fc.constantFrom('activity', 'signIn'),
				inactiveDays: fc.integer({ min: 1, max: 400 }),
				neverActive: fc.constantFrom('include', 'leaveOut', 'only'),
			}),
			({ active, signedIn, created }, values) => {
				const found = check(values, {
					last_active_at: active,
					last_sign_in_at: signedIn,
					created_at: created,
				});
				const last = values.inactiveBy === 'signIn' ? signedIn : active;
				const since = last ?? created;
				const isLong = since < daysAgo(values.inactiveDays);
				const isAllowed =
					last === null ? values.neverActive !== 'leaveOut' : values.neverActive !== 'only';
				expect(found !== undefined).toBe(isLong && isAllowed);
				if (found) expect(found.inactiveDays).toBeGreaterThanOrEqual(values.inactiveDays);
			},
		),
		{ numRuns: 500 },
	);
});
