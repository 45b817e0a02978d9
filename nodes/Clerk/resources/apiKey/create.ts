import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/apiKey';
import { locate } from '../../fields/locators';
import { newApiKey } from '../../views/apiKey';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create API key',
	description: "Create a key for your application's API; the output contains its secret",
	request: 'POST /api_keys',
	body: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Nightly export',
			description: 'The name of the key, at least 3 characters',
		},
		fields.subject,
		orNull(fields.claims),
		locate('user', {
			as: 'createdBy',
			nullable: true,
			displayName: 'Created By',
			description: 'The user who created it',
		}),
		orNull(fields.description),
		fields.scopes,
		fields.secondsUntilExpiration,
		fields.type,
	],
	returns: one(newApiKey),
});
