import { fakeClock } from '../support/fakeClock';
import { RateLimiters } from '../../nodes/Clerk/engine/rateLimit/rateLimiters';
import { RequestError } from '../../nodes/Clerk/engine/http/outcome';
import { wholeInCamelCase } from '../../nodes/Clerk/engine/operation/view';
import { matchErrors } from '../../nodes/Clerk/engine/request/batch';
import { parseCriteria } from '../../nodes/Clerk/jobs/shared/inactivity';
import { createClock } from '../support/clock';
import { response, run } from '../support/scripted';
import { growthOf } from '../support/timing';
import { byExternalId, byId, found, getUser, listUsers, parametersOf } from '../support/users';

/** Inputs that cost time, that no request can hold, or that were written by hand. */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

const batch = { size: 10, matchBy: 'email_address' };
const entry = { method: 'POST', path: '/x', body: { email_address: 'a@b.c' } } as const;

const match = (message: string) =>
	matchErrors(
		new RequestError({
			kind: 'response',
			status: 422,
			body: { errors: [{ message }] },
			request: entry,
		}),
		[entry, { ...entry, body: { email_address: 'd@e.f' } }],
		batch,
	);

describe('the time grows with the length, not with its square,', () => {
	it.each(['.', "'", '’', ':', "'s", '.x', "s'"])('of a message of %s', async (part) => {
		expect(
			await growthOf((length) => match(`a@b.c ${part.repeat(length / part.length)}x`)),
		).toBeLessThan(4);
	});

	it.each(['_', '_A', 'a_'])('of a key of %s', async (part) => {
		expect(
			await growthOf((length) =>
				wholeInCamelCase({ [`${part.repeat(length / part.length)}-`]: 1 }),
			),
		).toBeLessThan(4);
	});

	it.each([' ', 'a ', '= '])('of a metadata rule of %s', async (part) => {
		expect(
			await growthOf((length) => {
				parseCriteria({
					inactiveBy: 'activity',
					inactiveDays: 1,
					neverActive: 'include',
					exceptMetadata: [`a${part.repeat(length / part.length)}\u0000x`],
				});
			}),
		).toBeLessThan(4);
	});
});

describe('matchErrors', () => {
	it.each([
		'a@b.c is taken',
		"'a@b.c' is taken",
		"a@b.c's account",
		'a@b.c’s account',
		'taken: a@b.c.',
		'taken: a@b.c!?',
		'“a@b.c”.',
		"''a@b.c'.",
		"it is a@b.c's.",
	])('finds the address in: %s', (message) => {
		expect(match(message)?.map((error) => error !== undefined)).toEqual([true, false]);
	});
});

describe('wholeInCamelCase', () => {
	it('keeps what it did', () => {
		const record = { a_b: 1, a__c: 2, _d: 3, e_: 4, f_G: 5, h_1: 6, __: 7 };
		expect(Object.keys(wholeInCamelCase(record))).toEqual([
			'aB',
			'aC',
			'D',
			'e_',
			'f_G',
			'h1',
			'__',
		]);
	});
});

const HALF = '\uD83D';

describe('half of a character in a query', () => {
	it.each([
		['a filter', listUsers({ filters: { query: `a${HALF}` } })],
		['a list', listUsers({ filters: { username: ['a', `b${HALF}`] } })],
		['a look-up', getUser({ userId: byExternalId(`a${HALF}`) })],
		[
			'a request of its own',
			parametersOf(
				'apiRequest',
				'send',
			)({
				method: 'POST',
				path: '/users/user_1/ban',
				query: JSON.stringify({ a: HALF }),
				body: '{}',
			}),
		],
	])('in %s is an invalid input, and nothing is sent', async (_, parameters) => {
		const { fault, sent } = await run({ parameters }, () => response(200, []));
		expect(fault.message).toContain('half of a character');
		expect(fault.description).not.toMatch(/connection|Outcome unknown/);
		expect(sent).toEqual([]);
	});
});

describe('limiters of 10,000 keys', () => {
	it('are dropped once they are idle', async () => {
		const clock = createClock();
		const limiters = new RateLimiters(clock);
		const limit = { name: '1 in 10 s', maxRequests: 1, windowMs: 10_000 };
		for (let key = 0; key < 10_000; key++) {
			const limiter = limiters.get(`key ${key}`, limit);
			await limiter.acquire(0);
			limiter.release();
			if (key % 100 === 0) await clock.advance(10_000);
		}
		expect((limiters as unknown as { byName: Map<string, unknown> }).byName.size).toBeLessThan(600);
	});
});

describe('Dry Run in the Options of an operation that has it on its form', () => {
	it.each([
		['user', 'upsert', { matchBy: 'emailAddress', matchValue: 'a@b.c' }],
		['user', 'removeMetadataKeys', { userId: byId('user_1'), keys: 'a' }],
		['user', 'revokeAllSessions', { userId: byId('user_1') }],
		['user', 'cleanUp', {}],
		['user', 'cleanUpTestData', {}],
		['instance', 'applyConfiguration', { configuration: '{}' }],
	])('is refused, since a write would go out: %s %s', async (resource, operation, values) => {
		const parameters = { resource, operation, ...values, options: { dryRun: true } };
		const { fault, sent } = await run({ parameters }, found);
		expect(fault.message).toMatch(/^Options has no field "dryRun"/);
		expect(sent).toEqual([]);
	});

	it('is ignored where an operation only reads', async () => {
		const parameters = getUser({ userId: byId('user_1'), options: { dryRun: true } });
		expect((await run({ parameters }, found)).json).toMatchObject([{ id: 'user_1' }]);
	});
});
