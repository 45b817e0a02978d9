import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { deleted } from '../../views/general';

export const deleteApiKey = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete API key',
	description: 'Delete a key for good; to end it and keep its record, revoke it',
	request: 'DELETE /api_keys/{apiKeyID}',
	formOnly: [fields.subjectOfApiKey],
	path: [fields.apiKeyId],
	notice:
		'This destroys the API key: what uses it is refused from then on. It cannot be undone. The Dry Run option shows the key.',
	destroys: [{ name: 'apiKey', path: '/api_keys/{apiKeyID}' }],
	returns: one(deleted, { ifNotFound: true }),
});
