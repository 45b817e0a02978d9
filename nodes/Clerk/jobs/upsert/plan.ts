import type { IDataObject } from 'n8n-workflow';

import { InvalidInputError } from '../../engine/operation';
import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { mergeMetadata, replacementFor, smallestMerge } from '../shared/metadata';
import type { Metadata } from '../shared/metadata';
import { CONTACT_KINDS, contactKindOf, findEntry, isVerified, WIRE_NAMES } from './identifiers';
import type { ContactKind, UpsertMatchBy } from './identifiers';

/** Plans the requests that make a user as wanted. Pure. */

export interface WantedUser {
	matchBy: UpsertMatchBy;
	/** Normalized. */
	value: string;
	/** By their names in the API; null or '' clears. */
	attributes: Record<string, unknown>;
	/** Normalized. */
	emailAddresses: string[];
	/** Normalized. */
	phoneNumbers: string[];
	/** By the names of the kinds in the API. */
	metadata: Record<string, Metadata>;
	/** Replaces the metadata instead of merging it. */
	isReplaced: boolean;
	/** Whether added addresses and numbers count as verified. */
	isVerified: boolean;
	/** Whether the first address and the first number become the primary ones. */
	isPrimary: boolean;
	/** Sent only to create the user: Clerk does not return these fields, so they cannot be compared. */
	atCreation: Record<string, unknown>;
}

export interface UpsertPlan {
	action: 'created' | 'updated' | 'unchanged';
	/** In the order of sending. */
	requests: ApiRequest[];
}

/**
 * Plans only the requests for what differs.
 *
 * @param user - the present user; undefined to create one
 * @throws InvalidInputError if an unverified address would become the primary one
 */
export const planUpsert = (wanted: WantedUser, user?: ClerkRecord): UpsertPlan =>
	user ? planUpdate(wanted, user) : { action: 'created', requests: [creationRequest(wanted)] };

function creationRequest(wanted: WantedUser): ApiRequest {
	const { matchBy, value, attributes, metadata, isReplaced, atCreation } = wanted;
	const contacts = CONTACT_KINDS.map((kind) => [kind.name, contactsOf(kind, wanted)] as const);
	const initialMetadata = Object.entries(metadata).map(([kind, entries]) => [
		kind,
		isReplaced ? entries : mergeMetadata({}, entries),
	]);
	const filled = Object.entries(attributes).filter(([, given]) => given !== null && given !== '');
	const body = {
		...(!contactKindOf(matchBy) && { [WIRE_NAMES[matchBy]]: value }),
		...Object.fromEntries(contacts.filter(([, values]) => values.length > 0)),
		...Object.fromEntries(filled),
		...Object.fromEntries(initialMetadata),
		...atCreation,
	};
	return { method: 'POST', path: '/users', body: body as IDataObject };
}

/** Returns the wanted values of a kind, each once; the first is the one that may become primary. */
export function contactsOf({ matchBy }: ContactKind, wanted: WantedUser): string[] {
	const listed = matchBy === 'emailAddress' ? wanted.emailAddresses : wanted.phoneNumbers;
	const matched = wanted.matchBy === matchBy ? [wanted.value] : [];
	return [...new Set(wanted.isPrimary ? [...listed, ...matched] : [...matched, ...listed])];
}

function planUpdate(wanted: WantedUser, user: ClerkRecord): UpsertPlan {
	const path = fillPath('/users/{id}', { id: user.id });
	// Addresses first: one that another user has is what Clerk rejects most often.
	const requests = [
		...CONTACT_KINDS.flatMap((kind) => planContacts(kind, wanted, user)),
		...planAttributes(wanted, user, path),
		...planMetadata(wanted, user, `${path}/metadata`),
	];
	return { action: requests.length > 0 ? 'updated' : 'unchanged', requests };
}

function planContacts(kind: ContactKind, wanted: WantedUser, user: ClerkRecord): ApiRequest[] {
	return contactsOf(kind, wanted).flatMap((value, index): ApiRequest[] => {
		const entry = findEntry(user, kind, value);
		const isMadePrimary =
			wanted.isPrimary && index === 0 && (!entry || entry.id !== user[kind.primary]);
		if (isMadePrimary && !(entry ? isVerified(entry) : wanted.isVerified)) {
			throw new InvalidInputError(
				kind.label,
				entry
					? `cannot become the primary one: the user has ${value}, and it is not verified`
					: `cannot become the primary one: turn on 'Verified' as well, or leave 'Primary' off`,
			);
		}
		if (!entry) {
			const body = {
				user_id: String(user.id),
				[kind.name]: value,
				verified: wanted.isVerified,
				primary: isMadePrimary,
			};
			return [{ method: 'POST', path: kind.path, body }];
		}
		const entryPath = fillPath(`${kind.path}/{id}`, { id: entry.id });
		return isMadePrimary ? [{ method: 'PATCH', path: entryPath, body: { primary: true } }] : [];
	});
}

function planAttributes({ attributes }: WantedUser, user: ClerkRecord, path: string): ApiRequest[] {
	const different = Object.entries(attributes).filter(
		([name, value]) => toComparable(name, value) !== toComparable(name, user[name]),
	);
	if (different.length === 0) return [];
	return [{ method: 'PATCH', path, body: Object.fromEntries(different) as IDataObject }];
}

/** Empty text equals null, and Clerk stores usernames in lower case. */
const toComparable = (name: string, value: unknown): string => {
	const text = String(value ?? '');
	return name === 'username' ? text.toLowerCase() : text;
};

/** Plans a merge, or a replacement (https://clerk.com/docs/reference/backend/user/replace-user-metadata). */
function planMetadata(
	{ metadata, isReplaced }: WantedUser,
	user: ClerkRecord,
	path: string,
): ApiRequest[] {
	const changesTo = isReplaced ? replacementFor : smallestMerge;
	const changes = Object.entries(metadata).flatMap(([kind, wanted]) => {
		const change = changesTo(user[kind], wanted);
		return change ? [[kind, change]] : [];
	});
	if (changes.length === 0) return [];
	const body = Object.fromEntries(changes) as IDataObject;
	return [{ method: isReplaced ? 'PUT' : 'PATCH', path, body }];
}
