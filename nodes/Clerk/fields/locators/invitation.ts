import type { ClerkRecord, Locator, SearchResult } from '../../engine/operation';
import { readAnswer } from '../../engine/paging';
import { fillPath } from '../../engine/request';
import { byId, contains } from './modes';

const PAGE = 50;

const labelOf = ({ email_address, status }: ClerkRecord): string =>
	`${String(email_address)} (${String(status)})`;

const pageOf = (rows: ClerkRecord[], offset: number): SearchResult => ({
	results: rows.map((record) => ({ name: labelOf(record), value: String(record.id) })),
	paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
});

/** To the application; Clerk looks into address and ID. */
export const invitation: Locator = {
	noun: 'invitation',
	displayName: 'Invitation',
	parameter: 'invitationId',
	idMode: byId('inv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method: 'searchInvitations',
		title: 'invitations',
		async run({ filter, page, fetch }) {
			const offset = Number(page ?? 0);
			const query = { paginated: true, limit: PAGE, offset, ...(filter && { query: filter }) };
			const { rows } = readAnswer(await fetch({ method: 'GET', path: '/invitations', query }));
			return pageOf(rows, offset);
		},
	},
};

/** To one organization, which the form names beside it; Clerk finds whole addresses only there. */
export const organizationInvitation: Locator = {
	noun: 'organization invitation',
	displayName: 'Organization Invitation',
	parameter: 'organizationInvitationId',
	idMode: byId('orginv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method: 'searchOrganizationInvitations',
		title: "the organization's invitations",
		async run({ filter, page, chosen, fetch }) {
			const offset = Number(page ?? 0);
			const path = fillPath('/organizations/{organization_id}/invitations', {
				organization_id: await chosen('organizationId'),
			});
			const query = { limit: PAGE, offset };
			const { rows } = readAnswer(await fetch({ method: 'GET', path, query }));
			const { results, paginationToken } = pageOf(rows, offset);
			return { results: results.filter(({ name }) => contains(name, filter)), paginationToken };
		},
	},
};
