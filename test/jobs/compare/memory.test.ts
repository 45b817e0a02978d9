import { inChild } from '../../../bench/lib/comparing';

const MB = 1_000_000;

/** Without garbage, so that it is the same on every machine; the users of all pages are 100 MB. */
it('keeps only the differences while it compares 100,000 users with as many rows', async () => {
	const { before, atLastPage, summary } = await inChild({ users: 100_000, work: 'compare' });
	expect(summary).toMatchObject({ missing: 100, changed: 100, gone: 100, equal: 99_800 });
	expect(atLastPage - before).toBeLessThan(30 * MB);
}, 120_000);
