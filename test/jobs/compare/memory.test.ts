import { WITH_TSX, runOnce } from '../../../bench/lib/workers';

const MB = 1_000_000;
const MODULE = require.resolve('../../../bench/occasional/lib/compareUsers');

/** Without garbage, so that it is the same on every machine; the users of all pages are 100 MB. */
it('keeps only the differences while it compares 100,000 users with as many rows', async () => {
	const given = { users: 100_000, work: 'compare' };
	const { heap, atLastPage, summary } = await runOnce(MODULE, given, WITH_TSX);
	expect(summary).toMatchObject({ missing: 100, changed: 100, gone: 100, equal: 99_800 });
	expect(atLastPage).toBeGreaterThan(0);
	expect(atLastPage - heap.before).toBeLessThan(30 * MB);
}, 120_000);
