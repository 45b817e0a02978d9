// The clock is turned by hand: a poll takes minutes here.
import { fakeClock } from '../support/fakeClock';

import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { newUser } from '../../sandbox/clerk/records/user';
import { openPoller } from '../support/poller';
import { pass } from '../support/timing';

/** A poll that does not come to an end must not keep the next ones from starting. */

type Next = () => Promise<unknown>;

let clerk: Clerk;
let poller: ReturnType<typeof openPoller>;

const addUser = (): string =>
	clerk.state.users.insert(newUser(clerk.state, { created_at: fakeClock.date() })).id;

/** Returns a function that holds the first call back until `letGo`. */
function holdFirst() {
	let letGo = () => {};
	let calls = 0;
	const held = new Promise<void>((resolve) => (letGo = resolve));
	const hold = async (next: Next) => {
		const isFirst = ++calls === 1;
		if (!isFirst) return await next();
		const response = await next();
		await held;
		return response;
	};
	return { hold, letGo, calls: () => calls };
}

const until = async (isTime: () => boolean) => {
	while (!isTime()) await pass(1);
};

beforeEach(async () => {
	await fakeClock.wait(3_600_000);
	clerk = await startClerk({ seed: 'company', rateLimit: false, clock: () => fakeClock.date() });
	poller = openPoller(clerk);
	await poller.poll();
	await fakeClock.wait(1_000);
});

afterEach(async () => await clerk.close());

it('a credential that cannot be read fails the poll after a minute, and the next one reads it again', async () => {
	const user = addUser();
	const { hold, letGo, calls } = holdFirst();
	poller.intercept({ credential: hold });
	const polling = poller.ids();
	const failing = expect(polling).rejects.toThrow('The credential could not be read');
	await until(() => calls() === 1);
	await fakeClock.advance(59_000);
	expect(await poller.poll()).toBeNull();
	await fakeClock.advance(1_000);
	await failing;
	expect(await poller.ids()).toEqual([user]);
	const { length } = clerk.requests;
	letGo();
	await pass(20);
	expect(clerk.requests).toHaveLength(length);
	expect(await poller.ids()).toEqual([]);
});

it('responses that never come fail the poll within five minutes, and the next one returns the records', async () => {
	const user = addUser();
	let isWell = false;
	let requests = 0;
	poller.intercept({
		request: async (next) => {
			requests++;
			return isWell ? await next() : await new Promise(() => {});
		},
	});
	const failing = expect(poller.ids()).rejects.toThrow(/ETIMEDOUT/);
	for (let minute = 0; minute < 5; minute++) {
		await until(() => requests > 0);
		expect(await poller.poll()).toBeNull();
		await fakeClock.advance(59_000);
	}
	await failing;
	isWell = true;
	expect(await poller.ids()).toEqual([user]);
});

it.each(['credential', 'request'])(
	'activating the workflow again starts a poll, and the late response to a %s repeats nothing',
	async (kind) => {
		const user = addUser();
		const { hold, letGo, calls } = holdFirst();
		poller.intercept({ [kind]: hold });
		const first = poller.ids();
		await until(() => calls() === 1);
		expect(await poller.ids()).toEqual([]);
		poller.activate();
		expect(await poller.ids()).toEqual([user]);
		const stored = JSON.stringify(poller.staticData());
		letGo();
		expect(await first).toEqual([]);
		expect(JSON.stringify(poller.staticData())).toBe(stored);
		const another = addUser();
		expect(await poller.ids()).toEqual([another]);
	},
);

it('the late error of a poll that was given up is not reported', async () => {
	const { hold, letGo, calls } = holdFirst();
	poller.intercept({
		credential: async (next) => {
			const result = await hold(next);
			if (isLate) throw new Error('late');
			return result;
		},
	});
	let isLate = false;
	const first = poller.poll();
	await until(() => calls() === 1);
	poller.activate();
	expect(await poller.poll()).toBeNull();
	isLate = true;
	letGo();
	expect(await first).toBeNull();
});

it('a poll without a response for five minutes makes way for the next one', async () => {
	const user = addUser();
	const startedAt = fakeClock.now();
	let isLimited = true;
	const outputs: Array<{ after: number; ids: Promise<string[]> }> = [];
	poller.intercept({
		// Most of a minute passes with each response, and n8n polls meanwhile.
		request: async (next) => {
			if (!isLimited) return await next();
			const after = fakeClock.now() - startedAt;
			if (after >= 300_000) isLimited = false;
			if (after > 0) outputs.push({ after, ids: poller.ids() });
			return { statusCode: 429, headers: { 'retry-after': '50' }, body: '{"errors":[]}' };
		},
	});
	const first = poller.ids();
	expect(await first).toEqual([]);
	const taken = await Promise.all(
		outputs.map(async ({ after, ids }) => ({ after, ids: await ids })),
	);
	for (const { after, ids } of taken) expect(ids).toEqual(after >= 300_000 ? [user] : []);
	expect(taken.filter(({ ids }) => ids.length > 0)).toHaveLength(1);
	expect(await poller.ids()).toEqual([]);
});

it('a poll of many pages is left to go on', async () => {
	const users = Array.from({ length: 2_600 }, (_, at) => {
		const created_at = fakeClock.date() - 500 + Math.floor(at / 10);
		return clerk.state.users.insert(newUser(clerk.state, { created_at })).id;
	});
	poller.set({ event: 'updatedUser' });
	await poller.poll();
	for (const id of users) {
		clerk.state.users.update(clerk.state.users.get(id)!, { updated_at: fakeClock.date() + 1 });
	}
	await fakeClock.wait(1_000);
	let pages = 0;
	const others: Array<unknown> = [];
	poller.intercept({
		request: async (next) => {
			pages++;
			const response = await next();
			await fakeClock.wait(100_000);
			others.push(await poller.poll());
			return response;
		},
	});
	expect(await poller.ids()).toHaveLength(2_600);
	expect(pages).toBeGreaterThan(5);
	expect(others).toEqual(Array(pages).fill(null));
});
