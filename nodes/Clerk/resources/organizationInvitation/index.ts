import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createMany } from './createMany';
import { get } from './get';
import { getAll } from './getAll';
import { getAllInInstance } from './getAllInInstance';
import { getPending } from './getPending';
import { revoke } from './revoke';

export const organizationInvitation = defineResource({
	name: 'Organization Invitation',
	value: 'organizationInvitation',
	description: 'Invitations by email to become a member of an organization',
	operations: [create, get, getAll, createMany, revoke, getAllInInstance, getPending],
});
