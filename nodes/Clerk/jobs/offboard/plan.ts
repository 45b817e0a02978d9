import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { PAST_PARTICIPLE, skip, skippedAction } from '../shared/actions';
import type { Action } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import type { Person } from '../shared/people';
import { planSessionRevocations } from '../shared/sessions';

/** Plans the actions that end a user's access, from the data that was read. Pure. */

export type OffboardAccountAction = 'ban' | 'delete' | 'lock' | 'nothing';

export interface OffboardOptions {
	/** The organizations to remove the user from; a list has IDs and slugs. */
	organizations: 'all' | 'none' | string[];
	/** ID of the user who gets the role of a last admin. */
	heirId?: string;
	/** What to do with the account. */
	accountAction: OffboardAccountAction;
}

export interface Membership {
	organizationId: string;
	slug: string;
	name: string;
	role: string;
	/** IDs of the organization's admins, the user included even if banned; empty if the user is none. */
	admins: ReadonlySet<string>;
	/** Undefined if the heir is not a member. */
	heirRole?: string;
}

/** Data of the user who leaves. */
export interface Leaver extends Person {
	id: string;
	banned: boolean;
	locked: boolean;
	/** The directory that manages the user. */
	directory?: { name: string; organizationId: string | null };
	sessions: ClerkRecord[];
	memberships: Membership[];
	organizationInvitations: ClerkRecord[];
	invitations: ClerkRecord[];
	/** The user's API keys, or why Clerk does not list them. */
	apiKeys: ClerkRecord[] | string;
}

/** In this order; the actions of one phase run concurrently. */
export const PHASES = ['handOver', 'revoke', 'account'] as const;

export interface OffboardAction extends Action {
	phase: (typeof PHASES)[number];
	organizationId?: string;
}

/** Returns the actions of an offboarding, phase by phase, with the skipped ones that belong in the report. */
export function planOffboarding(leaver: Leaver, options: OffboardOptions): OffboardAction[] {
	const leaving = leaver.memberships.filter((one) => isChosen(one, options));
	// Deleting a user ends all memberships, chosen or not.
	const ending = options.accountAction === 'delete' ? leaver.memberships : leaving;
	const reasonsToStay = new Map(
		ending.map((one) => [one.organizationId, findReasonToStay(one, leaver, options)]),
	);
	const handedOver = ending.filter(
		(one) => isLastAdmin(one, leaver) && !reasonsToStay.get(one.organizationId),
	);
	const actions = [
		...handedOver.map((one) => handOverAction(one, options.heirId!)),
		...planSessionRevocations(leaver.sessions).map(toRevokeAction),
		...apiKeyActions(leaver).map(toRevokeAction),
		...leaver.organizationInvitations.map(organizationInvitationAction).map(toRevokeAction),
		...leaver.invitations.map(invitationAction).map(toRevokeAction),
		...leaving.map((one) => removalAction(one, leaver.id, reasonsToStay.get(one.organizationId))),
		...unknownOrganizations(leaver, options).map(toRevokeAction),
		toRevokeAction(skippedAction('revokeOAuthTokens', leaver.id, NO_OAUTH_TOKENS)),
		...accountActions(
			leaver,
			options,
			[...reasonsToStay.values()].find(Boolean),
			leaver.memberships.filter((one) => isLastAdmin(one, leaver) && !handedOver.includes(one)),
		),
	];
	return actions.map((action) => withLeaver(action, leaver));
}

/** Says in each row who leaves. The user is part of the key: others leave the same organizations. */
const withLeaver = (
	action: OffboardAction,
	{ id, name, emailAddress }: Leaver,
): OffboardAction => ({
	...action,
	effect: { userId: id, ...(action.effect as object | undefined) },
	columns: { ...action.columns, name, emailAddress, userId: id },
});

const NO_OAUTH_TOKENS =
	"Clerk's API does not list the OAuth tokens that other applications hold of a user. Revoke the ones you know with OAuth Application: Revoke Token";

const toRevokeAction = (action: Action): OffboardAction => ({ ...action, phase: 'revoke' });

const isChosen = (
	{ organizationId, slug }: Membership,
	{ organizations }: OffboardOptions,
): boolean =>
	organizations === 'all' ||
	(organizations !== 'none' && [organizationId, slug].some((one) => organizations.includes(one)));

const isLastAdmin = ({ admins }: Membership, { id }: Leaver): boolean =>
	admins.has(id) && losesLastAdmin(admins, [id]);

/** Returns why the user must stay a member; undefined if the membership can end. */
function findReasonToStay(
	membership: Membership,
	leaver: Leaver,
	{ heirId }: OffboardOptions,
): string | undefined {
	const { directory } = leaver;
	if (directory && directory.organizationId === membership.organizationId) {
		return `Directory Sync (${directory.name}) manages the members: remove the user there`;
	}
	return isLastAdmin(membership, leaver) && heirId === undefined
		? `The user is the last admin of ${membership.name}: choose in 'Hand Over To' who takes over`
		: undefined;
}

const membershipPath = (organizationId: string, userId: string): string =>
	fillPath('/organizations/{organizationId}/memberships/{userId}', { organizationId, userId });

const membershipColumns = ({ organizationId, slug, name, role }: Membership) => ({
	organization: slug || null,
	organizationId,
	organizationName: name,
	role,
});

function handOverAction(membership: Membership, heirId: string): OffboardAction {
	const { organizationId, role, heirRole } = membership;
	const path = fillPath('/organizations/{organizationId}/memberships', { organizationId });
	const isHeirMember = heirRole !== undefined;
	const request: ApiRequest = isHeirMember
		? { method: 'PATCH', path: membershipPath(organizationId, heirId), body: { role } }
		: { method: 'POST', path, body: { user_id: heirId, role } };
	const verifyWith: ApiRequest = {
		method: 'GET',
		path,
		query: { user_id: [`+${heirId}`], limit: 1 },
	};
	return {
		phase: 'handOver',
		action: 'handOver',
		target: organizationId,
		requests: [request],
		...(!isHeirMember && { verifyWith }),
		reason: `${heirId} takes over from the last admin`,
		effect: { heirId, role },
		columns: { ...membershipColumns(membership), heirId },
	};
}

/** @param reasonToStay - skips the action */
function removalAction(
	membership: Membership,
	userId: string,
	reasonToStay: string | undefined,
): OffboardAction {
	const { organizationId, name, role } = membership;
	const action: OffboardAction = {
		phase: 'revoke',
		organizationId,
		action: 'removeFromOrganization',
		target: organizationId,
		requests: [{ method: 'DELETE', path: membershipPath(organizationId, userId) }],
		reason: `The user is a member of ${name}`,
		effect: { role },
		columns: membershipColumns(membership),
	};
	return reasonToStay === undefined ? action : skip(action, reasonToStay);
}

/** Rows, not errors: a second run finds that the user has left them, but a typo must show. */
const unknownOrganizations = (
	{ memberships }: Leaver,
	{ organizations }: OffboardOptions,
): Action[] => {
	if (!Array.isArray(organizations)) return [];
	const known = memberships.flatMap(({ organizationId, slug }) => [organizationId, slug]);
	return organizations
		.filter((one) => !known.includes(one))
		.map((one) => skippedAction('removeFromOrganization', one, 'The user is not a member'));
};

function apiKeyActions({ id, apiKeys: keys }: Leaver): Action[] {
	if (typeof keys === 'string') return [skippedAction('revokeApiKeys', id, keys)];
	return keys.map((key) => ({
		action: 'revokeApiKey',
		target: String(key.id),
		requests: [
			{
				method: 'POST',
				path: fillPath('/api_keys/{id}/revoke', { id: key.id }),
				body: { revocation_reason: 'The user was offboarded' },
			},
		],
		isIdempotent: true,
		reason: 'The key acts for the user',
		columns: { apiKeyName: String(key.name ?? '') },
	}));
}

const organizationInvitationAction = (row: ClerkRecord): Action => ({
	action: 'revokeOrganizationInvitation',
	target: String(row.id),
	requests: [
		{
			method: 'POST',
			path: fillPath('/organizations/{organization_id}/invitations/{id}/revoke', row),
			body: {},
		},
	],
	reason: 'The invitation is pending',
	columns: {
		invitedAddress: String(row.email_address),
		organizationId: String(row.organization_id),
	},
});

const invitationAction = (row: ClerkRecord): Action => ({
	action: 'revokeInvitation',
	target: String(row.id),
	requests: [{ method: 'POST', path: fillPath('/invitations/{id}/revoke', row) }],
	reason: 'The invitation is pending',
	columns: { invitedAddress: String(row.email_address) },
});

/**
 * Returns the action on the account; none for `nothing`.
 *
 * @param reasonToStay - why a membership cannot end, which skips a deletion
 * @param leaderless - the organizations that a ban or a lock leaves without an admin, which does not
 * skip it: blocking the user comes first
 */
function accountActions(
	leaver: Leaver,
	{ accountAction }: OffboardOptions,
	reasonToStay: string | undefined,
	leaderless: Membership[],
): OffboardAction[] {
	if (accountAction === 'nothing') return [];
	const { id, directory } = leaver;
	const path = fillPath('/users/{id}', { id });
	const action: OffboardAction = {
		phase: 'account',
		action: accountAction,
		target: id,
		requests: [
			accountAction === 'delete'
				? { method: 'DELETE', path }
				: { method: 'POST', path: `${path}/${accountAction}` },
		],
		isIdempotent: true,
		reason: ['The user leaves', ...leaderless.map(({ name }) => `${name} then has no admin`)].join(
			'; ',
		),
	};
	if (directory) {
		const reason = `Directory Sync (${directory.name}) manages the users: deprovision the user there`;
		return [skip(action, reason)];
	}
	if (accountAction === 'delete' && reasonToStay !== undefined) return [skip(action, reasonToStay)];
	const isAlreadyDone =
		(accountAction === 'ban' && leaver.banned) || (accountAction === 'lock' && leaver.locked);
	return [
		isAlreadyDone ? skip(action, `The user is already ${PAST_PARTICIPLE[accountAction]}`) : action,
	];
}
