import type { ClerkRecord } from '../../engine/operation';

/** The columns that say whom a row of a report is about. */
export interface Person {
	name: string | null;
	emailAddress: string | null;
}

/** Returns the name and primary address of a user's record. */
export function personOf(user: ClerkRecord): Person {
	const addresses = (user.email_addresses ?? []) as ClerkRecord[];
	const primary = addresses.find(({ id }) => id === user.primary_email_address_id) ?? addresses[0];
	return {
		name: fullNameOf(user) ?? textOf(user.username),
		emailAddress: textOf(primary?.email_address),
	};
}

/** Returns the same of what a membership shows of its user, at no further request. */
export function personOfMember(member: ClerkRecord): Person {
	const identifier = textOf(member.identifier);
	const isAddress = identifier?.includes('@') === true;
	return {
		name: fullNameOf(member) ?? (isAddress ? null : identifier),
		emailAddress: isAddress ? identifier.toLowerCase() : null,
	};
}

const fullNameOf = ({ first_name: first, last_name: last }: ClerkRecord): string | null =>
	textOf([first, last].filter(Boolean).join(' '));

const textOf = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** Returns a person for a sentence: `Ada Berg (ada@example.com)`. @param id - if neither is known */
export function describePerson({ name, emailAddress }: Person, id: string): string {
	if (name !== null && emailAddress !== null) return `${name} (${emailAddress})`;
	return name ?? emailAddress ?? id;
}
