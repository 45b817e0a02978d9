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
		'Sign out, lock, ban or delete users who were inactive for a number of days, with a plan first',
	notice: [
		'Acts on all users who match, regardless of the input: run it once, never in a loop. The form is read from the first item.',
		'Deleting cannot be undone: check the plan first.',
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
			description: 'What to do with the users found',
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
				'0 acts immediately. Otherwise, users are first marked (n8nCleanUp in private metadata), and acted on this many days later unless they become active again.',
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
				'If more users would be marked or acted on, nothing is done and the node fails with its report',
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
			description: 'The same limit, as a percentage of all users',
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
