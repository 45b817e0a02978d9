import { newUser } from '../../sandbox/clerk/records/user';
import { openN8n, startClerk, startOwnN8n } from './support';
import { startTlsWires } from '../support/tlsWire';

/** What something on the way to Clerk can do, in a real n8n; on Node 20 where `npm run test:matrix` runs an older one. */

/** n8n's own wait, in its process: as long as n8n takes for it, on a machine that stands still for a while. */
const TWO_MINUTES = ['Minute', 'Another Minute'].map((name) => ({
	name,
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 60, unit: 'seconds' },
}));

type N8n = Awaited<ReturnType<typeof openN8n>>;

describe('TLS that breaks after the request was sent', () => {
	let servers: Awaited<ReturnType<typeof startTlsWires>>;
	let own: Awaited<ReturnType<typeof startOwnN8n>>;
	let n8n: N8n;

	beforeAll(async () => {
		servers = await startTlsWires();
		own = await startOwnN8n({ NODE_EXTRA_CA_CERTS: servers.certFile });
		// Each item goes to a server of its own.
		n8n = await openN8n({ url: '={{ $json.url }}', secretKey: 'sk_test_tls' }, 'full', own);
	});

	afterAll(async () => {
		await own?.close();
		await servers.close();
	});

	it.each([
		['a POST once, its outcome unknown', 'create', 'POST /v1/users HTTP/1.1', 1],
		['a GET again', 'count', 'GET /v1/users/count HTTP/1.1', 2],
	])('sends %s', async (_, operation, request, times) => {
		const { wires } = servers;
		for (const { requests } of wires) requests.splice(0);
		const input = wires.map(({ url }) => ({ url }));
		const parameters = { resource: 'user', operation, options: { maxRetries: 1 } };
		const { json } = await n8n.runClerk(parameters, input, [], {
			onError: 'continueRegularOutput',
		});
		const outcomes = wires.map(({ name, requests }, at) => ({
			name,
			requests: [...requests],
			isUnknown: JSON.stringify(json?.[at]).includes('Outcome unknown: POST'),
		}));
		expect(outcomes).toEqual(
			wires.map(({ name }) => ({
				name,
				requests: Array.from({ length: times }, () => request),
				isUnknown: operation === 'create',
			})),
		);
	});
});

describe('a response that never ends', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: N8n;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
		n8n = await openN8n(clerk);
	});

	afterEach(async () => await clerk.close());

	/** A polling trigger that has looked, and whose next look gets a response that never ends. */
	async function dripIntoTrigger() {
		const trigger = await n8n.createPollingTrigger({ event: 'newUser' });
		await trigger.activate();
		await n8n.until(async () => clerk.requests.length >= 2, 'It looked');
		const drip = clerk.addFault({ kind: 'drip', method: 'GET', path: '/users' });
		await n8n.until(async () => drip.hits > 0, 'It looked again');
		const user = clerk.state.users.insert(newUser(clerk.state, { created_at: Date.now() })).id;
		const given = async () => (await trigger.given()).map(({ id }) => id);
		return { trigger, user, given };
	}

	it('ends after two minutes, and keeps no trigger silent', async () => {
		const { trigger, user, given } = await dripIntoTrigger();
		clerk.addFault({ kind: 'drip', method: 'POST', path: '/users', when: 'after' });
		clerk.addFault({ kind: 'drip', method: 'GET', path: '/users/count' });
		const additionalFields = { emailAddress: 'drip@example.com', skipPasswordRequirement: true };
		const options = { maxRetries: 0 };
		const [created, counted, waited] = await Promise.all([
			n8n.runClerk({ resource: 'user', operation: 'create', additionalFields, options }),
			n8n.runClerk({ resource: 'user', operation: 'count', options }),
			n8n.runClerk({ resource: 'instance', operation: 'get' }, [{}], TWO_MINUTES),
		]);
		expect(waited).toMatchObject({ status: 'success' });
		for (const { status, error, ms } of [created, counted]) {
			expect({ status, error }).toMatchObject({
				status: 'error',
				error: { message: expect.stringContaining('ETIMEDOUT') },
			});
			expect(ms).toBeGreaterThan(110_000);
			expect(ms).toBeLessThan(waited.ms + 20_000);
		}
		expect(JSON.stringify(created.error)).toContain('Outcome unknown: POST /users');
		const posts = clerk.requests.filter(({ method }) => method === 'POST');
		expect(posts.map(({ path }) => path)).toEqual(['/users']);
		await n8n.until(async () => (await given()).length >= 2, 'The trigger goes on');
		// The other is the one whose outcome is unknown.
		expect(await given()).toContain(user);
		await trigger.deactivate();
	}, 240_000);

	it('keeps no trigger silent that is activated again', async () => {
		const { trigger, user, given } = await dripIntoTrigger();
		await trigger.deactivate();
		await trigger.activate();
		await n8n.until(async () => (await given()).length > 0, 'It looks again');
		expect(await given()).toEqual([user]);
		await trigger.deactivate();
	});
});
