import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { skip } from '../shared/actions';
import { mergeMetadata } from '../shared/metadata';
import type { Person } from '../shared/people';
import { keepAdmin } from './keepAdmin';
import { MARKER_KEY } from './model';
import type {
	Member,
	OrganizationState,
	PendingInvitation,
	PlanOptions,
	SyncAction,
	WantedMember,
} from './model';
import { nameTypos } from './typos';

/** Plans the changes that make the members of an organization the wanted ones. Pure. */
export function planOrganization(
	organization: OrganizationState,
	wanted: WantedMember[],
	options: PlanOptions,
): SyncAction[] {
	const planner = new Planner(organization, options);
	const present = new Map(organization.members.map((member) => [member.userId, member]));
	const wantedIds = new Set(wanted.map(({ userId }) => userId));
	const actions = [
		...wanted.flatMap((one) => {
			if (one.userId === undefined) return planner.invite(one);
			const member = present.get(one.userId);
			return member ? planner.change(member, one) : [planner.add(one, one.userId)];
		}),
		...organization.members
			.filter(({ userId }) => !wantedIds.has(userId))
			.flatMap((member) => planner.remove(member)),
		...planner.revocations(wanted),
	].map((action) => planner.skipIfManaged(action));
	return nameTypos(keepAdmin(organization, wanted, options, actions), organization.members);
}

class Planner {
	private readonly pending: Map<string, PendingInvitation>;

	constructor(
		private readonly organization: OrganizationState,
		private readonly options: PlanOptions,
	) {
		this.pending = new Map(organization.invitations.map((one) => [one.emailAddress, one]));
	}

	add(wanted: WantedMember, userId: string): SyncAction {
		const { value, role } = wanted;
		return this.action('add', userId, {
			requests: [
				this.request('POST', '/memberships', {
					user_id: userId,
					role,
					...this.initialMetadata(wanted),
				}),
			],
			verifyWith: {
				...this.request('GET', '/memberships'),
				query: { user_id: [`+${userId}`], limit: 1 },
			},
			reason: 'Is in the input, but not a member',
			phase: this.isAdmin(role) && wanted.isActive ? 'appoint' : 'grant',
			effect: { role, metadata: this.initialMetadata(wanted) },
			columns: { ...personIn(wanted), userId, value, role },
			item: wanted.item,
		});
	}

	change(member: Member, wanted: WantedMember): SyncAction[] {
		return [...this.changeRole(member, wanted), ...this.changeMetadata(member, wanted)];
	}

	private changeRole(member: Member, { item, value, role }: WantedMember): SyncAction[] {
		const { userId, role: previousRole, isActive } = member;
		if (role === previousRole) return [];
		const removesAdmin = this.isAdmin(previousRole) && !this.isAdmin(role);
		const appoints = this.isAdmin(role) && isActive;
		return [
			this.action('changeRole', userId, {
				requests: [this.request('PATCH', `/memberships/{user_id}`, { role }, userId)],
				reason: `Is ${previousRole}, and should be ${role}`,
				phase: removesAdmin ? 'withdraw' : appoints ? 'appoint' : 'grant',
				removesAdmin,
				effect: { role, previousRole },
				columns: { ...personIn(member), userId, value, role, previousRole },
				item,
			}),
		];
	}

	private changeMetadata(member: Member, wanted: WantedMember): SyncAction[] {
		const { userId } = member;
		// A member that other syncs added, so that theirs do not remove one that this sync wants.
		const isMarkedByOthers = markersOf(member).length > 0 && !this.isMarked(member);
		const changes = {
			public_metadata: wanted.publicMetadata,
			private_metadata: isMarkedByOthers
				? this.withMark(wanted.privateMetadata)
				: wanted.privateMetadata,
		};
		const body = effectiveChanges(
			{ public_metadata: member.publicMetadata, private_metadata: member.privateMetadata },
			changes,
		);
		if (Object.keys(body).length === 0) return [];
		return [
			this.action('changeMetadata', userId, {
				requests: [this.request('PATCH', `/memberships/{user_id}/metadata`, body, userId)],
				reason: `Has other ${Object.keys(body).join(' and ').replace(/_/g, ' ')}`,
				phase: 'grant',
				effect: { metadata: body },
				columns: { ...personIn(member), userId, value: wanted.value },
				item: wanted.item,
			}),
		];
	}

	/** Removes a member not in the input, as far as the options allow. */
	remove(member: Member): SyncAction[] {
		const { otherMembers, marker } = this.options;
		const { userId, role } = member;
		if (otherMembers === 'keep') return [];
		if (otherMembers === 'removeMarked') {
			if (!this.isMarked(member)) return [];
			const others = markersOf(member).filter((name) => name !== marker);
			if (others.length > 0) return [this.unmark(member, others)];
		}
		return [
			this.action('remove', userId, {
				requests: [this.request('DELETE', '/memberships/{user_id}', undefined, userId)],
				reason: 'Is a member, but not in the input',
				phase: 'withdraw',
				removesAdmin: this.isAdmin(role),
				effect: { role },
				columns: { ...personIn(member), userId, role },
			}),
		];
	}

	/** Removes only the own mark, because other syncs want the member. */
	private unmark(member: Member, others: string[]): SyncAction {
		const { userId } = member;
		const body = { private_metadata: { [MARKER_KEY]: { [this.options.marker]: null } } };
		return this.action('unmark', userId, {
			requests: [this.request('PATCH', '/memberships/{user_id}/metadata', body, userId)],
			reason: `Is not in the input, but in that of the sync ${others.join(', ')}`,
			phase: 'withdraw',
			effect: { marker: this.options.marker },
			columns: { ...personIn(member), userId },
		});
	}

	invite(wanted: WantedMember): SyncAction[] {
		const { item, role, value } = wanted;
		const address = value.toLowerCase();
		const pending = this.pending.get(address);
		if (pending?.role === role) return [];
		const isRevocable = pending && this.mayRevoke(pending);
		const common = {
			effect: {
				role,
				previousRole: pending?.role ?? null,
				metadata: this.initialMetadata(wanted),
			},
			columns: {
				emailAddress: address,
				value,
				role,
				...(pending && { previousRole: pending.role }),
			},
			phase: 'grant' as const,
			item,
		};
		if (pending && !isRevocable) {
			const reason = `Is already invited as ${pending.role}, which only a new invitation changes`;
			return [
				this.action('reinvite', address, { ...common, requests: [], isSkipped: true, reason }),
			];
		}
		const invitation = this.request('POST', '/invitations', {
			email_address: address,
			role,
			...this.initialMetadata(wanted),
		});
		return [
			this.action(pending ? 'reinvite' : 'invite', address, {
				...common,
				requests: [...(pending ? [this.revocation(pending)] : []), invitation],
				verifyWith: {
					...this.request('GET', '/invitations'),
					query: { email_address: address, status: 'pending', limit: 1 },
				},
				reason: pending
					? `Is invited as ${pending.role}, and should be ${role}`
					: 'Is in the input, but has no account',
			}),
		];
	}

	/** Revokes the invitations of people who are not wanted, and of those who are users by now. */
	revocations(wanted: WantedMember[]): SyncAction[] {
		const addressesOf = (some: WantedMember[]) =>
			new Set(some.flatMap(({ value, emailAddress }) => [value.toLowerCase(), emailAddress]));
		const invited = addressesOf(wanted.filter(({ userId }) => userId === undefined));
		const users = addressesOf(wanted.filter(({ userId }) => userId !== undefined));
		return this.organization.invitations
			.filter((invitation) => !invited.has(invitation.emailAddress) && this.mayRevoke(invitation))
			.map(({ id, emailAddress, ...invitation }) =>
				this.action('revoke', emailAddress, {
					requests: [this.revocation({ id, emailAddress, ...invitation })],
					reason: users.has(emailAddress)
						? 'Is invited, but has an account now'
						: 'Is invited, but not in the input',
					phase: 'withdraw',
					effect: { role: invitation.role },
					columns: { emailAddress, role: invitation.role },
				}),
			);
	}

	/** Skips a change of a user that a directory manages, and an invitation to such an address. */
	skipIfManaged(action: SyncAction): SyncAction {
		const { userId, emailAddress } = action.columns as { userId?: string; emailAddress?: string };
		const { reasonIfManaged, reasonIfAddressManaged } = this.options;
		const isInvitation = action.action === 'invite' || action.action === 'reinvite';
		const reason = userId
			? reasonIfManaged(userId)
			: isInvitation && emailAddress
				? reasonIfAddressManaged(emailAddress)
				: undefined;
		return reason === undefined ? action : skip(action, reason);
	}

	private action(
		action: string,
		target: string,
		fields: Omit<SyncAction, 'action' | 'target' | 'organizationId'>,
	): SyncAction {
		const { id, slug } = this.organization;
		const columns: IDataObject = {
			organization: slug || null,
			organizationId: id,
			...fields.columns,
		};
		const effect = { organizationId: id, ...(fields.effect as object | undefined) };
		const orderKey = `${id} ${target}`;
		return { ...fields, action, target, organizationId: id, effect, columns, orderKey };
	}

	private request(
		method: ApiRequest['method'],
		path: string,
		body?: ClerkRecord,
		userId = '',
	): ApiRequest {
		const values = { organization_id: this.organization.id, user_id: userId };
		return {
			method,
			path: fillPath(`/organizations/{organization_id}${path}`, values),
			...(body && { body: body as IDataObject }),
		};
	}

	private revocation({ id }: PendingInvitation): ApiRequest {
		const path = fillPath('/invitations/{id}/revoke', { id });
		return this.request('POST', path, {});
	}

	private isAdmin(role: string): boolean {
		return this.options.adminRoles.has(role);
	}

	/** Whether this sync may revoke the invitation. */
	private mayRevoke(invitation: PendingInvitation): boolean {
		const { revokeInvitations, otherMembers } = this.options;
		return revokeInvitations && (otherMembers !== 'removeMarked' || this.isMarked(invitation));
	}

	private isMarked(record: { privateMetadata: ClerkRecord }): boolean {
		return this.usesMarks && markersOf(record).includes(this.options.marker);
	}

	private get usesMarks(): boolean {
		return this.options.otherMembers === 'removeMarked';
	}

	private withMark(metadata: ClerkRecord = {}): ClerkRecord | undefined {
		if (!this.usesMarks) return metadata;
		return { ...metadata, [MARKER_KEY]: { [this.options.marker]: true } };
	}

	/** Without the null values, which only remove keys of stored metadata. */
	private initialMetadata({ publicMetadata, privateMetadata }: WantedMember): ClerkRecord {
		const ownPrivate = this.usesMarks ? this.withMark(privateMetadata) : privateMetadata;
		return {
			...(publicMetadata && { public_metadata: mergeMetadata({}, publicMetadata) }),
			...(ownPrivate && { private_metadata: mergeMetadata({}, ownPrivate) }),
		};
	}
}

const personIn = ({ name, emailAddress }: Person): Person => ({ name, emailAddress });

/** Returns the names of the syncs that marked a membership or invitation. */
function markersOf({ privateMetadata }: { privateMetadata: ClerkRecord }): string[] {
	const marks = Object.hasOwn(privateMetadata, MARKER_KEY) ? privateMetadata[MARKER_KEY] : {};
	if (!isObject(marks)) return [];
	return Object.keys(marks).filter((name) => marks[name] === true);
}

/** Returns the kinds of metadata that merging the changes would change. */
const effectiveChanges = (
	stored: Record<string, ClerkRecord>,
	changes: Record<string, ClerkRecord | undefined>,
): ClerkRecord =>
	Object.fromEntries(
		Object.entries(changes).filter(
			([kind, value]) => value && !isSame(mergeMetadata(stored[kind], value), stored[kind]),
		),
	);
