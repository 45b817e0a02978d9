import type { ClerkRecord } from '../../engine/operation';

/** The values that identify a user: a field of the user, or one of several addresses or numbers. */

export type UpsertMatchBy = 'emailAddress' | 'externalId' | 'phoneNumber' | 'username';

/** Name in the API, of the filter and of the field. */
export const WIRE_NAMES = {
	emailAddress: 'email_address',
	externalId: 'external_id',
	phoneNumber: 'phone_number',
	username: 'username',
} as const;

/** Email addresses and phone numbers, of which a user has a list, each verified or not. */
export interface ContactKind {
	matchBy: 'emailAddress' | 'phoneNumber';
	/** Of the field in the form. */
	label: string;
	path: string;
	/** Name of the value in an entry, and in the body that creates one. */
	name: 'email_address' | 'phone_number';
	/** Name of the user's list of entries. */
	list: 'email_addresses' | 'phone_numbers';
	/** Name of the user's field with the ID of the primary entry. */
	primary: 'primary_email_address_id' | 'primary_phone_number_id';
}

export const CONTACT_KINDS: ContactKind[] = [
	{
		matchBy: 'emailAddress',
		label: 'Email Address',
		path: '/email_addresses',
		name: 'email_address',
		list: 'email_addresses',
		primary: 'primary_email_address_id',
	},
	{
		matchBy: 'phoneNumber',
		label: 'Phone Number',
		path: '/phone_numbers',
		name: 'phone_number',
		list: 'phone_numbers',
		primary: 'primary_phone_number_id',
	},
];

/** Returns undefined for a field of the user. */
export const contactKindOf = (by: UpsertMatchBy): ContactKind | undefined =>
	CONTACT_KINDS.find(({ matchBy }) => matchBy === by);

/** Returns the user's entry with this value. @param value - normalized */
export const findEntry = (
	user: ClerkRecord,
	{ list, name }: ContactKind,
	value: string,
): ClerkRecord | undefined =>
	((user[list] ?? []) as ClerkRecord[]).find(
		(entry) => String(entry[name]).toLowerCase() === value,
	);

export const isVerified = ({ verification }: ClerkRecord): boolean =>
	(verification as ClerkRecord | null | undefined)?.status === 'verified';

/** Returns all values that a user can be found by, normalized. */
export const identifiersOf = (user: ClerkRecord): Array<[UpsertMatchBy, string]> => [
	...CONTACT_KINDS.flatMap(({ matchBy, list, name }) =>
		((user[list] ?? []) as ClerkRecord[]).map((entry): [UpsertMatchBy, string] => [
			matchBy,
			String(entry[name]).toLowerCase(),
		]),
	),
	...(['externalId', 'username'] as const).flatMap((by): Array<[UpsertMatchBy, string]> => {
		const own = String(user[WIRE_NAMES[by]] ?? '');
		return own === '' ? [] : [[by, by === 'username' ? own.toLowerCase() : own]];
	}),
];
