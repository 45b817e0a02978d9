'use strict';

const { createHash } = require('node:crypto');
const { aboutParam, refusal, refuse } = require('../errors');
const { revokeAllSessions } = require('../records/session');
const { presentUser } = require('../records/user');
const { isTotp } = require('../totp');
const { described } = require('../schemas');
const { findUser, save } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/user').UserRow} UserRow */

/** Of the digests that can be imported, those that one line compares. @type {Record<string, (password: string) => string>} */
const DIGESTS = {
	md5: (password) => createHash('md5').update(password).digest('hex'),
	sha256: (password) => createHash('sha256').update(password).digest('hex'),
};

/** @param {UserRow} user @param {string} password */
function isPassword(user, password) {
	if (user.password_hasher === null) return user.password === password;
	return DIGESTS[user.password_hasher]?.(password) === user.password?.toLowerCase();
}

/** @param {UserRow} user @param {string} password */
function verifyPassword(user, password) {
	if (user.password === null) {
		throw refusal(400, 'no_password_set', 'The user does not have a password set.');
	}
	if (!isPassword(user, password)) {
		const reason = 'Password is incorrect. Try again, or use another method.';
		refuse(aboutParam('password', 'incorrect_password', 'is incorrect', reason));
	}
	return { verified: true };
}

/** A backup code is good once. @param {State} state @param {UserRow} user @param {string} code */
function verifyTotp(state, user, code) {
	if (user.totp_secret === null && user.backup_codes.length === 0) {
		throw refusal(400, 'totp_not_enabled', 'The user does not have TOTP configured.');
	}
	if (user.totp_secret !== null && isTotp(user.totp_secret, code, state.clock())) {
		return { verified: true, code_type: 'totp' };
	}
	if (!user.backup_codes.includes(code)) {
		refuse(aboutParam('code', 'form_code_incorrect', 'is incorrect', 'Incorrect code'));
	}
	save(state, user, { backup_codes: user.backup_codes.filter((one) => one !== code) });
	return { verified: true, code_type: 'backup_code' };
}

/** @param {UserRow} user */
const hasSecondFactor = (user) =>
	user.totp_secret !== null || user.phone_numbers.some((one) => one.reserved_for_second_factor);

/** Without a second factor, backup codes are for nothing. @param {State} state @param {UserRow} user @param {Partial<UserRow>} changes */
function weaken(state, user, changes) {
	const had = hasSecondFactor(user);
	const isOff = had && !hasSecondFactor({ ...user, ...changes });
	save(state, user, {
		...changes,
		...(isOff && { backup_codes: [], mfa_disabled_at: state.clock() }),
	});
	return { user_id: user.id };
}

/** @param {UserRow} user */
const phonesForSignInOnly = (user) =>
	user.phone_numbers.map((one) => ({ ...one, reserved_for_second_factor: false }));

/** What was removed is not changed again. @param {State} state @param {UserRow} user @param {boolean} signOut */
function removePassword(state, user, signOut) {
	if (signOut) revokeAllSessions(state, user.id);
	if (user.password === null) return presentUser(user);
	return save(state, user, {
		password: null,
		password_hasher: null,
		password_compromised: false,
		password_last_updated_at: state.clock(),
	});
}

/**
 * An operation without parameters.
 *
 * @param {(state: State, user: UserRow) => unknown} change
 * @returns {import('../server').Route['respond']}
 */
const change =
	(change) =>
	({ state, params }) =>
		change(state, findUser(state, params.user_id));

module.exports = described({
	'POST /users/{user_id}/lock': change((state, user) => save(state, user, { locked: true })),
	'POST /users/{user_id}/unlock': change((state, user) => save(state, user, { locked: false })),
	'DELETE /users/{user_id}/mfa': change((state, user) =>
		weaken(state, user, {
			totp_secret: null,
			backup_codes: [],
			phone_numbers: phonesForSignInOnly(user),
		}),
	),
	'DELETE /users/{user_id}/totp': change((state, user) =>
		weaken(state, user, { totp_secret: null }),
	),
	'DELETE /users/{user_id}/backup_code': change((state, user) =>
		weaken(state, user, { backup_codes: [] }),
	),
	'POST /users/{user_id}/verify_password': ({ state, params, body }) =>
		verifyPassword(findUser(state, params.user_id), body.password),
	'POST /users/{user_id}/verify_totp': ({ state, params, body }) =>
		verifyTotp(state, findUser(state, params.user_id), body.code),
	'POST /users/{user_id}/remove_password': ({ state, params, body }) =>
		removePassword(
			state,
			findUser(state, params.user_id),
			body.sign_out_of_other_sessions === true,
		),
	'POST /users/{user_id}/password/set_compromised': ({ state, params, body }) => {
		const user = findUser(state, params.user_id);
		if (body.revoke_all_sessions) revokeAllSessions(state, user.id);
		return save(state, user, { password_compromised: true });
	},
	'POST /users/{user_id}/password/unset_compromised': change((state, user) =>
		save(state, user, { password_compromised: false }),
	),
});
