import { fakeClock } from '../support/fakeClock';
import { credential, errorResponse, run } from '../support/scripted';
import { found, gets } from '../support/users';

/** A 429 that asks for a pause of days, or of years, must not stop the key for as long. */

const HOUR = 3_600_000;

/** Each test has a key, and so limits, of its own. */
let keys = 0;
const ownKey = () => ({
	...credential,
	secretKey: ['sk', 'test', `retryAfter${keys++}`].join('_'),
});

const LONG = [
	'86400',
	'10000000000000',
	String(2 ** 31),
	String(2 ** 32),
	'1e300',
	'Fri, 31 Dec 9999 23:59:59 GMT',
	'+275760-09-13T00:00:00Z',
];

const one = gets('user_1');

describe.each(LONG)('after a 429 with Retry-After: %s', (value) => {
	it('requests fail at once with a date, for an hour, and are sent after it', async () => {
		const mine = ownKey();
		const { fault } = await run({ credential: mine, parameters: one }, () =>
			errorResponse(429, [], { 'retry-after': value }),
		);
		expect(fault.message).toMatch(/is used up until 20\d\d-\d\d-\d\dT.*Z \[item 0\]$/);
		await fakeClock.wait(HOUR / 2);
		const early = await run({ credential: mine, parameters: one }, found);
		expect(early.sent).toHaveLength(0);
		expect(early.fault.message).toBe(fault.message);
		await fakeClock.wait(HOUR / 2);
		expect((await run({ credential: mine, parameters: one }, found)).json).toMatchObject([
			{ id: 'user_1' },
		]);
	});

	it('a single request probes after the hour', async () => {
		const mine = ownKey();
		const refuse = () => errorResponse(429, [], { 'retry-after': value });
		await run({ credential: mine, parameters: one }, refuse);
		await fakeClock.wait(HOUR);
		const parameters = gets(...Array.from({ length: 50 }, (_, at) => `user_${at}`));
		expect((await run({ credential: mine, parameters }, refuse)).sent).toHaveLength(1);
		await fakeClock.wait(HOUR);
		const { sent, fault } = await run({ credential: mine, parameters }, found);
		expect(fault).toBeUndefined();
		expect(sent).toHaveLength(50);
	});
});

describe('a date in Retry-After', () => {
	it("is read by the response's own clock", async () => {
		const startedAt = fakeClock.now();
		const sentAt = fakeClock.date() - 24 * HOUR;
		const [date, until] = [sentAt, sentAt + 30_000].map((at) => new Date(at).toUTCString());
		const { json } = await run({ credential: ownKey(), parameters: one }, (sent, count) =>
			count === 0 ? errorResponse(429, [], { 'retry-after': until, date }) : found(sent, count),
		);
		expect(json).toMatchObject([{ id: 'user_1' }]);
		expect(fakeClock.now() - startedAt).toBe(30_000);
	});
});
