import type { ClerkRecord, Locator } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { byId, contains, textMode } from './modes';

/** What belongs to one user and is listed in the user's record or below it: the form names the user beside it. */
const partOfUser = (
	words: Pick<Locator, 'noun' | 'displayName' | 'parameter'> & {
		idMode: Locator['idMode'];
		method: string;
		title: string;
		/** Where the parts are listed, below the user. */
		path?: string;
		/** The field of the answer that lists them. */
		list: string;
		label: (part: ClerkRecord) => unknown;
		/** What names a part; its ID, if nothing else is said. */
		value?: (part: ClerkRecord) => unknown;
	},
): Locator => ({
	noun: words.noun,
	displayName: words.displayName,
	parameter: words.parameter,
	idMode: words.idMode,
	search: {
		method: words.method,
		title: words.title,
		async run({ filter, chosen, fetch }) {
			const { path: below = '', list, label, value = ({ id }) => id } = words;
			const path = fillPath(`/users/{user_id}${below}`, { user_id: await chosen('userId') });
			const answer = (await fetch({ method: 'GET', path })) as ClerkRecord;
			const parts = (answer[list] ?? []) as ClerkRecord[];
			const results = parts.map((part) => ({
				name: String(label(part)),
				value: String(value(part)),
			}));
			return { results: results.filter(({ name }) => contains(name, filter)) };
		},
	},
});

export const emailAddress = partOfUser({
	noun: 'e-mail address',
	displayName: 'Email Address',
	parameter: 'emailAddressId',
	idMode: byId('idn_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchEmailAddresses',
	title: "the user's e-mail addresses",
	list: 'email_addresses',
	label: (part) => part.email_address,
});

export const phoneNumber = partOfUser({
	noun: 'phone number',
	displayName: 'Phone Number',
	parameter: 'phoneNumberId',
	idMode: byId('idn_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchPhoneNumbers',
	title: "the user's phone numbers",
	list: 'phone_numbers',
	label: (part) => part.phone_number,
});

export const web3Wallet = partOfUser({
	noun: 'Web3 wallet',
	displayName: 'Web3 Wallet',
	parameter: 'web3WalletId',
	idMode: byId('idn_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchWeb3Wallets',
	title: "the user's wallets",
	list: 'web3_wallets',
	label: (part) => part.web3_wallet,
});

/** "google (ada@example.com)", as people know their accounts. */
const accountLabel = ({ provider, email_address, username, provider_user_id }: ClerkRecord) =>
	`${providerName(provider)} (${String(email_address || username || provider_user_id)})`;

const providerName = (provider: unknown): string => String(provider).replace(/^oauth_/, '');

export const externalAccount = partOfUser({
	noun: 'external account',
	displayName: 'External Account',
	parameter: 'externalAccountId',
	idMode: byId('eac_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchExternalAccounts',
	title: "the user's external accounts",
	list: 'external_accounts',
	label: accountLabel,
});

/** The provider of an account, by the name that Clerk's API knows it by. */
export const oauthProvider = partOfUser({
	noun: 'provider',
	displayName: 'Provider',
	parameter: 'provider',
	idMode: textMode('id', 'By Name', 'e.g. oauth_google (begins with oauth_)'),
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
	idMode: byId('idn_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	method: 'searchPasskeys',
	title: "the user's passkeys",
	list: 'passkeys',
	label: (part) => part.name,
});

export const trustedDevice = partOfUser({
	noun: 'trusted device',
	displayName: 'Trusted Device',
	parameter: 'trustedDeviceId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Trusted Devices'),
	method: 'searchTrustedDevices',
	title: "the user's trusted devices",
	path: '/trusted_devices',
	list: 'data',
	label: ({ name, platform, app_identifier }) =>
		`${String(name || platform)} (${String(app_identifier)})`,
});
