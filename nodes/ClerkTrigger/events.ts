import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { ClerkRecord, View } from '../Clerk/engine/operation';
import { derived, simplify, view, wholeInCamelCase } from '../Clerk/engine/operation/view';
import { waitlistEntry } from '../Clerk/views/accessLists';
import { organization } from '../Clerk/views/organization';
import { organizationDomain } from '../Clerk/views/organizationDomain';
import { organizationInvitation } from '../Clerk/views/organizationInvitation';
import { organizationMembership } from '../Clerk/views/organizationMembership';
import { organizationPermission, organizationRole } from '../Clerk/views/organizationRole';
import { session } from '../Clerk/views/session';
import { user } from '../Clerk/views/user';

/** Clerk's webhook events: their types, whom they are about, and what they look like in the output. */

/** Stands for every event, those included that are newer than this list. */
export const ALL_EVENTS = '*';

/** In the order of their names, which puts those about the same thing together. */
export const EVENT_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Email Created', value: 'email.created' },
	{ name: 'Organization Created', value: 'organization.created' },
	{ name: 'Organization Deleted', value: 'organization.deleted' },
	{ name: 'Organization Domain Created', value: 'organizationDomain.created' },
	{ name: 'Organization Domain Deleted', value: 'organizationDomain.deleted' },
	{ name: 'Organization Domain Updated', value: 'organizationDomain.updated' },
	{ name: 'Organization Invitation Accepted', value: 'organizationInvitation.accepted' },
	{ name: 'Organization Invitation Created', value: 'organizationInvitation.created' },
	{ name: 'Organization Invitation Revoked', value: 'organizationInvitation.revoked' },
	{ name: 'Organization Membership Created', value: 'organizationMembership.created' },
	{ name: 'Organization Membership Deleted', value: 'organizationMembership.deleted' },
	{ name: 'Organization Membership Updated', value: 'organizationMembership.updated' },
	{ name: 'Organization Updated', value: 'organization.updated' },
	{ name: 'Payment Attempt Created', value: 'paymentAttempt.created' },
	{ name: 'Payment Attempt Updated', value: 'paymentAttempt.updated' },
	{ name: 'Permission Created', value: 'permission.created' },
	{ name: 'Permission Deleted', value: 'permission.deleted' },
	{ name: 'Permission Updated', value: 'permission.updated' },
	{ name: 'Role Created', value: 'role.created' },
	{ name: 'Role Deleted', value: 'role.deleted' },
	{ name: 'Role Updated', value: 'role.updated' },
	{ name: 'Session Created', value: 'session.created' },
	{ name: 'Session Ended', value: 'session.ended' },
	{ name: 'Session Pending', value: 'session.pending' },
	{ name: 'Session Removed', value: 'session.removed' },
	{ name: 'Session Revoked', value: 'session.revoked' },
	{ name: 'SMS Created', value: 'sms.created' },
	{ name: 'Subscription Active', value: 'subscription.active' },
	{ name: 'Subscription Created', value: 'subscription.created' },
	{ name: 'Subscription Item Abandoned', value: 'subscriptionItem.abandoned' },
	{ name: 'Subscription Item Active', value: 'subscriptionItem.active' },
	{ name: 'Subscription Item Canceled', value: 'subscriptionItem.canceled' },
	{ name: 'Subscription Item Ended', value: 'subscriptionItem.ended' },
	{ name: 'Subscription Item Free Trial Ending', value: 'subscriptionItem.freeTrialEnding' },
	{ name: 'Subscription Item Incomplete', value: 'subscriptionItem.incomplete' },
	{ name: 'Subscription Item Past Due', value: 'subscriptionItem.pastDue' },
	{ name: 'Subscription Item Upcoming', value: 'subscriptionItem.upcoming' },
	{ name: 'Subscription Item Updated', value: 'subscriptionItem.updated' },
	{ name: 'Subscription Past Due', value: 'subscription.pastDue' },
	{ name: 'Subscription Updated', value: 'subscription.updated' },
	{ name: 'User Created', value: 'user.created' },
	{ name: 'User Deleted', value: 'user.deleted' },
	{ name: 'User Updated', value: 'user.updated' },
	{ name: 'Waitlist Entry Created', value: 'waitlistEntry.created' },
	{ name: 'Waitlist Entry Updated', value: 'waitlistEntry.updated' },
];

/** A verified event. Only its type is sure; Clerk says nothing of the rest without exception. */
export interface ClerkEvent {
	readonly type: string;
	readonly data?: unknown;
	/** Unix milliseconds; in the examples of Clerk's document, and so in its test deliveries, seconds. */
	readonly timestamp?: unknown;
	readonly instance_id?: unknown;
	readonly event_attributes?: unknown;
}

/** The event in a body that was verified; undefined where it is none. */
export function parseEvent(body: Buffer): ClerkEvent | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
		const event = asRecord(JSON.parse(text));
		return typeof event.type === 'string' && event.type !== ''
			? (event as unknown as ClerkEvent)
			: undefined;
	} catch {
		return undefined;
	}
}

/** Whether the form asks for events of this type. */
export const isChosen = ({ type }: ClerkEvent, events: string[]): boolean =>
	events.includes(ALL_EVENTS) || events.includes(type);

const asRecord = (value: unknown): ClerkRecord =>
	value !== null && typeof value === 'object' && !Array.isArray(value)
		? (value as ClerkRecord)
		: {};

const at = (record: ClerkRecord, ...path: string[]): unknown =>
	path.reduce<unknown>((value, key) => asRecord(value)[key], record);

/** What an event is about: the part of its type before the dot. */
const subjectOf = ({ type }: ClerkEvent): string => type.split('.')[0];

/** Clerk writes an empty text where there is none. */
const idsAt = (record: ClerkRecord, paths: string[][]): string[] =>
	paths
		.map((path) => at(record, ...path))
		.filter((id): id is string => typeof id === 'string' && id !== '');

/** The users that an event is about; none for what belongs to nobody. */
export function userIdsOf(event: ClerkEvent): string[] {
	const data = asRecord(event.data);
	return idsAt(data, [
		...(subjectOf(event) === 'user' ? [['id']] : []),
		['user_id'],
		['public_user_data', 'user_id'],
		['payer', 'user_id'],
	]);
}

/** Of a session, the organization that was last active in it. */
export function organizationIdsOf(event: ClerkEvent): string[] {
	const data = asRecord(event.data);
	return idsAt(data, [
		...(subjectOf(event) === 'organization' ? [['id']] : []),
		['organization_id'],
		['organization', 'id'],
		['last_active_organization_id'],
		['payer', 'organization_id'],
	]);
}

/** Values below are seconds: as milliseconds, they would lie in 1973 or before. */
const SECONDS_BELOW = 1e11;

/** ISO time of an event; null where it says none. */
export function occurredAt({ timestamp }: ClerkEvent): string | null {
	if (typeof timestamp !== 'number') return null;
	const date = new Date(timestamp < SECONDS_BELOW ? timestamp * 1_000 : timestamp);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The views of the Clerk node, with what only events say. All other subjects are shown whole. */
const VIEWS: Record<string, View> = {
	organization,
	organizationDomain,
	organizationInvitation: view('organizationInvitations', [
		...organizationInvitation.fields,
		'userId',
	]),
	organizationMembership,
	permission: organizationPermission,
	role: organizationRole,
	session: view('sessions', [
		...session.fields,
		derived('user', (record) => record.user && simplify(asRecord(record.user), user)),
	]),
	user,
	waitlistEntry,
};

/** The event on one level: what happened and when, and the fields of the record it happened to. */
export function simplifyEvent(event: ClerkEvent, svixId: string): IDataObject {
	const about: IDataObject = {
		eventType: event.type,
		occurredAt: occurredAt(event),
		instanceId: (event.instance_id ?? null) as string | null,
		svixId,
		clientIp: (at(asRecord(event.event_attributes), 'http_request', 'client_ip') ?? null) as
			string | null,
		userAgent: (at(asRecord(event.event_attributes), 'http_request', 'user_agent') ?? null) as
			string | null,
	};
	// Ahead, so that they are the first columns, and last, so that no field of a record hides them.
	return { ...about, ...simplifyData(event), ...about };
}

function simplifyData(event: ClerkEvent): IDataObject {
	const data = asRecord(event.data);
	const subject = subjectOf(event);
	const known = Object.hasOwn(VIEWS, subject) ? VIEWS[subject] : undefined;
	// Of what was deleted there is little more than the ID, and a row of nulls would say more than is known.
	return known && data.deleted !== true ? simplify(data, known) : wholeInCamelCase(data);
}
