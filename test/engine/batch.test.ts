import { realClock } from '../../nodes/Clerk/engine/clock';
import { answer, refusal, run } from '../support/scripted';
import type { Answer, Sent } from '../support/scripted';

jest.mock('../../nodes/Clerk/engine/clock', () => ({
	realClock: jest
		.requireActual<typeof import('../support/clock')>('../support/clock')
		.createClock({ automatic: true }),
}));

beforeEach(async () => await realClock.wait(3_600_000));

interface Entry {
	email_address: string;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const guest = (index: number) => `guest${index}@example.com`;

const invite = (emailAddress: string, organization = 'org_1', options = {}) => ({
	resource: 'organizationInvitation',
	operation: 'createMany',
	organizationId: byId(organization),
	emailAddress,
	role: byId('org:member'),
	options,
});

const invites = (count: number) =>
	Array.from({ length: count }, (_, index) => invite(guest(index)));

const entriesOf = ({ body }: Sent): Entry[] => JSON.parse(String(body)) as Entry[];

const recordOf = ({ email_address }: Entry) => ({
	id: `orginv of ${email_address}`,
	email_address,
});

const invited: Answer = (sent) => answer(200, { data: entriesOf(sent).map(recordOf) });

describe('items that share a call', () => {
	it('go ten at a time, and each gets its own record', async () => {
		const { sent, items } = await run({ parameters: invites(23) }, invited);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([10, 10, 3]);
		expect(items.map(({ json }) => json.emailAddress)).toEqual(
			Array.from({ length: 23 }, (_, index) => guest(index)),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 23 }, (_, item) => ({ item })),
		);
	});

	it('go by where they are sent', async () => {
		const { lines, json } = await run(
			{
				parameters: [invite('a@x.y', 'org_1'), invite('b@x.y', 'org_2'), invite('c@x.y', 'org_1')],
			},
			invited,
		);
		expect(lines).toEqual([
			'POST /organizations/org_1/invitations/bulk',
			'POST /organizations/org_2/invitations/bulk',
		]);
		expect(json.map(({ emailAddress }) => emailAddress)).toEqual(['a@x.y', 'b@x.y', 'c@x.y']);
	});

	it('get their record whatever the order and the case of the answer', async () => {
		const { json } = await run({ parameters: [invite('Ada@X.y'), invite('bo@x.y')] }, (sent) =>
			answer(
				200,
				entriesOf(sent)
					.map(({ email_address }) => recordOf({ email_address: email_address.toLowerCase() }))
					.reverse(),
			),
		);
		expect(json.map(({ id }) => id)).toEqual(['orginv of ada@x.y', 'orginv of bo@x.y']);
	});

	it('say so where the answer lacks theirs, and the others have theirs', async () => {
		const { json } = await run(
			{ parameters: [invite('a@x.y'), invite('b@x.y')], continueOnFail: true },
			(sent) => answer(200, entriesOf(sent).slice(1).map(recordOf)),
		);
		expect(json[0].error).toContain('says nothing about this item');
		expect(json[1]).toMatchObject({ id: 'orginv of b@x.y' });
	});

	it('share what Clerk refused, and other calls go on', async () => {
		const { json } = await run({ parameters: invites(12), continueOnFail: true }, (sent, count) =>
			entriesOf(sent).length === 10
				? refusal(422, [{ code: 'duplicate_record', message: 'already invited' }])
				: invited(sent, count),
		);
		const refused = json.map(({ error }) => error !== undefined);
		expect(refused).toEqual([...Array<boolean>(10).fill(true), false, false]);
	});

	it('go side by side, also to one organization', async () => {
		let active = 0;
		let most = 0;
		await run({ parameters: invites(50) }, async (sent, count) => {
			most = Math.max(most, ++active);
			await realClock.wait(10);
			active--;
			return await invited(sent, count);
		});
		expect(most).toBe(5);
	});

	it('are shown one by one by a dry run, as the call that each is part of', async () => {
		const options = { dryRun: true };
		const { json, lines } = await run(
			{ parameters: [invite('a@x.y', 'org_1', options), invite('b@x.y', 'org_1', options)] },
			invited,
		);
		expect(lines).toEqual([]);
		expect(json.map(({ body }) => body)).toEqual([
			[{ email_address: 'a@x.y', role: 'org:member' }],
			[{ email_address: 'b@x.y', role: 'org:member' }],
		]);
	});
});

describe('items whose calls are a list of ids', () => {
	const ban = (userId: string, options = {}) => ({
		resource: 'user',
		operation: 'banMany',
		userId: byId(userId),
		options,
	});
	const bans = (count: number) => Array.from({ length: count }, (_, index) => ban(`user_${index}`));
	const idsOf = ({ body }: Sent) => (JSON.parse(String(body)) as { user_ids: string[] }).user_ids;
	const users = (ids: string[]) => ids.map((id) => ({ id, banned: true }));
	const banned: Answer = (sent) => answer(200, users(idsOf(sent)));

	it.each([
		[1, [1]],
		[50, [50]],
		[51, [50, 1]],
		[120, [50, 50, 20]],
	])('%i go as %j', async (count, sizes) => {
		const { sent, lines } = await run({ parameters: bans(count) }, banned);
		expect(sent.map((call) => idsOf(call).length)).toEqual(sizes);
		expect(new Set(lines)).toEqual(new Set(['POST /users/ban']));
		expect(sent.flatMap(idsOf)).toEqual(bans(count).map(({ userId }) => userId.value));
	});

	it('get their own user, in whatever order the answer has them', async () => {
		const { json, items } = await run({ parameters: bans(60) }, (sent) =>
			answer(200, users(idsOf(sent)).reverse()),
		);
		expect(json.map(({ id }) => id)).toEqual(bans(60).map(({ userId }) => userId.value));
		expect(json[0]).toMatchObject({ banned: true, success: true });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 60 }, (_, item) => ({ item })),
		);
	});

	it('are named by an e-mail address as well, looked up in one request', async () => {
		const named = ['ada', 'bo'].map((name) => ({
			...ban(''),
			userId: { __rl: true, mode: 'emailAddress', value: `${name}@x.y` },
		}));
		const { lines, sent } = await run({ parameters: named }, (call, count) =>
			call.method === 'POST'
				? banned(call, count)
				: answer(
						200,
						['ada', 'bo'].map((name) => ({
							id: `user_${name}`,
							email_addresses: [
								{ email_address: `${name}@x.y`, verification: { status: 'verified' } },
							],
						})),
					),
		);
		expect(lines).toEqual([
			'GET /users?email_address=ada@x.y&email_address=bo@x.y&limit=500',
			'POST /users/ban',
		]);
		expect(idsOf(sent[1])).toEqual(['user_ada', 'user_bo']);
	});

	it('say so where the answer is nobody or somebody else', async () => {
		const { json } = await run({ parameters: bans(3), continueOnFail: true }, () =>
			answer(200, users(['user_1', 'user_9'])),
		);
		expect(
			json.map(({ id, error }) => id ?? /says nothing about this item/.test(String(error))),
		).toEqual([true, 'user_1', true]);
	});

	it('stop at a refused call, and say which went and which did not', async () => {
		const { fault, sent } = await run(
			{ parameters: bans(150).map((form) => ({ ...form, options: { concurrency: 1 } })) },
			(call, count) =>
				count === 1 ? refusal(402, [{ message: 'Not in your plan' }]) : banned(call, count),
		);
		expect(sent).toHaveLength(2);
		expect(fault?.message).toContain('Not in your plan');
		expect(fault?.description).toContain('items 0–49');
		expect(fault?.description).toContain('Not sent: items 100–149');
	});

	it('are not sent again where nobody knows whether they were carried out', async () => {
		const { sent, json } = await run({ parameters: bans(2), continueOnFail: true }, () =>
			refusal(502, [{ message: 'bad gateway' }]),
		);
		expect(sent).toHaveLength(1);
		expect(json.every(({ error }) => error !== undefined)).toBe(true);
	});

	it('leave out an item whose form is wrong, with continue on fail', async () => {
		const { json, sent } = await run(
			{ parameters: [ban('user_0'), ban(''), ban('user_2')], continueOnFail: true },
			banned,
		);
		expect(sent.map(idsOf)).toEqual([['user_0', 'user_2']]);
		expect(json.map(({ id }) => id)).toEqual(['user_0', undefined, 'user_2']);
		expect(json[1].error).toContain('User is empty');
	});

	it('send nothing at all where one is wrong, without it', async () => {
		const { fault, sent } = await run({ parameters: [ban('user_0'), ban('')] }, banned);
		expect([fault?.message, sent]).toEqual([expect.stringContaining('User is empty'), []]);
	});

	it('are shown and not sent by a dry run, and those beside them are sent', async () => {
		const { json, sent } = await run(
			{ parameters: [ban('user_0', { dryRun: true }), ban('user_1'), ban('user_2')] },
			banned,
		);
		expect(sent.map(idsOf)).toEqual([['user_1', 'user_2']]);
		expect(json[0]).toEqual({
			dryRun: true,
			method: 'POST',
			path: '/users/ban',
			body: { user_ids: ['user_0'] },
		});
		expect(json.slice(1).map(({ id }) => id)).toEqual(['user_1', 'user_2']);
	});
});
