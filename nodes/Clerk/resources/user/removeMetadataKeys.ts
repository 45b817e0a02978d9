import { defineProcedure } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { locate } from '../../fields/locators';
import { removal, REMOVAL_NOTICE } from '../../fields/removeKeys';
import { prepareRemoval } from '../../jobs/removeMetadataKeys/plan';

export const removeMetadataKeys = defineProcedure({
	name: 'Remove Metadata Keys',
	value: 'removeMetadataKeys',
	action: 'Remove metadata keys of user',
	description: 'Remove keys from the metadata of a user, and keep all others',
	writes: true,
	notice: REMOVAL_NOTICE,
	form: [locate('user', { required: true }), ...removal],
	prepare(filled) {
		const target = String(filled.values.userId);
		const path = fillPath('/users/{id}', { id: target });
		return prepareRemoval(filled, {
			target,
			path: `${path}/metadata`,
			read: async (send) => (await send({ method: 'GET', path })) as ClerkRecord,
		});
	},
});
