import { defineSet } from '../../engine/operation';
import { inactivity } from '../../fields/inactive';
import { approvableRunMode } from '../../fields/runMode';
import { cleanUp as runCleanUp } from '../../jobs/cleanUp/job';
import type { CleanUpAccountAction } from '../../jobs/cleanUp/plan';
import { parseCriteria } from '../../jobs/shared/inactivity';
import { readRunMode } from '../../jobs/shared/runMode';

export const cleanUp = defineSet({
	name: 'Clean Up',
	value: 'cleanUp',
	action: 'Clean up inactive users',
	description:
		'Plan first, then sign out, lock, ban or delete users who were inactive for a number of days',
	notice: [
		'Acts on all users who match, whatever the input is: run it once, never in a loop. The form is read from the first item.',
		'Deleting cannot be undone: look at the plan first.',
	],
	writes: true,
	form: [
		...approvableRunMode('cleanUpMode', 'plan', true),
		...inactivity,
		{
			displayName: 'What to Do',
			name: 'measure',
			type: 'options',
			options: [
				{ name: 'Ban', value: 'ban', description: 'Sign out, and block sign-in' },
				{ name: 'Delete', value: 'delete', description: 'Permanently delete' },
				{ name: 'Lock', value: 'lock', description: 'Block sign-in until the lock expires' },
				{ name: 'Only Report', value: 'nothing', description: 'Change nothing' },
				{
					name: 'Revoke Sessions',
					value: 'revokeSessions',
					description: 'Sign out everywhere; they can sign in again',
				},
			],
			default: 'nothing',
			required: true,
			once: true,
			description: 'What happens to the users who are chosen',
		},
		{
			displayName: 'Grace Period (Days)',
			name: 'graceDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3650 },
			displayOptions: { hide: { measure: ['nothing'] } },
			default: 0,
			required: true,
			once: true,
			description:
				'0 acts at once. Otherwise users are marked first (n8nCleanUp in their private metadata), and acted on this many days later, unless they become active again.',
		},
		{
			displayName: 'Max Users',
			name: 'maxUsers',
			type: 'number',
			typeOptions: { minValue: 0 },
			displayOptions: { hide: { measure: ['nothing'] } },
			default: 100,
			required: true,
			once: true,
			description:
				'A run that would mark or act on more users does nothing, and fails with its report',
		},
		{
			displayName: 'Max % of Users',
			name: 'maxPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			displayOptions: { hide: { measure: ['nothing'] } },
			default: 10,
			required: true,
			once: true,
			description: 'The same, as a share of all users',
		},
	],
	prepareAll: ([{ values }]) => {
		const criteriaAt = parseCriteria(values);
		const accountAction = values.measure as CleanUpAccountAction;
		const graceDays = Number(values.graceDays);
		const bounds = { count: Number(values.maxUsers), percent: Number(values.maxPercent) };
		const modeAt = readRunMode(values, 'cleanUpMode');
		return {
			target: 'users',
			async execute(context) {
				const now = context.now();
				const options = { accountAction, graceDays };
				const form = { bounds, mode: modeAt(now) };
				return await runCleanUp(criteriaAt(now), options, form, context, now);
			},
		};
	},
});
