import { errorResponse, run } from '../support/scripted';

/** What to do about Clerk's errors, from the operations that can get them. */

const id = (value: string) => ({ __rl: true, mode: 'id', value });

const actorToken = {
	resource: 'actorToken',
	operation: 'create',
	userId: id('user_1'),
	actorSub: id('user_2'),
	actor: '{}',
	options: {},
};

const user = {
	resource: 'user',
	operation: 'create',
	additionalFields: { emailAddress: 'ada@example.com' },
	options: {},
};

const GENERAL =
	'The key is not allowed to do this, or the feature is turned off in the Clerk Dashboard.';
const FULL =
	'A development instance holds 100 users by default. Delete users that you no longer need, use a production instance, or ask Clerk for more.';

it.each([
	[
		'actor tokens that the instance does not have',
		actorToken,
		'This feature is not enabled on this instance',
		'they need the feature User Impersonation',
	],
	[
		'a development instance that is full',
		user,
		'You have reached your limit of 100 users. If you need more users, please use a Production instance.',
		FULL,
	],
	['a larger limit', user, 'You have reached your limit of 1,000 users', FULL],
	['anything else', user, 'You have reached your limit of 5 domains', GENERAL],
])('a 403 about %s says what to do', async (_, parameters, long_message, advice) => {
	const entry = { code: 'some_code', message: 'not allowed', long_message };
	const { fault } = await run({ parameters }, () => errorResponse(403, [entry]));
	expect(fault.message).toContain(long_message.replace(/\.$/, ''));
	expect(fault.description).toContain(advice);
	expect(fault.description.includes(GENERAL)).toBe(advice === GENERAL);
});

it('says what to do when a user to create or update cannot be created', async () => {
	const parameters = {
		...user,
		operation: 'upsert',
		matchBy: 'emailAddress',
		matchValue: 'ada@example.com',
		upsertMode: 'apply',
		additionalFields: {},
	};
	const entry = { code: 'some_code', message: 'You have reached your limit of 100 users' };
	const { fault } = await run({ parameters }, ({ method }) =>
		method === 'GET' ? { statusCode: 200, headers: {}, body: '[]' } : errorResponse(403, [entry]),
	);
	expect(fault.description).toContain(FULL);
});
