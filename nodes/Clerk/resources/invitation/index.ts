import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createMany } from './createMany';
import { deleteInvitation } from './delete';
import { getAll } from './getAll';
import { revoke } from './revoke';

export const invitation = defineResource({
	name: 'Invitation',
	value: 'invitation',
	description: 'Invitations by email to sign up to your application',
	operations: [create, getAll, deleteInvitation, createMany, revoke],
});
