import { defineProcedure } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { runMode } from '../../fields/runMode';
import { revokeAllSessions as runRevokeAllSessions } from '../../jobs/revokeAllSessions/job';

export const revokeAllSessions = defineProcedure({
	name: 'Revoke All Sessions (Sign Out)',
	value: 'revokeAllSessions',
	action: 'Revoke all sessions to sign out user',
	description:
		'End all sessions of a user, who can sign in again; to prevent that, use Ban or Lock',
	writes: true,
	notice: [
		'Signs the user out on every device. This cannot be undone.',
		'Plan Only shows the sessions.',
	],
	form: [runMode('revokeAllSessionsMode'), locate('user', { required: true })],
	prepare({ values, itemIndex }) {
		const userId = String(values.userId);
		const isDryRun = values.revokeAllSessionsMode !== 'apply';
		return {
			target: `sessions of ${userId}`,
			execute: async (context) =>
				await runRevokeAllSessions(userId, { itemIndex, isDryRun }, context),
		};
	},
});
