import { alsoOnForm, orNull } from '../engine/operation';
import type { ApiRequest, Field } from '../engine/operation';
import { locate } from './locators';
import { privateMetadata, publicMetadata } from './metadata';

/** Fields of invitations to the application and to an organization. */

const emailAddress: Field = {
	displayName: 'Email Address',
	name: 'emailAddress',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ada@example.com',
	description: 'The email address to invite',
	kind: 'emailAddress',
};

const expiresInDays: Field = {
	displayName: 'Expires in Days',
	name: 'expiresInDays',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 365, numberPrecision: 0 },
	default: 30,
	nullable: true,
	description: 'How long the invitation is valid, from 1 to 365 days',
};

const notify: Field = {
	displayName: 'Send Email',
	name: 'notify',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether Clerk sends the invitation by email. Turn it off to send the link in the output yourself.',
};

const redirectUrl: Field = {
	displayName: 'Redirect URL',
	name: 'redirectUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://app.example.com/welcome',
	description: 'Where the link in the invitation leads',
};

const ignoreExisting: Field = {
	displayName: 'Ignore Existing',
	name: 'ignoreExisting',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether to invite even if the address was already invited or belongs to a user',
};

/** Fields of an invitation to the application. */
export const invitationFields: Field[] = [
	emailAddress,
	expiresInDays,
	ignoreExisting,
	notify,
	{
		...publicMetadata,
		description: 'Becomes the public metadata of the user who accepts the invitation',
	},
	alsoOnForm(redirectUrl),
	{
		displayName: 'Email Template',
		name: 'templateSlug',
		type: 'options',
		options: [
			{ name: 'Invitation', value: 'invitation' },
			{ name: 'Waitlist Invitation', value: 'waitlist_invitation' },
		],
		default: 'invitation',
		description: 'Which email Clerk sends',
	},
];

/**
 * Fields of an invitation in a batch. There Clerk rejects addresses of users even with Ignore Existing,
 * and takes null for more of them.
 */
export const invitationFieldsOfMany: Field[] = invitationFields.map((field) => {
	if (['publicMetadata', 'redirectUrl'].includes(field.name)) return orNull(field);
	if (field !== ignoreExisting) return field;
	return {
		...field,
		description:
			'Whether to invite even if the address was already invited. An address that belongs to a user is always rejected.',
	};
});

/** Fields of an invitation to an organization. */
export const organizationInvitationFields: Field[] = [
	emailAddress,
	locate('role', {
		required: true,
		description: 'The role the invited person will have in the organization',
	}),
	expiresInDays,
	alsoOnForm(
		locate('user', {
			as: 'inviterUserId',
			nullable: true,
			displayName: 'Inviter',
			description: 'The organization administrator that the email names as the inviter',
		}),
	),
	notify,
	{
		...orNull(publicMetadata),
		description: 'Becomes the public metadata of the membership once the invitation is accepted',
	},
	{
		...orNull(privateMetadata),
		description: 'Becomes the private metadata of the membership once the invitation is accepted',
	},
	alsoOnForm(orNull(redirectUrl)),
];

export const invitationStatus: Field = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Accepted', value: 'accepted' },
		{ name: 'Expired', value: 'expired' },
		{ name: 'Pending', value: 'pending' },
		{ name: 'Revoked', value: 'revoked' },
	],
	default: 'pending',
	description: 'Only invitations with this status',
};

/**
 * Clerk accepts up to ten invitations in a request and returns a record for each address.
 *
 * https://clerk.com/docs/reference/backend-api
 */
export const invitationBatch = { size: 10, matchBy: 'email_address' };

/** The order key of invitations: only those to the same address keep their order. */
export const invitedAddress = ({ path, body }: ApiRequest): string =>
	`${path} ${String(body?.email_address).toLowerCase()}`;
