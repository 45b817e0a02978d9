import { defineProcedure } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { locate } from '../../fields/locators';
import { REMOVAL_NOTICE, removalWithoutUnsafe } from '../../fields/removeKeys';
import { prepareRemoval } from '../../jobs/removeMetadataKeys/plan';

export const removeMetadataKeys = defineProcedure({
	name: 'Remove Metadata Keys',
	value: 'removeMetadataKeys',
	action: 'Remove metadata keys of organization',
	description: 'Remove keys from the metadata of an organization, and keep all others',
	writes: true,
	notice: REMOVAL_NOTICE,
	form: [locate('organization', { required: true }), ...removalWithoutUnsafe],
	prepare(filled) {
		const target = String(filled.values.organizationId);
		const path = fillPath('/organizations/{id}', { id: target });
		return prepareRemoval(filled, {
			target,
			path: `${path}/metadata`,
			read: async (send) => (await send({ method: 'GET', path })) as ClerkRecord,
		});
	},
});
