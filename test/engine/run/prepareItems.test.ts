import { fakeClock } from '../../support/fakeClock';

import { response, errorResponse, run } from '../../support/scripted';
import {
	byEmail,
	byId,
	found,
	getUser,
	gets,
	notFound,
	parametersOf,
	userIn,
} from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('prepareItems', () => {
	// The one place in Clerk's API where an ID addresses another route: GET /users/count.
	it('rejects the user ID "count", which would address another route', async () => {
		const { fault, json } = await run({ parameters: getUser({ userId: byId('count') }) }, () =>
			response(200, { object: 'total_count', total_count: 42 }),
		);
		expect(json).toEqual([]);
		expect(fault.message).toMatch(/ \[item 0\]$/);
	});

	it('fails an item whose look-up Clerk rejects, and runs the others, with continue on fail', async () => {
		const parameters = [getUser({ userId: byEmail('ada@example.com') }), ...gets('user_b')];
		const { json, fault } = await run({ parameters, continueOnFail: true }, (sent, count) =>
			userIn(sent) ? found(sent, count) : errorResponse(422, [{ message: 'is invalid' }]),
		);
		expect(fault).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringMatching(/^is invalid.*\[item 0\]$/) }),
			expect.objectContaining({ id: 'user_b' }),
		]);
	});

	it.each(['unknown-slug', '..', '.', ''])(
		'fails an item whose organization has the unknown slug "%s", and runs the others, with continue on fail',
		async (slug) => {
			const getOrganization = parametersOf('organization', 'get');
			const parameters = [
				getOrganization({ organizationId: { __rl: true, mode: 'slug', value: slug } }),
				getOrganization({ organizationId: byId('org_1') }),
			];
			const { json, fault } = await run({ parameters, continueOnFail: true }, ({ url }) =>
				url.includes('org_1') ? response(200, { id: 'org_1' }) : notFound(),
			);
			expect(fault).toBeUndefined();
			expect(json).toEqual([
				expect.objectContaining({ error: expect.stringMatching(/^Organization .*\[item 0\]$/) }),
				expect.objectContaining({ id: 'org_1' }),
			]);
		},
	);
});
