'use strict';

/**
 * @typedef {object} Identification an email address, a phone number or a web3 wallet
 * @property {string} id
 * @property {string} object
 * @property {string} [email_address]
 * @property {string} [phone_number]
 * @property {string} [web3_wallet]
 * @property {Record<string, unknown> | null} verification
 * @property {boolean} [reserved]
 * @property {boolean} [reserved_for_second_factor]
 * @property {readonly { type: string, id: string }[]} [linked_to] external accounts
 *
 * @typedef {object} ExternalAccount
 * @property {string} id
 * @property {string} provider
 * @property {string} provider_user_id
 * @property {string} [identification_id]
 * @property {string} [approved_scopes]
 * @property {string | null} [label]
 * @property {Record<string, unknown>} [public_metadata]
 *
 * @typedef {object} EnterpriseAccount
 * @property {string} id
 * @property {string} enterprise_connection_id
 *
 * @typedef {ReturnType<typeof import('./credentials').newPasskey>} Passkey
 * @typedef {import('../metadata').Metadata} Metadata
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

/** Values are replaced and never changed in place, so a hundred thousand users can share these. */
const NOTHING = Object.freeze({});
/** @type {readonly never[]} */
const NONE = Object.freeze([]);

const BLANK = {
	id: '',
	external_id: /** @type {string | null} */ (null),
	username: /** @type {string | null} */ (null),
	first_name: /** @type {string | null} */ (null),
	last_name: /** @type {string | null} */ (null),
	locale: /** @type {string | null} */ (null),
	timezone: /** @type {string | null} */ (null),
	profile_image_id: /** @type {string | null} */ (null),
	primary_email_address_id: /** @type {string | null} */ (null),
	primary_phone_number_id: /** @type {string | null} */ (null),
	primary_web3_wallet_id: /** @type {string | null} */ (null),
	email_addresses: /** @type {readonly Identification[]} */ (NONE),
	phone_numbers: /** @type {readonly Identification[]} */ (NONE),
	web3_wallets: /** @type {readonly Identification[]} */ (NONE),
	external_accounts: /** @type {readonly ExternalAccount[]} */ (NONE),
	enterprise_accounts: /** @type {readonly EnterpriseAccount[]} */ (NONE),
	passkeys: /** @type {readonly Passkey[]} */ (NONE),
	public_metadata: /** @type {Metadata} */ (NOTHING),
	private_metadata: /** @type {Metadata} */ (NOTHING),
	unsafe_metadata: /** @type {Metadata} */ (NOTHING),
	password: /** @type {string | null} */ (null),
	password_hasher: /** @type {string | null} */ (null),
	password_compromised: false,
	password_last_updated_at: /** @type {number | null} */ (null),
	totp_secret: /** @type {string | null} */ (null),
	backup_codes: /** @type {readonly string[]} */ (NONE),
	mfa_enabled_at: /** @type {number | null} */ (null),
	mfa_disabled_at: /** @type {number | null} */ (null),
	banned: false,
	locked: false,
	deprovisioned: false,
	delete_self_enabled: true,
	create_organization_enabled: true,
	create_organizations_limit: /** @type {number | null} */ (null),
	bypass_client_trust: false,
	last_sign_in_at: /** @type {number | null} */ (null),
	last_active_at: /** @type {number | null} */ (null),
	legal_accepted_at: /** @type {number | null} */ (null),
	created_at: 0,
	updated_at: 0,
};

/** @typedef {typeof BLANK} UserRow */

/**
 * @param {State} state
 * @param {Partial<UserRow>} fields
 * @returns {UserRow}
 */
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

/** @typedef {{ reserved?: boolean, verified?: boolean, at?: number }} IdentificationOptions */

/** @param {State} state @param {string} object @param {string} value @param {number} at @param {Values} further @returns {any} */
const newIdentification = (state, object, value, at, further) => ({
	id: state.newId('idn', at),
	object,
	[object]: value,
	verification: VERIFIED,
	...further,
	created_at: at,
	updated_at: at,
});

/** @param {IdentificationOptions} options @returns {Values} */
const claimed = ({ reserved = false, verified = !reserved }) => ({
	reserved,
	verification: verified ? VERIFIED : null,
	linked_to: NONE,
});

/** @param {State} state @param {string} email @param {IdentificationOptions} [options] @returns {Identification} */
const newEmailAddress = (state, email, { at = state.clock(), ...options } = {}) =>
	newIdentification(state, 'email_address', email.toLowerCase(), at, {
		...claimed(options),
		matches_sso_connection: false,
	});

/** @param {State} state @param {string} phone @param {IdentificationOptions} [options] @returns {Identification} */
const newPhoneNumber = (state, phone, { at = state.clock(), ...options } = {}) =>
	newIdentification(state, 'phone_number', phone, at, {
		...claimed(options),
		reserved_for_second_factor: false,
		default_second_factor: false,
		backup_codes: null,
	});

/** @param {State} state @param {string} wallet @param {IdentificationOptions} [options] @returns {Identification} */
const newWeb3Wallet = (state, wallet, { at = state.clock() } = {}) =>
	newIdentification(state, 'web3_wallet', wallet, at, {});

/** @param {UserRow} user */
const primaryEmail = (user) =>
	user.email_addresses.find(({ id }) => id === user.primary_email_address_id)?.email_address ??
	null;

/** @param {UserRow} user */
const primaryPhone = (user) =>
	user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id)?.phone_number ?? null;

/** @param {UserRow} user */
const imageOf = (user) => ({
	image_url: `https://img.clerk.com/${user.profile_image_id ?? user.id}`,
	profile_image_url: `https://img.clerk.com/${user.profile_image_id ?? user.id}`,
	has_image: user.profile_image_id !== null,
});

/** The user as the API shows it: without the secrets, with what follows from them. @param {UserRow} user */
function presentUser(user) {
	const {
		password,
		password_hasher,
		password_compromised,
		totp_secret,
		backup_codes,
		profile_image_id,
		...shown
	} = user;
	return {
		object: 'user',
		...shown,
		...imageOf(user),
		saml_accounts: NONE,
		password_enabled: password !== null,
		totp_enabled: totp_secret !== null,
		backup_code_enabled: backup_codes.length > 0,
		two_factor_enabled:
			totp_secret !== null || user.phone_numbers.some((one) => one.reserved_for_second_factor),
		lockout_expires_in_seconds: null,
		verification_attempts_remaining: user.locked ? 0 : 100,
		scim: null,
	};
}

module.exports = {
	BLANK,
	VERIFIED,
	imageOf,
	newEmailAddress,
	newPhoneNumber,
	newUser,
	newWeb3Wallet,
	presentUser,
	primaryEmail,
	primaryPhone,
	verified,
};
