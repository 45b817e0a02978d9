import { defineProcedure } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { locate } from '../../fields/locators';
import { KEY_REMOVAL_NOTICE, keyRemovalFields, keyRemovalMode } from '../../fields/removeKeys';
import { prepareKeyRemoval } from '../../jobs/removeMetadataKeys/job';
import { personOf } from '../../jobs/shared/people';

export const removeMetadataKeys = defineProcedure({
	name: 'Remove Metadata Keys',
	value: 'removeMetadataKeys',
	action: 'Remove metadata keys of user',
	description: 'Remove keys from the metadata of a user, and keep all others',
	writes: true,
	notice: KEY_REMOVAL_NOTICE,
	form: [...keyRemovalMode, locate('user', { required: true }), ...keyRemovalFields],
	prepare(input) {
		const target = String(input.values.userId);
		const path = fillPath('/users/{id}', { id: target });
		return prepareKeyRemoval(input, {
			operation: 'user.removeMetadataKeys',
			target,
			path: `${path}/metadata`,
			read: async (send) => (await send({ method: 'GET', path })) as ClerkRecord,
			columnsOf: (user) => ({ ...personOf(user), userId: target }),
		});
	},
});
