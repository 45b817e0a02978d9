import { join } from 'node:path';

import { runChild } from '../../../bench/lib/children';

const SCRIPT = join(__dirname, '..', '..', '..', 'bench', 'lib', 'compareUsers.js');

const MB = 1_000_000;

/** Without garbage, so that it is the same on every machine; the users of all pages are 100 MB. */
it('keeps only what differs while it compares 100,000 users with as many rows', async () => {
	const given = { users: 100_000, work: 'compare' };
	const env = { NODE_OPTIONS: '--import tsx' };
	const { before, atLastPage, summary } = await runChild(process.execPath, SCRIPT, given, env);
	expect(summary).toMatchObject({ missing: 100, changed: 100, gone: 100, equal: 99_800 });
	expect(atLastPage - before).toBeLessThan(30 * MB);
}, 120_000);
