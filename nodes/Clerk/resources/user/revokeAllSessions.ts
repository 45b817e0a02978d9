import { defineProcedure } from '../../engine/operation';
import { dryRunOffByDefault } from '../../fields/jobs';
import { locate } from '../../fields/locators';
import { revokeAllSessions as runRevokeAllSessions } from '../../jobs/revokeAllSessions/job';

export const revokeAllSessions = defineProcedure({
	name: 'Revoke All Sessions',
	value: 'revokeAllSessions',
	action: 'Revoke all sessions of user',
	description:
		'Sign a user out everywhere. They can sign in again; Ban or Lock keeps them out. Gives one item a session.',
	writes: true,
	notice:
		'This signs the user out on every device, and cannot be undone. Dry Run shows the sessions.',
	form: [locate('user', { required: true }), dryRunOffByDefault],
	prepare({ values, itemIndex }) {
		const userId = String(values.userId);
		const isDryRun = values.dryRun === true;
		return {
			target: `sessions of ${userId}`,
			execute: async (context) =>
				await runRevokeAllSessions(userId, { itemIndex, isDryRun }, context),
		};
	},
});
