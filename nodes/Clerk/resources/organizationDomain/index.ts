import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteOrganizationDomain } from './delete';
import { getAll } from './getAll';
import { getAllInInstance } from './getAllInInstance';
import { update } from './update';
import { verifyOwnership } from './verifyOwnership';

export const organizationDomain = defineResource({
	name: 'Organization Domain',
	value: 'organizationDomain',
	description: 'Email domains of an organization; people with such an address can join it',
	operations: [create, getAll, update, deleteOrganizationDomain, getAllInInstance, verifyOwnership],
});
