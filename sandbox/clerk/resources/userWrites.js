'use strict';

const { notFound, refuse } = require('../errors');
const { dropImage } = require('../records/image');
const { revokeAllSessions } = require('../records/session');
const { newEmailAddress, newPhoneNumber, newUser, newWeb3Wallet } = require('../records/user');
const { removeWhere } = require('../table');
const { dropBilling } = require('./billing');
const { creationRules, updateRules } = require('./userRules');

/** @param {State} state @param {string} id */
function findUser(state, id) {
	const user = state.users.get(id);
	if (!user) throw notFound('user', id);
	return user;
}

/** @param {Values} body @param {string[]} names */
const given = (body, names) =>
	Object.fromEntries(
		names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
	);

/** @param {Values} body @param {string[]} names */
const givenAndNotNull = (body, names) =>
	given(
		body,
		names.filter((name) => body[name] !== null),
	);

/** The attributes that create and update treat alike. @param {State} state @param {Values} body */
function attributesOf(state, body) {
	const secret = body.password ?? body.password_digest ?? undefined;
	const time = (/** @type {string} */ name) => ({ [name]: Date.parse(body[name]) });
	return {
		...given(body, [
			'external_id',
			'first_name',
			'last_name',
			'locale',
			'timezone',
			'totp_secret',
			'create_organizations_limit',
		]),
		...givenAndNotNull(body, [
			'backup_codes',
			'delete_self_enabled',
			'create_organization_enabled',
			'bypass_client_trust',
		]),
		...(body.username !== undefined && { username: body.username || null }),
		...(body.created_at && time('created_at')),
		...(body.legal_accepted_at && time('legal_accepted_at')),
		...(body.totp_secret && { mfa_enabled_at: state.clock() }),
		...(secret !== undefined && {
			password: secret,
			password_hasher: body.password_hasher ?? null,
			password_compromised: false,
			password_last_updated_at: state.clock(),
		}),
	};
}

/** @param {State} state @param {Values} body */
function createUser(state, body) {
	refuse(...creationRules(state, body));
	/** @param {string} kind @param {number} at */
	const reserved = (kind, at) => body[`${kind}_identification_status`]?.[at] === 'reserved';
	/** @param {string} kind @param {typeof newEmailAddress | typeof newPhoneNumber | typeof newWeb3Wallet} make */
	const identifications = (kind, make) =>
		(body[kind] ?? []).map((/** @type {string} */ value, /** @type {number} */ at) =>
			make(state, value, { reserved: reserved(kind, at) }),
		);
	const user = newUser(state, {
		...attributesOf(state, body),
		...givenAndNotNull(body, ['public_metadata', 'private_metadata', 'unsafe_metadata']),
		...givenAndNotNull(body, ['banned', 'locked']),
		email_addresses: identifications('email_address', newEmailAddress),
		phone_numbers: identifications('phone_number', newPhoneNumber),
		web3_wallets: identifications('web3_wallet', newWeb3Wallet),
	});
	return state.users.insert(user);
}

/** @param {Call} call */
function updateUser({ state, row: user, body, save }) {
	refuse(...updateRules(state, body, /** @type {UserRow} */ (user)));
	if (body.sign_out_of_other_sessions) revokeAllSessions(state, user.id);
	return save({
		...attributesOf(state, body),
		...given(body, ['profile_image_id']),
		...givenAndNotNull(body, [
			'primary_email_address_id',
			'primary_phone_number_id',
			'primary_web3_wallet_id',
		]),
	});
}

/** With a user goes all that is theirs. @param {UserRow} user @param {State} state */
function removing({ id, profile_image_id: image, external_id }, state) {
	removeWhere([state.sessions, state.memberships, state.trustedDevices], 'user_id', id);
	dropImage(state, image);
	dropBilling(state, id);
	return external_id === null ? {} : { external_id };
}

/** @param {boolean} banned @returns {(state: State, user: UserRow) => UserRow} */
const setBanned = (banned) => (state, user) => {
	if (banned) revokeAllSessions(state, user.id);
	return state.users.update(user, { banned, updated_at: state.clock() });
};
const ban = setBanned(true);
const unban = setBanned(false);

module.exports = { ban, createUser, findUser, removing, unban, updateUser };
