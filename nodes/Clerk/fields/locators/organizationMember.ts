import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, Locator } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { user } from './user';

const PAGE = 50;

/** A user; the list offers only the members of the organization that the form has beside it. */
export const organizationMember: Locator = {
	...user,
	description: 'A member of the organization',
	search: {
		method: 'searchOrganizationMembers',
		title: "the organization's members",
		async run({ filter, page, chosen, send }) {
			const offset = Number(page ?? 0);
			const query = { limit: PAGE, offset, ...(filter && { query: filter }) };
			const path = fillPath('/organizations/{organization_id}/memberships', {
				organization_id: await chosen('organizationId'),
			});
			const { rows } = normalizeListResponse(await send({ method: 'GET', path, query }));
			return {
				results: rows.map(({ public_user_data: member, role }) => {
					const { user_id: id, identifier, first_name, last_name } = member as ClerkRecord;
					const name = [first_name, last_name].filter(Boolean).join(' ') || identifier || id;
					return {
						name: `${String(name)} (${String(identifier ?? id)}, ${String(role)})`,
						value: String(id),
					};
				}),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
};
