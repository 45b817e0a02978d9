import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteOAuthApplication } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { revokeToken } from './revokeToken';
import { rotateSecret } from './rotateSecret';
import { setLogo } from './setLogo';
import { update } from './update';

export const oauthApplication = defineResource({
	name: 'OAuth Application',
	value: 'oauthApplication',
	description: 'Other applications that users sign in to with their account',
	operations: [
		create,
		get,
		getAll,
		update,
		deleteOAuthApplication,
		rotateSecret,
		revokeToken,
		setLogo,
	],
});
