import { fakeClock } from '../../support/fakeClock';

import { pendingResponse, response, run } from '../../support/scripted';
import { turn } from '../../support/servedList';
import type { Respond } from '../../support/scripted';
import { listUsers, parametersOf } from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('runList, with a filter of more than 100 values', () => {
	const ids = (count: number, prefix = 'user_') =>
		Array.from({ length: count }, (_, index) => `${prefix}${index}`);

	/** Users created one second apart, in the order of the request. */
	const listing: Respond = ({ url, qs }) => {
		const values = ([] as string[]).concat((qs?.user_id ?? []) as string[]);
		if (url.endsWith('/count')) return response(200, { object: 'total_count', total_count: 1_000 });
		const rows = values
			.filter((value) => !value.startsWith('-'))
			.map((id) => ({ id, created_at: Number(id.slice('user_'.length)) }));
		const descending = (qs?.order_by ?? '-created_at') === '-created_at';
		return response(200, (descending ? rows.reverse() : rows).slice(0, Number(qs?.limit)));
	};

	it('sends requests of 100 values, and returns every record once', async () => {
		const { json, sent } = await run(
			{ parameters: listUsers({ returnAll: true, filters: { userId: ids(250) } }) },
			listing,
		);
		expect(sent.map(({ qs }) => (qs?.user_id as string[]).length)).toEqual([100, 100, 50]);
		expect(json.map(({ id }) => id)).toEqual(ids(250).reverse());
	});

	it('sends one request for 100 values', async () => {
		const { sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(100).join(', ') } }) },
			listing,
		);
		expect(sent).toHaveLength(1);
	});

	it('sends values to leave out in every request', async () => {
		const { sent } = await run(
			{
				parameters: listUsers({
					returnAll: true,
					filters: { userId: [...ids(150), '-user_x', '-user_y'] },
				}),
			},
			listing,
		);
		const asked = sent.map(({ qs }) => qs?.user_id as string[]);
		expect(asked.every((values) => values.length <= 100)).toBe(true);
		expect(asked.every((values) => values.includes('-user_x') && values.includes('-user_y'))).toBe(
			true,
		);
		expect(asked.flat().filter((value) => !value.startsWith('-'))).toEqual(ids(150));
	});

	it('rejects a filter with only values to leave out by the label of its field', async () => {
		const { fault, sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(101, '-user_') } }) },
			listing,
		);
		expect(fault.message).toMatch(/^User ID /);
		expect(sent).toEqual([]);
	});

	it('rejects two such filters by the labels of their fields', async () => {
		const { fault, sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(101), username: ids(101) } }) },
			listing,
		);
		expect(fault.message).toContain('User ID');
		expect(fault.message).toContain('Username');
		expect(sent).toEqual([]);
	});

	it('keeps to the limit, and counts all records for the envelope', async () => {
		const { json, hints } = await run(
			{
				parameters: listUsers({ limit: 20, outputAs: 'envelope', filters: { userId: ids(250) } }),
			},
			listing,
		);
		expect(json).toMatchObject([{ totalCount: 250, success: true }]);
		expect(json[0].users).toHaveLength(20);
		expect(hints).toHaveLength(1);
	});

	it('requests of each part no more than the limit and the offset, for items', async () => {
		const filters = { userId: ids(250) };
		const { json, sent, hints } = await run(
			{ parameters: listUsers({ limit: 10, options: { offset: 5 }, filters }) },
			listing,
		);
		expect(sent.map(({ qs }) => qs?.limit)).toEqual([15, 15, 15]);
		expect(json.map(({ id }) => id)).toEqual(ids(250).reverse().slice(5, 15));
		expect(hints).toHaveLength(1);
	});

	it('says of parts that end before the limit that nothing follows', async () => {
		const { json, hints } = await run(
			{ parameters: listUsers({ limit: 300, filters: { userId: ids(250) } }) },
			listing,
		);
		expect([json.length, hints]).toEqual([250, []]);
	});

	// Clerk sorts each response; one after the other they are not sorted, and a limit would keep the wrong records.
	it('keeps the order of the form across the requests', async () => {
		const { json } = await run(
			{
				parameters: listUsers({
					limit: 3,
					filters: { userId: ids(250) },
					options: { orderBy: '-created_at' },
				}),
			},
			listing,
		);
		expect(json.map(({ id }) => id)).toEqual(['user_249', 'user_248', 'user_247']);
	});

	it.each(['+last_name', '+email_address', '-web3wallet'])(
		'rejects an order that cannot be kept across the requests, and sends nothing: %s',
		async (orderBy) => {
			const { fault, sent } = await run(
				{ parameters: listUsers({ filters: { userId: ids(250) }, options: { orderBy } }) },
				listing,
			);
			expect(fault.message).toMatch(/^User ID has more than 100 values.*created_at/);
			expect(sent).toEqual([]);
		},
	);

	it('rejects a count, or sends requests of at most 100 values', async () => {
		const { sent, fault } = await run(
			{ parameters: parametersOf('user', 'count')({ filters: { userId: ids(150) } }) },
			listing,
		);
		const longest = Math.max(0, ...sent.map(({ qs }) => (qs?.user_id as string[]).length));
		expect(longest).toBeLessThanOrEqual(100);
		if (sent.length === 0) expect(fault.message).toMatch(/^User ID /);
	});
});

describe('runList', () => {
	const three = () => response(200, [{ id: 'user_1' }, { id: 'user_2' }, { id: 'user_3' }]);

	const withCount: Respond = ({ url }) =>
		url.endsWith('/count') ? response(200, { object: 'total_count', total_count: 42 }) : three();

	it('requests the total only for the envelope, with the same filters', async () => {
		const filters = { query: 'ada' };
		const options = { orderBy: '-created_at' };
		const asItems = await run({ parameters: listUsers({ filters, options }) }, withCount);
		expect(asItems.lines).toEqual(['GET /users?query=ada&order_by=-created_at&limit=50']);

		const envelope = await run(
			{ parameters: listUsers({ filters, options, outputAs: 'envelope' }) },
			withCount,
		);
		expect(envelope.lines).toEqual([
			'GET /users?query=ada&order_by=-created_at&limit=50',
			'GET /users/count?query=ada',
		]);
		expect(envelope.json).toMatchObject([{ totalCount: 42, success: true }]);
		expect(envelope.json[0].users).toHaveLength(3);
	});

	it('counts the rows of a whole list itself', async () => {
		const { json, lines } = await run(
			{ parameters: listUsers({ returnAll: true, outputAs: 'envelope' }) },
			({ url }) => (url.endsWith('/count') ? response(403, { errors: [] }) : three()),
		);
		expect(lines).toEqual(['GET /users?limit=500']);
		expect(json).toMatchObject([{ totalCount: 3, success: true }]);
	});

	it('outputs the list without its total where that cannot be read', async () => {
		const { json } = await run(
			{ parameters: listUsers({ limit: 3, outputAs: 'envelope' }) },
			({ url }) => (url.endsWith('/count') ? response(403, { errors: [] }) : three()),
		);
		expect(json).toMatchObject([{ totalCount: null, success: true }]);
		expect(json[0].users).toHaveLength(3);
	});

	it('ends when the workflow is stopped while the total is read', async () => {
		const stop = new AbortController();
		const { fault, json } = await run(
			{ parameters: listUsers({ limit: 3, outputAs: 'envelope' }), signal: stop.signal },
			({ url, abortSignal }) => {
				if (!url.endsWith('/count')) return three();
				void turn().then(() => stop.abort());
				return pendingResponse(abortSignal);
			},
		);
		expect([fault, json]).toEqual([expect.anything(), []]);
	});

	it('returns one envelope for each input item, also for an empty list', async () => {
		const { json, items } = await run(
			{ parameters: [1, 2].map(() => listUsers({ outputAs: 'envelope' })) },
			({ url }) => response(200, url.endsWith('/count') ? { total_count: 0 } : []),
		);
		expect(json).toEqual([1, 2].map(() => ({ users: [], totalCount: 0, success: true })));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('hints that the limit may have truncated a list, and not with Return All', async () => {
		const truncated = await run({ parameters: listUsers({ limit: 3 }) }, three);
		expect(truncated.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('Return All') }),
		]);
		const whole = await run({ parameters: listUsers({ returnAll: true }) }, three);
		expect(whole.hints).toEqual([]);
		const both = [listUsers({ returnAll: true }), listUsers({ limit: 3 })];
		expect((await run({ parameters: both }, three)).hints).toEqual(truncated.hints);
	});

	it('ignores an offset with Return All', async () => {
		const { lines } = await run(
			{ parameters: listUsers({ returnAll: true, options: { offset: 7 } }) },
			three,
		);
		expect(lines).toEqual(['GET /users?limit=500']);
	});

	it('takes Return All from an expression that gives text', async () => {
		const { lines } = await run({ parameters: listUsers({ returnAll: 'true' }) }, three);
		expect(lines).toEqual(['GET /users?limit=500']);
	});

	it('keeps to the limit when Clerk does not', async () => {
		const { json } = await run({ parameters: listUsers({ limit: 2 }) }, three);
		expect(json).toHaveLength(2);
	});
});
