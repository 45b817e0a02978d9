import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { locate } from '../../fields/locators';
import { apiKey } from '../../views/apiKey';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update API key',
	description: 'Update the fields you add of an API key; its secret stays the same',
	request: 'PATCH /api_keys/{apiKeyID}',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	body: [
		orNull(fields.claims),
		orNull(fields.description),
		fields.scopes,
		fields.secondsUntilExpiration,
		locate('subject', { displayName: 'New Subject', description: 'The new owner of the key' }),
	],
	returns: one(apiKey, { ifNotFound: true }),
});
