import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteDomain } from './delete';
import { getAll } from './getAll';
import { update } from './update';
import { verifyProxy } from './verifyProxy';

export const domain = defineResource({
	name: 'Domain',
	value: 'domain',
	description: 'The domains on which your instance runs; those of organizations are not among them',
	operations: [create, getAll, update, deleteDomain, verifyProxy],
});
