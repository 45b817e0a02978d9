import { InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { ClerkRecord, OperationContext, OperationResult } from '../../engine/operation';
import { apply, finish, rowOf, toItems } from '../shared/actions';
import type { Row } from '../shared/actions';
import { adminRolesIn, readRoles } from '../shared/admins';
import { directoryFor, directoryOf, readDirectories } from '../shared/directories';
import type { Directory } from '../shared/directories';
import type { Bounds } from '../shared/guards';
import { heldBack, objectionTo } from './guards';
import { planOrganization } from './plan';
import { findUsers, normalizeValue, readMembers, readOrganizations } from './read';
import type { MatchBy, Users } from './read';
import { report } from './report';
import { PHASES } from './state';
import type { OrganizationState, Plan, Settings, SyncAction, WantedMember } from './state';

/** The members of organizations, made to be those of a list: read → plan → apply → report. */

/** What an item of the input says. */
export interface Asked {
	item: number;
	/** By id or slug. */
	organization: string;
	value: string;
	role: string;
	publicMetadata?: ClerkRecord;
	privateMetadata?: ClerkRecord;
}

/** What the form says of all items. */
export interface Terms extends Pick<
	Settings,
	'otherMembers' | 'marker' | 'revokeInvitations' | 'allowEmptying'
> {
	matchBy: MatchBy;
	matchUnverified: boolean;
	/** Organizations that are synced even if no item is of them, by id or slug. */
	organizations: string[];
	inviteMissing: boolean;
	/** Of removals and revoked invitations, for each organization. */
	bounds: Bounds;
	isDryRun: boolean;
}

/** @throws InvalidItemsError, IncompleteJobError, RequestError, CancelledError */
export async function sync(
	asked: Asked[],
	terms: Terms,
	tools: OperationContext,
): Promise<OperationResult> {
	if (!terms.isDryRun)
		tools.ensureAllowed([{ method: 'POST', path: '/organizations/x/memberships' }]);
	const found = await read(asked, terms, tools);
	const wanted = match(asked, terms, found);
	const plans = found.states.map((state): Plan => {
		const members = wanted.get(state.id) ?? [];
		const settings = { ...terms, ...found.settingsFor(state.id) };
		return { state, wanted: members, actions: planOrganization(state, members, settings) };
	});
	if (terms.isDryRun) {
		const rows = await apply(
			plans.flatMap(({ actions }) => actions),
			tools,
			true,
		);
		return toItems(report(plans, rows, terms, tools));
	}
	const planned = plans.flatMap(({ actions }) => actions.map(rowOf));
	const [stopped] = plans.flatMap((plan) => objectionTo(plan, terms, planned) ?? []);
	if (stopped) throw stopped;
	const actions = plans.flatMap((plan) => plan.actions);
	tools.ensureAllowed(actions.flatMap(({ requests }) => requests));
	return finish(report(plans, await applyInPhases(actions, tools), terms, tools));
}

interface Found {
	organizations: Map<string, { id: string; slug: string }>;
	states: OrganizationState[];
	roles?: ClerkRecord[];
	users: Users;
	settingsFor(organizationId: string): Pick<Settings, 'adminRoles' | 'managed' | 'managedAddress'>;
}

async function read(asked: Asked[], terms: Terms, tools: OperationContext): Promise<Found> {
	const { matchBy, inviteMissing, revokeInvitations, matchUnverified } = terms;
	const roles = await readRoles(tools.send);
	const names = new Set([...asked.map(({ organization }) => organization), ...terms.organizations]);
	const organizations = await readOrganizations([...names], tools);
	// By an id and by a slug the same one may be named.
	const distinct = new Map([...organizations.values()].map((one) => [one.id, one]));
	const order = [...new Set([...names].flatMap((name) => organizations.get(name)?.id ?? []))];
	const directories = await readDirectories(tools.send);
	const states = new Map<string, OrganizationState>();
	await tools.forEachConcurrently(order, async (id) => {
		states.set(id, await readMembers(distinct.get(id)!, inviteMissing || revokeInvitations, tools));
	});
	const all = order.map((id) => states.get(id)!);
	const managing = (id: string) => directories.filter((one) => isOf(one, id));
	const users = await findUsers(
		{
			by: matchBy,
			values: asked.map(({ value }) => normalizeValue(matchBy, value)),
			takesUnverified: matchUnverified,
			organizations: all,
			readWhole: new Set(order.filter((id) => managing(id).length > 0)),
		},
		tools,
	);
	return {
		organizations,
		states: all,
		roles,
		users,
		settingsFor: (id) => ({
			adminRoles: adminRolesIn(roles),
			managed(userId) {
				const user = users.get(userId);
				return inCharge(user && directoryOf(user, managing(id)));
			},
			managedAddress: (address) => inCharge(directoryFor(address, managing(id))),
		}),
	};
}

/** A directory without an organization may be in charge of the users of any. */
const isOf = ({ organizationId }: Directory, id: string): boolean =>
	organizationId === null || organizationId === id;

const inCharge = (directory: Directory | undefined): string | undefined =>
	directory && `The directory ${directory.name} is in charge (Directory Sync)`;

/** Who is wanted where. @throws InvalidItemsError */
function match(asked: Asked[], terms: Terms, found: Found): Map<string, WantedMember[]> {
	const refused = new Map<number, InvalidInputError>();
	const wanted = new Map<string, WantedMember[]>();
	const taken = new Map<string, { item: number; role: string }>();
	for (const one of asked) {
		try {
			const organization = found.organizations.get(one.organization);
			if (!organization) throw missing('Organization', [one.organization]);
			checkRole(one.role, found.roles);
			const member = wantedMember(one, terms, found.users);
			const key = JSON.stringify([organization.id, member.userId ?? member.value]);
			const before = taken.get(key);
			if (before) throw repeated(one, before);
			taken.set(key, one);
			const members = wanted.get(organization.id);
			if (members) members.push(member);
			else wanted.set(organization.id, [member]);
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error as Error;
			refused.set(one.item, error);
		}
	}
	const unknown = terms.organizations.filter((name) => !found.organizations.has(name));
	if (unknown.length > 0) {
		refused.set(0, missing('Further Organizations', unknown, refused.get(0)));
	}
	if (refused.size > 0) throw new InvalidItemsError(refused);
	return wanted;
}

/** @param other - what else is wrong with the same item */
function missing(label: string, names: string[], other?: InvalidInputError): InvalidInputError {
	const named = names.map((name) => JSON.stringify(name)).join(' or ');
	const rest = other ? `. ${other.message}` : '';
	return new InvalidInputError(
		label,
		`was not found: there is no organization with the ID or slug ${named}${rest}`,
	);
}

const repeated = ({ role }: Asked, before: { item: number; role: string }) =>
	new InvalidInputError(
		'Match Value',
		before.role === role
			? `names somebody whom item ${before.item} names already, in the same organization`
			: `names somebody as ${role} whom item ${before.item} wants as ${before.role}, in the same organization`,
	);

function checkRole(role: string, roles: ClerkRecord[] | undefined): void {
	const known = roles?.map(({ key }) => String(key));
	if (!known || known.includes(role)) return;
	throw new InvalidInputError(
		'Role',
		`is ${JSON.stringify(role)}, which is no role of this instance. There are: ${known.join(', ')}`,
	);
}

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** @throws InvalidInputError */
function wantedMember(
	{ item, value: given, role, publicMetadata, privateMetadata }: Asked,
	{ matchBy, inviteMissing }: Terms,
	users: Users,
): WantedMember {
	const value = normalizeValue(matchBy, given);
	if (matchBy === 'emailAddress' && !ADDRESS.test(value)) {
		throw new InvalidInputError('Match Value', `is no e-mail address: ${JSON.stringify(value)}`);
	}
	const named = users.named(value);
	const isInvited = named.length === 0 && inviteMissing;
	if (named.length !== 1 && !isInvited) users.refuse(value, 'Match Value');
	const [user] = named as Array<ClerkRecord | undefined>;
	return {
		item,
		value,
		userId: user && String(user.id),
		isActive: user !== undefined && user.banned !== true && user.deprovisioned !== true,
		role,
		publicMetadata,
		privateMetadata,
	};
}

/** @returns a row for each action, in their order */
async function applyInPhases(actions: SyncAction[], tools: OperationContext): Promise<Row[]> {
	const rows: Row[] = actions.map(rowOf);
	const short = new Set<string>();
	for (const phase of PHASES) {
		const places = [...actions.keys()].filter((at) => actions[at].phase === phase);
		const part = places.map((at) => {
			const action = actions[at];
			return action.takesAdmin && short.has(action.organizationId) ? heldBack(action) : action;
		});
		(await apply(part, tools, false)).forEach((row, at) => {
			rows[places[at]] = row;
			if (phase === 'appoint' && row.status === 'failed') short.add(part[at].organizationId);
		});
	}
	return rows;
}
