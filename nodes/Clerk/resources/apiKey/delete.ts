import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { deleted } from '../../views/general';

export const deleteApiKey = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete API key',
	description: 'Permanently delete an API key; to keep its record, use Revoke',
	request: 'DELETE /api_keys/{apiKeyID}',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	notice: [
		'Permanently deletes the API key: requests with it are rejected from then on.',
		'This cannot be undone. Dry Run shows the key.',
	],
	destroys: [{ name: 'apiKey', path: '/api_keys/{apiKeyID}' }],
	returns: one(deleted, { ifNotFound: true }),
});
