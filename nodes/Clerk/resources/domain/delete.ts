import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteDomain = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete domain',
	description: 'Remove a satellite domain from your instance; the primary one cannot be deleted',
	request: 'DELETE /domains/{domain_id}',
	path: [locate('domain', { required: true, description: 'The satellite domain to delete' })],
	notice: [
		'Permanently deletes the satellite domain: sign-in no longer works there.',
		'This cannot be undone: a domain that you add again must be set up again. Dry Run shows whether it exists.',
	],
	destroys: [{ name: 'domains', path: '/domains', rowId: 'domain_id' }],
	returns: one(deleted, { ifNotFound: true }),
});
