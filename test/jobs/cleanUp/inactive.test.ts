import fc from 'fast-check';

import { DAY, judge, readCriteria } from '../../../nodes/Clerk/jobs/cleanUp/inactive';

/** Who is chosen, without a server. */

const NOW = Date.UTC(2026, 5, 1, 12);

const daysAgo = (days: number) => NOW - days * DAY;

const criteriaOf = (values: Record<string, unknown> = {}) =>
	readCriteria({ inactiveBy: 'activity', inactiveDays: 90, ...values })(NOW);

const person = (words: Record<string, unknown> = {}) => ({
	id: 'user_a',
	created_at: daysAgo(700),
	last_active_at: daysAgo(120),
	last_sign_in_at: daysAgo(200),
	banned: false,
	email_addresses: [{ email_address: 'Ada@Example.com', verification: null }],
	public_metadata: { plan: 'enterprise', tags: ['vip', 'old'], 'a.b': 1 },
	private_metadata: { billing: { status: 'paid' }, flag: false },
	unsafe_metadata: { mine: true },
	...words,
});

const chosen = (values: Record<string, unknown>, words: Record<string, unknown> = {}) =>
	judge(person(words), criteriaOf(values), NOW);

describe('why somebody is chosen', () => {
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
	])('%j of %j', (values, words, inactiveDays, reason) => {
		expect(chosen(values, words)).toMatchObject({ inactiveDays, reason });
	});

	it.each([
		['was there since', {}, { last_active_at: daysAgo(90) }],
		['was there after the date', { inactiveSince: daysAgo(130) }, {}],
		['was never there', {}, { last_active_at: null }],
		['was there once, where only others are wanted', { neverActive: 'only' }, {}],
		[
			'was never there, and is new',
			{ neverActive: 'only' },
			{ last_active_at: null, created_at: daysAgo(3) },
		],
		['was created later', { createdBefore: daysAgo(700) }, {}],
		['is banned', {}, { banned: true }],
		['is named', { exceptUserIds: ['user_b', 'user_a'] }, {}],
		['has an address there', { exceptEmailDomains: ['EXAMPLE.com'] }, {}],
		['has the key', { exceptMetadata: ['plan'] }, {}],
		['has the key, whatever it says', { exceptMetadata: ['flag'] }, {}],
		['has the value', { exceptMetadata: ['x', 'plan = enterprise'] }, {}],
		['has the value in a list', { exceptMetadata: ['tags=vip'] }, {}],
		['has the value deeper down', { exceptMetadata: ['billing.status=paid'] }, {}],
		['has a key with a dot', { exceptMetadata: ['a.b=1'] }, {}],
		['has no dates at all', {}, { created_at: undefined, last_active_at: undefined }],
	])('nobody who %s', (_, values, words) => {
		expect(chosen(values, words)).toBeUndefined();
	});

	it.each([
		['another domain', { exceptEmailDomains: ['xample.com', 'ample.com'] }],
		['another value', { exceptMetadata: ['plan=pro'] }],
		['what users write themselves', { exceptMetadata: ['mine'] }],
		['what every object has', { exceptMetadata: ['constructor', '__proto__', 'plan.length'] }],
	])('%s is no exception', (_, values) => {
		expect(chosen(values)).toBeDefined();
	});
});

describe('what the form cannot mean', () => {
	it.each([
		[{ exceptEmailDomains: ['ada@example.com'] }, 'Except Email Domains needs domains such as'],
		[{ exceptEmailDomains: ['https://example.com'] }, 'Except Email Domains needs domains such as'],
		[{ exceptEmailDomains: ['example'] }, 'Except Email Domains needs domains such as'],
		[{ exceptUserIds: ['ada@example.com'] }, 'Except User IDs needs IDs such as'],
		[{ exceptMetadata: ['=pro'] }, 'Except Metadata needs keys, or key=value'],
		[{ inactiveSince: NOW + DAY }, 'Inactive Since needs a date at least a day ago'],
		[{ inactiveSince: NOW - DAY / 2 }, 'Inactive Since needs a date at least a day ago'],
	])('%j', (values, message) => {
		expect(() => criteriaOf(values)).toThrow(message);
	});
});

it('chooses nobody who was there within the days, whatever else is asked for', () => {
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
				const found = chosen(values, {
					last_active_at: active,
					last_sign_in_at: signedIn,
					created_at: created,
				});
				const last = values.inactiveBy === 'signIn' ? signedIn : active;
				const since = last ?? created;
				const isLong = since < daysAgo(values.inactiveDays);
				const isWanted =
					last === null ? values.neverActive !== 'leaveOut' : values.neverActive !== 'only';
				expect(found !== undefined).toBe(isLong && isWanted);
				if (found) expect(found.inactiveDays).toBeGreaterThanOrEqual(values.inactiveDays);
			},
		),
		{ numRuns: 500 },
	);
});
