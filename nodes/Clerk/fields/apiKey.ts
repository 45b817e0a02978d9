import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of API keys and M2M tokens. */

export const subject = locate('subject', {
	required: true,
	description:
		'The owner of the key: a user, an organization, or a machine or SCIM directory by its ID',
});

/** The subject whose keys the list of API Key offers: Clerk lists keys by subject. */
export const subjectOfApiKey = locate('subject', {
	description: 'Used only to list keys. Not needed if you enter the key by ID.',
});

export const apiKeyId = locate('apiKey', {
	wire: 'apiKeyID',
	required: true,
	description: "One of the subject's keys, or any key by ID",
});

export const claims: Field = {
	displayName: 'Claims',
	name: 'claims',
	type: 'json',
	default: '{}',
	description: 'A JSON object to store with the key. Verify returns it.',
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
	description: 'What the key can be used for: scopes that you define, separated by commas',
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
		'How long the key is valid. For a key that never expires, use an expression that returns null.',
};

export const revocationReason: Field = {
	displayName: 'Revocation Reason',
	name: 'revocationReason',
	type: 'string',
	default: '',
	nullable: true,
	description: 'Why you revoke it, for your records',
};

export const type: Field = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: 'api_key',
	description: 'The kind of key, 3 to 25 characters; keys that people create have api_key',
};
