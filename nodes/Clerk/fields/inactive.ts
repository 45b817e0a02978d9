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
		description: 'Which date counts as the last activity of a user',
	},
	{
		displayName: 'Inactive Days',
		name: 'inactiveDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 36500 },
		default: 90,
		required: true,
		once: true,
		description: 'For how many days at least, unless Inactive Since is added',
	},
	{
		displayName: 'Users Who Never Signed In',
		name: 'neverActive',
		type: 'options',
		options: [
			{ name: 'Skip', value: 'leaveOut', description: 'Only users who were active once' },
			{
				name: 'Include',
				value: 'include',
				description: 'They count as inactive since they were created',
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
			'Domains, separated by commas or line breaks: users with an address there, verified or not, are left alone',
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
			'Keys, or key=value, separated by commas or line breaks: users who have one in their public or private metadata are left alone. Dots lead into objects.',
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
		description: 'User IDs, separated by commas or line breaks: these users are left alone',
	},
	{
		displayName: 'Inactive Since',
		name: 'inactiveSince',
		type: 'dateTime',
		default: '',
		once: true,
		description: 'A date, at least a day ago, in place of Inactive Days',
	},
	{
		displayName: 'Include Banned',
		name: 'includeBanned',
		type: 'boolean',
		default: true,
		once: true,
		description: 'Whether to include users who are banned',
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
