import { normalizeListResponse } from '../../engine/http/pagination';
import { defineProcedure } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { LookupError } from '../../engine/run/resolve';
import { locate } from '../../fields/locators';
import {
	KEY_REMOVAL_NOTICE,
	keyRemovalFieldsWithoutUnsafe,
	keyRemovalMode,
} from '../../fields/removeKeys';
import { prepareKeyRemoval } from '../../jobs/removeMetadataKeys/job';
import { personOfMember } from '../../jobs/shared/people';

export const removeMetadataKeys = defineProcedure({
	name: 'Remove Metadata Keys',
	value: 'removeMetadataKeys',
	action: 'Remove metadata keys of organization membership',
	description: 'Remove keys from the metadata of a membership, and keep all others',
	writes: true,
	notice: KEY_REMOVAL_NOTICE,
	form: [
		...keyRemovalMode,
		locate('organization', { required: true }),
		locate('organizationMember', { required: true }),
		...keyRemovalFieldsWithoutUnsafe,
	],
	prepare(input) {
		const { organizationId, userId } = input.values;
		const path = fillPath('/organizations/{organizationId}/memberships', { organizationId });
		return prepareKeyRemoval(input, {
			operation: 'organizationMembership.removeMetadataKeys',
			target: String(userId),
			path: `${path}${fillPath('/{userId}/metadata', { userId })}`,
			async read(send) {
				const query = { user_id: [`+${String(userId)}`], limit: 1 };
				const { rows } = normalizeListResponse(await send({ method: 'GET', path, query }));
				const membership = rows.find(
					({ public_user_data: member }) => (member as ClerkRecord | null)?.user_id === userId,
				);
				if (membership) return membership;
				throw new LookupError('User', 'is not a member of the organization', true);
			},
			columnsOf({ public_user_data: member, organization }) {
				const { slug } = (organization ?? {}) as ClerkRecord;
				return {
					...personOfMember((member ?? {}) as ClerkRecord),
					organization: typeof slug === 'string' ? slug : null,
					userId: String(userId),
					organizationId: String(organizationId),
				};
			},
		});
	},
});
