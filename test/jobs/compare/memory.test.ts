import { runOnce } from '../../../bench/lib/workers';

const MB = 1_000_000;
const MODULE = require.resolve('../../support/compareUsers');

/** Without garbage, so that it is the same on every machine; the users of all pages are 100 MB. */
it('keeps only the differences while it compares 100,000 users with as many rows', async () => {
	const { before, atLastPage, summary } = await runOnce(
		MODULE,
		{ users: 100_000 },
		{ execArgv: ['--import', 'tsx'] },
	);
	expect(summary).toMatchObject({ missing: 100, changed: 100, gone: 100, equal: 99_800 });
	expect(atLastPage).toBeGreaterThan(0);
	expect(atLastPage - before).toBeLessThan(30 * MB);
}, 120_000);
