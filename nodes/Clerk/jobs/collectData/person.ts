import { hasCode, isNotFound } from '../../engine/http/outcome';
import { readEntry } from '../../engine/input/kinds';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { usersPaging } from '../../fields/paging';
import { readPage } from '../shared/readAll';
import { toRecord } from './responses';

/** Whose data are collected, and which user of Clerk that is. */

const PERSON = 'Person';

/** What the form says of a person. */
export interface Person {
	userId?: string;
	/** Email addresses, phone numbers and wallets, in each spelling that Clerk may keep. */
	identifiers: string[];
}

/** A person, with what the user's record adds. */
export interface KnownPerson extends Person {
	/** The user's unverified identifiers: what was sent to them may be about another person. */
	unverified: string[];
}

/** The accounts that a person has. */
export interface Accounts {
	person: KnownPerson;
	/** The record of the user; undefined if there is none. */
	user?: ClerkRecord;
	/** Other users with a verified identifier of the person; only where nothing is expected. */
	others: ClerkRecord[];
	/** Users with an unverified identifier of the person: they may be other people. */
	claimants: ClerkRecord[];
}

/** Reads the entries of the form. @throws InvalidInputError */
export function readPerson(given: string[]): Person {
	const entries = given
		.flatMap((entry) => entry.split(/[;\t]/))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '')
		.map((entry) => (/^user_[\w-]+$/.test(entry) ? entry : readIdentifier(entry)));
	const [userId, ...more] = new Set(entries.filter((entry) => entry.startsWith('user_')));
	if (more.length > 0) throw new InvalidInputError(PERSON, 'needs one user, but names several IDs');
	const identifiers = [
		...new Set(entries.filter((entry) => entry !== userId).flatMap(spellingsOf)),
	];
	if (entries.length === 0) throw new InvalidInputError(PERSON, 'is empty');
	if (identifiers.length > MAX_FILTER_VALUES) {
		throw new InvalidInputError(PERSON, `names more than ${MAX_FILTER_VALUES} identifiers`);
	}
	return { ...(userId !== undefined && { userId }), identifiers };
}

/** @throws InvalidInputError for a domain, which is no person */
function readIdentifier(entry: string): string {
	const identifier = readEntry('identifier', entry, PERSON);
	if (!identifier.startsWith('*')) return identifier;
	throw new InvalidInputError(PERSON, `needs one person, but got ${identifier}`);
}

const FIELDS = [
	['email_addresses', 'email_address'],
	['phone_numbers', 'phone_number'],
	['web3_wallets', 'web3_wallet'],
] as const;

/** Returns a user's identifiers, in each spelling. */
function identifiersOf(user: ClerkRecord, isWanted: (entry: ClerkRecord) => boolean): string[] {
	return FIELDS.flatMap(([list, field]) => {
		const entries = (user[list] ?? []) as ClerkRecord[];
		return entries.filter(isWanted).flatMap((entry) => spellingsOf(String(entry[field])));
	});
}

const isWallet = (identifier: string): boolean => /^0x[\da-f]+$/i.test(identifier);

/** Returns an identifier for comparisons: email addresses and wallets of Ethereum's have no case. */
export const toComparable = (identifier: string): string =>
	identifier.includes('@') || isWallet(identifier) ? identifier.toLowerCase() : identifier;

/** Returns an identifier as it is compared, and a wallet as it was written too: Clerk's filter may heed the case. */
const spellingsOf = (identifier: string): string[] => [
	...new Set([...(isWallet(identifier) ? [identifier] : []), toComparable(identifier)]),
];

const isVerified = ({ verification }: ClerkRecord): boolean =>
	(verification as ClerkRecord | null | undefined)?.status === 'verified';

/**
 * Finds the user by ID and identifiers, and adds the user's verified identifiers to the person.
 *
 * @param isExpectedGone - whether other users with an identifier of the person are no mistake of the form
 * @throws InvalidInputError for identifiers of several users; RequestError
 */
export async function findAccounts(
	person: Person,
	isExpectedGone: boolean,
	send: Send,
): Promise<Accounts> {
	const { identifiers } = person;
	const isOwn = (user: ClerkRecord, isWanted: (entry: ClerkRecord) => boolean) =>
		identifiersOf(user, isWanted).some((one) => identifiers.includes(one));
	const found = await readByIdentifiers(identifiers, send);
	const owners = found.filter((user) => isOwn(user, isVerified));
	const byId = person.userId === undefined ? undefined : await readUser(person.userId, send);
	const user = byId ?? (person.userId === undefined ? owners.at(0) : undefined);
	const userId = person.userId ?? (user && String(user.id));
	const others = owners.filter(({ id }) => id !== userId);
	if (others.length > 0 && !isExpectedGone) {
		const ids = [userId, ...others.map(({ id }) => String(id))].join(', ');
		throw new InvalidInputError(PERSON, `names several users: ${ids}. Collect each by their ID`);
	}
	const own = user ? identifiersOf(user, isVerified) : [];
	const all = user ? identifiersOf(user, () => true) : [];
	const known = [...new Set([...identifiers, ...own])];
	return {
		person: {
			...(userId !== undefined && { userId }),
			identifiers: known,
			unverified: all.filter((one) => !known.includes(one)),
		},
		user,
		others,
		claimants: found.filter((one) => !owners.includes(one) && one.id !== userId),
	};
}

const readUser = async (id: string, send: Send): Promise<ClerkRecord | undefined> =>
	await send({ method: 'GET', path: fillPath('/users/{id}', { id }) }).then(
		(user) => toRecord(user, fillPath('/users/{id}', { id })),
		(error: unknown) => {
			if (isMissing(error)) return undefined;
			throw error as Error;
		},
	);

/** Whether Clerk says by its code that there is no such record. Another 404 proves nothing. */
export const isMissing = (error: unknown): boolean =>
	isNotFound(error) && hasCode(error, 'resource_not_found');

/** Each kind in a request of its own: Clerk's filters together find users who match all of them. */
async function readByIdentifiers(identifiers: string[], send: Send): Promise<ClerkRecord[]> {
	const found = new Map<string, ClerkRecord>();
	for (const [list, field] of FIELDS) {
		const values = identifiers.filter((one) => fieldOf(one) === field);
		if (values.length === 0) continue;
		const query = { [field]: values, limit: 500 };
		for (const user of await readPage(send, '/users', usersPaging, query)) {
			const entries = (user[list] ?? []) as ClerkRecord[];
			const isMatch = (entry: ClerkRecord) => values.includes(toComparable(String(entry[field])));
			if (entries.some(isMatch)) found.set(String(user.id), user);
		}
	}
	return [...found.values()];
}

const fieldOf = (identifier: string): (typeof FIELDS)[number][1] => {
	if (identifier.includes('@')) return 'email_address';
	return identifier.startsWith('+') ? 'phone_number' : 'web3_wallet';
};
