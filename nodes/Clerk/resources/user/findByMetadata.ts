import { defineSet } from '../../engine/operation';
import { FIND_NOTICE, findFields } from '../../fields/findByMetadata';
import { usersPaging } from '../../fields/paging';
import { prepareFind } from '../../jobs/findByMetadata/job';
import { describePerson, personOf } from '../../jobs/shared/people';
import { user as view } from '../../views/user';

export const findByMetadata = defineSet({
	name: 'Find by Metadata',
	value: 'findByMetadata',
	action: 'Find users by metadata',
	description: 'Find the users whose metadata holds a value, such as a Stripe customer ID',
	notice: FIND_NOTICE,
	writes: false,
	form: findFields,
	view,
	prepareAll: (items, _, input) =>
		prepareFind(items, input, {
			noun: 'user',
			path: '/users',
			paging: usersPaging,
			labelOf: (record) => {
				const id = String(record.id);
				return [...new Set([describePerson(personOf(record), id), id])].join(', ');
			},
			shortcut:
				"One request is enough where the value is the user's external ID: store it there, and use User: Get with By Ext. ID.",
		}),
});
