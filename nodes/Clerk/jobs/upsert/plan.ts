import type { IDataObject } from 'n8n-workflow';

import { InvalidInputError } from '../../engine/operation';
import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { LookupError } from '../../engine/run/resolve';
import { usersPaging } from '../../fields/paging';
import { mergedMetadata } from '../shared/metadata';
import { mergeNeeded, replacementNeeded } from '../shared/metadataChanges';
import type { Metadata } from '../shared/metadataChanges';

/** A user as another system has them → what has to be sent so that Clerk has them so. Pure. */

export type MatchBy = 'emailAddress' | 'externalId' | 'phoneNumber' | 'username';

export interface WantedUser {
	matchBy: MatchBy;
	value: string;
	/** By their names in the API; null or '' clears. */
	attributes: Record<string, unknown>;
	emailAddresses: string[];
	phoneNumbers: string[];
	/** By the kinds' names in the API. */
	metadata: Record<string, Metadata>;
	isReplaced: boolean;
	/** Of the addresses that are added. */
	isVerified: boolean;
	/** Whether the first address and the first number become the primary ones. */
	isPrimary: boolean;
	/** What Clerk does not tell, so that nobody could say whether it differs: sent when the user is created. */
	atCreation: Record<string, unknown>;
}

export interface Upsert {
	action: 'created' | 'updated' | 'unchanged';
	/** In the order of sending. */
	requests: ApiRequest[];
}

/** What e-mail addresses and phone numbers have in common. */
interface Kind {
	matchBy: MatchBy;
	label: string;
	path: string;
	/** The name of the value, of an entry's as of the body's. */
	name: 'email_address' | 'phone_number';
	list: 'email_addresses' | 'phone_numbers';
	primary: 'primary_email_address_id' | 'primary_phone_number_id';
}

const EMAIL: Kind = {
	matchBy: 'emailAddress',
	label: 'Email Address',
	path: '/email_addresses',
	name: 'email_address',
	list: 'email_addresses',
	primary: 'primary_email_address_id',
};

const PHONE: Kind = {
	matchBy: 'phoneNumber',
	label: 'Phone Number',
	path: '/phone_numbers',
	name: 'phone_number',
	list: 'phone_numbers',
	primary: 'primary_phone_number_id',
};

const FORMS = { emailAddress: /^[^\s@]+@[^\s@]+$/, phoneNumber: /^\+[1-9]\d{4,14}$/ };

const EXAMPLES = { emailAddress: 'ada@example.com', phoneNumber: '+15551234567' };

/**
 * A value as Clerk keeps it, so that two spellings of one address are one.
 *
 * @throws InvalidInputError for what can be none
 */
export function normalizeIdentifier(by: MatchBy, value: string, label: string): string {
	const text = value.trim();
	if (text === '') throw new InvalidInputError(label, 'is empty');
	if (by === 'externalId') return text;
	if (by === 'username') return text.toLowerCase();
	const address = by === 'phoneNumber' ? text.replace(/[\s().-]/g, '') : text.toLowerCase();
	if (FORMS[by].test(address)) return address;
	throw new InvalidInputError(label, `needs one such as ${EXAMPLES[by]}, but got "${text}"`);
}

const MATCHED = {
	emailAddress: { filter: 'email_address', noun: 'e-mail address' },
	externalId: { filter: 'external_id', noun: 'external ID' },
	phoneNumber: { filter: 'phone_number', noun: 'phone number' },
	username: { filter: 'username', noun: 'username' },
};

/** Asks for everybody who may be meant. @param values - as `normal` gives them */
export const searchFor = (by: MatchBy, values: string[]): ApiRequest => ({
	method: 'GET',
	path: '/users',
	query: {
		// Written out, so that an external ID that begins with a minus sign does not leave its user out.
		[MATCHED[by].filter]: by === 'externalId' ? values.map((value) => `+${value}`) : values,
		limit: usersPaging.pageSize,
	},
});

const entriesOf = (user: ClerkRecord, { list }: Kind): ClerkRecord[] =>
	(user[list] ?? []) as ClerkRecord[];

const isVerified = ({ verification }: ClerkRecord): boolean =>
	(verification as ClerkRecord | null | undefined)?.status === 'verified';

/** The user's entry of this value. */
const entryOf = (user: ClerkRecord, kind: Kind, value: string): ClerkRecord | undefined =>
	entriesOf(user, kind).find((entry) => String(entry[kind.name]).toLowerCase() === value);

const kindOf = (by: MatchBy): Kind | undefined =>
	[EMAIL, PHONE].find(({ matchBy }) => matchBy === by);

/**
 * The one user who is meant, if there is one. Whoever can type in an address could otherwise be taken
 * for its owner, so that only a verified one counts unless `takesUnverified`.
 *
 * @throws LookupError where several are meant, or somebody keeps the address without it being verified
 */
export function choose(
	users: ClerkRecord[],
	by: MatchBy,
	value: string,
	takesUnverified: boolean,
): ClerkRecord | undefined {
	const kind = kindOf(by);
	const named = `the ${MATCHED[by].noun} "${value}"`;
	const holders = users.filter((user) => {
		if (kind) return entryOf(user, kind, value) !== undefined;
		const held = user[MATCHED[by].filter];
		return by === 'username' ? String(held).toLowerCase() === value : held === value;
	});
	const counts = (user: ClerkRecord) =>
		!kind || takesUnverified || isVerified(entryOf(user, kind, value)!);
	const found = holders.filter(counts);
	if (found.length > 1) {
		const ids = found.map(({ id }) => String(id)).join(', ');
		throw new LookupError(
			'Match Value',
			`is not clear: ${found.length} users have ${named}: ${ids}`,
			false,
		);
	}
	const keeper = kind && holders.find((user) => entryOf(user, kind, value)!.reserved === true);
	if (found.length === 0 && keeper) {
		throw new LookupError(
			'Match Value',
			`is reserved: ${String(keeper.id)} has ${named}, but it is not verified. Turn on Match Unverified to take that user`,
			false,
		);
	}
	return found[0];
}

/** @throws InvalidInputError where the user cannot be made so */
export const planUpsert = (wanted: WantedUser, user?: ClerkRecord): Upsert =>
	user ? planUpdate(wanted, user) : { action: 'created', requests: [creation(wanted)] };

function creation(wanted: WantedUser): ApiRequest {
	const { matchBy, value, attributes, metadata, isReplaced, atCreation } = wanted;
	const addresses = [EMAIL, PHONE].map((kind) => [kind.name, wantedOf(kind, wanted)] as const);
	const stored = Object.entries(metadata).map(([kind, entries]) => [
		kind,
		isReplaced ? entries : mergedMetadata({}, entries),
	]);
	const filled = Object.entries(attributes).filter(([, held]) => held !== null && held !== '');
	const body = {
		...(!kindOf(matchBy) && { [MATCHED[matchBy].filter]: value }),
		...Object.fromEntries(addresses.filter(([, values]) => values.length > 0)),
		...Object.fromEntries(filled),
		...Object.fromEntries(stored),
		...atCreation,
	};
	return { method: 'POST', path: '/users', body: body as IDataObject };
}

/** The values of a kind, each once, and first the one that is to be the primary one. */
function wantedOf({ matchBy }: Kind, wanted: WantedUser): string[] {
	const listed = matchBy === 'emailAddress' ? wanted.emailAddresses : wanted.phoneNumbers;
	const matched = wanted.matchBy === matchBy ? [wanted.value] : [];
	return [...new Set(wanted.isPrimary ? [...listed, ...matched] : [...matched, ...listed])];
}

function planUpdate(wanted: WantedUser, user: ClerkRecord): Upsert {
	const path = fillPath('/users/{id}', { id: user.id });
	// What Clerk refuses most often, an address that another user has, goes first.
	const requests = [
		...[EMAIL, PHONE].flatMap((kind) => planAddresses(kind, wanted, user)),
		...planAttributes(wanted, user, path),
		...planMetadata(wanted, user, `${path}/metadata`),
	];
	return { action: requests.length > 0 ? 'updated' : 'unchanged', requests };
}

function planAddresses(kind: Kind, wanted: WantedUser, user: ClerkRecord): ApiRequest[] {
	return wantedOf(kind, wanted).flatMap((value, at): ApiRequest[] => {
		const entry = entryOf(user, kind, value);
		const isMadePrimary =
			wanted.isPrimary && at === 0 && (!entry || entry.id !== user[kind.primary]);
		if (isMadePrimary && !(entry ? isVerified(entry) : wanted.isVerified)) {
			throw new InvalidInputError(
				kind.label,
				entry
					? `cannot become the primary one: the user has ${value}, and it is not verified`
					: `cannot become the primary one: turn on Verified as well, or leave Primary off`,
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
		([name, value]) => comparable(name, value) !== comparable(name, user[name]),
	);
	if (different.length === 0) return [];
	return [{ method: 'PATCH', path, body: Object.fromEntries(different) as IDataObject }];
}

/** Empty is none, and Clerk keeps usernames in lower case. */
const comparable = (name: string, value: unknown): string => {
	const text = String(value ?? '');
	return name === 'username' ? text.toLowerCase() : text;
};

function planMetadata(
	{ metadata, isReplaced }: WantedUser,
	user: ClerkRecord,
	path: string,
): ApiRequest[] {
	const neededOf = isReplaced ? replacementNeeded : mergeNeeded;
	const needed = Object.entries(metadata).flatMap(([kind, wanted]) => {
		const part = neededOf(user[kind], wanted);
		return part ? [[kind, part]] : [];
	});
	if (needed.length === 0) return [];
	const body = Object.fromEntries(needed) as IDataObject;
	return [{ method: isReplaced ? 'PUT' : 'PATCH', path, body }];
}
