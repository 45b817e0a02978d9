import type { Field } from '../engine/operation';

/** How far a job goes: the first field on its form, with a name of its own, so that n8n does not carry a choice over to the next job. */

const PLAN_ONLY = {
	name: 'Plan Only',
	value: 'plan',
	description: 'Show what would be done without changing anything',
};

const CARRY_OUT = { name: 'Carry Out', value: 'apply', description: 'Make the changes' };

const CARRY_OUT_APPROVED = {
	name: 'Carry Out What Was Approved',
	value: 'applyApproved',
	description: 'Do what was approved and is still due',
};

/** Without a way to approve. Carries out by default, as other writes of one record do. */
export const runMode = (name: string): Field => ({
	displayName: 'Run Mode',
	name,
	type: 'options',
	options: [PLAN_ONLY, CARRY_OUT],
	default: 'apply',
	required: true,
	isRunMode: true,
	description: 'Whether to carry out the changes or only show them',
});

const ofTheSet = (isSet: boolean): Partial<Field> => (isSet ? { once: true } : {});

/**
 * Returns the run mode of a job whose plan can be approved, and the fields of an approval.
 *
 * @param isSet - whether the job takes the whole input at once
 */
export const approvableRunMode = (
	name: string,
	byDefault: 'plan' | 'apply',
	isSet: boolean,
): Field[] => [
	{
		displayName: 'Run Mode',
		name,
		type: 'options',
		options: [PLAN_ONLY, CARRY_OUT, CARRY_OUT_APPROVED],
		default: byDefault,
		required: true,
		isRunMode: true,
		description: 'Whether to carry out the plan or only show it',
		...ofTheSet(isSet),
	},
	{
		...APPROVED,
		displayOptions: { show: { [name]: ['applyApproved'] } },
		...ofTheSet(isSet),
	},
	...APPROVAL.map((field): Field => ({ ...field, ...ofTheSet(isSet) })),
];

const APPROVED: Field = {
	displayName: 'What Was Approved',
	name: 'approved',
	type: 'options',
	options: [
		{
			name: 'Exactly This Plan',
			value: 'plan',
			description: 'If anything has changed since, nothing is done',
		},
		{
			name: 'Only These Rows',
			value: 'rows',
			description: 'Those that are still due; all others are skipped',
		},
	],
	default: 'plan',
	section: 'form',
	description: 'What was reviewed and approved',
};

/** n8n keeps no value of a field that is hidden (docs/n8n-notes.md, 14), so this is the run mode too, whatever its name. */
const IF_APPROVED = { show: { approved: ['plan', 'rows'] } };

/** On the form, but not `required`, since a field that is hidden may be empty: the jobs check them. */
const APPROVAL: Field[] = [
	{
		displayName: 'Plan ID',
		name: 'planId',
		type: 'string',
		displayOptions: { show: { approved: ['plan'] } },
		default: '',
		section: 'form',
		placeholder: 'e.g. 9f86d081884c7d65…',
		description: "The planId of the plan's summary, its last row",
	},
	{
		displayName: 'Planned At',
		name: 'plannedAt',
		type: 'dateTime',
		displayOptions: { show: { approved: ['plan'] } },
		default: '',
		section: 'form',
		description: "The plannedAt of the plan's summary, its last row",
	},
	{
		displayName: 'Approved Rows',
		name: 'approvedRows',
		type: 'json',
		displayOptions: IF_APPROVED,
		default: '',
		section: 'form',
		description:
			'The approved rows of the plan. With Exactly This Plan they are optional, and show the differences.',
	},
	{
		displayName: 'Approved By',
		name: 'approvedBy',
		type: 'string',
		displayOptions: IF_APPROVED,
		default: '',
		section: 'form',
		placeholder: 'e.g. Ada Berg',
		description: 'Who approved it; included in every row of the report',
	},
	{
		displayName: 'Approval Valid For (Hours)',
		name: 'approvalValidFor',
		type: 'number',
		displayOptions: IF_APPROVED,
		typeOptions: { minValue: 0 },
		default: 24,
		section: 'form',
		description: 'How long after it was made the plan can be carried out',
	},
];
