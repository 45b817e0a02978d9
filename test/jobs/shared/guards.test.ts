import { checkBounds } from '../../../nodes/Clerk/jobs/shared/guards';

describe('checkBounds', () => {
	it('stops any action if the total is 0, as where it could not be read', () => {
		expect(checkBounds([], 1, 0, { percent: 99 }, 'users')?.message).toContain('99 percent of 0');
	});

	it('allows no action of a total of 0, and any with 100 percent', () => {
		expect(checkBounds([], 0, 0, { percent: 0 }, 'users')).toBeUndefined();
		expect(checkBounds([], 1, 0, { percent: 100 }, 'users')).toBeUndefined();
	});
});
