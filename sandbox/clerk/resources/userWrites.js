'use strict';

const { notFound, refuse } = require('../errors');
const { dropBilling } = require('../records/billing');
const { dropImage } = require('../records/image');
const { revokeAllSessions } = require('../records/session');
const {
	newEmailAddress,
	newPhoneNumber,
	newUser,
	newWeb3Wallet,
	presentUser,
} = require('../records/user');
const { creationRules, updateRules } = require('./userRules');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/user').UserRow} UserRow */
/** @typedef {Record<string, any>} Body */

/** @param {State} state @param {string} id */
function findUser(state, id) {
	const user = state.users.get(id);
	if (!user) throw notFound('user', id);
	return user;
}

/** @param {State} state @param {UserRow} user @param {Partial<UserRow>} changes */
const save = (state, user, changes) =>
	presentUser(state.users.update(user, { ...changes, updated_at: state.clock() }));

/** @param {Body} body @param {string[]} names */
const given = (body, names) =>
	Object.fromEntries(
		names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
	);

/** @param {Body} body @param {string[]} names */
const givenAndNotNull = (body, names) =>
	given(
		body,
		names.filter((name) => body[name] !== null),
	);

/** The attributes that create and update treat alike. @param {State} state @param {Body} body */
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

/** @param {State} state @param {Body} body */
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
	return presentUser(state.users.insert(user));
}

/** @param {State} state @param {UserRow} user @param {Body} body */
function updateUser(state, user, body) {
	refuse(...updateRules(state, body, user));
	if (body.sign_out_of_other_sessions) revokeAllSessions(state, user.id);
	return save(state, user, {
		...attributesOf(state, body),
		...given(body, ['profile_image_id']),
		...givenAndNotNull(body, [
			'primary_email_address_id',
			'primary_phone_number_id',
			'primary_web3_wallet_id',
		]),
	});
}

/** @param {State} state @param {UserRow} user */
function deleteUser(state, user) {
	for (const session of state.sessions.where('user_id', user.id)) state.sessions.remove(session);
	for (const membership of state.memberships.where('user_id', user.id)) {
		state.memberships.remove(membership);
	}
	for (const device of state.trustedDevices.where('user_id', user.id)) {
		state.trustedDevices.remove(device);
	}
	dropImage(state, user.profile_image_id);
	dropBilling(state, user.id);
	state.users.remove(user);
	return {
		object: 'user',
		id: user.id,
		deleted: true,
		...(user.external_id !== null && { external_id: user.external_id }),
	};
}

/** @param {boolean} banned @returns {(state: State, user: UserRow) => unknown} */
const setBanned = (banned) => (state, user) => {
	if (banned) revokeAllSessions(state, user.id);
	return save(state, user, { banned });
};
const ban = setBanned(true);
const unban = setBanned(false);

module.exports = { ban, createUser, deleteUser, findUser, save, unban, updateUser };
