import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { session } from '../../views/session';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create session',
	description: 'Sign a user in without a browser, for tests. Works in development instances only.',
	request: 'POST /sessions',
	body: [
		locate('user', { required: true }),
		locate('organization', {
			as: 'activeOrganizationId',
			displayName: 'Active Organization',
			description: 'The organization that the session starts in; the user must be a member',
		}),
	],
	notice:
		'For tests: Clerk refuses this in production instances. There, use sign-in tokens instead.',
	returns: one(session),
});
