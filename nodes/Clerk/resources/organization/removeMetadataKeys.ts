import { defineProcedure } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { locate } from '../../fields/locators';
import {
	KEY_REMOVAL_NOTICE,
	keyRemovalFieldsWithoutUnsafe,
	keyRemovalMode,
} from '../../fields/removeKeys';
import { prepareKeyRemoval } from '../../jobs/removeMetadataKeys/job';

export const removeMetadataKeys = defineProcedure({
	name: 'Remove Metadata Keys',
	value: 'removeMetadataKeys',
	action: 'Remove metadata keys of organization',
	description: 'Remove keys from the metadata of an organization, and keep all others',
	writes: true,
	notice: KEY_REMOVAL_NOTICE,
	form: [
		...keyRemovalMode,
		locate('organization', { required: true }),
		...keyRemovalFieldsWithoutUnsafe,
	],
	prepare(input) {
		const target = String(input.values.organizationId);
		const path = fillPath('/organizations/{id}', { id: target });
		return prepareKeyRemoval(input, {
			operation: 'organization.removeMetadataKeys',
			target,
			path: `${path}/metadata`,
			read: async (send) => (await send({ method: 'GET', path })) as ClerkRecord,
			columnsOf: ({ name, slug }) => ({
				name: typeof name === 'string' ? name : null,
				emailAddress: null,
				organization: typeof slug === 'string' ? slug : null,
				organizationId: target,
			}),
		});
	},
});
