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
		description: 'People with such an address are told of the organization, and may ask to join',
	},
	{
		name: 'Enterprise SSO',
		value: 'enterprise_sso',
		description: 'People join by signing in through an enterprise connection',
	},
	{
		name: 'Manual Invitation',
		value: 'manual_invitation',
		description: 'Nobody joins without being invited by an administrator',
	},
];

export const enrollmentMode: Field = {
	displayName: 'Enrollment Mode',
	name: 'enrollmentMode',
	type: 'options',
	options: MODES,
	default: 'manual_invitation',
	description: 'How people with an email address at the domain get into the organization',
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
	description: 'Only domains with this mode, or with any other',
};

export const enrollmentModesFilter: Field = {
	displayName: 'Enrollment Modes',
	name: 'enrollmentMode',
	type: 'multiOptions',
	options: MODE_FILTERS,
	default: [],
	description: 'Only domains with one of these modes, and without those that begin with Not',
	explode: false,
};

export const verified: Field = {
	displayName: 'Verified',
	name: 'verified',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether the domain counts as verified. Turned off, its ownership has to be proved before it works.',
};

export const verifiedFilter: Field = {
	...verified,
	description: 'Whether to get only verified domains; turned off, only those not verified yet',
};
