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
import { readAll } from '../shared/readAll';
import { isMissing, toComparable } from './person';
import type { KnownPerson } from './person';
import { toRecord } from './responses';

/** Where Clerk keeps data about a person, and what its API does not return. */

export interface Source {
	/** As the report names it, in camelCase. */
	name: string;
	/** Without it, Clerk cannot be asked. */
	needs: 'userId' | 'emailAddress' | 'identifier';
	/** Is empty in an instance without organizations. */
	isOfOrganizations?: boolean;
	/** @throws RequestError */
	read(person: Required<KnownPerson>, send: Send): Promise<ClerkRecord[]>;
}

/** What the API does not return, with the reason. */
export const NOT_AVAILABLE: Array<{ name: string; reason: string }> = [
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
			(record) => [toRecord(record, fillPath(path, { userId }))],
			noneIfGone,
		),
});

/** Clerk says so of a user who is gone, and of a record that the user does not have. */
function noneIfGone(error: unknown): ClerkRecord[] {
	if (isMissing(error)) return [];
	throw error as Error;
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
				for (const row of await readAll(send, path, paging, { ...query, query: address })) {
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

/**
 * Invitations to organizations that Clerk ties to the user, which may have been sent to an address that
 * the user no longer has.
 */
const userOrganizationInvitations: Source = {
	name: 'userOrganizationInvitations',
	needs: 'userId',
	isOfOrganizations: true,
	async read({ userId, unverified }, send) {
		const path = fillPath('/users/{userId}/organization_invitations', { userId });
		const found = new Map<unknown, ClerkRecord>();
		for (const query of EVERY_STATUS) {
			for (const row of await readAll(send, path, dataPaging, query).catch(noneIfGone)) {
				if (!unverified.includes(toComparable(String(row.email_address)))) found.set(row.id, row);
			}
		}
		return [...found.values()];
	},
};

/** In the order of the report, after the user. */
export const SOURCES: Source[] = [
	{
		...ofUser('organizationMemberships', '/users/{userId}/organization_memberships', dataPaging),
		isOfOrganizations: true,
	},
	byAddress('invitations', '/invitations', paginatedOrderedPaging, EVERY_STATUS),
	{
		...byAddress(
			'organizationInvitations',
			'/organization_invitations',
			orderedPaging,
			EVERY_STATUS,
		),
		isOfOrganizations: true,
	},
	userOrganizationInvitations,
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
