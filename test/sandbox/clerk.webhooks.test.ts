import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { exampleOf } from '../../sandbox/clerk/webhooks/examples';
import { callerOf, openApiDocument } from '../support/openapi';
import { runNode } from '../support/command';
import { openReceiver } from '../support/receiver';
import { isAcceptedByLibrary } from '../support/webhook';

const document = openApiDocument();

type Receiver = Awaited<ReturnType<typeof openReceiver>>;

describe('webhooks of the simulated Clerk', () => {
	let clerk: Clerk;
	let receiver: Receiver;
	let responses: Array<number | undefined>;
	let call: ReturnType<typeof callerOf>;

	beforeEach(async () => {
		responses = [];
		receiver = await openReceiver(() => (responses.length > 0 ? responses.shift() : 200));
		clerk = await startClerk({ rateLimit: false, webhookDelaysMs: [10, 20, 30] });
		call = callerOf(clerk, document);
	});

	afterEach(async () => {
		await clerk.close();
		await receiver.close();
	});

	const listen = (events?: string[]) => clerk.webhooks.addEndpoint({ url: receiver.url, events });
	const types = () => receiver.events().map(({ type }) => type);
	const create = async (username: string) =>
		await call('POST /users', { body: { username, password: 'long enough 1!' } });

	it('posts what happens in the state, as the API shows it', async () => {
		listen();
		const { body: user } = await create('nova');
		await call(`PATCH /users/${user.id}`, { body: { first_name: 'Nova' } });
		await call(`DELETE /users/${user.id}`);
		await clerk.webhooks.settled();

		expect(types()).toEqual(['user.created', 'user.updated', 'user.deleted']);
		const [created, updated, deleted] = receiver.events();
		expect(created).toMatchObject({ object: 'event', data: { id: user.id, username: 'nova' } });
		expect(created.data).not.toHaveProperty('password');
		expect(updated.data.first_name).toBe('Nova');
		expect(deleted.data).toEqual({
			object: 'user',
			id: user.id,
			deleted: true,
			external_id: null,
		});
	});

	it('has examples as of now, whose parts have the status of the whole', () => {
		const now = Date.UTC(2031, 1, 1);
		const day = 86_400_000;
		const dataOf = (type: string) => exampleOf({ clock: () => now }, type).data;
		expect(dataOf('subscriptionItem.updated')).toMatchObject({
			period_start: now - 20 * day,
			period_end: now + 10 * day,
			next_payment: { date: now + 10 * day },
		});
		expect(dataOf('paymentAttempt.created')).toMatchObject({
			paid_at: now - 10 * day,
			billing_date: now - 200 * day,
		});
		expect(dataOf('email.created').created_at).toBe(now);
		expect(dataOf('sms.created').created_at).toBe(now);
		expect(dataOf('subscription.pastDue')).toMatchObject({
			status: 'past_due',
			created_at: now - 200 * day,
			items: [{ status: 'past_due' }],
		});
		expect(dataOf('subscription.active').items[0].status).toBe('active');
	});

	it('signs so that the real libraries verify it', async () => {
		const { secret } = listen();
		await create('nova');
		await clerk.webhooks.settled();
		const [{ body, headers }] = receiver.received;
		expect(isAcceptedByLibrary(secret, body, headers)).toBe(true);
		expect(isAcceptedByLibrary(secret, `${body} `, headers)).toBe(false);
	});

	it('delivers again, under the same id, until it is accepted with 2xx', async () => {
		listen();
		responses = [500, undefined, 204];
		await create('nova');
		await clerk.webhooks.settled();
		expect(receiver.received).toHaveLength(3);
		expect(new Set(receiver.received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
		expect(clerk.webhooks.deliveries).toMatchObject([
			{ status: 'success', responses: [500, 0, 204] },
		]);
	});

	it('gives up when the last try was not accepted with 2xx', async () => {
		listen();
		responses = [500, 404, 302, 401];
		await create('nova');
		await clerk.webhooks.settled();
		expect(clerk.webhooks.deliveries).toMatchObject([{ status: 'failed' }]);
		expect(receiver.received).toHaveLength(4);
	});

	it('posts only what an endpoint subscribed to, and to every endpoint', async () => {
		listen(['user.deleted']);
		listen(['user.created']);
		listen();
		await create('nova');
		await clerk.webhooks.settled();
		expect(types()).toEqual(['user.created', 'user.created']);
	});

	it('tells what happens to members, invitations and sessions', async () => {
		listen();
		const [membership] = clerk.state.memberships.rows;
		const session = clerk.state.sessions.rows.find(({ status }) => status === 'active')!;
		const { organization_id, user_id } = membership;
		await call(`DELETE /organizations/${organization_id}/memberships/${user_id}`);
		await call(`POST /sessions/${session.id}/revoke`);
		await clerk.webhooks.settled();
		expect(types()).toEqual(['organizationMembership.deleted', 'session.revoked']);
		expect(receiver.events()[0].data).toMatchObject({
			organization: { id: membership.organization_id },
			public_user_data: { user_id: membership.user_id },
		});
		expect(receiver.events()[1].data.user.id).toBe(session.user_id);
	});

	it('has a command that posts the example of any event', async () => {
		const { secret } = listen();
		const args = ['all', '--url', receiver.url, '--secret', secret];
		const output = await runNode('sandbox/clerk/webhook.js', args);
		expect(output.match(/: 200 \(msg_/g)).toHaveLength(46);
		expect(new Set(types()).size).toBe(46);
		for (const { body, headers } of receiver.received) {
			expect(isAcceptedByLibrary(secret, body, headers)).toBe(true);
		}
	});
});
