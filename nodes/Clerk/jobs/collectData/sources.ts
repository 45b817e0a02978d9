import { isNotFound } from '../../engine/http/outcome';
import type { ClerkRecord, Paging, QueryValue, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import {
	apiKeysPaging,
	dataPaging,
	orderedPaging,
	paginatedOrderedPaging,
	paginatedPaging,
	unpagedPaging,
} from '../../fields/paging';
import { noneIfTurnedOff } from '../shared/organizations';
import { readAll } from '../shared/readAll';
import { toComparable } from './person';
import type { Person } from './person';

/** Where Clerk keeps data about a person, and what its API does not tell. */

export interface Source {
	/** As the report names it, in camelCase. */
	name: string;
	/** Without it, Clerk cannot be asked. */
	needs: 'userId' | 'emailAddress' | 'identifier';
	/** @throws RequestError */
	read(person: Required<Person>, send: Send): Promise<ClerkRecord[]>;
}

/** What the API does not tell, with the reason. */
export const UNTOLD: Array<{ name: string; reason: string }> = [
	{
		name: 'credentials',
		reason: "Clerk's API returns no password digests, authenticator secrets and backup codes",
	},
	{ name: 'logs', reason: "Clerk's API has no logs of sign-ins, emails and text messages" },
	{
		name: 'oauthTokens',
		reason: "Clerk's API does not list the OAuth tokens that applications hold of a user",
	},
	{ name: 'signInTokens', reason: "Clerk's API does not list sign-in tokens and actor tokens" },
];

type Query = Record<string, QueryValue>;

const ofUser = (
	name: string,
	path: string,
	paging: Paging,
	query: (userId: string) => Query = () => ({}),
): Source => ({
	name,
	needs: 'userId',
	read: async ({ userId }, send) =>
		await readAll(send, fillPath(path, { userId }), paging, query(userId)).catch(noneIfGone),
});

/** One record, or none. */
const oneOfUser = (name: string, path: string): Source => ({
	name,
	needs: 'userId',
	read: async ({ userId }, send) =>
		await send({ method: 'GET', path: fillPath(path, { userId }) }).then(
			(record) => (record ? [record as ClerkRecord] : []),
			noneIfGone,
		),
});

/** Clerk says 404 of a user who is gone, and of a record that the user does not have. */
function noneIfGone(error: unknown): ClerkRecord[] {
	return isNotFound(error) ? [] : noneIfTurnedOff(error);
}

/** Lists that are searched for an address. `query` finds parts of one too, so they are compared. */
const byAddress = (
	name: string,
	path: string,
	paging: Paging,
	queries: Query[] = [{}],
): Source => ({
	name,
	needs: 'emailAddress',
	async read({ identifiers }, send) {
		const found = new Map<unknown, ClerkRecord>();
		for (const address of identifiers.filter((one) => one.includes('@'))) {
			for (const query of queries) {
				const rows = await readAll(send, path, paging, { ...query, query: address }).catch(
					noneIfTurnedOff,
				);
				for (const row of rows) {
					if (toComparable(String(row.email_address)) === address) found.set(row.id, row);
				}
			}
		}
		return [...found.values()];
	},
});

const ofList = (name: string, path: string, paging: Paging): Source => ({
	name,
	needs: 'identifier',
	read: async ({ identifiers }, send) =>
		(await readAll(send, path, paging)).filter(({ identifier }) =>
			identifiers.includes(toComparable(String(identifier))),
		),
});

/** Without a status, Clerk leaves out those that were revoked. */
const EVERY_STATUS: Query[] = [{}, { status: 'revoked' }];

/** In the order of the report, after the user. */
export const SOURCES: Source[] = [
	ofUser('organizationMemberships', '/users/{userId}/organization_memberships', dataPaging),
	byAddress('invitations', '/invitations', paginatedOrderedPaging, EVERY_STATUS),
	byAddress('organizationInvitations', '/organization_invitations', orderedPaging, EVERY_STATUS),
	byAddress('waitlistEntries', '/waitlist_entries', orderedPaging),
	ofUser('sessions', '/sessions', paginatedPaging, (user_id) => ({ user_id })),
	ofUser('apiKeys', '/api_keys', apiKeysPaging, (subject) => ({
		subject,
		include_invalid: 'true',
	})),
	ofUser('trustedDevices', '/users/{userId}/trusted_devices', unpagedPaging),
	oneOfUser('billingSubscription', '/users/{userId}/billing/subscription'),
	oneOfUser('creditBalance', '/users/{userId}/billing/credits'),
	ofList('allowlistIdentifiers', '/allowlist_identifiers', paginatedPaging),
	ofList('blocklistIdentifiers', '/blocklist_identifiers', unpagedPaging),
];
