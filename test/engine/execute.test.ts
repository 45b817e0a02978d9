import { fakeClock } from '../support/fakeClock';

import { run } from '../support/scripted';
import { found } from '../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('execute', () => {
	it('returns no items and sends nothing when there are no input items', async () => {
		const { items, lines } = await run({ parameters: [], items: [] }, found);
		expect([items, lines]).toEqual([[], []]);
	});
});
