import { checkBounds } from '../../../nodes/Clerk/jobs/shared/guards';

const users = {
	noun: 'users',
	participle: 'deleted',
	countLabel: 'Max Users',
	percentLabel: 'Max % of Users',
};

describe('checkBounds', () => {
	it.each([
		[
			{ count: 8, total: 24 },
			{ percent: 10 },
			'8 of 24 users (33 %) would be deleted; Max % of Users allows 10 %',
		],
		[
			{ count: 8, total: 24 },
			{ count: 6 },
			'8 of 24 users (33 %) would be deleted; Max Users allows 6',
		],
		[
			{ count: 7, total: 24 },
			{ percent: 29 },
			'7 of 24 users (29.17 %) would be deleted; Max % of Users allows 29 %',
		],
		[
			{ count: 1, total: 0 },
			{ percent: 99 },
			'1 of 0 users (100 %) would be deleted; Max % of Users allows 99 %',
		],
	])('says of %j that %j stops it', (counted, bounds, sentence) => {
		expect(checkBounds({ ...users, ...counted }, bounds)?.sentence).toBe(sentence);
	});

	it.each([
		[{ count: 0, total: 0 }, { percent: 0 }],
		[{ count: 1, total: 0 }, { percent: 100 }],
		[
			{ count: 6, total: 24 },
			{ count: 6, percent: 25 },
		],
	])('allows %j with %j', (counted, bounds) => {
		expect(checkBounds({ ...users, ...counted }, bounds)).toBeUndefined();
	});
});
