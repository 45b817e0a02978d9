import { defineResource } from '../../engine/operation';
import { addRoles } from './addRoles';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { replace } from './replace';
import { replaceRole } from './replaceRole';
import { update } from './update';

export const roleSet = defineResource({
	name: 'Role Set',
	value: 'roleSet',
	description: 'Sets of roles that organizations choose from',
	operations: [create, get, getAll, update, addRoles, replaceRole, replace],
});
