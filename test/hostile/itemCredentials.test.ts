import { fakeClock } from '../support/fakeClock';
import { response, credential, errorResponse, run } from '../support/scripted';
import type { Respond } from '../support/scripted';
import {
	byEmail,
	byId,
	createUser,
	found,
	getUser,
	gets,
	updateUser,
	userIn,
} from '../support/users';

/** A credential whose key, API URL or policy is an expression: each item goes with its own. */

type Other = Partial<typeof credential>;

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

/** Not real keys, and joined here so that no scanner takes them for some. */
const secretKeyFor = (name: string) => ['sk', 'test', name].join('_');
const withKey = (name: string): Other => ({ secretKey: secretKeyFor(name) });

/** The credential of each item. */
const ofItems =
	(...others: Other[]) =>
	(index: number) => ({ ...credential, ...others[index] });

const creates = (...names: string[]) =>
	names.map((name) =>
		createUser({ additionalFields: { emailAddress: [`${name}@example.com`], firstName: name } }),
	);

const created: Respond = ({ body }) =>
	response(200, { id: 'user_1', first_name: JSON.parse(String(body)).first_name });

describe('items with credentials of their own', () => {
	it.each([
		['A, B, A', ['A', 'B', 'A']],
		['A, B, C, A', ['A', 'B', 'C', 'A']],
		['A, A, B, B', ['A', 'A', 'B', 'B']],
		['A, B', ['A', 'B']],
	])('are sent with their own keys: %s', async (_, names) => {
		const { json, items, sent, keys, fault } = await run(
			{
				parameters: creates(...names.map((name, at) => `${name}${at}`)),
				credential: ofItems(...names.map(withKey)),
			},
			created,
		);
		expect(fault).toBeUndefined();
		const nameIn = (at: number) => JSON.parse(String(sent[at].body)).first_name as string;
		expect(keys).toEqual(sent.map((_one, at) => secretKeyFor(nameIn(at)[0])));
		expect(json.map(({ firstName }) => firstName)).toEqual(names.map((name, at) => `${name}${at}`));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			names.map((_one, item) => ({ item })),
		);
	});

	it('are sent to their own API URL', async () => {
		const elsewhere = { baseUrl: 'https://clerk.example/v1' };
		const { sent } = await run(
			{ parameters: gets('a', 'b', 'c'), credential: ofItems({}, elsewhere, {}) },
			found,
		);
		expect(sent.map(({ url }) => url).sort()).toEqual([
			'https://api.clerk.com/v1/users/a',
			'https://api.clerk.com/v1/users/c',
			'https://clerk.example/v1/users/b',
		]);
	});

	it('are refused by their own policy, before anything is sent', async () => {
		const policies = ofItems({}, { accessPolicy: 'readOnly' }, {});
		const { fault, sent } = await run(
			{ parameters: creates('a', 'b', 'c'), credential: policies },
			created,
		);
		expect(fault.message).toMatch(/"Read Only" refused POST \/users.* \[item 1\]$/);
		expect(sent).toEqual([]);
	});

	it('are refused by their own policy while the others are sent, with continue on fail', async () => {
		const policies = ofItems({}, { accessPolicy: 'readOnly' }, {});
		const { json, sent } = await run(
			{ parameters: creates('a', 'b', 'c'), credential: policies, continueOnFail: true },
			created,
		);
		expect(json).toMatchObject([
			{ firstName: 'a' },
			{ error: expect.any(String) },
			{ firstName: 'c' },
		]);
		expect(sent).toHaveLength(2);
	});

	it('have their locators looked up with their own keys', async () => {
		const find: Respond = ({ method, url, qs }) => {
			if (method !== 'GET') return found({ method, url } as never, 0);
			const [email] = [(qs as { email_address: string[] }).email_address].flat();
			const verification = { status: 'verified' };
			return response(200, [
				{ id: `user_${email[0]}`, email_addresses: [{ email_address: email, verification }] },
			]);
		};
		const parameters = ['A', 'B', 'A'].map((name) =>
			updateUser({ userId: byEmail(`${name}@example.com`), updateFields: { firstName: name } }),
		);
		const { keys, lines } = await run(
			{ parameters, credential: ofItems(...['A', 'B', 'A'].map(withKey)) },
			find,
		);
		const pairs = lines.map((line, at) => `${keys[at].slice(-1)} ${line}`).sort();
		expect(pairs).toEqual([
			'A GET /users?email_address=a@example.com&limit=500',
			'A PATCH /users/user_a',
			'A PATCH /users/user_a',
			'B GET /users?email_address=b@example.com&limit=500',
			'B PATCH /users/user_b',
		]);
	});

	it('share no call of a batch with items of another key', async () => {
		const parameters = ['A', 'B', 'A', 'B'].map((name, at) => ({
			resource: 'invitation',
			operation: 'createMany',
			emailAddress: `${name}${at}@example.com`.toLowerCase(),
			options: {},
		}));
		const invited: Respond = ({ body }) =>
			response(
				200,
				(JSON.parse(String(body)) as Array<{ email_address: string }>).map((entry) => ({
					id: 'inv_1',
					...entry,
				})),
			);
		const { keys, sent, json } = await run(
			{ parameters, credential: ofItems(...['A', 'B', 'A', 'B'].map(withKey)) },
			invited,
		);
		expect(keys).toEqual([secretKeyFor('A'), secretKeyFor('B')]);
		expect(sent.map(({ body }) => String(body).match(/\w+@/g))).toEqual([
			['a0@', 'a2@'],
			['b1@', 'b3@'],
		]);
		expect(json.map(({ emailAddress }) => emailAddress)).toEqual(
			['a0', 'b1', 'a2', 'b3'].map((name) => `${name}@example.com`),
		);
	});

	it('do not wait for the rate limit of another key', async () => {
		const names = Array.from({ length: 400 }, (_, at) => (at < 200 ? 'A' : 'B'));
		const startedAt = fakeClock.now();
		const times: Record<string, number> = {};
		const { fault } = await run(
			{
				parameters: gets(...names.map((name, at) => `${name}${at}`)),
				credential: ofItems(...names.map(withKey)),
			},
			(sent) => {
				times[userIn(sent)[0]] = fakeClock.now() - startedAt;
				return found(sent, 0);
			},
		);
		expect(fault).toBeUndefined();
		// 200 requests with 80 in 10 s: each key takes 20 s, and both at the same time.
		expect(times).toEqual({ A: expect.any(Number), B: expect.any(Number) });
		expect(Math.max(times.A, times.B)).toBeLessThan(25_000);
	});

	it('are refused by naming the item whose key is none, before anything is sent', async () => {
		const { fault, sent } = await run(
			{ parameters: gets('a', 'b', 'c'), credential: ofItems({}, { secretKey: '' }, {}) },
			found,
		);
		expect(fault.message).toMatch(/Secret Key .* is empty.* \[item 1\]$/);
		expect(sent).toEqual([]);
	});

	it('are sent without the item whose key is none, with continue on fail', async () => {
		const { json, sent } = await run(
			{
				parameters: gets('a', 'b', 'c'),
				credential: ofItems({}, { secretKey: '' }, {}),
				continueOnFail: true,
			},
			found,
		);
		expect(json).toMatchObject([{ id: 'a' }, { error: expect.any(String) }, { id: 'c' }]);
		expect(sent).toHaveLength(2);
	});

	describe('of which an expression throws', () => {
		/** As n8n, whose message may repeat what the expression says. */
		const throwing =
			(...bad: number[]) =>
			(index: number) => {
				if (bad.includes(index)) throw new Error('invalid syntax');
				return { ...credential, ...withKey('A') };
			};

		it.each([[[0]], [[1]], [[0, 1]], [[2]]])(
			'name the item, before anything is sent: %j',
			async (bad) => {
				const { fault, sent } = await run(
					{ parameters: creates('a', 'b', 'c'), credential: throwing(...bad) },
					created,
				);
				expect(fault.constructor.name).toBe('NodeOperationError');
				expect(fault.message).toBe(`Credential could not be read: invalid syntax [item ${bad[0]}]`);
				expect(sent).toEqual([]);
			},
		);

		it.each([[[0]], [[1]], [[0, 1]], [[2]]])(
			'are sent without the item whose expression throws: %j',
			async (bad) => {
				const { json, sent, fault } = await run(
					{
						parameters: creates('a', 'b', 'c'),
						credential: throwing(...bad),
						continueOnFail: true,
					},
					created,
				);
				expect(fault).toBeUndefined();
				expect(json).toMatchObject(
					['a', 'b', 'c'].map((firstName, index) =>
						bad.includes(index)
							? { error: expect.stringContaining(`invalid syntax [item ${index}]`) }
							: { firstName },
					),
				);
				expect(sent).toHaveLength(3 - bad.length);
			},
		);

		it.each([true, false])(
			'throw when it is that of all of them; Continue On Fail: %s',
			async (continueOnFail) => {
				const { fault, sent } = await run(
					{ parameters: gets('a', 'b', 'c'), credential: throwing(0, 1, 2), continueOnFail },
					found,
				);
				expect(fault.message).toBe('invalid syntax');
				expect(sent).toEqual([]);
			},
		);

		it.each([
			['cleanUp', { resource: 'user', operation: 'cleanUp' }],
			['sync', { resource: 'organizationMembership', operation: 'sync' }],
		])('are refused as the input of the job %s', async (_, job) => {
			for (const continueOnFail of [true, false]) {
				const { sent } = await run(
					{
						parameters: [job, job, job].map((one) => ({ ...one, options: {} })),
						credential: throwing(1),
						continueOnFail,
					},
					found,
				);
				expect(sent).toEqual([]);
			}
		});
	});

	it('show no key in a message, and stop with the first that fails', async () => {
		const { fault, items } = await run(
			{ parameters: gets('a', 'b', 'c'), credential: ofItems(...['A', 'B', 'C'].map(withKey)) },
			(sent) =>
				sent.url.endsWith('/b')
					? errorResponse(403, [{ message: `not for ${secretKeyFor('B')}`, code: 'x' }])
					: found(sent, 0),
		);
		expect(items).toEqual([]);
		expect(fault.message).toBe('not for ******** [item 1]');
		expect(fault.description).toContain('items 0, 2');
	});

	it.each([
		['cleanUp', { resource: 'user', operation: 'cleanUp' }],
		['sync', { resource: 'organizationMembership', operation: 'sync' }],
	])('are refused as the input of the job %s', async (_, job) => {
		const others = ofItems({}, withKey('B'), {});
		const { fault, sent } = await run(
			{ parameters: [job, job, job].map((one) => ({ ...one, options: {} })), credential: others },
			found,
		);
		expect(fault.message).toMatch(/^The items have 2 credentials, .* as one/);
		expect(sent).toEqual([]);
	});

	it('each read their credential, so that one in the middle is seen', async () => {
		const read: number[] = [];
		const count = 250;
		const ofItem = (index: number) => {
			read.push(index);
			return credential;
		};
		await run(
			{
				parameters: Array.from({ length: count }, () => getUser({ userId: byId('u') })),
				credential: ofItem,
			},
			found,
		);
		expect(read.sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
	});
});
