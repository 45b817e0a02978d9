import { objection } from '../../../nodes/Clerk/jobs/shared/guards';

/** The guards, where nobody can say of how many. */

describe('a share of nothing', () => {
	it('is all of it, so that a count which could not be read lets nothing through', () => {
		expect(objection([], 1, 0, { percent: 99 }, 'users')?.message).toContain('99 percent of 0');
	});

	it('is none where nothing is to be done, or all of it may be', () => {
		expect(objection([], 0, 0, { percent: 0 }, 'users')).toBeUndefined();
		expect(objection([], 1, 0, { percent: 100 }, 'users')).toBeUndefined();
	});
});
