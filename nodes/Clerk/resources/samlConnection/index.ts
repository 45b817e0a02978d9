import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteSamlConnection } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const samlConnection = defineResource({
	name: 'SAML Connection',
	value: 'samlConnection',
	description: 'Sign-in by SAML, replaced by Enterprise Connection',
	operations: [create, get, getAll, update, deleteSamlConnection],
});
