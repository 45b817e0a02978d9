import type { ClerkRecord } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { domainOf } from '../shared/directories';

/** Tells the users of a test suite from people. Clerk's filters find parts of a value, so every user is checked here. */

/** A way to recognize test users beside Clerk's own test addresses and numbers. */
export interface Pattern {
	by: 'addressPart' | 'domain' | 'metadata';
	/** In lower case, unless it is a rule about metadata: `e2e`, or `suite=e2e`. */
	value: string;
}

export interface TestUserCriteria {
	patterns: Pattern[];
	/** In lower case. If there are any, users with an address elsewhere are left alone. */
	onlyDomains: string[];
	/** IDs of users and organizations, and email addresses, in lower case. */
	keep: string[];
	/** Unix milliseconds: only users and organizations that were created before this time. */
	before: number;
}

/** Why a user looks like one of a test suite, and what nevertheless spares the user. */
export interface Judgement {
	why: string;
	spared?: string;
	/** The entry of Keep that spares the user. */
	keptBy?: string;
}

/**
 * Whether a local part has Clerk's test subaddress: `jane+clerk_test`, and `jane+clerk_test_42` as suites
 * write it, but not `jane+debugging-clerk_test`, which is a developer's
 * (https://clerk.com/docs/guides/development/testing/test-emails-and-phones).
 */
const isTestAddress = (address: string): boolean =>
	/\+clerk_test(?!\p{L})/u.test(address.slice(0, address.lastIndexOf('@')));

/** The numbers that are reserved for fiction: 555-0100 to 555-0199 in every area code of +1. */
const isTestNumber = (number: string): boolean => /^\+1\d{3}55501\d\d$/.test(number);

/** Returns the texts of a user's addresses or numbers, in lower case. */
const identifiersOf = (user: ClerkRecord, list: string, field: string): string[] =>
	(Array.isArray(user[list]) ? (user[list] as ClerkRecord[]) : [])
		.filter((one) => typeof one[field] === 'string' && one[field] !== '')
		.map((one) => String(one[field]).toLowerCase());

/** The accounts elsewhere that a user signs in with. */
const LINKED = ['external_accounts', 'enterprise_accounts', 'saml_accounts'];

/** Returns the user's email addresses, and those of the accounts that the user signs in with elsewhere. */
const addressesOf = (user: ClerkRecord): string[] => [
	...new Set(
		['email_addresses', ...LINKED].flatMap((list) => identifiersOf(user, list, 'email_address')),
	),
];

/** Returns a way to sign in that no test address or number shows to be of a test, such as a wallet; undefined if there is none. */
function otherSignInOf(user: ClerkRecord): string | undefined {
	const [wallet] = identifiersOf(user, 'web3_wallets', 'web3_wallet');
	if (wallet !== undefined) return `the wallet ${wallet}`;
	const linked = LINKED.flatMap((list) =>
		Array.isArray(user[list]) ? (user[list] as unknown[]) : [],
	);
	const account = linked.find((one) => !isObject(one) || !one.email_address) as
		ClerkRecord | undefined;
	return linked.length > 0 && account !== undefined
		? `an account without an email address (${String(account?.provider ?? 'linked')})`
		: undefined;
}

/** Returns why a user counts as a test user, and what spares the user; undefined if nothing about the user is of a test. */
export function judge(user: ClerkRecord, criteria: TestUserCriteria): Judgement | undefined {
	const { patterns, onlyDomains, keep } = criteria;
	const addresses = addressesOf(user);
	const numbers = ['phone_numbers', ...LINKED].flatMap((list) =>
		identifiersOf(user, list, 'phone_number'),
	);
	const whyOf = (address: string): string | undefined =>
		isTestAddress(address) ? `Clerk's test address ${address}` : matchAddress(address, patterns);
	const mark = patterns.find(({ by, value }) => by === 'metadata' && hasMetadata(user, value));
	const testNumber = numbers.find(isTestNumber);
	const why =
		(mark && `The metadata ${mark.value}`) ??
		addresses.map(whyOf).find((one) => one !== undefined) ??
		(testNumber && `Clerk's test number ${testNumber}`);
	if (why === undefined) return undefined;
	const keptBy = keep.find((entry) => entry === user.id || addresses.includes(entry));
	if (keptBy !== undefined) return { why, keptBy, spared: `In Keep: ${keptBy}` };
	const elsewhere = addresses.find((one) => !onlyDomains.includes(domainOf(one)));
	if (onlyDomains.length > 0 && elsewhere !== undefined) {
		return { why, spared: `${why}, but ${elsewhere} is outside Only Domains` };
	}
	if (mark && addresses.length === 0) {
		return { why, spared: `${why}, but no address in Only Domains` };
	}
	// A mark vouches for addresses in Only Domains and for numbers, but not for a wallet.
	const unlike = mark
		? undefined
		: (addresses.find((one) => whyOf(one) === undefined) ??
			numbers.find((one) => !isTestNumber(one)));
	const other = unlike ?? otherSignInOf(user);
	return { why, ...(other !== undefined && { spared: `${why}, but also ${other}` }) };
}

function matchAddress(address: string, patterns: Pattern[]): string | undefined {
	const found = patterns.find(({ by, value }) =>
		by === 'addressPart' ? address.includes(value) : by === 'domain' && domainOf(address) === value,
	);
	return found && `The address ${address}`;
}

/** Whether public or private metadata match a rule. Unsafe metadata do not count: users write them themselves. */
export function hasMetadata(record: ClerkRecord, rule: string): boolean {
	const sign = rule.indexOf('=');
	const key = sign === -1 ? rule : rule.slice(0, sign);
	return [record.public_metadata, record.private_metadata].some((metadata) => {
		const found = ownValue(metadata, key) ?? key.split('.').reduce(ownValue, metadata);
		if (found === undefined || found === null) return false;
		if (sign === -1) return !saysNo(found);
		// The value as it is written, also where a list has it: a looser match would delete more.
		return [found].flat().some((one) => String(one) === rule.slice(sign + 1));
	});
}

/** Whether the value of a key says that the record is not marked. */
const saysNo = (value: unknown): boolean =>
	['', '0', 'false', '[]', '{}', 'null'].includes(
		typeof value === 'string' ? value.trim().toLowerCase() : JSON.stringify(value),
	);

const ownValue = (parent: unknown, key: string): unknown =>
	isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;

/** Whether a record is old enough. One whose age is unknown is not. */
export const isOldEnough = ({ created_at: at }: ClerkRecord, before: number): boolean =>
	typeof at === 'number' && at < before;
