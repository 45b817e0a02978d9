import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of an organization, for the operations that create, update and read one. */

export const name: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Acme Corp',
	description: 'The name of the organization: up to 256 characters, without links or HTML',
};

export const slug: Field = {
	displayName: 'Slug',
	name: 'slug',
	type: 'string',
	default: '',
	nullable: true,
	kind: 'slug',
	placeholder: 'e.g. acme-corp',
	description:
		'Name used in URLs: lowercase letters, digits and dashes. Needs slugs turned on in the instance.',
};

export const maxAllowedMemberships: Field = {
	displayName: 'Max Allowed Memberships',
	name: 'maxAllowedMemberships',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	nullable: true,
	description: 'How many members the organization can have; 0 for no limit',
};

export const createdAt: Field = {
	displayName: 'Created At',
	name: 'createdAt',
	type: 'dateTime',
	default: '',
	nullable: true,
	description: 'When the organization was created, if that was in another system and in the past',
	encode: 'isoDate',
};

export const roleSetKey = locate('roleSet', {
	nullable: true,
	description: "The key of the role set that defines the organization's roles",
});

export const includeMissingMember: Field = {
	displayName: 'Include Missing Admin Check',
	name: 'includeMissingMemberWithElevatedPermissions',
	type: 'boolean',
	default: true,
	description:
		'Whether to check that a member can manage the organization. Only in the raw output.',
};
