import type { Field } from '../engine/operation';
import { approvableRunMode } from './runMode';

/** The form of Remove Metadata Keys, which users, organizations and memberships have. */

const keys: Field = {
	displayName: 'Keys',
	name: 'keys',
	type: 'string',
	required: true,
	default: '',
	kind: 'metadataKey',
	placeholder: 'e.g. plan, billing.customerId',
	encode: 'list',
	description:
		'The keys to remove, separated by commas. Use dots for nested keys, and \\. for a dot in a name. Missing keys are ignored.',
};

const kinds: Field = {
	displayName: 'Kinds of Metadata',
	name: 'kinds',
	type: 'multiOptions',
	section: 'form',
	options: [
		{ name: 'Private', value: 'private' },
		{ name: 'Public', value: 'public' },
		{ name: 'Unsafe', value: 'unsafe' },
	],
	default: ['public'],
	description: 'The kinds of metadata to remove the keys from',
};

/** The first field on the form. */
export const keyRemovalMode = approvableRunMode('removeMetadataKeysMode', 'apply', false);

export const keyRemovalFields: Field[] = [keys, kinds];

/** For organizations and memberships, which have no unsafe metadata. */
export const keyRemovalFieldsWithoutUnsafe: Field[] = [
	keys,
	{
		...kinds,
		options: [
			{ name: 'Private', value: 'private' },
			{ name: 'Public', value: 'public' },
		],
	},
];

export const KEY_REMOVAL_NOTICE =
	'Permanently deletes what is stored under the keys. Plan Only shows which of the keys exist.';
