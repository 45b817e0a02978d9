import type { Field } from '../engine/operation';
import { USER_ID } from './ids';

/** The message for a list that an expression left empty. */
const EXCEPTS_NO_USER = 'would except no user';

/** Fields that define inactive users, shared by the operations that find them and clean them up. */
export const inactivity: Field[] = [
	{
		displayName: 'Measure Inactivity By',
		name: 'inactiveBy',
		type: 'options',
		options: [
			{
				name: 'Last Activity',
				value: 'activity',
				description: 'When they last used your application, to the day',
			},
			{ name: 'Last Sign-In', value: 'signIn', description: 'When they last signed in' },
		],
		default: 'activity',
		required: true,
		once: true,
		description: "Which date counts as a user's last activity",
	},
	{
		displayName: 'Inactive Days',
		name: 'inactiveDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 36500 },
		default: 90,
		required: true,
		once: true,
		description: 'The minimum number of days, unless you add Inactive Since',
	},
	{
		displayName: 'Users Who Never Signed In',
		name: 'neverActive',
		type: 'options',
		options: [
			{ name: 'Skip', value: 'leaveOut', description: 'Only users who have been active' },
			{
				name: 'Include',
				value: 'include',
				description: 'Count them as inactive since they were created',
			},
			{ name: 'Only These', value: 'only', description: 'Only users who were never active' },
		],
		default: 'leaveOut',
		required: true,
		once: true,
		description:
			'What to do with users who were never active (or never signed in), such as imported ones',
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		once: true,
		description: 'Only users who were created before this date',
	},
	{
		displayName: 'Except Email Domains',
		name: 'exceptEmailDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme.com, acme.org',
		encode: 'list',
		kind: 'domain',
		neverEmpty: EXCEPTS_NO_USER,
		once: true,
		description:
			'Leaves out users with an email address, verified or not, at these domains, separated by commas or line breaks',
	},
	{
		displayName: 'Except Metadata',
		name: 'exceptMetadata',
		type: 'string',
		default: '',
		placeholder: 'e.g. keep, plan=enterprise, billing.status=paid',
		encode: 'list',
		kind: 'metadataRule',
		neverEmpty: EXCEPTS_NO_USER,
		once: true,
		description:
			'Leaves out users with one of these keys (or key=value) in public or private metadata. Separate them by commas or line breaks; use dots for nested keys.',
	},
	{
		displayName: 'Except User IDs',
		name: 'exceptUserIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. user_2NNEqL2nrIRd…',
		encode: 'list',
		kind: USER_ID,
		neverEmpty: EXCEPTS_NO_USER,
		once: true,
		description: 'Leaves out the users with these IDs, separated by commas or line breaks',
	},
	{
		displayName: 'Inactive Since',
		name: 'inactiveSince',
		type: 'dateTime',
		default: '',
		once: true,
		description: 'A date at least a day ago, instead of Inactive Days',
	},
	{
		displayName: 'Include Banned',
		name: 'includeBanned',
		type: 'boolean',
		default: true,
		once: true,
		description: 'Whether to include banned users',
	},
	{
		displayName: 'Without Organization',
		name: 'withoutOrganization',
		type: 'boolean',
		default: true,
		once: true,
		description: 'Whether to leave out members of organizations',
	},
];
