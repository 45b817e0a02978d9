import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteDomain } from './delete';
import { getAll } from './getAll';
import { update } from './update';
import { verifyProxy } from './verifyProxy';

export const domain = defineResource({
	name: 'Domain',
	value: 'domain',
	description: 'The domains of your instance, not those of organizations',
	operations: [create, getAll, update, deleteDomain, verifyProxy],
});
