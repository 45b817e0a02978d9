import { defineResource } from '../../engine/operation';
import { compare } from './compare';
import { create } from './create';
import { deleteOrganizationMembership } from './delete';
import { getAll } from './getAll';
import { getAllInInstance } from './getAllInInstance';
import { mergeMetadata } from './mergeMetadata';
import { removeMetadataKeys } from './removeMetadataKeys';
import { sync } from './sync';
import { update } from './update';

export const organizationMembership = defineResource({
	name: 'Organization Membership',
	value: 'organizationMembership',
	description: 'Who belongs to which organization, and with which role',
	operations: [
		create,
		getAll,
		update,
		deleteOrganizationMembership,
		sync,
		compare,
		getAllInInstance,
		mergeMetadata,
		removeMetadataKeys,
	],
});
