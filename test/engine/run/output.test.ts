import { fakeClock } from '../../support/fakeClock';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { networkError, response, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import {
	byId,
	createUser,
	found,
	gets,
	listUsers,
	notFound,
	updateUser,
	userIn,
} from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

/** A Clerk that takes longer the earlier a user is requested, so that responses come in reverse. */
const inReverse =
	(count: number): Respond =>
	async (sent, index) => {
		await fakeClock.wait((count - index) * 100);
		return await found(sent, index);
	};

describe('toOutput', () => {
	it('returns items in the order of the input, each linked to its item, when responses come in reverse', async () => {
		const ids = ['user_a', 'user_b', 'user_c', 'user_d'];
		const { items } = await run({ parameters: gets(...ids) }, inReverse(4));
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('links every record of a list to the item that read it', async () => {
		const { items } = await run(
			{ parameters: [listUsers({ limit: 2 }), listUsers({ limit: 2 })] },
			(_, count) => response(200, [{ id: `user_${count}a` }, { id: `user_${count}b` }]),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('returns a failed item with its message and its error, and runs the others, with continue on fail', async () => {
		const { items } = await run(
			{ parameters: gets('user_a', 'user_b', 'user_c'), continueOnFail: true },
			(sent, count) => (userIn(sent) === 'user_b' ? notFound() : found(sent, count)),
		);
		expect(items.map(({ json }) => json.id ?? 'failed')).toEqual(['user_a', 'failed', 'user_c']);
		const [, failed] = items;
		expect(failed.error).toBeUndefined();
		expect(failed.pairedItem).toEqual({ item: 1 });
		expect(failed.json.error).toMatch(/\[item 1\]$/);
		expect(failed.json.message).toMatch(/^Check the ID.* From Clerk: /);
	});
});

describe('a failed item', () => {
	const rows = [
		{ json: { name: 'Ada', no: 1 }, binary: { photo: { data: 'eA==', mimeType: 'image/png' } } },
		{ json: { name: 'Wes', message: 'of the row' } },
		{ json: { name: 'Elif', message: 'of the last run', error: 'of the last run' } },
	];

	const fail = async (node: Partial<INode>) => {
		const ids = rows.map((_, index) => `user_${index}`);
		const words = { items: rows, continueOnFail: true, node };
		return (await run({ parameters: gets(...ids), ...words }, () => notFound())).items;
	};

	const error = (index: number) => expect.stringMatching(new RegExp(`\\[item ${index}\\]$`));
	const said = expect.stringMatching(/^Check the ID.* From Clerk: /);

	it('keeps the fields and the files of its row, with Continue', async () => {
		expect(await fail({ onError: 'continueRegularOutput' })).toEqual([
			{
				json: { name: 'Ada', no: 1, error: error(0), message: said },
				binary: rows[0].binary,
				pairedItem: { item: 0 },
			},
			{
				json: { name: 'Wes', message: 'of the row', error: error(1) },
				pairedItem: { item: 1 },
			},
			{ json: { name: 'Elif', error: error(2), message: said }, pairedItem: { item: 2 } },
		]);
	});

	it('has the shape that n8n sends to the error output and fills with the row there', async () => {
		// docs/n8n-notes.md, 22
		expect(await fail({ onError: 'continueErrorOutput' })).toEqual([
			{
				json: { error: error(0), message: said },
				binary: rows[0].binary,
				pairedItem: { item: 0 },
			},
			{ json: { error: error(1) }, pairedItem: { item: 1 } },
			{ json: { error: error(2), message: said }, pairedItem: { item: 2 } },
		]);
	});
});

describe('a failed item that comes first, with Retry On Fail', () => {
	/** n8n runs the whole node again for this (docs/n8n-notes.md, 46). */
	const wouldRepeat = ([first]: INodeExecutionData[]) => first?.json.error !== undefined;

	const rename = (id: string) =>
		updateUser({ userId: byId(id), updateFields: { firstName: 'Ada' } });

	const runWith = async (
		parameters: Array<Record<string, unknown>>,
		node: Partial<INode>,
		failing = ['user_a'],
		failure: () => unknown = notFound,
	) => {
		const items = parameters.map((_, row) => ({ json: { row } }));
		const given = { parameters, items, continueOnFail: true, node: { retryOnFail: true, ...node } };
		return await run(given, (sent, count) =>
			failing.includes(userIn(sent)) ? failure() : found(sent, count),
		);
	};

	const toErrorOutput = { onError: 'continueErrorOutput' } as const;

	it('goes last where n8n takes it to an output of its own', async () => {
		const { items } = await runWith(['user_a', 'user_b', 'user_c'].map(rename), toErrorOutput);
		expect(wouldRepeat(items)).toBe(false);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([1, 2, 0].map((item) => ({ item })));
		expect(items[2].json.error).toMatch(/\[item 0\]$/);
	});

	it('keeps its place elsewhere, with its error as an object', async () => {
		const { items } = await runWith(['user_a', 'user_b'].map(rename), {});
		expect(wouldRepeat(items)).toBe(false);
		expect(items[0].error?.message).toMatch(/\[item 0\]$/);
		expect(items[0].json.message).toContain(items[0].error?.message);
		expect(items[0].pairedItem).toEqual({ item: 0 });
		expect(items[1].json.id).toBe('user_b');
	});

	it.each([{}, toErrorOutput])('lets n8n repeat a run that wrote nothing, %j', async (node) => {
		const { items } = await runWith(['user_a', 'user_b'].map(rename), node, ['user_a', 'user_b']);
		expect(wouldRepeat(items)).toBe(true);
		expect(items[0].error).toBeUndefined();
	});

	it('is not repeated where it may have been carried out', async () => {
		const create = createUser({ additionalFields: { firstName: 'Ada' } });
		const lost = () => {
			throw networkError('ECONNRESET');
		};
		for (const node of [{}, toErrorOutput]) {
			const { items } = await runWith([create], node, [''], lost);
			expect(items[0].error?.description).toMatch(/Outcome unknown/);
			expect(wouldRepeat(items)).toBe(false);
		}
	});

	it('lets n8n repeat what only reads', async () => {
		const { items } = await runWith(gets('user_a', 'user_b'), {});
		expect(wouldRepeat(items)).toBe(true);
		expect(items[0].json.row).toBe(0);
	});
});
