'use strict';

const { found } = require('../errors');
const blank = require('../seeds/blankUser.json');
const defaults = require('../seeds/defaults.json');
const { shape } = require('../shape');

/**
 * @typedef {'email_addresses' | 'phone_numbers' | 'web3_wallets' | 'external_accounts' | 'passkeys'} List
 * @typedef {{ id: string, created_at: number, backup_codes: readonly string[], [field: string]: any }} Others
 * @typedef {{ [time in 'last_active_at' | 'last_sign_in_at']: number | null }} Times
 * @typedef {{ [name in 'first_name' | 'last_name']: string | null }} Names
 * @typedef {Record<List, readonly Entry[]> & Times & Names & Others} UserRow
 */

/** A verification that succeeded. @param {string} kind @param {string} [strategy] */
const verified = (kind, strategy = kind) => ({
	object: `verification_${kind}`,
	status: 'verified',
	strategy,
	attempts: null,
	expire_at: null,
});

const VERIFIED = Object.freeze(verified('admin'));

/** Values are replaced, never changed in place: a hundred thousand users can share these. @type {UserRow} */
const BLANK = blank;

/** @type {readonly never[]} */
const NONE = Object.freeze([]);

/** @param {State} state @param {Partial<UserRow>} fields @returns {UserRow} */
function newUser(state, fields) {
	const createdAt = fields.created_at ?? state.clock();
	// Assigned to a copy that has every field already: a literal of spreads takes eight times as long.
	return Object.assign({ ...BLANK }, { created_at: createdAt, updated_at: createdAt }, fields, {
		id: state.newId('user', fields.created_at),
		primary_email_address_id: fields.email_addresses?.[0]?.id ?? null,
		primary_phone_number_id: fields.phone_numbers?.[0]?.id ?? null,
		primary_web3_wallet_id: fields.web3_wallets?.[0]?.id ?? null,
	});
}

/** @param {State} state @param {string} id */
const findUser = (state, id) => found(state.users.get(id), 'user', id);

/** @typedef {{ reserved?: boolean, verified?: boolean, at?: number }} Options verified, unless reserved */

/** @type {(object: string, own?: Values) => (state: State, value: string, options?: Options) => Entry} */
const identification =
	(object, own) =>
	(state, value, { reserved, verified: isVerified = !reserved, at = state.clock() } = {}) => ({
		id: state.newId('idn', at),
		object,
		[object]: object === 'email_address' ? value.toLowerCase() : value,
		verification: isVerified ? VERIFIED : null,
		...own,
		...(reserved && { reserved }),
		created_at: at,
		updated_at: at,
	});

const newEmailAddress = identification('email_address', defaults.emailAddresses);
const newPhoneNumber = identification('phone_number', defaults.phoneNumbers);
const newWeb3Wallet = identification('web3_wallet');

/** @param {State} state @param {string} name @param {number} [at] when it was last used */
const newPasskey = (state, name, at = state.clock()) => ({
	id: state.newId('idn', at),
	object: 'passkey',
	name,
	last_used_at: at,
	verification: { ...verified('passkey'), nonce: 'nonce', message: null, attempts: 1 },
});

/** @type {(state: State, fields: Values & { provider: string, created_at: number }) => any} */
function newExternalAccount(state, fields) {
	const { provider, created_at: at } = fields;
	return shape('ExternalAccountWithVerification', {
		updated_at: at,
		object: provider === 'oauth_google' ? 'google_account' : 'external_account',
		identification_id: state.newId('idn', at),
		provider_user_id: state.newId('sub', at).slice(-21),
		...defaults.externalAccounts,
		verification: { ...verified('oauth', provider), expire_at: at + 600_000 },
		...fields,
		id: state.newId('eac', at),
	});
}

/** Clerk refreshes one that has run out, so it is always good. @param {State} state @param {Entry} account */
const oauthTokenOf = (state, account) => ({
	public_metadata: {},
	label: null,
	...account,
	object: 'oauth_access_token',
	external_account_id: account.id,
	token: `oauth-access-token-${account.id}`,
	expires_at: state.clock() + 3_600_000,
	scopes: (account.approved_scopes ?? '').split(' ').filter(Boolean),
});

/** @param {UserRow} user @returns {string | null} */
const primaryEmail = ({ email_addresses: entries, primary_email_address_id: primary }) =>
	entries.find(({ id }) => id === primary)?.email_address ?? null;

/** @param {UserRow} user @returns {string | null} */
const primaryPhone = ({ phone_numbers: entries, primary_phone_number_id: primary }) =>
	entries.find(({ id }) => id === primary)?.phone_number ?? null;

/** @param {UserRow} user */
const imageOf = ({ id, profile_image_id: image }) => ({
	image_url: `https://img.clerk.com/${image ?? id}`,
	profile_image_url: `https://img.clerk.com/${image ?? id}`,
	has_image: image !== null,
});

/** @param {UserRow} user */
const hasSecondFactor = ({ totp_secret: secret, phone_numbers: numbers }) =>
	secret !== null || numbers.some((one) => one.reserved_for_second_factor);

/** @param {State} state @param {string | null} [password] @param {string | null} [password_hasher] */
const passwordFields = (state, password = null, password_hasher = null) => ({
	password,
	password_hasher,
	password_compromised: false,
	password_last_updated_at: state.clock(),
});

/** The user as the API shows it: without the secrets, with what follows from them. @param {UserRow} user */
function presentUser(user) {
	const { password, password_hasher, password_compromised, totp_secret, ...rest } = user;
	const { backup_codes, profile_image_id, ...shown } = rest;
	return {
		object: 'user',
		...shown,
		...imageOf(user),
		saml_accounts: NONE,
		password_enabled: password !== null,
		totp_enabled: totp_secret !== null,
		backup_code_enabled: backup_codes.length > 0,
		two_factor_enabled: hasSecondFactor(user),
		lockout_expires_in_seconds: null,
		verification_attempts_remaining: user.locked ? 0 : 100,
		scim: null,
	};
}

module.exports = {
	BLANK,
	VERIFIED,
	findUser,
	hasSecondFactor,
	imageOf,
	newEmailAddress,
	newExternalAccount,
	newPasskey,
	newPhoneNumber,
	newUser,
	newWeb3Wallet,
	oauthTokenOf,
	passwordFields,
	presentUser,
	primaryEmail,
	primaryPhone,
};
