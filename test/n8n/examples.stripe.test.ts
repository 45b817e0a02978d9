import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openN8n, startClerk } from './support';
import { startStripe } from '../support/stripe';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Stripe = Awaited<ReturnType<typeof startStripe>>;

const DANA = 'dana.levi@example.com';
const WES = 'wes.carter@example.com';
const KEY = ['sk', 'test', 'of stripe'].join('_');

const WITHOUT_DRY_RUN = { 'Merge Plan': { options: {} } };

describe('Stripe subscription to Clerk plan, in a real n8n', () => {
	let clerk: Clerk;
	let stripe: Stripe;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		stripe = await startStripe(KEY);
		give(DANA, { private_metadata: { crm: { id: '1' }, stripeCustomerId: 'cus_dana' } });
	});

	afterEach(async () => {
		await stripe.close();
		await clerk.close();
	});

	const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

	const give = (email: string, metadata: object) =>
		clerk.state.users.update(userOf(email), metadata);

	const subscription = (id: string, status: string, lookupKey: string | null = 'pro') => ({
		id,
		customer: 'cus_dana',
		status,
		items: { data: [{ price: { id: `price_of_${id}`, lookup_key: lookupKey } }] },
	});

	/** Runs the workflow with a pinned event of Stripe's, as people do in the editor. */
	const deliver = async (
		customer = 'cus_dana',
		parameters: Record<string, object> = WITHOUT_DRY_RUN,
	) => {
		const { api, credential } = await openN8n(clerk);
		const type = 'stripeApi';
		const account = { name: 'Stripe account', type, data: { secretKey: KEY } };
		const credentials = [credential, await api.createCredential(account)];
		const event = {
			id: 'evt_1',
			type: 'customer.subscription.updated',
			// Outdated, as a late event is.
			data: { object: { ...subscription('sub_1', 'incomplete', 'old'), customer } },
		};
		const workflow = await importExample(api, EXAMPLES.stripe, credentials, {
			parameters: { 'Read Subscriptions': { url: `${stripe.url}/subscriptions` }, ...parameters },
			pinData: { 'Stripe Trigger': [{ json: event }] },
		});
		const from = clerk.requests.length;
		const run = await api.runWorkflow(workflow, 'Stripe Trigger');
		const writes = clerk.requests.slice(from).filter(({ method }) => method !== 'GET');
		return { ...run, writes };
	};

	it('writes the current state of Stripe, not that of the event, for every change of plan', async () => {
		const plans: unknown[] = [];
		for (const [status, key] of [
			['trialing', 'pro'],
			['active', 'team'],
			['past_due', 'team'],
			['unpaid', 'team'],
			['active', null],
			['canceled', 'team'],
		] as const) {
			stripe.subscriptions.splice(0, 9, subscription('sub_1', status, key));
			const run = await deliver();
			expect(run.error).toBeUndefined();
			expect(run.writes.map(({ method }) => method)).toEqual(['PATCH']);
			plans.push(userOf(DANA).public_metadata.plan);
		}
		expect(plans).toEqual(['pro', 'team', 'team', 'free', 'price_of_sub_1', 'free']);
		expect(userOf(DANA).private_metadata).toEqual({
			crm: { id: '1' },
			stripeCustomerId: 'cus_dana',
		});
	});

	it('keeps the plan of a customer who has a new subscription, when an old one ends', async () => {
		stripe.subscriptions.push(
			subscription('sub_1', 'canceled', 'old'),
			subscription('sub_2', 'active', 'team'),
		);
		await deliver();
		expect(userOf(DANA).public_metadata.plan).toBe('team');
	});

	it('reads Stripe after the slow search for the user', async () => {
		stripe.subscriptions.push(subscription('sub_1', 'active', 'pro'));
		const { push } = Array.prototype;
		clerk.requests.push = (...entries) => {
			stripe.subscriptions.splice(0, 9, subscription('sub_1', 'active', 'team'));
			return push.apply(clerk.requests, entries) as number;
		};
		const { error } = await deliver();
		expect(error).toBeUndefined();
		expect(userOf(DANA).public_metadata.plan).toBe('team');
	});

	it('gives nothing to a user who wrote the ID of another customer into unsafe metadata', async () => {
		give(WES, { unsafe_metadata: { stripeCustomerId: 'cus_dana' } });
		const before = { ...userOf(WES).public_metadata };
		stripe.subscriptions.push(subscription('sub_1', 'active', 'team'));
		const { error } = await deliver();
		expect(error).toBeUndefined();
		expect(userOf(DANA).public_metadata.plan).toBe('team');
		expect(userOf(WES).public_metadata).toEqual(before);
	});

	it('fails and writes nothing for a customer without a user, and for a customer with two', async () => {
		give(WES, { private_metadata: { stripeCustomerId: 'cus_dana' } });
		// Beside each other, since both are tried three times.
		const [unknown, two] = await Promise.all([deliver('cus_nobody'), deliver()]);
		expect(unknown.status).toBe('error');
		expect(unknown.error?.message).toContain('Value "cus_nobody" was not found');
		expect(two.error?.message).toContain(`matches 2 users`);
		expect(two.error?.message).toContain(WES);
		expect([...unknown.writes, ...two.writes]).toEqual([]);
	});

	it('as imported writes nothing, and shows what it would write', async () => {
		stripe.subscriptions.push(subscription('sub_1', 'active', 'team'));
		const { data, writes } = await deliver('cus_dana', {});
		expect(writes).toEqual([]);
		expect(data['Merge Plan'][0].json).toMatchObject({
			dryRun: true,
			method: 'PATCH',
			path: `/users/${userOf(DANA).id}/metadata`,
		});
	});
});
