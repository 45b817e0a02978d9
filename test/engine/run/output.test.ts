import { fakeClock } from '../../support/fakeClock';
import { NodeApiError } from 'n8n-workflow';

import { response, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { found, gets, listUsers, notFound, userIn } from '../../support/users';

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
		expect(failed.error).toBeInstanceOf(NodeApiError);
		// n8n sends only items of exactly this shape to the error output (docs/n8n-notes.md, 22).
		expect(failed.json).toEqual({ error: failed.error?.message });
		expect(failed.pairedItem).toEqual({ item: 1 });
		expect(failed.json.error).toMatch(/\[item 1\]$/);
	});
});
