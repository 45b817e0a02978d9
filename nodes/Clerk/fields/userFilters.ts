import type { Field } from '../engine/operation';
import { ORGANIZATION_ID, USER_ID } from './ids';

/** Filters shared by the list of users and their count. */

const values = (
	name: string,
	displayName: string,
	example: string,
	description: string,
	of: Pick<Field, 'kind' | 'signs'>,
): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description,
	encode: 'list',
	...of,
});

const search = (
	name: string,
	displayName: string,
	example: string,
	description: string,
): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description,
});

const time = (name: string, displayName: string, description: string): Field => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

export const userFilters: Field[] = [
	{
		displayName: 'Banned',
		name: 'banned',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether to return only banned users, or only others. Users deprovisioned by a directory are not banned: see deprovisioned in the output.',
		hint: 'On: only banned users. Off: only users who are not banned.',
	},
	time('createdAtAfter', 'Created After', 'Users who were created after this date'),
	time('createdAtBefore', 'Created Before', 'Users who were created before this date'),
	values(
		'emailAddress',
		'Email Address',
		'ada@example.com, ben@example.com',
		'Email addresses, separated by commas',
		{ kind: 'emailAddress' },
	),
	search(
		'emailAddressQuery',
		'Email Address Contains',
		'@example.com',
		'Part of an email address, ignoring case, such as @example.com',
	),
	values(
		'externalId',
		'External ID',
		'4711, -4712',
		'IDs of your own system, separated by commas. A minus sign before an ID leaves it out.',
		{ kind: 'externalId', signs: true },
	),
	time(
		'lastActiveAtAfter',
		'Last Active After',
		'Users whose last session activity was after this date',
	),
	time(
		'lastActiveAtBefore',
		'Last Active Before',
		'Users whose last session activity was before this date, without users who were never active',
	),
	time(
		'lastActiveAtSince',
		'Last Active Since (Deprecated)',
		'Users with session activity since this date. Use Last Active After instead.',
	),
	time('lastSignInAtAfter', 'Last Sign-In After', 'Users whose last sign-in was after this date'),
	time(
		'lastSignInAtBefore',
		'Last Sign-In Before',
		'Users whose last sign-in was before this date',
	),
	search('nameQuery', 'Name Contains', 'lovelace', 'Part of a first or last name, ignoring case'),
	values(
		'organizationId',
		'Organization ID',
		'org_2NNEqL2nrIRd…',
		'Organizations of the users, separated by commas. A minus sign before one leaves its members out.',
		{ kind: ORGANIZATION_ID, signs: true },
	),
	values(
		'phoneNumber',
		'Phone Number',
		'+15551234567',
		'Phone numbers such as +15551234567, separated by commas',
		{ kind: 'phoneNumber' },
	),
	search('phoneNumberQuery', 'Phone Number Contains', '555', 'Part of a phone number, such as 555'),
	search(
		'provider',
		'Provider',
		'oauth_google',
		'Sign-in provider such as oauth_google. Needs Provider User ID.',
	),
	values(
		'providerUserId',
		'Provider User ID',
		'1234567890',
		"The users' IDs at the Provider, separated by commas",
		{ kind: 'externalId' },
	),
	search(
		'query',
		'Query',
		'ada',
		'Text to find in email addresses, phone numbers, usernames, wallets, user IDs and names',
	),
	values(
		'userId',
		'User ID',
		'user_2NNEqL2nrIRd…',
		'User IDs, separated by commas. A minus sign before an ID leaves it out.',
		{ kind: USER_ID, signs: true },
	),
	values('username', 'Username', 'ada, ben', 'Usernames, separated by commas', {
		kind: 'username',
	}),
	search('usernameQuery', 'Username Contains', 'ada', 'Part of a username, ignoring case'),
	values('web3Wallet', 'Web3 Wallet', '0x1a2b3c', 'Wallet addresses, separated by commas', {
		kind: 'externalId',
	}),
];
