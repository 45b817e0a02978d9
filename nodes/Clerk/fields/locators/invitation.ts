import type { ClerkRecord, Locator, QueryValue, SearchResult } from '../../engine/operation';
import { readAnswer } from '../../engine/paging';
import { fillPath } from '../../engine/request';
import { byId, contains } from './modes';

const PAGE = 50;

const PENDING = { status: 'pending' };

const WHOLE_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

const labelOf = ({ email_address, status }: ClerkRecord): string =>
	`${String(email_address)} (${String(status)})`;

const pageOf = (rows: ClerkRecord[], offset: number): SearchResult => ({
	results: rows.map((record) => ({ name: labelOf(record), value: String(record.id) })),
	paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
});

/** To the application; Clerk looks into address and ID. Those that are pending, as no other can be revoked. */
export const pendingInvitation: Locator = {
	noun: 'invitation',
	displayName: 'Invitation',
	parameter: 'invitationId',
	idMode: byId('inv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method: 'searchPendingInvitations',
		title: 'pending invitations',
		async run({ filter, page, fetch }) {
			const offset = Number(page ?? 0);
			const query = {
				...PENDING,
				paginated: true,
				limit: PAGE,
				offset,
				...(filter && { query: filter }),
			};
			const { rows } = readAnswer(await fetch({ method: 'GET', path: '/invitations', query }));
			return pageOf(rows, offset);
		},
	},
};

/** To one organization, which the form names beside it. */
const toOrganization = (
	method: string,
	title: string,
	only: Record<string, QueryValue> = {},
): Locator => ({
	noun: 'organization invitation',
	displayName: 'Organization Invitation',
	parameter: 'organizationInvitationId',
	idMode: byId('orginv_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method,
		title,
		async run({ filter, page, chosen, fetch }) {
			const offset = Number(page ?? 0);
			const path = fillPath('/organizations/{organization_id}/invitations', {
				organization_id: await chosen('organizationId'),
			});
			const query = { ...only, limit: PAGE, offset };
			const ask = async (further: Record<string, QueryValue> = {}) =>
				readAnswer(await fetch({ method: 'GET', path, query: { ...query, ...further } })).rows;
			// Clerk finds whole addresses only; parts of one are looked for in the page at hand.
			if (filter && offset === 0 && WHOLE_ADDRESS.test(filter)) {
				const exact = await ask({ email_address: filter });
				if (exact.length > 0) return pageOf(exact, offset);
			}
			const { results, paginationToken } = pageOf(await ask(), offset);
			return { results: results.filter(({ name }) => contains(name, filter)), paginationToken };
		},
	},
});

export const organizationInvitation = toOrganization(
	'searchOrganizationInvitations',
	"the organization's invitations",
);

/** No other can be revoked. */
export const pendingOrganizationInvitation = toOrganization(
	'searchPendingOrganizationInvitations',
	"the organization's pending invitations",
	PENDING,
);
