import fc from 'fast-check';

import {
	checkInactivity,
	DAY_MS,
	parseCriteria,
} from '../../../nodes/Clerk/jobs/shared/inactivity';

const NOW = Date.UTC(2026, 5, 1, 12);

const daysAgo = (days: number) => NOW - days * DAY_MS;

const criteriaOf = (values: Record<string, unknown> = {}) =>
	parseCriteria({ inactiveBy: 'activity', inactiveDays: 90, ...values })(NOW);

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

const check = (values: Record<string, unknown>, fields: Record<string, unknown> = {}) =>
	checkInactivity(userWith(fields), criteriaOf(values), NOW);

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
		['was active once, with Never Active: Only', { neverActive: 'only' }, {}],
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

describe('parseCriteria', () => {
	it.each([
		[{ exceptEmailDomains: ['ada@example.com'] }, 'Except Email Domains needs domains such as'],
		[{ exceptEmailDomains: ['https://example.com'] }, 'Except Email Domains needs domains such as'],
		[{ exceptEmailDomains: ['example'] }, 'Except Email Domains needs domains such as'],
		[{ exceptUserIds: ['ada@example.com'] }, 'Except User IDs needs IDs such as'],
		[{ exceptMetadata: ['=pro'] }, 'Except Metadata needs keys, or key=value'],
		[{ inactiveSince: NOW + DAY_MS }, 'Inactive Since needs a date at least a day ago'],
		[{ inactiveSince: NOW - DAY_MS / 2 }, 'Inactive Since needs a date at least a day ago'],
	])('rejects %j', (values, message) => {
		expect(() => criteriaOf(values)).toThrow(message);
	});
});

it('checkInactivity selects a user exactly if the last activity is long enough ago and Never Active allows it', () => {
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
