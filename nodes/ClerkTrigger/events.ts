import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { toIsoDate } from '../Clerk/engine/operation/dates';
import type { ClerkRecord, View } from '../Clerk/engine/operation';
import { isObject } from '../Clerk/engine/operation/values';
import { derived, simplify, view, wholeInCamelCase } from '../Clerk/engine/operation/view';
import { waitlistEntry } from '../Clerk/views/accessLists';
import { organization } from '../Clerk/views/organization';
import { organizationDomain } from '../Clerk/views/organizationDomain';
import { organizationInvitation } from '../Clerk/views/organizationInvitation';
import { organizationMembership } from '../Clerk/views/organizationMembership';
import { organizationPermission, organizationRole } from '../Clerk/views/organizationRole';
import { session } from '../Clerk/views/session';
import { user } from '../Clerk/views/user';

/**
 * Clerk's webhook events: their types, the users and organizations they concern, and their output.
 *
 * https://clerk.com/docs/guides/development/webhooks/overview
 */

/** Selects every event, including types that are newer than this list. */
const ALL_EVENTS = '*';

/** Sorted by name, as n8n's lint rules require. */
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
	{ name: 'Subscription Item Created', value: 'subscriptionItem.created' },
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

/** A verified event. Only `type` is certain: Clerk documents the other fields with exceptions. */
export interface ClerkEvent {
	readonly type: string;
	readonly data?: unknown;
	/** Unix milliseconds; seconds in the examples of Clerk's document and so in its test deliveries. */
	readonly timestamp?: unknown;
	readonly instance_id?: unknown;
	readonly event_attributes?: unknown;
}

/** Returns the event in a verified body, or undefined if the body holds none. */
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

/** Whether the chosen events include the type of this one. */
export const isChosen = ({ type }: ClerkEvent, events: string[]): boolean =>
	events.includes(ALL_EVENTS) || events.includes(type);

/** Returns an empty record for a value that is not a record. */
const asRecord = (value: unknown): ClerkRecord => (isObject(value) ? value : {});

const valueAt = (record: ClerkRecord, ...path: string[]): unknown =>
	path.reduce<unknown>((value, key) => asRecord(value)[key], record);

/** Returns the kind of record that an event concerns: its type up to the first dot. */
const subjectOf = ({ type }: ClerkEvent): string => type.split('.')[0];

/** Returns the IDs at the given paths. Clerk sends an empty string in place of a missing ID. */
const idsAt = (record: ClerkRecord, paths: string[][]): string[] =>
	paths
		.map((path) => valueAt(record, ...path))
		.filter((id): id is string => typeof id === 'string' && id !== '');

/** Returns the IDs of the users that an event concerns. */
export function userIdsOf(event: ClerkEvent): string[] {
	const data = asRecord(event.data);
	return idsAt(data, [
		...(subjectOf(event) === 'user' ? [['id']] : []),
		['user_id'],
		['public_user_data', 'user_id'],
		['payer', 'user_id'],
	]);
}

/** Returns the IDs of the organizations that an event concerns; for a session, its last active one. */
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

/** Returns the time of an event in ISO format, or null if it has none. */
const occurredAt = ({ timestamp }: ClerkEvent): string | null =>
	typeof timestamp === 'number' ? toIsoDate(timestamp) : null;

/** The views of the Clerk node, with the fields that only events have. Other subjects are output whole. */
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

/**
 * Returns the simplified output of an event: its type and time, the fields of its record, and its
 * origin, all on one level.
 *
 * @param svixId - the ID of the delivery, the same in every attempt of Svix to deliver it
 */
export function simplifyEvent(event: ClerkEvent, svixId: string): IDataObject {
	const happened: IDataObject = { eventType: event.type, occurredAt: occurredAt(event) };
	const origin: IDataObject = {
		instanceId: (event.instance_id ?? null) as string | null,
		svixId,
		clientIp: (valueAt(asRecord(event.event_attributes), 'http_request', 'client_ip') ?? null) as
			string | null,
		userAgent: (valueAt(asRecord(event.event_attributes), 'http_request', 'user_agent') ?? null) as
			string | null,
	};
	const ownFields = Object.keys({ ...happened, ...origin });
	// No field of a record overrides those of the event, nor moves them.
	const record = Object.entries(simplifyRecord(event)).filter(([key]) => !ownFields.includes(key));
	return { ...happened, ...Object.fromEntries(record), ...origin };
}

function simplifyRecord(event: ClerkEvent): IDataObject {
	const data = asRecord(event.data);
	const subject = subjectOf(event);
	const ownView = Object.hasOwn(VIEWS, subject) ? VIEWS[subject] : undefined;
	// A deleted record has little more than its ID; the view would fill all other fields with null.
	return ownView && data.deleted !== true ? simplify(data, ownView) : wholeInCamelCase(data);
}
