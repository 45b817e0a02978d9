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
		'Where to look in the metadata; a dot leads into an object (billing.customerId), and one after a backslash is part of a name',
};

const match: Field = {
	displayName: 'Match',
	name: 'match',
	type: 'options',
	options: [
		{ name: 'Equals', value: 'equals', description: 'The key holds the value' },
		{ name: 'Exists', value: 'exists', description: 'The key exists, with any value' },
		{
			name: 'List Contains',
			value: 'listContains',
			description: 'The key holds a list, and Value is one of its entries',
		},
	],
	default: 'equals',
	required: true,
	once: true,
	description: 'What counts as found',
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
	description:
		'The value to find for an item. Text "1" and the number 1 differ, unless Loose is added.',
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
	description: 'Where to look',
});

const unsafeNotice: Field = {
	displayName:
		"Users write their unsafe metadata themselves: anyone can put the ID of another customer there. Don't base rights or payments on it.",
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
			{ name: 'Fail', value: 'fail', description: 'Stop, or use the error output of the node' },
			{
				name: 'Return an Empty Item',
				value: 'empty',
				description: 'Go on with an item that has no fields',
			},
		],
		default: 'fail',
		required: true,
		once: true,
		description: 'What to do with an item for which nothing is found',
	},
	{
		displayName: 'If Several',
		name: 'ifSeveral',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Stop, and name them' },
			{ name: 'Return All', value: 'all', description: 'One item for each of them' },
		],
		default: 'fail',
		required: true,
		once: true,
		description: 'What to do with an item for which more than one is found',
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
		description:
			'Whether to compare as text, without blanks around it: 1 is "1", and true is "true"',
	},
	{
		displayName: 'Stop When All Are Found',
		name: 'stopWhenAllFound',
		type: 'boolean',
		default: true,
		once: true,
		description:
			'Whether to stop reading once every value was found. A second match may go unnoticed.',
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
