import { defineSet } from '../../engine/operation';
import { FIND_NOTICE, findFieldsWithoutUnsafe } from '../../fields/findByMetadata';
import { orderedPaging } from '../../fields/paging';
import { prepareFind } from '../../jobs/findByMetadata/job';
import { organization as view } from '../../views/organization';

export const findByMetadata = defineSet({
	name: 'Find by Metadata',
	value: 'findByMetadata',
	action: 'Find organizations by metadata',
	description: 'Find the organizations whose metadata holds a value, such as a Stripe customer ID',
	notice: FIND_NOTICE,
	writes: false,
	form: findFieldsWithoutUnsafe,
	view,
	prepareAll: (items, _, input) =>
		prepareFind(items, input, {
			noun: 'organization',
			path: '/organizations',
			paging: orderedPaging,
			labelOf: ({ name, id }) => [name, id].filter(Boolean).join(', '),
			shortcut:
				"One request is enough where the value is the organization's slug: use Organization: Get with By Slug.",
		}),
});
