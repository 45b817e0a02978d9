import { openN8n, startClerk } from './support';
import { EXAMPLES, readExample } from '../../sandbox/n8n/examples';
import { newUser } from '../../sandbox/clerk/records/user';
import { attack } from '../support/hostileRequests';
import { openReceiver } from '../support/receiver';
import { secretOf, signedBySvix } from '../support/webhook';

const SECRET = secretOf(1);
const EVENT = { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } };

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type N8n = Awaited<ReturnType<typeof openN8n>>;

describe('the Clerk Trigger, in a real n8n', () => {
	let clerk: Clerk;
	let n8n: N8n;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', webhookDelaysMs: [200, 200, 400, 800, 1_600] });
		n8n = await openN8n(clerk);
	});

	afterAll(async () => await clerk.close());

	it('refuses what is not genuine, and starts nothing', async () => {
		const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
		await trigger.activate();
		const genuine = signedBySvix(SECRET, EVENT);
		const form = 'multipart/form-data; boundary=x';
		const status = async (changes: object, body: unknown = genuine.body) =>
			(await trigger.post({ body, headers: { ...genuine.headers, ...changes } })).status;

		expect((await trigger.post({ body: genuine.body })).status).toBe(401);
		expect((await trigger.post(signedBySvix(secretOf(2), EVENT))).status).toBe(401);
		expect(await status({}, `${genuine.body} `)).toBe(401);
		expect(await status({}, '')).toBe(401);
		expect(await status({ 'svix-id': 'msg_2' })).toBe(401);
		expect(await status({ 'svix-id': ['msg_1', 'msg_1'] })).toBe(401);
		expect(await status({ 'svix-signature': 'v2,AAAA' })).toBe(401);
		expect(await status({ 'content-type': form }, '--x--')).toBe(401);
		expect(await status({ 'content-type': 'text/plain' }, Buffer.from([0xff, 0xfe]))).toBe(401);
		expect(await status({}, '{"type":')).toBe(422);
		const old = signedBySvix(SECRET, EVENT, { at: Date.now() - 301_000 });
		expect(await trigger.post(old)).toMatchObject({
			status: 401,
			text: expect.stringMatching(/^Refused: .{5,80}$/),
		});
		const long = signedBySvix(SECRET, { ...EVENT, filler: 'x'.repeat(6 * 1024 * 1024) });
		expect((await trigger.post(long)).status).toBe(413);
		const other = signedBySvix(SECRET, { ...EVENT, type: 'user.updated' });
		expect(await trigger.post(other)).toMatchObject({ status: 204, text: '' });
		expect(await trigger.count()).toBe(0);

		// That nothing was started says something only where a genuine one is.
		expect(await trigger.post(genuine)).toMatchObject({ status: 200, text: '' });
		const [run] = await trigger.runs(1);
		expect(run.data['Clerk Trigger'][0].json).toMatchObject({ svixId: 'msg_1', id: 'user_1' });
	});

	it('refuses hostile requests of every kind, and starts nothing', async () => {
		const trigger = await n8n.createTrigger(SECRET);
		await trigger.activate();
		expect(await attack(trigger.post, SECRET, 90)).toEqual([]);
		expect(await trigger.count()).toBe(0);
		expect((await trigger.post(signedBySvix(SECRET, EVENT))).status).toBe(200);
	});

	it('verifies with a new secret as soon as it is saved in the credential', async () => {
		const trigger = await n8n.createTrigger(SECRET);
		await trigger.activate();
		const post = async (secret: string, id: string) =>
			(await trigger.post(signedBySvix(secret, EVENT, { id }))).status;
		expect(await post(SECRET, 'msg_old')).toBe(200);
		expect(await post(secretOf(2), 'msg_forged')).toBe(401);
		await trigger.changeSecret(secretOf(2));
		expect(await post(secretOf(2), 'msg_new')).toBe(200);
		expect(await trigger.runs(2)).toHaveLength(2);
	});

	it('verifies a signed body whatever its content type, but for multipart', async () => {
		const trigger = await n8n.createTrigger(SECRET);
		await trigger.activate();
		const types = [
			'text/plain',
			'application/octet-stream',
			'application/x-www-form-urlencoded',
			'',
		];
		const post = async (type: string, event: unknown = EVENT) => {
			const { body, headers } = signedBySvix(SECRET, event, { id: `msg_${type}` });
			return (await trigger.post({ body, headers: { ...headers, 'content-type': type } })).status;
		};
		for (const type of types) expect([type, await post(type)]).toEqual([type, 200]);
		const form = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
		expect(await post('multipart/form-data; boundary=x', form)).toBe(401);
		// n8n reads XML itself before the trigger gets to see it, and this is none.
		expect(await post('application/xml')).toBe(422);
		const runs = await trigger.runs(types.length);
		const given = runs.map(({ data }) => data['Clerk Trigger'][0].json.svixId);
		expect(given).toEqual(types.map((type) => `msg_${type}`));
	});

	it('runs with the user that the Clerk node creates', async () => {
		const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
		await trigger.activate();
		const endpoint = clerk.webhooks.addEndpoint({ url: trigger.url, secret: SECRET });
		const created = await n8n.runClerk({
			resource: 'user',
			operation: 'create',
			additionalFields: {
				emailAddress: 'nova@example.com',
				firstName: 'Nova',
				password: 'xkcd-936!',
			},
		});
		expect(created.error).toBeUndefined();
		const [run] = await trigger.runs(1);
		expect(run.data['Clerk Trigger'][0].json).toMatchObject({
			eventType: 'user.created',
			id: created.json?.[0].id,
			primaryEmailAddress: 'nova@example.com',
			clientIp: '127.0.0.1',
		});
		clerk.webhooks.removeEndpoint(endpoint);
	});

	it('takes a test delivery while the editor listens', async () => {
		const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
		const delivery = signedBySvix(SECRET, EVENT);
		expect((await trigger.post({ ...delivery, to: trigger.testUrl })).status).toBe(404);
		expect(await trigger.listen()).toMatchObject({ waitingForWebhook: true });
		const forged = signedBySvix(secretOf(2), EVENT);
		expect((await trigger.post({ ...forged, to: trigger.testUrl })).status).toBe(401);
		// What was refused does not end the listening.
		expect((await trigger.post({ ...delivery, to: trigger.testUrl })).status).toBe(200);
		const [run] = await trigger.runs(1);
		expect(run).toMatchObject({ status: 'success' });
	});

	it('takes 20 deliveries at once, each once', async () => {
		const trigger = await n8n.createTrigger(SECRET);
		await trigger.activate();
		const ids = Array.from({ length: 20 }, (_, at) => `msg_${at}`);
		const answers = await Promise.all(
			ids.map(async (id) => await trigger.post(signedBySvix(SECRET, EVENT, { id }))),
		);
		expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
		const runs = await trigger.runs(20);
		const given = runs.map(({ data }) => data['Clerk Trigger'][0].json.svixId);
		expect(given.sort()).toEqual([...ids].sort());
	});

	it('gives a delivery that comes again the same svixId, which Remove Duplicates drops', async () => {
		const removeDuplicates = {
			name: 'Remove Duplicates',
			type: 'n8n-nodes-base.removeDuplicates',
			typeVersion: 2,
			parameters: {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: '={{ $json.svixId }}',
				options: {},
			},
		};
		const trigger = await n8n.createTrigger(SECRET, { events: ['*'] }, [removeDuplicates]);
		await trigger.activate();
		for (const id of ['msg_a', 'msg_a', 'msg_b', 'msg_a']) {
			const before = await trigger.count();
			await trigger.post(signedBySvix(SECRET, EVENT, { id }));
			await trigger.runs(before + 1);
		}
		const runs = await trigger.runs(4);
		expect(runs.map(({ data }) => data['Clerk Trigger'][0].json.svixId)).toHaveLength(4);
		expect(
			runs.flatMap(({ outputs }) => outputs['Remove Duplicates'][0]).map(({ json }) => json.svixId),
		).toEqual(['msg_a', 'msg_b']);
	});

	it.each([
		[
			'newUser',
			'Send to CRM',
			(id: string) => ({
				externalId: id,
				name: '<!channel> Kent',
				email: expect.stringMatching(/@example\.com$/),
				signedUpAt: expect.stringMatching(/^\d{4}-.*Z$/),
			}),
		],
		[
			'newUserToSlack',
			'Post to Slack',
			(id: string) => ({
				text: expect.stringMatching(`^New user: &lt;!channel&gt; Kent \\S+@example\\.com ${id}$`),
			}),
		],
	] as const)('sends a new user on once, in the example %s', async (example, last, expected) => {
		const receiver = await openReceiver();
		const workflow = readExample(EXAMPLES[example]);
		workflow.nodes.find(({ name }) => name === last)!.parameters.url = receiver.url;
		const trigger = await n8n.importTrigger(SECRET, workflow);
		await trigger.activate();
		const endpoint = clerk.webhooks.addEndpoint({ url: trigger.url, secret: SECRET });
		const [delivery] = clerk.webhooks
			.sendExample('user.created', { first_name: '<!channel>', last_name: 'Kent' })
			.filter(({ url }) => url === trigger.url);
		await trigger.runs(1);
		await clerk.webhooks.resend(delivery);
		const runs = await trigger.runs(2);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(receiver.events()).toEqual([expected(JSON.parse(delivery.body).data.id)]);
		clerk.webhooks.removeEndpoint(endpoint);
		await receiver.close();
	});

	it('is reached by the retries of Clerk after it was off', async () => {
		const trigger = await n8n.createTrigger(SECRET, { events: ['user.deleted'] });
		await trigger.activate();
		await trigger.deactivate();
		const endpoint = clerk.webhooks.addEndpoint({ url: trigger.url, secret: SECRET });
		const [delivery] = clerk.webhooks
			.sendExample('user.deleted')
			.filter(({ url }) => url === trigger.url);
		await n8n.until(async () => delivery.responses.includes(404), 'It was refused while off');
		await trigger.activate();
		const [run] = await trigger.runs(1);
		expect(run.data['Clerk Trigger'][0].json.svixId).toBe(delivery.id);
		await n8n.until(async () => delivery.status === 'success', 'It was delivered');
		expect(await trigger.count()).toBe(1);
		clerk.webhooks.removeEndpoint(endpoint);
	});
});

describe('the lists of the Clerk Trigger, in a real n8n', () => {
	let clerk: Clerk;
	let n8n: N8n;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
	});

	afterAll(async () => await clerk.close());

	const triggerWith = async (userIds: string) =>
		await n8n.createTrigger(SECRET, { events: ['*'], options: { userIds } });

	it('are read as people type them', async () => {
		const trigger = await triggerWith('user_0; "user_1"\nuser_2');
		await trigger.activate();
		expect((await trigger.post(signedBySvix(SECRET, EVENT))).status).toBe(200);
		const other = { ...EVENT, data: { id: 'user_9', object: 'user' } };
		expect((await trigger.post(signedBySvix(SECRET, other, { id: 'msg_2' }))).status).toBe(204);
		expect(await trigger.runs(1)).toHaveLength(1);
	});
});

describe('a Clerk Trigger that cannot work, in a real n8n', () => {
	// n8n tries it for 15 seconds: beside the other tests.
	it.concurrent.each([
		['with a secret that cannot be used', 'sk_test_0123456789', {}, /is a Clerk API key/],
		[
			'with a list of which an entry can match nothing',
			SECRET,
			{ userIds: 'user_1, ada@example.com' },
			/User IDs needs a user ID .*ada@example\.com/,
		],
	])('is not activated %s', async (_, secret, options, message) => {
		const n8n = await openN8n({ url: 'http://127.0.0.1:9/v1', secretKey: 'sk_test_unused' });
		const trigger = await n8n.createTrigger(secret, { events: ['*'], options });
		expect(await n8n.api.refusedActivation(trigger.workflow)).toMatch(message);
		expect((await trigger.post(signedBySvix(SECRET, EVENT))).status).toBe(404);
	});
});

describe('the Clerk Polling Trigger, in a real n8n', () => {
	let clerk: Clerk;
	let n8n: N8n;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
		n8n = await openN8n(clerk, 'readOnly');
	});

	afterAll(async () => await clerk.close());

	const addUser = (created_at = Date.now()) =>
		clerk.state.users.insert(newUser(clerk.state, { created_at })).id;

	it('gives samples to a manual test', async () => {
		const trigger = await n8n.createPollingTrigger({ event: 'newUser' });
		const { data, error } = await trigger.test();
		expect(error).toBeUndefined();
		expect(data['Clerk Polling Trigger']).toHaveLength(3);
	});

	it('gives what is new, once, those of one millisecond and those of an outage too', async () => {
		const trigger = await n8n.createPollingTrigger({ event: 'newUser' });
		const from = clerk.requests.length;
		await trigger.activate();
		const polls = () => clerk.requests.length - from;
		await n8n.until(async () => polls() >= 2, 'It looked');

		const made = [addUser(), addUser(), addUser()];
		const given = async () => (await trigger.given()).map(({ id }) => id);
		await n8n.until(async () => (await given()).length >= 3, 'They came');

		const same = clerk.state.users.get(made[2])!.created_at;
		made.push(addUser(same), addUser(same));
		await n8n.until(async () => (await given()).length >= 5, 'Those of the same millisecond came');

		clerk.addFault({ kind: 'status', status: 403, times: Infinity });
		const down = polls();
		made.push(addUser());
		await n8n.until(async () => polls() >= down + 2, 'It looked while Clerk was down');
		made.push(addUser());
		clerk.clearFaults();
		await n8n.until(async () => (await given()).length >= 7, 'Those of the outage came');

		const more = polls();
		await n8n.until(async () => polls() >= more + 2, 'It looked again');
		expect((await given()).sort()).toEqual(made.sort());
		await trigger.deactivate();
	});
});
