import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import type { Action, Row } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import { nothingToDo, planSessions } from './sessions';

/** A user leaves: what there is of theirs → what is done about it, step by step. Pure. */

export type Measure = 'ban' | 'delete' | 'lock' | 'nothing';

export interface Wish {
	/** Which organizations the user is removed from; a list holds ids and slugs. */
	organizations: 'all' | 'none' | string[];
	/** Who gets the role where the user is the last admin. */
	heirId?: string;
	/** What becomes of the account. */
	measure: Measure;
}

export interface Membership {
	organizationId: string;
	slug: string;
	name: string;
	role: string;
	/** Who runs the organization, whoever the user is; empty where the user does not. */
	admins: ReadonlySet<string>;
	/** The role of the heir, who may not be a member. */
	heirRole?: string;
}

/** What was read. */
export interface Leaver {
	id: string;
	banned: boolean;
	locked: boolean;
	/** The directory that is in charge of the user. */
	directory?: { name: string; organizationId: string | null };
	sessions: ClerkRecord[];
	memberships: Membership[];
	organizationInvitations: ClerkRecord[];
	invitations: ClerkRecord[];
	/** Or why Clerk does not tell. */
	apiKeys: ClerkRecord[] | string;
}

/** Steps of one stage go side by side, once those of the stages before have ended. */
export interface Step extends Action {
	stage: 'handOver' | 'revoke' | 'account';
	organizationId?: string;
}

/** All that is to be done about a user, or need not be and is reported, stage by stage. */
export function planOffboarding(leaver: Leaver, wish: Wish): Step[] {
	const leaving = leaver.memberships.filter((one) => isChosen(one, wish));
	// Deleting a user ends all memberships, chosen or not.
	const ending = wish.measure === 'delete' ? leaver.memberships : leaving;
	const kept = new Map(ending.map((one) => [one.organizationId, objectionTo(one, leaver, wish)]));
	const handedOver = ending.filter(
		(one) => isLastAdmin(one, leaver) && !kept.get(one.organizationId),
	);
	return [
		...handedOver.map((one) => handOver(one, wish.heirId!)),
		...planSessions(leaver.sessions).map(revoking),
		...apiKeys(leaver).map(revoking),
		...leaver.organizationInvitations.map(organizationInvitation).map(revoking),
		...leaver.invitations.map(invitation).map(revoking),
		...leaving.map((one) => removal(one, leaver.id, kept.get(one.organizationId))),
		...unknownOrganizations(leaver, wish).map(revoking),
		revoking(nothingToDo('revokeOAuthTokens', leaver.id, NO_OAUTH_TOKENS)),
		...account(
			leaver,
			wish,
			[...kept.values()].find(Boolean),
			leaver.memberships.filter((one) => isLastAdmin(one, leaver) && !handedOver.includes(one)),
		),
	];
}

/**
 * A step once those before it have ended: one that builds on another, which was not carried out, is
 * left alone.
 */
export function afterwards(step: Step, before: Row[]): Step {
	const failed = before.filter(({ status }) => status === 'failed');
	const isOrphaned = failed.some(
		({ action, target }) => action === 'handOver' && target === step.organizationId,
	);
	if (isOrphaned) {
		return leftAlone(step, 'Nobody runs the organization otherwise: the role was not handed over');
	}
	// Where something of the user's could not be taken away, nobody could find it once they are gone.
	if (step.action !== 'delete' || failed.length === 0) return step;
	return leftAlone(step, 'Not deleted, because steps before it were not carried out');
}

const leftAlone = (step: Step, reason: string): Step => ({
	...step,
	requests: [],
	isSkipped: true,
	reason,
});

const NO_OAUTH_TOKENS =
	"Clerk's API does not list the OAuth tokens that other applications hold of a user. Those you know can be revoked with OAuth Application: Revoke Token";

const revoking = (action: Action): Step => ({ ...action, stage: 'revoke' });

const isChosen = ({ organizationId, slug }: Membership, { organizations }: Wish): boolean =>
	organizations === 'all' ||
	(organizations !== 'none' && [organizationId, slug].some((one) => organizations.includes(one)));

const isLastAdmin = ({ admins }: Membership, { id }: Leaver): boolean =>
	admins.has(id) && losesLastAdmin(admins, [id]);

/** Why a membership has to stay; undefined where it can end. */
function objectionTo(membership: Membership, leaver: Leaver, { heirId }: Wish): string | undefined {
	const { directory } = leaver;
	if (directory && directory.organizationId === membership.organizationId) {
		return `Directory Sync (${directory.name}) says who the members are: remove the user there`;
	}
	return isLastAdmin(membership, leaver) && heirId === undefined
		? `The user is the last admin of ${membership.name}: say in Hand Over To who takes over`
		: undefined;
}

const membershipPath = (organizationId: string, userId: string): string =>
	fillPath('/organizations/{organizationId}/memberships/{userId}', { organizationId, userId });

const about = ({ organizationId, name, role }: Membership) => ({
	organizationId,
	organizationName: name,
	role,
});

function handOver(membership: Membership, heirId: string): Step {
	const { organizationId, role, heirRole } = membership;
	const path = fillPath('/organizations/{organizationId}/memberships', { organizationId });
	const isMember = heirRole !== undefined;
	const request: ApiRequest = isMember
		? { method: 'PATCH', path: membershipPath(organizationId, heirId), body: { role } }
		: { method: 'POST', path, body: { user_id: heirId, role } };
	const check: ApiRequest = {
		method: 'GET',
		path,
		query: { user_id: [`+${heirId}`], limit: 1 },
	};
	return {
		stage: 'handOver',
		action: 'handOver',
		target: organizationId,
		requests: [request],
		...(!isMember && { verifyWith: check }),
		reason: `${heirId} takes over from the last admin`,
		about: { ...about(membership), heirId },
	};
}

function removal(membership: Membership, userId: string, objection: string | undefined): Step {
	const { organizationId, name } = membership;
	const step: Step = {
		stage: 'revoke',
		organizationId,
		action: 'removeFromOrganization',
		target: organizationId,
		requests: [{ method: 'DELETE', path: membershipPath(organizationId, userId) }],
		reason: `The user is a member of ${name}`,
		about: about(membership),
	};
	return objection === undefined ? step : leftAlone(step, objection);
}

/** Whom a repetition finds gone is no harm; a slip of the pen is to be seen. */
const unknownOrganizations = ({ memberships }: Leaver, { organizations }: Wish): Action[] => {
	if (!Array.isArray(organizations)) return [];
	const known = memberships.flatMap(({ organizationId, slug }) => [organizationId, slug]);
	return organizations
		.filter((one) => !known.includes(one))
		.map((one) => nothingToDo('removeFromOrganization', one, 'The user is not a member'));
};

function apiKeys({ id, apiKeys: keys }: Leaver): Action[] {
	if (typeof keys === 'string') return [nothingToDo('revokeApiKeys', id, keys)];
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
		about: { name: String(key.name ?? '') },
	}));
}

const organizationInvitation = (row: ClerkRecord): Action => ({
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
	about: {
		emailAddress: String(row.email_address),
		organizationId: String(row.organization_id),
	},
});

const invitation = (row: ClerkRecord): Action => ({
	action: 'revokeInvitation',
	target: String(row.id),
	requests: [{ method: 'POST', path: fillPath('/invitations/{id}/revoke', row) }],
	reason: 'The invitation is pending',
	about: { emailAddress: String(row.email_address) },
});

/**
 * @param objection - why a membership has to stay, and the user with it
 * @param orphaned - what a ban or a lock leaves without an admin, which does not stop it
 */
function account(
	leaver: Leaver,
	{ measure }: Wish,
	objection: string | undefined,
	orphaned: Membership[],
): Step[] {
	if (measure === 'nothing') return [];
	const { id, directory } = leaver;
	const path = fillPath('/users/{id}', { id });
	const step: Step = {
		stage: 'account',
		action: measure,
		target: id,
		requests: [
			measure === 'delete'
				? { method: 'DELETE', path }
				: { method: 'POST', path: `${path}/${measure}` },
		],
		isIdempotent: true,
		reason: ['The user leaves', ...orphaned.map(({ name }) => `nobody runs ${name} then`)].join(
			'; ',
		),
	};
	if (directory) {
		const reason = `Directory Sync (${directory.name}) says who the users are: end the account there`;
		return [leftAlone(step, reason)];
	}
	if (measure === 'delete' && objection !== undefined) return [leftAlone(step, objection)];
	const isSo = (measure === 'ban' && leaver.banned) || (measure === 'lock' && leaver.locked);
	return [isSo ? leftAlone(step, `The user is ${DONE[measure]} already`) : step];
}

const DONE = { ban: 'banned', delete: 'deleted', lock: 'locked' };
