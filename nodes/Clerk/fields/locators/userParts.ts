import type { ClerkRecord, Locator } from '../../engine/operation';
import { fillPath } from '../../engine/request';
import { byId, contains } from './modes';

/** What belongs to one user and is listed in the user's record: the form names the user beside it. */
const partOfUser = (
	words: Pick<Locator, 'noun' | 'displayName' | 'parameter'> & {
		idPrefix: string;
		method: string;
		title: string;
		list: string;
		label: (part: ClerkRecord) => unknown;
	},
): Locator => ({
	noun: words.noun,
	displayName: words.displayName,
	parameter: words.parameter,
	idMode: byId(`${words.idPrefix}_2NNEqL2nrIRdJ194ndJqAHwEfxC`),
	search: {
		method: words.method,
		title: words.title,
		async run({ filter, chosen, fetch }) {
			const path = fillPath('/users/{user_id}', { user_id: await chosen('userId') });
			const user = (await fetch({ method: 'GET', path })) as ClerkRecord;
			const parts = (user[words.list] ?? []) as ClerkRecord[];
			const results = parts.map((part) => ({
				name: String(words.label(part)),
				value: String(part.id),
			}));
			return { results: results.filter(({ name }) => contains(name, filter)) };
		},
	},
});

export const emailAddress = partOfUser({
	noun: 'e-mail address',
	displayName: 'Email Address',
	parameter: 'emailAddressId',
	idPrefix: 'idn',
	method: 'searchEmailAddresses',
	title: "the user's e-mail addresses",
	list: 'email_addresses',
	label: (part) => part.email_address,
});

export const phoneNumber = partOfUser({
	noun: 'phone number',
	displayName: 'Phone Number',
	parameter: 'phoneNumberId',
	idPrefix: 'idn',
	method: 'searchPhoneNumbers',
	title: "the user's phone numbers",
	list: 'phone_numbers',
	label: (part) => part.phone_number,
});

export const web3Wallet = partOfUser({
	noun: 'Web3 wallet',
	displayName: 'Web3 Wallet',
	parameter: 'web3WalletId',
	idPrefix: 'idn',
	method: 'searchWeb3Wallets',
	title: "the user's wallets",
	list: 'web3_wallets',
	label: (part) => part.web3_wallet,
});
