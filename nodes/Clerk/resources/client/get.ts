import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { userOfSession } from '../../fields/session';
import { client } from '../../views/signIn';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get client',
	description: 'Get a client (a browser or a device) with all of its sessions',
	request: 'GET /clients/{client_id}',
	formOnly: [
		{
			...userOfSession,
			description: 'Used only to list entries. Not needed if you enter an ID.',
		},
	],
	path: [locate('client', { required: true, description: 'The browser or device to get' })],
	returns: one(client, { ifNotFound: true }),
});
