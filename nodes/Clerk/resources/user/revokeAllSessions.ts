import { defineProcedure } from '../../engine/operation';
import { dryRunIfWanted } from '../../fields/jobs';
import { locate } from '../../fields/locators';
import { nothingToDo, planSessions, readOpenSessions } from '../../jobs/offboard/sessions';
import { apply, finish } from '../../jobs/shared/actions';

export const revokeAllSessions = defineProcedure({
	name: 'Revoke All Sessions',
	value: 'revokeAllSessions',
	action: 'Revoke all sessions of user',
	description:
		'Sign a user out everywhere. They can sign in again; Ban or Lock keeps them out. Gives one item a session.',
	writes: true,
	notice:
		'This signs the user out on every device, and cannot be undone. Dry Run shows the sessions.',
	form: [locate('user', { required: true }), dryRunIfWanted],
	prepare({ values, item }) {
		const userId = String(values.userId);
		const isDryRun = values.dryRun === true;
		return {
			target: `sessions of ${userId}`,
			async execute(tools) {
				const sessions = planSessions(await readOpenSessions(tools.send, userId));
				const none = nothingToDo('revokeSession', userId, 'The user has no open session');
				const plan = (sessions.length > 0 ? sessions : [none]).map((one) => ({ ...one, item }));
				if (!isDryRun) tools.ensureAllowed(plan.flatMap(({ requests }) => requests));
				return finish(await apply(plan, tools, isDryRun));
			},
		};
	},
});
