import { fakeClock } from '../../support/fakeClock';
import { response as response, networkError, errorResponse, run } from '../../support/scripted';
import type { Respond, Sent } from '../../support/scripted';

beforeEach(async () => await fakeClock.wait(3_600_000));

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

const invited: Respond = (sent) => response(200, { data: entriesOf(sent).map(recordOf) });

describe('a batch of entries', () => {
	it('has at most ten items, each of which gets its own record', async () => {
		const { sent, items } = await run({ parameters: invites(23) }, invited);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([10, 10, 3]);
		expect(items.map(({ json }) => json.emailAddress)).toEqual(
			Array.from({ length: 23 }, (_, index) => guest(index)),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 23 }, (_, item) => ({ item })),
		);
	});

	it('has only items with the same path', async () => {
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

	it('has a repeated ID once, and all of its items get the record', async () => {
		const ban = (id: string) => ({
			resource: 'user',
			operation: 'banMany',
			userId: byId(id),
			options: {},
		});
		const twice = Array.from({ length: 60 }, (_, at) => ban(`user_${Math.floor(at / 2)}`));
		const bodies: unknown[] = [];
		const { json } = await run({ parameters: twice }, ({ body }) => {
			const { user_ids: ids } = JSON.parse(String(body)) as { user_ids: string[] };
			bodies.push(ids.length);
			return response(
				200,
				ids.map((id) => ({ id })),
			);
		});
		expect(bodies).toEqual([30]);
		expect(json.map(({ id }) => id)).toEqual(twice.map(({ userId }) => userId.value));
	});

	it('matches the one remaining record when Clerk spells the address in another way', async () => {
		const { json } = await run({ parameters: [invite('a@ümlaut.de'), invite('b@x.y')] }, (sent) =>
			response(
				200,
				entriesOf(sent).map((entry) =>
					recordOf({ email_address: entry.email_address.replace('ümlaut', 'xn--mlaut-jva') }),
				),
			),
		);
		expect(json.map(({ emailAddress }) => emailAddress)).toEqual(['a@xn--mlaut-jva.de', 'b@x.y']);
	});

	it('matches records in any order and case', async () => {
		const { json } = await run({ parameters: [invite('Ada@X.y'), invite('bo@x.y')] }, (sent) =>
			response(
				200,
				entriesOf(sent)
					.map(({ email_address }) => recordOf({ email_address: email_address.toLowerCase() }))
					.reverse(),
			),
		);
		expect(json.map(({ id }) => id)).toEqual(['orginv of ada@x.y', 'orginv of bo@x.y']);
	});

	it('fails only for the item without a record in the response', async () => {
		const { json, items } = await run(
			{ parameters: [invite('a@x.y'), invite('b@x.y')], continueOnFail: true },
			(sent) => response(200, entriesOf(sent).slice(1).map(recordOf)),
		);
		expect(json[0].error).toMatch(/does not mention this item \[item 0\]$/);
		expect(items[0].json.message).toMatch(/Outcome unknown: .*Check in Clerk/);
		expect(json[1]).toMatchObject({ id: 'orginv of b@x.y' });
	});

	it.each([
		['an empty list', response(200, [])],
		['no content', response(204)],
		['a list of nothing', response(200, [null])],
	])('has an unknown outcome, and no rejection, when the response is %s', async (_, empty) => {
		const { fault, sent } = await run({ parameters: invites(3) }, () => empty);
		expect(sent).toHaveLength(1);
		expect(fault?.message).toMatch(/does not mention this item \[item 0\]$/);
		expect(fault?.description).toMatch(/^Outcome unknown: .*Check in Clerk/);
		expect(fault?.description).toContain('Outcome unknown: items 1–2.');
		expect(fault?.description).not.toContain('Refused');
	});

	it('has an unknown outcome for items without a record beside one that has its record', async () => {
		const { fault } = await run({ parameters: invites(3) }, (sent) =>
			response(200, entriesOf(sent).slice(0, 1).map(recordOf)),
		);
		expect(fault?.message).toContain('[item 1]');
		expect(fault?.description).toContain('Carried out before the node stopped: items 0.');
		expect(fault?.description).toContain('Outcome unknown: items 2.');
	});

	it('is sent concurrently with others of the same organization', async () => {
		let active = 0;
		let most = 0;
		await run({ parameters: invites(50) }, async (sent, count) => {
			most = Math.max(most, ++active);
			await fakeClock.wait(10);
			active--;
			return await invited(sent, count);
		});
		expect(most).toBe(5);
	});

	it('has no address twice: the second goes into a later call, in order', async () => {
		let active = 0;
		const done: string[][] = [];
		const twice = [...invites(11), invite(' GUEST0@example.com'), invite(guest(10))];
		const { json } = await run({ parameters: twice }, async (sent, count) => {
			const addresses = entriesOf(sent).map(({ email_address }) => email_address);
			if (addresses.some((address) => /guest0@/i.test(address))) {
				expect(++active).toBe(1);
				await fakeClock.wait(10);
				active--;
			}
			done.push(addresses);
			return await invited(sent, count);
		});
		expect(done.map(({ length }) => length)).toEqual([10, 2, 1]);
		expect(done.slice(1)).toEqual([[guest(10), guest(0)], [guest(10)]]);
		expect(json.map(({ emailAddress }) => emailAddress)).toEqual([
			...Array.from({ length: 11 }, (_, index) => guest(index)),
			guest(0),
			guest(10),
		]);
	});

	it('is sent for two organizations when both have the same address', async () => {
		const { sent } = await run(
			{
				parameters: [invite('a@x.y', 'org_1'), invite('a@x.y', 'org_2'), invite('b@x.y', 'org_1')],
			},
			invited,
		);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([2, 1]);
	});

	it('is sent without spaces around addresses, and its items get their records', async () => {
		const { sent, json } = await run(
			{ parameters: [invite(' a@x.y\n'), invite('b@x.y ')] },
			invited,
		);
		expect(sent.flatMap(entriesOf).map(({ email_address }) => email_address)).toEqual([
			'a@x.y',
			'b@x.y',
		]);
		expect(json.map(({ id }) => id)).toEqual(['orginv of a@x.y', 'orginv of b@x.y']);
	});

	it('matches a record whose address Clerk returns with spaces', async () => {
		const { json } = await run({ parameters: [invite('a@x.y')] }, () =>
			response(200, [recordOf({ email_address: ' A@x.y ' })]),
		);
		expect(json).toMatchObject([{ id: 'orginv of  A@x.y ' }]);
	});

	it('rejects an address of spaces as empty, before anything is sent', async () => {
		const { fault, sent } = await run({ parameters: [invite('a@x.y'), invite('  ')] }, invited);
		expect([fault?.message, sent]).toEqual(['Email Address is empty [item 1]', []]);
	});

	it('is shown by a dry run as one request for each item', async () => {
		const options = { dryRun: true };
		const { json, lines } = await run(
			{ parameters: [invite('a@x.y', 'org_1', options), invite('b@x.y', 'org_1', options)] },
			(call, count) =>
				call.method === 'GET' ? response(200, { id: 'org_1' }) : invited(call, count),
		);
		expect(lines.filter((line) => !line.startsWith('GET '))).toEqual([]);
		expect(json.map(({ body }) => body)).toEqual([
			[{ email_address: 'a@x.y', role: 'org:member' }],
			[{ email_address: 'b@x.y', role: 'org:member' }],
		]);
	});
});

describe('a batch that Clerk rejects for one of its items', () => {
	const addressesOf = (sent: Sent) => entriesOf(sent).map(({ email_address }) => email_address);

	/** Rejects the whole call, as Clerk does, while it has one of these addresses. */
	const rejecting =
		(rejected: string[], errorFor: (address: string) => object, status = 422): Respond =>
		(sent, count) => {
			const found = addressesOf(sent).filter((address) => rejected.includes(address));
			return found.length > 0 ? errorResponse(status, found.map(errorFor)) : invited(sent, count);
		};

	const already = (address: string) => ({
		code: 'duplicate_record',
		message: `${address} is already invited.`,
	});

	const three = [invite('a@x.y'), invite('b@x.y'), invite('c@x.y')];

	it.each([400, 403, 404, 409, 422])(
		'fails for that item, and is sent again without it (%i)',
		async (status) => {
			const { json, sent, items } = await run(
				{ parameters: three, continueOnFail: true },
				rejecting(['b@x.y'], already, status),
			);
			expect(sent.map(addressesOf)).toEqual([
				['a@x.y', 'b@x.y', 'c@x.y'],
				['a@x.y', 'c@x.y'],
			]);
			expect(json.map(({ id, error }) => id ?? error)).toEqual([
				'orginv of a@x.y',
				'b@x.y is already invited [item 1]',
				'orginv of c@x.y',
			]);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
		},
	);

	it.each([
		['in a sentence', { message: 'taken', long_message: 'Taken: B@x.y, d@x.y.' }],
		['in quotes', { message: `'b@x.y' and "d@x.y" are taken` }],
		['beside the text', { message: 'taken', meta: { email_addresses: ['b@x.y', 'd@x.y'] } }],
	])('fails for all items that Clerk names %s', async (_, error) => {
		const parameters = [...three, invite('d@x.y')];
		const { json, sent } = await run({ parameters, continueOnFail: true }, (call, count) =>
			count === 0 ? errorResponse(422, [error]) : invited(call, count),
		);
		expect(sent.map(addressesOf).slice(1)).toEqual([['a@x.y', 'c@x.y']]);
		expect(json.map(({ id }) => id !== undefined)).toEqual([true, false, true, false]);
	});

	it('gives each item its own errors only', async () => {
		const { json, items } = await run(
			{ parameters: three, continueOnFail: true },
			rejecting(['b@x.y', 'c@x.y'], already),
		);
		expect(json[1].error).toBe('b@x.y is already invited [item 1]');
		expect(json[2].error).toBe('c@x.y is already invited [item 2]');
		expect(items[2].json.message).not.toContain('b@x.y');
		expect(items[2].json.message).not.toContain('Nothing in the call');
	});

	it('does not take an address for a part of another', async () => {
		const parameters = ['x@x.y', 'a.x@x.y', "o'x@x.y", 'x@x.yz', 'x@x.y.de'].map((address) =>
			invite(address),
		);
		const { json } = await run(
			{ parameters, continueOnFail: true },
			rejecting(['a.x@x.y', "o'x@x.y", 'x@x.y.de'], already),
		);
		expect(json.map(({ error }) => error !== undefined)).toEqual([false, true, true, false, true]);
	});

	it('is sent again while Clerk names further items', async () => {
		const { json, sent } = await run({ parameters: three, continueOnFail: true }, (call) =>
			errorResponse(422, [already(addressesOf(call)[0])]),
		);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([3, 2, 1]);
		expect(json.map(({ error }) => error)).toEqual(
			['a', 'b', 'c'].map((name, at) => `${name}@x.y is already invited [item ${at}]`),
		);
	});

	it('is sent again twice at most, as each call uses up the hourly quota', async () => {
		const { json, sent } = await run({ parameters: invites(10), continueOnFail: true }, (call) =>
			errorResponse(422, [already(addressesOf(call)[0])]),
		);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([10, 9, 8]);
		expect(json[2].error).toContain('is already invited');
		expect(json[3].error).toBe(
			'Not carried out, because Clerk kept rejecting its call over other items. Run it again without them [item 3]',
		);
	});

	it('fails for all of its items when Clerk names none, and is not sent again', async () => {
		const { json, sent, items } = await run(
			{ parameters: invites(12), continueOnFail: true },
			(call, count) =>
				entriesOf(call).length === 10
					? errorResponse(422, [{ message: 'is invalid', meta: { param_name: 'email_address' } }])
					: invited(call, count),
		);
		expect(sent.map((call) => entriesOf(call).length)).toEqual([10, 2]);
		expect(json[3].error).toBe(
			'Clerk refused the call of items 0–9: Email Address: is invalid [item 3]',
		);
		expect(items[3].json.message).toContain(
			'Sent in one call with items 0–2, 4–9; what Clerk reports may be about another of them. Nothing in the call was carried out.',
		);
		expect(json.slice(10).map(({ emailAddress }) => emailAddress)).toEqual([guest(10), guest(11)]);
	});

	it('has the plain message of Clerk when it has one item only', async () => {
		const { json, items } = await run({ parameters: [invite('a@x.y')], continueOnFail: true }, () =>
			errorResponse(422, [{ message: 'is invalid' }]),
		);
		expect(json[0].error).toBe('is invalid [item 0]');
		expect(items[0].json.message).not.toContain('one call');
	});

	it('stops the node at the named item, after the others were sent', async () => {
		const { fault, sent } = await run({ parameters: three }, rejecting(['b@x.y'], already));
		expect(sent.map(addressesOf).slice(1)).toEqual([['a@x.y', 'c@x.y']]);
		expect(fault?.message).toBe('b@x.y is already invited [item 1]');
		expect(fault?.context.itemIndex).toBe(1);
		expect(fault?.description).toContain('Carried out before the node stopped: items 0, 2.');
		expect(fault?.description).not.toMatch(/Refused as well|Not sent|Nothing in the call/);
	});

	it('stops the node at the first named item when Clerk keeps rejecting the others', async () => {
		const { fault, sent } = await run({ parameters: invites(5) }, (call) =>
			errorResponse(422, [already(addressesOf(call)[0])]),
		);
		expect(sent).toHaveLength(3);
		expect(fault?.message).toBe('guest0@example.com is already invited [item 0]');
		expect(fault?.description).toContain(
			'Refused as well: items 1–2. Not carried out, because their call was refused: items 3–4.',
		);
	});

	it('stops the node at the first item when Clerk names none', async () => {
		const { fault } = await run({ parameters: three }, () =>
			errorResponse(422, [{ message: 'is invalid' }]),
		);
		expect(fault?.message).toBe('Clerk refused the call of items 0–2: is invalid [item 0]');
		expect(fault?.description).toContain('what Clerk reports may be about another of them');
	});

	it.each([
		['the key', 401],
		['the plan', 402],
		['the size', 413],
		['the server', 500],
	])(
		'is not sent again when it was rejected because of %s, even if an item is named',
		async (_, status) => {
			const { json, sent } = await run(
				{ parameters: three, continueOnFail: true },
				rejecting(['b@x.y'], already, status),
			);
			expect(sent).toHaveLength(1);
			expect(json.map(({ error }) => error)).toEqual(
				[0, 1, 2].map((index) => `b@x.y is already invited [item ${index}]`),
			);
		},
	);

	it('is not sent again when the response is not from Clerk', async () => {
		const { json, sent } = await run({ parameters: three, continueOnFail: true }, () =>
			response(403, '<p>b@x.y may not pass</p>'),
		);
		expect(sent).toHaveLength(1);
		expect(json.every(({ error }) => /^Clerk responded to .* with 403/.test(String(error)))).toBe(
			true,
		);
	});

	it('is not sent again when the connection was lost the second time', async () => {
		const { json, sent } = await run({ parameters: three, continueOnFail: true }, (call, count) => {
			if (count > 0) throw networkError('ECONNRESET');
			return rejecting(['b@x.y'], already)(call, count);
		});
		expect(sent).toHaveLength(2);
		expect(json[0].error).toContain('connection to Clerk broke');
		expect(json[1].error).toContain('b@x.y is already invited');
	});

	it('matches errors by user IDs too, but not by plain words', async () => {
		const ban = (value: string) => ({
			resource: 'user',
			operation: 'banMany',
			userId: byId(value),
			options: {},
		});
		const idsOf = ({ body }: Sent) => (JSON.parse(String(body)) as { user_ids: string[] }).user_ids;
		const { json, sent } = await run(
			{ parameters: ['user', 'user_1', 'user_10'].map(ban), continueOnFail: true },
			(call, count) =>
				count === 0
					? errorResponse(404, [{ message: 'No user was found with id user_1.' }])
					: response(
							200,
							idsOf(call).map((id) => ({ id })),
						),
		);
		expect(sent.map(idsOf)).toEqual([
			['user', 'user_1', 'user_10'],
			['user', 'user_10'],
		]);
		expect(json.map(({ id, error }) => id ?? error)).toEqual([
			'user',
			'No user was found with id user_1 [item 1]',
			'user_10',
		]);
	});
});

describe('a batch of IDs', () => {
	const ban = (userId: string, options = {}) => ({
		resource: 'user',
		operation: 'banMany',
		userId: byId(userId),
		options,
	});
	const bans = (count: number) => Array.from({ length: count }, (_, index) => ban(`user_${index}`));
	const idsOf = ({ body }: Sent) => (JSON.parse(String(body)) as { user_ids: string[] }).user_ids;
	const users = (ids: string[]) => ids.map((id) => ({ id, banned: true }));
	const banned: Respond = (sent) => response(200, users(idsOf(sent)));

	it.each([
		[1, [1]],
		[50, [50]],
		[51, [50, 1]],
		[120, [50, 50, 20]],
	])('sends %i items in calls of %j', async (count, sizes) => {
		const { sent, lines } = await run({ parameters: bans(count) }, banned);
		expect(sent.map((call) => idsOf(call).length)).toEqual(sizes);
		expect(new Set(lines)).toEqual(new Set(['POST /users/ban']));
		expect(sent.flatMap(idsOf)).toEqual(bans(count).map(({ userId }) => userId.value));
	});

	it('matches users in any order of the response', async () => {
		const { json, items } = await run({ parameters: bans(60) }, (sent) =>
			response(200, users(idsOf(sent)).reverse()),
		);
		expect(json.map(({ id }) => id)).toEqual(bans(60).map(({ userId }) => userId.value));
		expect(json[0]).toMatchObject({ banned: true, success: true });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 60 }, (_, item) => ({ item })),
		);
	});

	it('resolves email addresses in one request', async () => {
		const named = ['ada', 'bo'].map((name) => ({
			...ban(''),
			userId: { __rl: true, mode: 'emailAddress', value: `${name}@x.y` },
		}));
		const { lines, sent } = await run({ parameters: named }, (call, count) =>
			call.method === 'POST'
				? banned(call, count)
				: response(
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

	it('fails for items whose user the response does not have', async () => {
		const { json } = await run({ parameters: bans(3), continueOnFail: true }, () =>
			response(200, users(['user_1', 'user_9'])),
		);
		expect(
			json.map(({ id, error }) => id ?? /does not mention this item/.test(String(error))),
		).toEqual([true, 'user_1', true]);
	});

	it('stops at a rejected call, and lists the items sent and not sent', async () => {
		const { fault, sent } = await run(
			{ parameters: bans(150).map((form) => ({ ...form, options: { concurrency: 1 } })) },
			(call, count) =>
				count === 1 ? errorResponse(402, [{ message: 'Not in your plan' }]) : banned(call, count),
		);
		expect(sent).toHaveLength(2);
		expect(fault?.message).toContain('Not in your plan');
		expect(fault?.description).toContain('items 0–49');
		expect(fault?.description).toContain('Not sent: items 100–149');
	});

	it('is not sent again when the outcome is unknown', async () => {
		const { sent, json } = await run({ parameters: bans(2), continueOnFail: true }, () =>
			errorResponse(502, [{ message: 'bad gateway' }]),
		);
		expect(sent).toHaveLength(1);
		expect(json.every(({ error }) => error !== undefined)).toBe(true);
	});

	it('leaves out an invalid item with continue on fail', async () => {
		const { json, sent } = await run(
			{ parameters: [ban('user_0'), ban(''), ban('user_2')], continueOnFail: true },
			banned,
		);
		expect(sent.map(idsOf)).toEqual([['user_0', 'user_2']]);
		expect(json.map(({ id }) => id)).toEqual(['user_0', undefined, 'user_2']);
		expect(json[1].error).toContain('User is empty');
	});

	it('sends nothing without continue on fail when an item is invalid', async () => {
		const { fault, sent } = await run({ parameters: [ban('user_0'), ban('')] }, banned);
		expect([fault?.message, sent]).toEqual([expect.stringContaining('User is empty'), []]);
	});

	it('shows the items of a dry run, and sends the others', async () => {
		const { json, sent } = await run(
			{ parameters: [ban('user_0', { dryRun: true }), ban('user_1'), ban('user_2')] },
			(call, count) =>
				call.method === 'GET' ? response(200, [{ id: 'sess_1' }]) : banned(call, count),
		);
		const written = sent.filter(({ method }) => method !== 'GET');
		expect(written.map(idsOf)).toEqual([['user_1', 'user_2']]);
		expect(json[0]).toMatchObject({
			dryRun: true,
			method: 'POST',
			path: '/users/ban',
			body: { user_ids: ['user_0'] },
		});
		expect(json.slice(1).map(({ id }) => id)).toEqual(['user_1', 'user_2']);
	});

	it('runs in the order of the first items, shown or sent', async () => {
		const oneByOne = { concurrency: 1 };
		const parameters = [
			ban('user_0', oneByOne),
			ban('user_1', { ...oneByOne, dryRun: true }),
			ban('user_2', oneByOne),
		];
		const { lines } = await run({ parameters }, (call, count) =>
			call.method === 'GET' ? response(200, []) : banned(call, count),
		);
		expect(lines[0]).toBe('POST /users/ban');
		for (const line of lines.slice(1)) expect(line).toMatch(/^GET .*user_1/);
	});
});

describe('the hourly quota', () => {
	const many = (count: number, options = {}) =>
		Array.from({ length: count }, (_, index) => ({
			resource: 'invitation',
			operation: 'createMany',
			emailAddress: guest(index),
			options,
		}));
	const all: Respond = (sent) => response(200, entriesOf(sent).map(recordOf));
	const hintsOf = ({ hints }: { hints: Array<{ message: string }> }) =>
		hints.map(({ message }) => message);

	it('is in the hint of a dry run, with the number of calls', async () => {
		const outcome = await run({ parameters: many(251, { dryRun: true }) }, all);
		expect(outcome.sent).toEqual([]);
		expect(outcome.json).toHaveLength(251);
		expect(hintsOf(outcome)).toEqual([
			"251 items in 26 calls. Clerk allows 25 calls with many invitations an hour; 25 of them can be sent within 'Max Wait'.",
		]);
		expect(hintsOf(await run({ parameters: many(9, { dryRun: true }) }, all))).toEqual([
			'9 items in 1 call. Clerk allows 25 calls with many invitations an hour; all of them can be sent now.',
		]);
	});

	it.each([false, true])(
		'keeps the items beyond it from being sent (Continue On Fail: %s)',
		async (continueOnFail) => {
			const outcome = await run({ parameters: many(260), continueOnFail }, all);
			expect(outcome.sent).toHaveLength(25);
			expect(hintsOf(outcome)[0]).toContain('260 items in 26 calls.');
			const messageOf = (item: number) =>
				expect.stringMatching(
					new RegExp(
						`^This takes 26 calls, and Clerk's limit of 25 calls with many invitations an hour lets 25 of them through before \\d{4}-.* \\[item ${item}\\]$`,
					),
				);
			if (continueOnFail) {
				expect(outcome.json.slice(0, 250).every(({ id }) => id !== undefined)).toBe(true);
				expect(outcome.json.slice(250).map(({ error }) => error)).toEqual(
					Array.from({ length: 10 }, (_, at) => messageOf(250 + at)),
				);
			} else {
				expect(outcome.fault?.message).toEqual(messageOf(250));
				expect(outcome.fault?.description).toContain(
					"Not sent, because that is longer than the 'Max Wait' option allows. Run the items again after that time, or raise 'Max Wait'. 10 of 260 items are left. Carried out before the node stopped: items 0–249. Not sent: items 251–259.",
				);
			}
		},
	);

	it('is in no hint when it is enough', async () => {
		const outcome = await run({ parameters: many(250) }, all);
		expect(outcome.sent).toHaveLength(25);
		expect(hintsOf(outcome)).toEqual([]);
	});

	it('is in a hint when earlier runs have used up too much of it', async () => {
		await run({ parameters: many(200) }, all);
		const begin = fakeClock.now();
		const outcome = await run({ parameters: many(60, { maxWait: 3_600 }) }, all);
		expect(outcome.sent).toHaveLength(6);
		expect(fakeClock.now() - begin).toBeGreaterThanOrEqual(3_599_000);
		expect(hintsOf(outcome)[0]).toBe(
			'60 items in 6 calls. Clerk allows 25 calls with many invitations an hour; the last one waits for about 60 minutes.',
		);
	});

	it.each([
		[50, 'all of them can be sent now'],
		[60, 'the last one waits for about 20 minutes'],
	])('that remains after earlier runs is in the hint of a dry run of %i', async (count, ending) => {
		await run({ parameters: many(200) }, all);
		await fakeClock.wait(2_400_000);
		const outcome = await run({ parameters: many(count, { maxWait: 3_600, dryRun: true }) }, all);
		expect(hintsOf(outcome)).toEqual([
			`${count} items in ${count / 10} calls. Clerk allows 25 calls with many invitations an hour; ${ending}.`,
		]);
	});

	it('is in no hint when it is free again in half a minute', async () => {
		await run({ parameters: many(250) }, all);
		await fakeClock.wait(3_570_000);
		const outcome = await run({ parameters: many(250) }, all);
		expect(outcome.sent).toHaveLength(25);
		expect(hintsOf(outcome)).toEqual([expect.stringContaining('spent waiting for the rate limit')]);
	});

	it('counts earlier calls, and is free again after an hour', async () => {
		await run({ parameters: many(200) }, all);
		const outcome = await run({ parameters: many(60) }, all);
		expect(outcome.sent).toHaveLength(5);
		expect(outcome.fault?.message).toContain('This takes 6 calls, ');
		expect(outcome.fault?.message).toContain('lets 5 of them through');
		await fakeClock.wait(3_600_000);
		expect((await run({ parameters: many(60) }, all)).sent).toHaveLength(6);
	});

	it('is waited for up to Max Wait', async () => {
		const outcome = await run({ parameters: many(260, { maxWait: 3_600 }) }, all);
		expect(outcome.sent).toHaveLength(26);
		expect(hintsOf(outcome)[0]).toBe(
			'260 items in 26 calls. Clerk allows 25 calls with many invitations an hour; the last one waits for about 60 minutes.',
		);
	});

	it('applies to single invitations too, and to no operation without such a limit', async () => {
		const single = (index: number) => ({
			resource: 'invitation',
			operation: 'create',
			emailAddress: guest(index),
			options: {},
		});
		const parameters = Array.from({ length: 101 }, (_, index) => single(index));
		const invitation: Respond = () => response(200, { id: 'inv_1' });
		const { sent, fault } = await run({ parameters }, invitation);
		expect(sent).toHaveLength(100);
		expect(fault?.message).toContain('This takes 101 calls, and Clerk');
		const users = Array.from({ length: 300 }, (_, at) => ({
			resource: 'user',
			operation: 'ban',
			userId: byId(`user_${at}`),
			options: { dryRun: true },
		}));
		const banned = await run({ parameters: users }, () =>
			response(200, { data: [], total_count: 0 }),
		);
		expect(banned.hints.filter(({ message }) => message.includes('Clerk allows'))).toEqual([]);
	});
});
