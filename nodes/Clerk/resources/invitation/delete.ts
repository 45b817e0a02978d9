import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

const byId = { query: '{invitation_id}', paginated: true, limit: 1 };

export const deleteInvitation = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete invitation',
	description: "Permanently delete an invitation and Clerk's copies of its email",
	request: 'DELETE /invitations/{invitation_id}',
	path: [
		locate('invitation', {
			required: true,
			description:
				'The invitation to delete, from the list or by ID. The list leaves out revoked ones.',
		}),
	],
	notice: [
		'Permanently deletes the invitation and the copies of its email, for example for an erasure request. Its link no longer works.',
		'A user or an organization invitation with the same address stays.',
		'This cannot be undone. Dry Run shows whether it exists.',
	],
	destroys: [
		{ name: 'invitations', path: '/invitations', query: byId },
		// The list has revoked ones only when it is asked for them.
		{ name: 'revokedInvitations', path: '/invitations', query: { ...byId, status: 'revoked' } },
	],
	returns: one(deleted, { ifNotFound: true }),
});
