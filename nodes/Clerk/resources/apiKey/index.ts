import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteApiKey } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getSecret } from './getSecret';
import { revoke } from './revoke';
import { update } from './update';
import { verify } from './verify';

export const apiKey = defineResource({
	name: 'API Key',
	value: 'apiKey',
	description: "Keys for your application's API, for users and organizations",
	operations: [create, get, getAll, update, deleteApiKey, revoke, getSecret, verify],
});
