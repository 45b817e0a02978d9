import { EVENT_TYPES, exampleOf } from '../../sandbox/clerk/webhooks/examples';
import { EVENT_OPTIONS } from '../../nodes/ClerkTrigger/events';
import { openTrigger, secretOf, signedBySvix, testCredential } from '../support/webhook';

const SECRET = secretOf(1);

const event = (type: string, data: object = {}, rest: object = {}) => ({
	type,
	object: 'event',
	instance_id: 'ins_1',
	timestamp: 1_767_323_045_678,
	event_attributes: { http_request: { client_ip: '192.0.2.7', user_agent: 'Tester' } },
	data,
	...rest,
});

const send = async (parameters: Record<string, unknown>, payload: unknown, ip?: string) =>
	await openTrigger({ parameters }).receive({ ...signedBySvix(SECRET, payload), ip });

describe('receive, filtering events', () => {
	it('starts the workflow for chosen events and responds 204 to others', async () => {
		const parameters = { events: ['user.created', 'user.deleted'] };
		expect((await send(parameters, event('user.created'))).started).toBe(true);
		expect((await send(parameters, event('user.deleted'))).started).toBe(true);
		expect(await send(parameters, event('user.updated'))).toMatchObject({
			started: false,
			status: 204,
			text: '',
		});
	});

	it('starts the workflow for unknown events only when All Events is chosen', async () => {
		expect((await send({ events: ['*'] }, event('spaceship.landed'))).started).toBe(true);
		const parameters = { events: EVENT_OPTIONS.map(({ value }) => value) };
		expect((await send(parameters, event('spaceship.landed'))).status).toBe(204);
	});

	it('ignores types that only resemble a chosen one or are names every object has', async () => {
		for (const type of ['user', 'user.created.twice', 'User.created', 'constructor', '__proto__']) {
			expect((await send({ events: ['user.created'] }, event(type))).started).toBe(false);
		}
	});

	it('reads events from an expression that gives text with commas', async () => {
		const parameters = { events: 'user.created, session.created' };
		expect((await send(parameters, event('session.created'))).started).toBe(true);
	});

	it.each<[string, string, object, boolean]>([
		['userIds', 'user.deleted', { id: 'user_1' }, true],
		['userIds', 'user.deleted', { id: 'user_12' }, false],
		['userIds', 'session.created', { id: 'sess_1', user_id: 'user_1' }, true],
		[
			'userIds',
			'organizationMembership.deleted',
			{ public_user_data: { user_id: 'user_1' } },
			true,
		],
		['userIds', 'subscription.active', { payer: { user_id: 'user_1' } }, true],
		['userIds', 'email.created', { user_id: 'user_2' }, true],
		['userIds', 'organization.created', { id: 'user_1', created_by: 'user_1' }, false],
		['userIds', 'role.created', { id: 'role_1' }, false],
		['organizationIds', 'organization.deleted', { id: 'org_1' }, true],
		['organizationIds', 'organizationDomain.created', { organization_id: 'org_1' }, true],
		['organizationIds', 'organizationMembership.created', { organization: { id: 'org_2' } }, true],
		['organizationIds', 'session.created', { last_active_organization_id: 'org_1' }, true],
		['organizationIds', 'organizationDomain.deleted', { id: 'orgdmn_1' }, false],
		['organizationIds', 'user.created', { id: 'org_1' }, false],
		['organizationIds', 'subscription.active', { payer: { organization_id: '' } }, false],
	])('filters with %s the event %s %j: starts is %s', async (name, type, data, passes) => {
		const ids = name === 'userIds' ? 'user_1, user_2' : 'org_1,org_2';
		const parameters = { events: ['*'], options: { [name]: ids } };
		expect((await send(parameters, event(type, data))).started).toBe(passes);
	});

	it.each<[string, unknown]>([
		['semicolons', 'user_0; user_1'],
		['line breaks', 'user_0\nuser_1\n'],
		['quotes', '"user_0", "user_1"'],
		['a JSON list as text', '["user_0", "user_1"]'],
		['an array', ['user_0', ' user_1 ']],
	])('reads IDs from a list with %s', async (_, userIds) => {
		const parameters = { events: ['*'], options: { userIds } };
		expect((await send(parameters, event('user.deleted', { id: 'user_1' }))).started).toBe(true);
		expect((await send(parameters, event('user.deleted', { id: 'user_2' }))).status).toBe(204);
	});

	it('lets every event pass an empty filter', async () => {
		const parameters = { events: ['*'], options: { userIds: ' , ', organizationIds: '' } };
		expect((await send(parameters, event('role.created'))).started).toBe(true);
	});

	it.each<[string, string | null | undefined, boolean]>([
		['203.0.113.7', '203.0.113.7', true],
		['::ffff:203.0.113.7', '203.0.113.7', true],
		['203.0.113.70', '203.0.113.7', false],
		['203.0.113.200', '198.51.100.1, 203.0.113.0/24', true],
		['203.0.114.1', '203.0.113.0/24', false],
		['10.0.0.1', '0.0.0.0/0', true],
		['2001:db8::1', '2001:DB8::1', true],
		['2001:db8::1', '203.0.113.0/24', false],
		['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
		['2001:db8::1:1', '2001:db8::/64', true],
		['2001:db8:0:1::1', '2001:db8::/64', false],
		['2001:db8::1', '::/0', true],
		['203.0.113.7', '::/0', false],
		['203.0.113.7', '::ffff:203.0.113.0/120', true],
		['203.0.114.7', '::ffff:203.0.113.0/120', false],
		['::ffff:cb00:7107', '203.0.113.7', true],
		['203.0.113.7', '198.51.100.1; 203.0.113.7', true],
		['203.0.113.7', '198.51.100.1\n"203.0.113.7"', true],
		['203.0.113.7', '203.0.113.0/33', false],
		['203.0.113.7', 'anything', false],
		// What an expression left empty is no list that lets everybody in.
		['203.0.113.7', '', false],
		['203.0.113.7', ' , ', false],
		['203.0.113.7', null, false],
		['203.0.113.7', undefined, false],
	])('lets %s pass the allow list %s: %s', async (ip, ipAllowList, passes) => {
		const parameters = { events: ['*'], options: { ipAllowList } };
		const response = await send(parameters, event('user.created'), ip);
		expect(response).toMatchObject({ started: passes, status: passes ? 200 : 403 });
	});

	it('lets every address pass when there is no allow list', async () => {
		const parameters = { events: ['*'], options: {} };
		const response = await send(parameters, event('user.created'), '203.0.113.7');
		expect(response).toMatchObject({ started: true, status: 200 });
	});
});

describe('receive, the output', () => {
	const metadata = { Plan_Name: 'pro', nested_thing: { inner_key: 1 } };

	it('has the fields of the event and of its record on one level', async () => {
		const data = {
			object: 'user',
			id: 'user_1',
			first_name: 'Ada',
			last_name: 'Berg',
			primary_email_address_id: 'idn_1',
			email_addresses: [
				{ id: 'idn_1', email_address: 'ada@example.com', verification: { status: 'verified' } },
			],
			public_metadata: metadata,
		};
		const { json } = await send({ events: ['*'] }, event('user.created', data));
		expect(json).toMatchObject({
			eventType: 'user.created',
			occurredAt: '2026-01-02T03:04:05.678Z',
			instanceId: 'ins_1',
			svixId: 'msg_1',
			clientIp: '192.0.2.7',
			userAgent: 'Tester',
			id: 'user_1',
			fullName: 'Ada Berg',
			primaryEmailAddress: 'ada@example.com',
			publicMetadata: metadata,
		});
		const keys = Object.keys(json!);
		expect(keys.slice(0, 4)).toEqual(['eventType', 'occurredAt', 'id', 'fullName']);
		expect(keys.slice(-4)).toEqual(['instanceId', 'svixId', 'clientIp', 'userAgent']);
	});

	it('keeps the keys of metadata at any depth', async () => {
		const data = { user_id: 'user_1', some_thing: { public_metadata: metadata } };
		const { json } = await send({ events: ['*'] }, event('spaceship.landed', data));
		expect(json).toMatchObject({ userId: 'user_1', someThing: { publicMetadata: metadata } });
	});

	it('has only the fields that Clerk sent of a deleted record', async () => {
		const data = { object: 'user', id: 'user_1', deleted: true, external_id: 'ext_1' };
		const { json } = await send({ events: ['*'] }, event('user.deleted', data));
		expect(Object.keys(json!).slice(2, -4)).toEqual(['object', 'id', 'deleted', 'externalId']);
	});

	it('never lets a field of the record override one of the event', async () => {
		const data = { event_type: 'x', svix_id: 'x', instance_id: 'x', client_ip: 'x' };
		const { json } = await send({ events: ['*'] }, event('spaceship.landed', data));
		expect(json).toMatchObject({
			eventType: 'spaceship.landed',
			svixId: 'msg_1',
			instanceId: 'ins_1',
			clientIp: '192.0.2.7',
		});
	});

	it('takes small timestamps for seconds and gives null for missing fields', async () => {
		const occurred = async (timestamp: unknown) =>
			(await send({ events: ['*'] }, event('user.created', {}, { timestamp }))).json?.occurredAt;
		expect(await occurred(1_716_883_200)).toBe('2024-05-28T08:00:00.000Z');
		expect(await occurred(1_716_883_200_123)).toBe('2024-05-28T08:00:00.123Z');
		for (const timestamp of [undefined, null, 'soon', 1e300]) {
			expect(await occurred(timestamp)).toBeNull();
		}
		const { json } = await send({ events: ['*'] }, { type: 'user.created' });
		expect(json).toMatchObject({ clientIp: null, userAgent: null, instanceId: null, id: null });
	});

	it('is the unchanged event when Output is Raw', async () => {
		const sent = event('user.created', { id: 'user_1', public_metadata: metadata });
		expect((await send({ events: ['*'], output: 'raw' }, sent)).json).toEqual(sent);
	});

	it('has the headers only when Output Headers is on', async () => {
		const parameters = { events: ['*'], options: { outputHeaders: true } };
		const { json } = await send(parameters, event('user.created'));
		expect(json?.headers).toMatchObject({ 'svix-id': 'msg_1' });
		expect((await send({ events: ['*'] }, event('user.created'))).json).not.toHaveProperty(
			'headers',
		);
	});

	it('is the same when Svix delivers an event again', async () => {
		const trigger = openTrigger();
		const sent = event('user.created', { id: 'user_1' });
		const first = await trigger.receive(signedBySvix(SECRET, sent, { id: 'msg_7' }));
		const again = await trigger.receive(
			signedBySvix(SECRET, sent, { id: 'msg_7', at: Date.now() + 5_000 }),
		);
		expect(again.json).toEqual(first.json);
	});

	it.each(EVENT_TYPES)('has the record of a %s and no snake_case', async (type) => {
		const sent = exampleOf({ clock: Date.now }, type);
		const { json } = await send({ events: [type] }, sent);
		expect(json).toMatchObject({ eventType: type, id: sent.data.id });
		expect(Object.keys(json!).filter((key) => key.includes('_'))).toEqual([]);
	});
});

describe('receive, the log', () => {
	const forged = () => signedBySvix(secretOf(2), event('user.created'));

	afterEach(() => jest.restoreAllMocks());

	it('has one warning a minute, with the reason and the number of others', async () => {
		const now = jest.spyOn(Date, 'now');
		const start = 1_767_000_000_000;
		const { receive, warnings } = openTrigger();
		const at = async (time: number) => {
			now.mockReturnValue(start + time);
			await receive(forged());
		};
		await at(0);
		for (let count = 0; count < 50; count++) await at(count * 1_000);
		expect(warnings).toEqual([
			'A request to a Clerk Trigger was rejected: its signature does not match the secret or the content.',
		]);
		await at(60_000);
		expect(warnings).toHaveLength(2);
		expect(warnings[1]).toMatch(/50 more were rejected/);
	});

	it('warns once for each workflow', async () => {
		const one = openTrigger();
		const other = openTrigger();
		await one.receive(forged());
		await other.receive(forged());
		expect([one.warnings.length, other.warnings.length]).toEqual([1, 1]);
	});

	it('contains no secret and no part of the request, nor does the response', async () => {
		const secrets = [SECRET, 'whsec_short', 'sk_test_0123456789'];
		for (const secret of secrets) {
			const { receive, warnings } = openTrigger({ secret });
			const request = signedBySvix(secretOf(2), event('user.created\nforged line'));
			const { text } = await receive({
				...request,
				headers: { ...request.headers, 'svix-id': 'a\nb' },
			});
			for (const said of [text, ...warnings]) {
				expect(said).not.toMatch(/whsec_|sk_test|forged|\n/);
				expect(said).not.toContain(Buffer.alloc(24, 1).toString('base64'));
			}
			expect(warnings).toHaveLength(1);
		}
	});

	it('has no warning for events that were not chosen', async () => {
		const { receive, warnings } = openTrigger({ parameters: { events: ['user.created'] } });
		await receive(signedBySvix(SECRET, event('user.updated')));
		expect(warnings).toEqual([]);
	});
});

describe('receive, without a credential', () => {
	it('responds 500 and throws nothing, as n8n would make an execution of the error', async () => {
		const { receive } = openTrigger({ credentialError: new Error('no such credential') });
		const response = await receive(signedBySvix(SECRET, event('user.created')));
		expect(response).toMatchObject({ started: false, status: 500 });
		expect(response.text).not.toContain('no such credential');
	});
});

describe('activating the trigger', () => {
	it.each<[string, RegExp]>([
		['', /empty/],
		['whsec_', /is incomplete or is something else/],
		['whsec_abc', /is incomplete or is something else/],
		['sk_test_0123456789', /is a Clerk API key/],
		[`${SECRET} whsec_%%%`, /Signing secret 2 of 2/],
	])(
		'rejects the signing secret %j, as the test of the credential does',
		async (secret, message) => {
			await expect(openTrigger({ secret }).activate()).rejects.toThrow(message);
			expect(await testCredential(secret)).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(message),
			});
		},
	);

	it('rejects an empty list of events', async () => {
		await expect(openTrigger({ parameters: { events: [] } }).activate()).rejects.toThrow(/Events/);
		await expect(openTrigger().activate()).resolves.toBe(true);
	});

	it.each(['', ' ,', undefined])('rejects the IP allow list %j', async (ipAllowList) => {
		const parameters = { events: ['*'], options: { ipAllowList } };
		await expect(openTrigger({ parameters }).activate()).rejects.toThrow(/^IP Allow List is empty/);
	});

	it.each<[Record<string, unknown>, RegExp]>([
		[{ userIds: 'ada@example.com' }, /^User IDs needs a user ID .*"ada@example.com"/],
		[{ userIds: 'user_a; org_b' }, /^User IDs needs a user ID .*"org_b".*organization's ID/],
		[{ userIds: 'user_a user_b' }, /^User IDs needs a user ID .*"user_a user_b"/],
		[{ userIds: '' }, /^User IDs is empty, which lets every event pass/],
		[{ organizationIds: 'acme-corp' }, /^Organization IDs needs an organization ID .*"acme-corp"/],
		[{ organizationIds: ' ; ' }, /^Organization IDs is empty/],
		[{ ipAllowList: '203.0.113.7, 203.0.113.0/33' }, /^IP Allow List needs .*"203.0.113.0\/33"/],
		[{ ipAllowList: 'example.com' }, /^IP Allow List needs .*"example.com"/],
	])('rejects the options %j, which can match nothing', async (options, message) => {
		const parameters = { events: ['*'], options };
		await expect(openTrigger({ parameters }).activate()).rejects.toThrow(message);
	});

	it.each<Record<string, unknown>>([
		{ userIds: 'user_a; user_b' },
		{ userIds: '["user_a"]', organizationIds: ['org_a', 'org_b'] },
		{ ipAllowList: '203.0.113.7\n2001:db8::/32' },
		{},
	])('accepts the options %j', async (options) => {
		await expect(openTrigger({ parameters: { events: ['*'], options } }).activate()).resolves.toBe(
			true,
		);
	});

	it('rejects text that is no name of an event, and accepts events that are newer than the list', async () => {
		for (const events of ['user created', 'user.created; user.deleted', ['user']]) {
			await expect(openTrigger({ parameters: { events } }).activate()).rejects.toThrow(
				/^Events needs events such as user\.created/,
			);
		}
		const parameters = { events: 'user.created, spaceship.landed' };
		await expect(openTrigger({ parameters }).activate()).resolves.toBe(true);
	});

	it('accepts one signing secret or several in the test of the credential', async () => {
		expect((await testCredential(SECRET)).status).toBe('OK');
		expect((await testCredential(`${SECRET}${secretOf(2)}`)).message).toMatch(/^2 /);
	});
});
