import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of an organization's email domain. */

export const organizationOfDomain = locate('organization', {
	required: true,
	description: 'The organization that the domain belongs to',
});

export const organizationDomain = locate('organizationDomain', {
	wire: 'domain_id',
	required: true,
	description: "The organization's domain",
});

const MODES = [
	{
		name: 'Automatic Invitation',
		value: 'automatic_invitation',
		description: 'People with such an address are invited when they sign up',
	},
	{
		name: 'Automatic Suggestion',
		value: 'automatic_suggestion',
		description:
			'The organization is suggested to people with such an address, who can ask to join',
	},
	{
		name: 'Enterprise SSO',
		value: 'enterprise_sso',
		description: 'People join by signing in through an enterprise connection',
	},
	{
		name: 'Manual Invitation',
		value: 'manual_invitation',
		description: 'People join only if an administrator invites them',
	},
];

export const enrollmentMode: Field = {
	displayName: 'Enrollment Mode',
	name: 'enrollmentMode',
	type: 'options',
	options: MODES,
	default: 'manual_invitation',
	description: 'How people with an email address at the domain join the organization',
};

/** The values of the filters: each mode, and every mode but one. */
const MODE_FILTERS = [
	...MODES.map(({ name, value }) => ({ name, value })),
	...MODES.map(({ name, value }) => ({ name: `Not ${name}`, value: `-${value}` })),
];

export const enrollmentModeFilter: Field = {
	displayName: 'Enrollment Mode',
	name: 'enrollmentMode',
	type: 'options',
	options: MODE_FILTERS,
	default: 'automatic_invitation',
	description: 'Only domains with this mode, or without it',
};

export const enrollmentModesFilter: Field = {
	displayName: 'Enrollment Modes',
	name: 'enrollmentMode',
	type: 'multiOptions',
	options: MODE_FILTERS,
	default: [],
	description: 'Only domains with one of these modes, and without the ones after Not',
	explode: false,
};

export const verified: Field = {
	displayName: 'Verified',
	name: 'verified',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether the domain counts as verified. If not, its ownership must be proved before it works.',
};

export const verifiedFilter: Field = {
	...verified,
	description: 'Whether to get only verified domains, or only unverified ones',
};
