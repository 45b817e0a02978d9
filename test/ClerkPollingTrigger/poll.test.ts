import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { newInvitation } from '../../sandbox/clerk/records/invitation';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newUser } from '../../sandbox/clerk/records/user';
import { feeds } from '../../nodes/ClerkPollingTrigger/feeds';
import { openPoller } from '../support/poller';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('poll', () => {
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

	it('returns nothing at first, and then each new user once', async () => {
		const poller = openPoller(clerk);
		expect(await poller.poll()).toBeNull();
		later();
		const [one, two] = [addUser(), addUser(later())];
		expect(await poller.ids()).toEqual([one, two]);
		expect(await poller.poll()).toBeNull();
	});

	it('returns users of the same millisecond once each', async () => {
		const same = later();
		const early = addUser(same);
		const poller = openPoller(clerk);
		await poller.poll();
		const output: string[] = [];
		const created: string[] = [];
		for (let count = 0; count < 5; count++) {
			created.push(addUser(same), addUser(same));
			output.push(...(await poller.ids()));
		}
		expect(output.sort()).toEqual(created.sort());
		expect(output).not.toContain(early);
	});

	it('returns the first user of an instance without users', async () => {
		const empty = await startClerk({ seed: 'empty', clock: () => now });
		const poller = openPoller(empty);
		expect(await poller.poll()).toBeNull();
		const { id } = empty.state.users.insert(newUser(empty.state, {}));
		expect(await poller.ids()).toEqual([id]);
		expect(await poller.ids()).toEqual([]);
		await empty.close();
	});

	it('returns the users of failed polls once Clerk responds again', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const before = JSON.stringify(poller.staticData());
		clerk.addFault({ kind: 'status', status: 403, times: Infinity });
		const created: string[] = [];
		for (let count = 0; count < 3; count++) {
			created.push(addUser(later()));
			await expect(poller.poll()).rejects.toThrow();
			expect(JSON.stringify(poller.staticData())).toBe(before);
		}
		clerk.clearFaults();
		expect(await poller.ids()).toEqual(created);
	});

	it('reads the same users again when a page in the middle failed', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const created = Array.from({ length: 1_200 }, () => addUser(later(1)));
		clerk.addFault({ kind: 'status', status: 403, skip: 1 });
		await expect(poller.poll()).rejects.toThrow();
		clerk.clearFaults();
		expect(await poller.ids()).toEqual(created);
	});

	it.each(['newUser', 'updatedUser'])(
		'returns 12,000 users of %s in order, in fewer than 60 requests',
		async (event) => {
			const poller = openPoller(clerk, { event });
			await poller.poll();
			later();
			const created = Array.from({ length: 12_000 }, (_, at) =>
				addUser(now + Math.floor(at / 700)),
			);
			const from = clerk.requests.length;
			const output = await poller.ids();
			expect(output).toHaveLength(12_000);
			expect([...output].sort()).toEqual(created.sort());
			const times = output.map((id) => clerk.state.users.get(id)!.created_at);
			expect(times).toEqual([...times].sort((a, b) => a - b));
			expect(clerk.requests.length - from).toBeLessThan(60);
			expect(await poller.ids()).toEqual([]);
		},
	);

	it('returns users who were updated, and users who signed in', async () => {
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

	it('returns new organizations and new invitations', async () => {
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

	it('returns the newest records to a manual test, and stores nothing', async () => {
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

	it('starts again when another event is chosen', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		later();
		addUser();
		poller.set({ event: 'updatedUser' });
		expect(await poller.poll()).toBeNull();
		const id = addUser(later());
		expect(await poller.ids()).toEqual([id]);
	});

	it('skips a poll while another one is running', async () => {
		const poller = openPoller(clerk);
		await poller.poll();
		const id = addUser(later());
		const outputs = await Promise.all([poller.ids(), poller.ids(), poller.ids()]);
		expect(outputs.flat()).toEqual([id]);
	});

	it('throws errors without the secret key', async () => {
		const poller = openPoller({ ...clerk, secretKey: `sk_test_${'x'.repeat(42)}` });
		await expect(poller.poll()).rejects.toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('x'.repeat(42)) }),
		);
	});
});
