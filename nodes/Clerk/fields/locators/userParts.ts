import type { ClerkRecord, Locator } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { byId, contains, textMode } from './modes';

/** Returns a locator for records that Clerk lists in a user's record or below it. The form has a User beside it. */
const partOfUser = (
	definition: Pick<Locator, 'noun' | 'displayName' | 'parameter' | 'idMode' | 'ids'> & {
		method: string;
		title: string;
		/** The path of the list, appended to the user's; by default the user's record itself. */
		path?: string;
		/** The field of the response with the list. */
		list: string;
		label: (part: ClerkRecord) => unknown;
		/** Returns the value of the parameter; by default the record's ID. */
		value?: (part: ClerkRecord) => unknown;
	},
): Locator => ({
	noun: definition.noun,
	displayName: definition.displayName,
	parameter: definition.parameter,
	idMode: definition.idMode,
	ids: definition.ids,
	search: {
		method: definition.method,
		title: definition.title,
		async run({ filter, chosen, send }) {
			const { path: subpath = '', list, label, value = ({ id }) => id } = definition;
			const path = fillPath(`/users/{user_id}${subpath}`, { user_id: await chosen('userId') });
			const response = (await send({ method: 'GET', path })) as ClerkRecord;
			const parts = (response[list] ?? []) as ClerkRecord[];
			const results = parts.map((part) => ({
				name: String(label(part)),
				value: String(value(part)),
			}));
			return { results: results.filter(({ name }) => contains(name, filter)) };
		},
	},
});

export const emailAddress = partOfUser({
	noun: 'email address',
	displayName: 'Email Address',
	parameter: 'emailAddressId',
	...byId('idn_2NNEqL2nrIRd…'),
	method: 'searchEmailAddresses',
	title: "the user's email addresses",
	list: 'email_addresses',
	label: (part) => part.email_address,
});

export const phoneNumber = partOfUser({
	noun: 'phone number',
	displayName: 'Phone Number',
	parameter: 'phoneNumberId',
	...byId('idn_2NNEqL2nrIRd…'),
	method: 'searchPhoneNumbers',
	title: "the user's phone numbers",
	list: 'phone_numbers',
	label: (part) => part.phone_number,
});

export const web3Wallet = partOfUser({
	noun: 'Web3 wallet',
	displayName: 'Web3 Wallet',
	parameter: 'web3WalletId',
	...byId('idn_2NNEqL2nrIRd…'),
	method: 'searchWeb3Wallets',
	title: "the user's wallets",
	list: 'web3_wallets',
	label: (part) => part.web3_wallet,
});

/** Returns a label such as "google (ada@example.com)". */
const accountLabel = ({ provider, email_address, username, provider_user_id }: ClerkRecord) =>
	`${providerName(provider)} (${String(email_address || username || provider_user_id)})`;

const providerName = (provider: unknown): string => String(provider).replace(/^oauth_/, '');

export const externalAccount = partOfUser({
	noun: 'external account',
	displayName: 'External Account',
	parameter: 'externalAccountId',
	...byId('eac_2NNEqL2nrIRd…'),
	method: 'searchExternalAccounts',
	title: "the user's external accounts",
	list: 'external_accounts',
	label: accountLabel,
});

/** The provider of an external account, by its name in Clerk's API. */
export const oauthProvider = partOfUser({
	noun: 'provider',
	displayName: 'Provider',
	parameter: 'provider',
	idMode: textMode('name', 'By Name', 'e.g. oauth_google (begins with oauth_)'),
	method: 'searchOAuthProviders',
	title: "the user's external accounts",
	list: 'external_accounts',
	label: accountLabel,
	value: ({ provider }) => `oauth_${providerName(provider)}`,
});

export const passkey = partOfUser({
	noun: 'passkey',
	displayName: 'Passkey',
	parameter: 'passkeyId',
	...byId('idn_2NNEqL2nrIRd…'),
	method: 'searchPasskeys',
	title: "the user's passkeys",
	list: 'passkeys',
	label: (part) => part.name,
});

export const trustedDevice = partOfUser({
	noun: 'trusted device',
	displayName: 'Trusted Device (Biometric Credential)',
	parameter: 'trustedDeviceId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Trusted Devices'),
	method: 'searchTrustedDevices',
	title: "the user's trusted devices",
	path: '/trusted_devices',
	list: 'data',
	label: ({ name, platform, app_identifier }) =>
		`${String(name || platform)} (${String(app_identifier)})`,
});
