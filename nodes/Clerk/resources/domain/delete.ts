import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteDomain = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete domain',
	description: 'Take a satellite domain from your instance; the primary one cannot be deleted',
	request: 'DELETE /domains/{domain_id}',
	path: [locate('domain', { required: true, description: 'The satellite domain to delete' })],
	notice:
		'This destroys the satellite domain: nobody can sign in there any more. It cannot be undone: added anew, it has to be set up again. The Dry Run option shows whether it is there.',
	destroys: [{ name: 'domains', path: '/domains', rowId: 'domain_id' }],
	returns: one(deleted, { ifNotFound: true }),
});
