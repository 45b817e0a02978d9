import { LIMIT, RETURN_ALL } from '../engine/form/commonFields';
import type { Field } from '../engine/operation';

/** The form of Find by Metadata, for users and organizations. All but Value is read from the first item. */

const key: Field = {
	displayName: 'Key',
	name: 'metadataKey',
	type: 'string',
	required: true,
	default: '',
	kind: 'metadataKey',
	once: true,
	placeholder: 'e.g. stripeCustomerId',
	description:
		'The metadata key. Use dots for nested keys (billing.customerId), and \\. for a dot in a name.',
};

const match: Field = {
	displayName: 'Match',
	name: 'match',
	type: 'options',
	options: [
		{ name: 'Equals', value: 'equals', description: 'The key has this value' },
		{ name: 'Exists', value: 'exists', description: 'The key exists, with any value' },
		{
			name: 'List Contains',
			value: 'listContains',
			description: 'The key has a list that contains the value',
		},
	],
	default: 'equals',
	required: true,
	once: true,
	description: 'What counts as a match',
};

/** Not `required`, so that an item without a value fails alone. */
const value: Field = {
	displayName: 'Value',
	name: 'metadataValue',
	type: 'string',
	default: '',
	section: 'form',
	encode: 'asIs',
	displayOptions: { hide: { match: ['exists'] } },
	placeholder: 'e.g. cus_NffrFeUfNV2Hib',
	description: 'The value to find. The text "1" and the number 1 differ, unless you add Loose.',
};

const PRIVATE = { name: 'Private', value: 'private' };

const PUBLIC = { name: 'Public', value: 'public' };

const kindsOf = (options: Field['options']): Field => ({
	displayName: 'Kinds of Metadata',
	name: 'kinds',
	type: 'multiOptions',
	section: 'form',
	once: true,
	options,
	default: ['private', 'public'],
	description: 'Which metadata to search',
});

const unsafeNotice: Field = {
	displayName:
		'Users can edit their own unsafe metadata, and could enter the ID of another customer. Do not base decisions about access or payments on it.',
	name: 'unsafeNotice',
	type: 'notice',
	section: 'form',
	once: true,
	displayOptions: { show: { kinds: ['unsafe'] } },
	default: '',
};

const outcome: Field[] = [
	{
		displayName: 'If None',
		name: 'ifNone',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Stop, or use the error output' },
			{
				name: 'Return an Empty Item',
				value: 'empty',
				description: 'Continue with an empty item',
			},
		],
		default: 'fail',
		required: true,
		once: true,
		description: 'What to do if nothing is found for an item',
	},
	{
		displayName: 'If Several',
		name: 'ifSeveral',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Stop, and list them' },
			{ name: 'Return All', value: 'all', description: 'One item for each match' },
		],
		default: 'fail',
		required: true,
		once: true,
		description: 'What to do if an item has several matches',
	},
	{
		...RETURN_ALL,
		section: 'form',
		once: true,
		displayOptions: { show: { ifSeveral: ['all'] } },
	},
	{
		...LIMIT,
		section: 'form',
		once: true,
		displayOptions: { show: { ifSeveral: ['all'], returnAll: [false] } },
	},
	{
		displayName: 'Loose',
		name: 'loose',
		type: 'boolean',
		default: true,
		once: true,
		description: 'Whether to compare as trimmed text: 1 equals "1", and true equals "true"',
	},
	{
		displayName: 'Stop When All Are Found',
		name: 'stopWhenAllFound',
		type: 'boolean',
		default: true,
		once: true,
		description:
			'Whether to stop reading once every value is found. A second match may go unnoticed.',
	},
];

export const FIND_NOTICE =
	"Clerk cannot filter by metadata, so this reads the whole list, once for all input items. Don't put it in a loop.";

export const findFields: Field[] = [
	key,
	match,
	value,
	kindsOf([PRIVATE, PUBLIC, { name: 'Unsafe', value: 'unsafe' }]),
	unsafeNotice,
	...outcome,
];

/** For organizations, which have no unsafe metadata. */
export const findFieldsWithoutUnsafe: Field[] = [
	key,
	match,
	value,
	kindsOf([PRIVATE, PUBLIC]),
	...outcome,
];
