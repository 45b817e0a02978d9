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
				{ name: 'Ban', value: 'ban', description: 'Sign out, and let them sign in no more' },
				{ name: 'Delete', value: 'delete', description: 'Delete for good' },
				{ name: 'Lock', value: 'lock', description: 'Let them sign in no more for a while' },
				{ name: 'Nothing', value: 'nothing', description: 'Only report who it would be' },
				{
					name: 'Revoke Sessions',
					value: 'revokeSessions',
					description: 'Sign out everywhere; they can sign in again',
				},
			],
			default: 'nothing',
			required: true,
			once: true,
			description: 'What becomes of the users who are chosen',
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
				'0 acts at once. Otherwise a user is marked at first (n8nCleanUp in the private metadata), and acted on so many days later; who becomes active again is unmarked.',
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
			displayName: 'Max Percent',
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
