import type { IDataObject } from 'n8n-workflow';

import { fillPath } from '../../engine/request/buildRequest';
import { skip } from '../shared/actions';
import type { Action } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import type { SparedRow } from '../shared/exceptions';
import { toDateText } from '../shared/inactivity';
import type { Person } from '../shared/people';

/** Plans which test users and organizations are deleted: the oldest first. Pure. */

/** How the organizations to delete are recognized. */
export type OrganizationChoice =
	| { by: 'leave' }
	| { by: 'emptied' }
	| { by: 'slugPrefix'; slugPrefix: string }
	| { by: 'metadata'; rule: string };

export interface TestDataOptions {
	organizations: OrganizationChoice;
	/** The most users and organizations that a run deletes. */
	maxUsers: number;
	maxOrganizations: number;
}

export interface TestUser extends Person {
	id: string;
	/** Unix milliseconds. */
	createdAt: number;
	/** Why the user counts as a test user. */
	why: string;
	/** Why the user is left alone. */
	spared?: string;
}

export interface TestOrganization {
	id: string;
	name: string;
	slug: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	/** IDs of all members. */
	members: string[];
	/** IDs of the members who can manage the others. */
	admins: Set<string>;
	/** Why it is to be deleted once all its members are; undefined if it is left. */
	why?: string;
}

/** Result of the reading. */
export interface TestData {
	/** Users that are old enough and look like test users. */
	users: TestUser[];
	/** Young users that match nothing. */
	unmatched: TestUser[];
	/** The organizations of the users, and the chosen ones. */
	organizations: TestOrganization[];
	/** Number of users of the instance. */
	allUsers: number;
	/** The most users that the instance can have; undefined in production. */
	userCap?: number;
	/** How many users each entry of Keep spared. */
	spared: SparedRow[];
	/** Unix milliseconds: since when the users in `unmatched` were created. */
	youngSince: number;
}

export interface TestDataAction extends Action {
	/** Of an organization: its members. */
	members?: string[];
	/** Of a user: the organizations that are deleted before. */
	after?: string[];
	/** Of an admin of an organization that is left: its other members, who must be gone before. */
	followers?: string[];
}

const byAge = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }) =>
	a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Plans organizations before their members: a run that stops in between finds them again by the members. */
export function planTestData(
	{ users, unmatched, organizations }: TestData,
	{ maxUsers, maxOrganizations }: TestDataOptions,
): TestDataAction[] {
	const due = new Map(users.filter(({ spared }) => !spared).map((user) => [user.id, user]));
	const { kept } = keepLastAdmins([...due.values()], organizations);
	for (const id of kept.keys()) due.delete(id);
	const doomed = organizations
		.filter(({ why, members }) => why !== undefined && members.every((id) => due.has(id)))
		.sort(byAge);
	const deleted = new Set(doomed.slice(0, maxOrganizations).map(({ id }) => id));
	const left = organizations.filter(({ id }) => !deleted.has(id));
	const doomedOf = ({ id }: TestUser) => doomed.filter(({ members }) => members.includes(id));
	const waitsFor = (user: TestUser) => doomedOf(user).find(({ id }) => !deleted.has(id));
	const ready = [...due.values()].filter((user) => !waitsFor(user)).sort(byAge);
	const chosen = keepLastAdmins(ready, left, maxUsers);
	const planUser = (user: TestUser): TestDataAction => {
		const row = userAction(user);
		const spared = user.spared ?? kept.get(user.id) ?? chosen.kept.get(user.id);
		if (spared !== undefined) return skip(row, spared);
		const waiting = waitsFor(user);
		if (waiting) return skip(row, `Waits for ${waiting.name}, which a later run deletes`);
		if (!chosen.leaving.has(user.id)) {
			return skip(row, `Max Users is ${maxUsers}: a later run deletes the user`);
		}
		const own = left.filter(({ admins }) => admins.has(user.id));
		return {
			...row,
			after: doomedOf(user).map(({ id }) => id),
			followers: own.flatMap(({ members, admins }) => members.filter((id) => !admins.has(id))),
		};
	};
	return [
		...[...organizations].sort(byAge).flatMap((organization) => {
			if (organization.why === undefined) return [];
			const row = organizationAction(organization);
			if (deleted.has(organization.id)) {
				// They cannot go first: without members, the organization would not be found again.
				const later = organization.members.filter((id) => !chosen.leaving.has(id)).length;
				return [
					later === 0
						? row
						: { ...row, reason: `${row.reason}; a later run deletes ${later} of its members` },
				];
			}
			const other = organization.members.filter((id) => !due.has(id)).length;
			return [
				skip(
					row,
					other > 0
						? `Has members who stay: ${other}`
						: `Max Organizations is ${maxOrganizations}: a later run deletes it`,
				),
			];
		}),
		...[...users].sort(byAge).map(planUser),
		...[...unmatched].sort(byAge).map((user) => {
			const row = userAction(user);
			return skip(row, row.reason);
		}),
	];
}

/**
 * Chooses the users to delete so that no organization with members who stay loses its last admin: without
 * one, these members could not appoint another. Keeping an admin may leave another organization a member
 * who stays, so it is repeated until it changes nothing.
 *
 * @param users - in the order in which they are chosen
 * @returns those to delete, and why each of the others stays, by ID
 */
export function keepLastAdmins(
	users: TestUser[],
	organizations: TestOrganization[],
	most = Infinity,
): { leaving: ReadonlySet<string>; kept: ReadonlyMap<string, string> } {
	const kept = new Map<string, string>();
	for (;;) {
		const chosen = users.filter(({ id }) => !kept.has(id)).slice(0, most);
		const leaving = new Set(chosen.map(({ id }) => id));
		const organization = organizations.find(
			({ members, admins }) =>
				members.some((id) => !leaving.has(id)) && losesLastAdmin(admins, [...leaving]),
		);
		if (!organization) return { leaving, kept };
		const { id, name, admins } = organization;
		const [newest] = chosen.filter((one) => admins.has(one.id)).sort((a, b) => byAge(b, a));
		kept.set(newest.id, `The last admin of ${name} (${id}), which has other members`);
	}
}

const columnsOf = (createdAt: number): IDataObject => ({
	createdAt: new Date(createdAt).toISOString(),
});

const userAction = ({ id, name, emailAddress, createdAt, why }: TestUser): TestDataAction => ({
	action: 'deleteUser',
	target: id,
	requests: [{ method: 'DELETE', path: fillPath('/users/{id}', { id }) }],
	isIdempotent: true,
	reason: `${why}, created on ${toDateText(createdAt)}`,
	columns: { name, emailAddress, userId: id, ...columnsOf(createdAt) },
});

const organizationAction = (organization: TestOrganization): TestDataAction => {
	const { id, slug, createdAt, members, why } = organization;
	return {
		action: 'deleteOrganization',
		target: id,
		requests: [{ method: 'DELETE', path: fillPath('/organizations/{id}', { id }) }],
		isIdempotent: true,
		reason: why!,
		columns: { organization: slug, organizationId: id, ...columnsOf(createdAt) },
		members,
	};
};
