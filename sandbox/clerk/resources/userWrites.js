'use strict';

const { notFound, refuse } = require('../errors');
const { dropImage } = require('../records/image');
const { revokeAllSessions } = require('../records/session');
const {
	BLANK,
	newEmailAddress,
	newPhoneNumber,
	newUser,
	newWeb3Wallet,
} = require('../records/user');
const { removeWhere } = require('../table');
const { dropBilling } = require('./billing');
const { creationRules, updateRules } = require('./userRules');

/** @param {State} state @param {string} id */
function findUser(state, id) {
	const user = state.users.get(id);
	if (!user) throw notFound('user', id);
	return user;
}

/** Of these, null is a value; of others it is "not given". */
const CAN_BE_NULL = [
	'create_organizations_limit',
	'external_id',
	'first_name',
	'last_name',
	'locale',
	'profile_image_id',
	'timezone',
	'totp_secret',
	'username',
];

/** The attributes that create and update treat alike. @param {State} state @param {Values} body */
function attributesOf(state, body) {
	const own = Object.entries(body).filter(
		([name, value]) => Object.hasOwn(BLANK, name) && (value !== null || CAN_BE_NULL.includes(name)),
	);
	const times = ['created_at', 'legal_accepted_at'].filter((name) => body[name]);
	const secret = body.password ?? body.password_digest ?? undefined;
	return {
		...Object.fromEntries(own),
		...Object.fromEntries(times.map((name) => [name, Date.parse(body[name])])),
		...(body.username === '' && { username: null }),
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
	/** @param {string} kind @param {typeof newEmailAddress | typeof newPhoneNumber | typeof newWeb3Wallet} make */
	const identifications = (kind, make) =>
		(body[kind] ?? []).map((/** @type {string} */ value, /** @type {number} */ at) => {
			const status = body[`${kind}_identification_status`]?.[at];
			return make(state, value, { reserved: status === 'reserved' });
		});
	const user = newUser(state, {
		...attributesOf(state, body),
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
	return save(attributesOf(state, body));
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
