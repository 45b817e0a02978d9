'use strict';

const { createHash } = require('node:crypto');
const { aboutParam, refusal, refuse } = require('../errors');
const { revokeAllSessions } = require('../records/session');
const { isTotp } = require('../totp');

/** Of the digests that can be imported, those that one line compares. @type {Record<string, (password: string) => string>} */
const DIGESTS = {
	md5: (password) => createHash('md5').update(password).digest('hex'),
	sha256: (password) => createHash('sha256').update(password).digest('hex'),
};

/** @param {Row} user @param {string} password */
function isPassword(user, password) {
	if (user.password_hasher === null) return user.password === password;
	return DIGESTS[user.password_hasher]?.(password) === user.password?.toLowerCase();
}

/** @param {Call} call */
function verifyPassword({ row: user, body: { password } }) {
	if (user.password === null) {
		throw refusal(400, 'no_password_set', 'The user does not have a password set.');
	}
	if (!isPassword(user, password)) {
		const reason = 'Password is incorrect. Try again, or use another method.';
		refuse(aboutParam('password', 'incorrect_password', 'is incorrect', reason));
	}
	return { verified: true };
}

/** A backup code is good once. @param {Call} call */
function verifyTotp({ state, row: user, body: { code }, save }) {
	/** @type {string[]} */
	const codes = user.backup_codes;
	if (user.totp_secret === null && codes.length === 0) {
		throw refusal(400, 'totp_not_enabled', 'The user does not have TOTP configured.');
	}
	if (user.totp_secret !== null && isTotp(user.totp_secret, code, state.clock())) {
		return { verified: true, code_type: 'totp' };
	}
	if (!codes.includes(code)) {
		refuse(aboutParam('code', 'form_code_incorrect', 'is incorrect', 'Incorrect code'));
	}
	save({ backup_codes: codes.filter((one) => one !== code) });
	return { verified: true, code_type: 'backup_code' };
}

/** @param {Row} user */
const hasSecondFactor = ({ totp_secret: secret, phone_numbers: numbers }) =>
	secret !== null || numbers.some((/** @type {Row} */ one) => one.reserved_for_second_factor);

/** Without a second factor, backup codes are for nothing. @param {(user: Row) => Values} changesOf @returns {(call: Call) => Values} */
const weakening =
	(changesOf) =>
	({ state, row, save }) => {
		const changes = changesOf(row);
		const isOff = hasSecondFactor(row) && !hasSecondFactor({ ...row, ...changes });
		const off = isOff && { backup_codes: [], mfa_disabled_at: state.clock() };
		save({ ...changes, ...off });
		return { user_id: row.id };
	};

const withoutAnything = weakening(({ phone_numbers: numbers }) => ({
	totp_secret: null,
	backup_codes: [],
	phone_numbers: numbers.map((/** @type {Row} */ one) => ({
		...one,
		reserved_for_second_factor: false,
	})),
}));

/** What was removed is not changed again. @param {Call} call */
function removePassword({ state, row, body, save }) {
	if (body.sign_out_of_other_sessions === true) revokeAllSessions(state, row.id);
	if (row.password === null) return row;
	return save({
		password: null,
		password_hasher: null,
		password_compromised: false,
		password_last_updated_at: state.clock(),
	});
}

const USER = '/users/{user_id}';

/** @type {Record<string, (call: Call) => any>} */
module.exports = {
	[`POST ${USER}/lock`]: ({ save }) => save({ locked: true }),
	[`POST ${USER}/unlock`]: ({ save }) => save({ locked: false }),
	[`DELETE ${USER}/mfa`]: withoutAnything,
	[`DELETE ${USER}/totp`]: weakening(() => ({ totp_secret: null })),
	[`DELETE ${USER}/backup_code`]: weakening(() => ({ backup_codes: [] })),
	[`POST ${USER}/verify_password`]: verifyPassword,
	[`POST ${USER}/verify_totp`]: verifyTotp,
	[`POST ${USER}/remove_password`]: removePassword,
	[`POST ${USER}/password/set_compromised`]: ({ state, row, body, save }) => {
		if (body.revoke_all_sessions) revokeAllSessions(state, row.id);
		return save({ password_compromised: true });
	},
	[`POST ${USER}/password/unset_compromised`]: ({ save }) => save({ password_compromised: false }),
};
