/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Call = import('./resource').Call;
type Route = import('./server').Route;
type Values = Record<string, any>;
/** As it is stored: what responses do not have stays there. */
type Row = Record<string, any>;

/** An entry of a user's list: an email address, a phone number, a wallet, an account or a passkey. */
interface Entry {
	id: string;
	[field: string]: any;
}

interface UserRow {
	id: string;
	first_name: string | null;
	last_name: string | null;
	created_at: number;
	last_active_at: number | null;
	last_sign_in_at: number | null;
	email_addresses: readonly Entry[];
	phone_numbers: readonly Entry[];
	web3_wallets: readonly Entry[];
	external_accounts: readonly Entry[];
	passkeys: readonly Entry[];
	backup_codes: readonly string[];
	[field: string]: any;
}
