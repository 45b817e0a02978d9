import type { Batch, Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of the allowlist, the blocklist and the waitlist. */

export const identifier: Field = {
	displayName: 'Identifier',
	name: 'identifier',
	type: 'string',
	required: true,
	default: '',
	kind: 'identifier',
	placeholder: 'e.g. ada@example.com or *@example.com',
	description:
		'An email address, a phone number with its country code, or a Web3 wallet. For all addresses of a domain, use *@example.com.',
};

export const waitlistEntryId = locate('waitlistEntry', {
	required: true,
	description: 'The entry on the waitlist',
});

export const waitlistFields: Field[] = [
	{
		displayName: 'Email Address',
		name: 'emailAddress',
		type: 'string',
		required: true,
		default: '',
		kind: 'emailAddress',
		placeholder: 'e.g. ada@example.com',
		description: 'The email address to add',
	},
	{
		displayName: 'Send Confirmation',
		name: 'notify',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether Clerk sends a confirmation email, as it does by default',
	},
];

/**
 * Clerk accepts up to fifty entries in a request, each address once, and returns a record for each.
 *
 * https://clerk.com/docs/reference/backend-api
 */
export const waitlistBatch: Batch = { size: 50, matchBy: 'email_address' };
