import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/json';
import { fillPath } from '../../engine/request/buildRequest';
import { mergedMetadata } from '../shared/metadata';
import { keepAdmin, skipped } from './guards';
import { MARKER_KEY } from './state';
import type {
	Member,
	OrganizationState,
	PendingInvitation,
	Settings,
	SyncAction,
	WantedMember,
} from './state';

/** Who is in an organization and who is wanted in it → what has to be done. Pure. */

export function planOrganization(
	organization: OrganizationState,
	wanted: WantedMember[],
	settings: Settings,
): SyncAction[] {
	const planner = new Planner(organization, settings);
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
			.flatMap((member) => planner.leave(member)),
		...planner.revocations(wanted),
	].map((action) => planner.unlessManaged(action));
	return keepAdmin(organization, wanted, settings, actions);
}

class Planner {
	private readonly pending: Map<string, PendingInvitation>;

	constructor(
		private readonly organization: OrganizationState,
		private readonly settings: Settings,
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
					...this.metadataOfNew(wanted),
				}),
			],
			verifyWith: {
				...this.request('GET', '/memberships'),
				query: { user_id: [`+${userId}`], limit: 1 },
			},
			reason: 'Is wanted, and not a member',
			phase: this.isAdmin(role) && wanted.isActive ? 'appoint' : 'give',
			about: { userId, value, role },
			item: wanted.item,
		});
	}

	change(member: Member, wanted: WantedMember): SyncAction[] {
		return [...this.changeRole(member, wanted), ...this.changeMetadata(member, wanted)];
	}

	private changeRole(member: Member, { item, value, role }: WantedMember): SyncAction[] {
		const { userId, role: previousRole, isActive } = member;
		if (role === previousRole) return [];
		const takesAdmin = this.isAdmin(previousRole) && !this.isAdmin(role);
		const appoints = this.isAdmin(role) && isActive;
		return [
			this.action('changeRole', userId, {
				requests: [this.request('PATCH', `/memberships/{user_id}`, { role }, userId)],
				reason: `Is ${previousRole}, and wanted as ${role}`,
				phase: takesAdmin ? 'take' : appoints ? 'appoint' : 'give',
				takesAdmin,
				about: { userId, value, role, previousRole },
				item,
			}),
		];
	}

	private changeMetadata(member: Member, wanted: WantedMember): SyncAction[] {
		const { userId } = member;
		const isMarkedByOthers = marksOf(member).length > 0 && !this.isMarked(member);
		const given = {
			public_metadata: wanted.publicMetadata,
			private_metadata: isMarkedByOthers
				? this.marked(wanted.privateMetadata)
				: wanted.privateMetadata,
		};
		const body = changed(
			{ public_metadata: member.publicMetadata, private_metadata: member.privateMetadata },
			given,
		);
		if (Object.keys(body).length === 0) return [];
		return [
			this.action('changeMetadata', userId, {
				requests: [this.request('PATCH', `/memberships/{user_id}/metadata`, body, userId)],
				reason: `Has other ${Object.keys(body).join(' and ').replace(/_/g, ' ')}`,
				phase: 'give',
				about: { userId, value: wanted.value },
				item: wanted.item,
			}),
		];
	}

	leave(member: Member): SyncAction[] {
		const { otherMembers, marker } = this.settings;
		const { userId, role } = member;
		if (otherMembers === 'keep') return [];
		if (otherMembers === 'removeMarked') {
			if (!this.isMarked(member)) return [];
			const others = marksOf(member).filter((name) => name !== marker);
			if (others.length > 0) return [this.unmark(member, others)];
		}
		return [
			this.action('remove', userId, {
				requests: [this.request('DELETE', '/memberships/{user_id}', undefined, userId)],
				reason: 'Is a member, and not wanted',
				phase: 'take',
				takesAdmin: this.isAdmin(role),
				about: { userId, role },
			}),
		];
	}

	/** Another sync still wants the member. */
	private unmark({ userId }: Member, others: string[]): SyncAction {
		const body = { private_metadata: { [MARKER_KEY]: { [this.settings.marker]: null } } };
		return this.action('unmark', userId, {
			requests: [this.request('PATCH', '/memberships/{user_id}/metadata', body, userId)],
			reason: `Is not wanted here, but by the sync ${others.join(', ')}`,
			phase: 'take',
			about: { userId },
		});
	}

	invite(wanted: WantedMember): SyncAction[] {
		const { item, role, value } = wanted;
		const address = value.toLowerCase();
		const pending = this.pending.get(address);
		if (pending?.role === role) return [];
		const isOurs = pending && this.isOurs(pending);
		const words = {
			about: { emailAddress: address, value, role, ...(pending && { previousRole: pending.role }) },
			phase: 'give' as const,
			item,
		};
		if (pending && !isOurs) {
			const reason = `Is invited as ${pending.role} already, which only a new invitation changes`;
			return [
				this.action('reinvite', address, { ...words, requests: [], isSkipped: true, reason }),
			];
		}
		const invitation = this.request('POST', '/invitations', {
			email_address: address,
			role,
			...this.metadataOfNew(wanted),
		});
		return [
			this.action(pending ? 'reinvite' : 'invite', address, {
				...words,
				requests: [...(pending ? [this.revocation(pending)] : []), invitation],
				verifyWith: {
					...this.request('GET', '/invitations'),
					query: { email_address: address, status: 'pending', limit: 1 },
				},
				reason: pending
					? `Is invited as ${pending.role}, and wanted as ${role}`
					: 'Is wanted, and has no account',
			}),
		];
	}

	revocations(wanted: WantedMember[]): SyncAction[] {
		const invited = wanted.filter(({ userId }) => userId === undefined);
		const addresses = new Set(invited.map(({ value }) => value.toLowerCase()));
		return this.organization.invitations
			.filter((invitation) => !addresses.has(invitation.emailAddress) && this.isOurs(invitation))
			.map((invitation) =>
				this.action('revoke', invitation.emailAddress, {
					requests: [this.revocation(invitation)],
					reason: 'Is invited, and not wanted, or a user by now',
					phase: 'take',
					about: { emailAddress: invitation.emailAddress, role: invitation.role },
				}),
			);
	}

	unlessManaged(action: SyncAction): SyncAction {
		const { userId, emailAddress } = action.about as { userId?: string; emailAddress?: string };
		const { managed, managedAddress } = this.settings;
		const isInvitation = action.action === 'invite' || action.action === 'reinvite';
		const reason = userId
			? managed(userId)
			: isInvitation && emailAddress
				? managedAddress(emailAddress)
				: undefined;
		return reason === undefined ? action : skipped(action, reason);
	}

	private action(
		action: string,
		target: string,
		words: Omit<SyncAction, 'action' | 'target' | 'organizationId'>,
	): SyncAction {
		const { id } = this.organization;
		const about: IDataObject = { organizationId: id, ...words.about };
		return { ...words, action, target, organizationId: id, about, orderKey: `${id} ${target}` };
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
		return this.settings.adminRoles.has(role);
	}

	/** Whether this sync may revoke it. */
	private isOurs(invitation: PendingInvitation): boolean {
		const { revokeInvitations, otherMembers } = this.settings;
		return revokeInvitations && (otherMembers !== 'removeMarked' || this.isMarked(invitation));
	}

	private isMarked(record: { privateMetadata: ClerkRecord }): boolean {
		return this.marks && marksOf(record).includes(this.settings.marker);
	}

	private get marks(): boolean {
		return this.settings.otherMembers === 'removeMarked';
	}

	private marked(given: ClerkRecord = {}): ClerkRecord | undefined {
		if (!this.marks) return given;
		return { ...given, [MARKER_KEY]: { [this.settings.marker]: true } };
	}

	/** Nothing is there that `null` could take away. */
	private metadataOfNew({ publicMetadata, privateMetadata }: WantedMember): ClerkRecord {
		const secret = this.marks ? this.marked(privateMetadata) : privateMetadata;
		return {
			...(publicMetadata && { public_metadata: mergedMetadata({}, publicMetadata) }),
			...(secret && { private_metadata: mergedMetadata({}, secret) }),
		};
	}
}

/** The names of the syncs that marked it. */
function marksOf({ privateMetadata }: { privateMetadata: ClerkRecord }): string[] {
	const marks = Object.hasOwn(privateMetadata, MARKER_KEY) ? privateMetadata[MARKER_KEY] : {};
	if (!isObject(marks)) return [];
	return Object.keys(marks).filter((name) => marks[name] === true);
}

/** Of what is given, the kinds that merging would change. */
const changed = (
	stored: Record<string, ClerkRecord>,
	given: Record<string, ClerkRecord | undefined>,
): ClerkRecord =>
	Object.fromEntries(
		Object.entries(given).filter(
			([kind, value]) => value && !isSame(mergedMetadata(stored[kind], value), stored[kind]),
		),
	);
