import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of API keys and M2M tokens. */

export const subject = locate('subject', {
	required: true,
	description:
		'Whose key it is: a user or an organization, or a machine or SCIM directory by its ID',
});

/** The subject whose keys the list of API Key offers: Clerk lists keys by subject. */
export const subjectOfApiKey = locate('subject', {
	description: 'Whose keys to choose from. Not sent, and not needed when the key is given by ID.',
});

export const apiKeyId = locate('apiKey', {
	wire: 'apiKeyID',
	required: true,
	description: 'The key: one of the subject, or any by its ID',
});

export const claims: Field = {
	displayName: 'Claims',
	name: 'claims',
	type: 'json',
	default: '{}',
	description: 'What to store with it, as a JSON object; it is in the answer when verified',
	encode: 'object',
};

export const description: Field = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What the key is for, up to 255 characters',
};

export const scopes: Field = {
	displayName: 'Scopes',
	name: 'scopes',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoices:read, invoices:write',
	description: 'What the key may be used for, in words of your own, separated by commas',
	encode: 'list',
};

export const secondsUntilExpiration: Field = {
	displayName: 'Seconds Until Expiration',
	name: 'secondsUntilExpiration',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 86400,
	nullable: true,
	description:
		'How many seconds from now it is valid. An expression that gives null sends that it never expires.',
};

export const revocationReason: Field = {
	displayName: 'Revocation Reason',
	name: 'revocationReason',
	type: 'string',
	default: '',
	nullable: true,
	description: 'Why it is revoked, for your records',
};

export const type: Field = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: 'api_key',
	description: 'The kind of key, of 3 to 25 characters; what people create is api_key',
};
