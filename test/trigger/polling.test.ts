import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { newInvitation } from '../../sandbox/clerk/records/invitation';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newUser } from '../../sandbox/clerk/records/user';
import { readSince } from '../../nodes/ClerkPollingTrigger/reading';
import { feeds } from '../../nodes/ClerkPollingTrigger/feeds';
import { openPoller } from '../support/poller';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('the polling trigger', () => {
	let clerk: Clerk;
	let now: number;

	beforeEach(async () => {
		now = START;
		clerk = await startClerk({ seed: 'company', rateLimit: false, clock: () => now });
	});

	afterEach(async () => await clerk.close());

	const addUser = (at: number = now): string =>
		clerk.state.users.insert(newUser(clerk.state, { created_at: at })).id;
	const later = (ms = 1_000): number => (now += ms);

	it('gives nothing old at first, and each new user once', async () => {
		const poller = openPoller(clerk);
		expect(await poller.poll()).toBeNull();
		later();
		const [one, two] = [addUser(), addUser(later())];
		expect(await poller.ids()).toEqual([one, two]);
		expect(await poller.poll()).toBeNull();
	});

	it('neither loses nor doubles users of the same millisecond', async () => {
		const same = later();
		const early = addUser(same);
		const poller = openPoller(clerk);
		await poller.poll();
		const given: string[] = [];
		const made: string[] = [];
		for (let count = 0; count < 5; count++) {
			made.push(addUser(same), addUser(same));
			given.push(...(await poller.ids()));
		}
		expect(given.sort()).toEqual(made.sort());
		expect(given).not.toContain(early);
	});

	it('starts on an instance without anybody', async () => {
		const empty = await startClerk({ seed: 'empty', clock: () => now });
		const poller = openPoller(empty);
		expect(await poller.poll()).toBeNull();
		const { id } = empty.state.users.insert(newUser(empty.state, {}));
		expect(await poller.ids()).toEqual([id]);
		expect(await poller.ids()).toEqual([]);
		await empty.close();
	});

	it('catches up after Clerk was down', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const before = JSON.stringify(poller.staticData());
		clerk.addFault({ kind: 'status', status: 403, times: Infinity });
		const made: string[] = [];
		for (let count = 0; count < 3; count++) {
			made.push(addUser(later()));
			await expect(poller.poll()).rejects.toThrow();
			expect(JSON.stringify(poller.staticData())).toBe(before);
		}
		clerk.clearFaults();
		expect(await poller.ids()).toEqual(made);
	});

	it('reads the same again when a page in the middle was not answered', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const made = Array.from({ length: 1_200 }, () => addUser(later(1)));
		clerk.addFault({ kind: 'status', status: 403, skip: 1 });
		await expect(poller.poll()).rejects.toThrow();
		clerk.clearFaults();
		expect(await poller.ids()).toEqual(made);
	});

	it.each(['newUser', 'updatedUser'])(
		'gives 12,000 at once, in order, by pages: %s',
		async (event) => {
			const poller = openPoller(clerk, { event });
			await poller.poll();
			later();
			const made = Array.from({ length: 12_000 }, (_, at) => addUser(now + Math.floor(at / 700)));
			const from = clerk.requests.length;
			const given = await poller.ids();
			expect(given).toHaveLength(12_000);
			expect([...given].sort()).toEqual(made.sort());
			const times = given.map((id) => clerk.state.users.get(id)!.created_at);
			expect(times).toEqual([...times].sort((a, b) => a - b));
			expect(clerk.requests.length - from).toBeLessThan(60);
			expect(await poller.ids()).toEqual([]);
		},
	);

	it('gives users who were updated, and users who signed in', async () => {
		const updated = openPoller(clerk, { event: 'updatedUser' });
		const signedIn = openPoller(clerk, { event: 'userSignedIn' });
		expect([await updated.poll(), await signedIn.poll()]).toEqual([null, null]);
		const [ada, , mei] = clerk.state.users.rows;
		clerk.state.users.update(ada, { updated_at: later() });
		clerk.state.users.update(mei, { last_sign_in_at: later() });
		expect(await updated.ids()).toEqual([ada.id]);
		expect(await signedIn.ids()).toEqual([mei.id]);
		clerk.state.users.update(ada, { updated_at: later() });
		expect(await updated.ids()).toEqual([ada.id]);
		expect([await updated.poll(), await signedIn.poll()]).toEqual([null, null]);
	});

	it('gives new organizations and new invitations', async () => {
		const organizations = openPoller(clerk, { event: 'newOrganization' });
		const invitations = openPoller(clerk, { event: 'newInvitation', output: 'raw' });
		const toOrganizations = openPoller(clerk, { event: 'newOrganizationInvitation' });
		for (const poller of [organizations, invitations, toOrganizations]) {
			expect(await poller.poll()).toBeNull();
		}
		later();
		const { state } = clerk;
		const { id } = state.organizations.insert(newOrganization(state, { name: 'Newest' }));
		const email_address = 'new@example.com';
		const invitation = state.invitations.insert(newInvitation(state, { email_address }));
		expect(await organizations.poll()).toMatchObject([{ id, name: 'Newest', slug: 'newest' }]);
		expect(await invitations.poll()).toMatchObject([{ id: invitation.id, email_address }]);
		expect(await toOrganizations.poll()).toBeNull();
		expect(await organizations.poll()).toBeNull();
	});

	it('gives samples to a manual test, newest first, and keeps nothing of it', async () => {
		for (const event of Object.keys(feeds)) {
			const poller = openPoller(clerk, { event });
			const samples = (await poller.poll('manual')) ?? [];
			expect(samples.length).toBeGreaterThan(0);
			expect(samples.length).toBeLessThanOrEqual(3);
			expect(poller.staticData()).toEqual({});
		}
		const newest = clerk.state.users.rows.at(-1)!.id;
		expect((await openPoller(clerk).poll('manual'))?.[0].id).toBe(newest);
	});

	it('starts anew when another event is chosen', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		later();
		addUser();
		poller.set({ event: 'updatedUser' });
		expect(await poller.poll()).toBeNull();
		const id = addUser(later());
		expect(await poller.ids()).toEqual([id]);
	});

	it('does not look twice at a time', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const id = addUser(later());
		const looks = await Promise.all([poller.ids(), poller.ids(), poller.ids()]);
		expect(looks.flat()).toEqual([id]);
	});

	it('says what is wrong, without the key', async () => {
		const poller = openPoller({ ...clerk, secretKey: `sk_test_${'x'.repeat(42)}` });
		await expect(poller.poll()).rejects.toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('x'.repeat(42)) }),
		);
	});
});

describe('a list that changes while it is read', () => {
	const feed = feeds.updatedUser;
	const row = (id: number, updated_at: number) => ({ id: `user_${id}`, updated_at });

	/** A list by offset, newest first, that changes before the page with this number. */
	const changing = (rows: Array<ReturnType<typeof row>>, changes: Record<number, () => void>) => {
		let pages = 0;
		return async ({ query }: { query?: Record<string, unknown> }) => {
			changes[pages++]?.();
			rows.sort((a, b) => b.updated_at - a.updated_at);
			const offset = Number(query?.offset ?? 0);
			return structuredClone(rows.slice(offset, offset + Number(query?.limit)));
		};
	};
	const many = () => Array.from({ length: 3_000 }, (_, at) => row(at, 10_000 + at));
	const ids = (records: readonly object[]) =>
		records.map((record) => (record as { id: string }).id);

	it('loses nobody when rows before the next page go', async () => {
		const rows = many();
		const send = changing(rows, { 2: () => rows.splice(0, 700), 4: () => rows.splice(0, 3) });
		const { records } = await readSince(send, feed, { since: 9_999, ids: [] });
		const given = new Set(ids(records));
		expect(rows.filter(({ id }) => !given.has(id))).toEqual([]);
		expect(given.size).toBe(records.length);
	});

	it('gives who is changed meanwhile then or the next time, and nobody twice as they were', async () => {
		const rows = many();
		const touch = (id: number, at: number) => {
			rows.find((one) => one.id === `user_${id}`)!.updated_at = at;
		};
		const send = changing(rows, {
			2: () => touch(5, 20_000),
			3: () => [10, 2_990].forEach((id) => touch(id, 20_001)),
		});
		const first = await readSince(send, feed, { since: 9_999, ids: [] });
		const second = await readSince(send, feed, first.mark);
		expect(new Set([...ids(first.records), ...ids(second.records)]).size).toBe(3_000);
		expect(ids(second.records)).toEqual(['user_5', ...ids(second.records).slice(1)]);
		expect(ids(second.records).sort()).toEqual(['user_10', 'user_2990', 'user_5']);
	});

	it('comes to an end on a server that ignores offsets', async () => {
		const rows = many().slice(0, 500);
		const send = async () => [...rows].reverse();
		const { records } = await readSince(send, feed, { since: 0, ids: [] });
		expect(records).toHaveLength(500);
	});
});
