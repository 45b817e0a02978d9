'use strict';

const { createHash } = require('node:crypto');
const { aboutParam, refuse, refuseIf } = require('../errors');
const { revokeAllSessions } = require('../records/session');
const { hasSecondFactor, passwordFields } = require('../records/user');
const { isTotp } = require('../totp');

/** Only imported digests of one line are compared. @param {Row} user @param {string} password */
function isPassword({ password: stored, password_hasher: hasher }, password) {
	if (hasher === null) return stored === password;
	if (hasher !== 'md5' && hasher !== 'sha256') return false;
	return createHash(hasher).update(password).digest('hex') === stored.toLowerCase();
}

/** Backup codes go with the last second factor. @type {(changesOf: (user: UserRow) => Values) => Handler} */
const weakening =
	(changesOf) =>
	({ state, row, save }) => {
		const changes = changesOf(row);
		const isOff = hasSecondFactor(row) && !hasSecondFactor({ ...row, ...changes });
		const off = isOff && { backup_codes: [], mfa_disabled_at: state.clock() };
		save({ ...changes, ...off });
		return { user_id: row.id };
	};

const USER = '/users/{user_id}';

/** @type {Record<string, Handler>} */
module.exports = {
	[`POST ${USER}/lock`]: ({ save }) => save({ locked: true }),
	[`POST ${USER}/unlock`]: ({ save }) => save({ locked: false }),
	[`DELETE ${USER}/mfa`]: weakening(({ phone_numbers: numbers }) => ({
		totp_secret: null,
		backup_codes: [],
		phone_numbers: numbers.map((one) => ({ ...one, reserved_for_second_factor: false })),
	})),
	[`DELETE ${USER}/totp`]: weakening(() => ({ totp_secret: null })),
	[`DELETE ${USER}/backup_code`]: weakening(() => ({ backup_codes: [] })),
	[`POST ${USER}/verify_password`]: ({ row, body }) => {
		refuseIf(row.password === null, 'no_password_set');
		if (isPassword(row, body.password)) return { verified: true };
		const reason = 'Password is incorrect. Try again, or use another method.';
		return refuse(aboutParam('password', 'incorrect_password', 'is incorrect', reason));
	},
	// A backup code is good once.
	[`POST ${USER}/verify_totp`]: ({ state, row: { totp_secret, backup_codes }, body, save }) => {
		refuseIf(totp_secret === null && backup_codes.length === 0, 'totp_not_enabled');
		if (totp_secret !== null && isTotp(totp_secret, body.code, state.clock())) {
			return { verified: true, code_type: 'totp' };
		}
		const others = backup_codes.filter((/** @type {string} */ one) => one !== body.code);
		if (others.length === backup_codes.length) {
			refuse(aboutParam('code', 'form_code_incorrect', 'is incorrect', 'Incorrect code'));
		}
		save({ backup_codes: others });
		return { verified: true, code_type: 'backup_code' };
	},
	// What was removed is not changed again.
	[`POST ${USER}/remove_password`]: ({ state, row, body, save }) => {
		if (body.sign_out_of_other_sessions === true) revokeAllSessions(state, row.id);
		if (row.password === null) return row;
		return save(passwordFields(state));
	},
	[`POST ${USER}/password/set_compromised`]: ({ state, row, body, save }) => {
		if (body.revoke_all_sessions) revokeAllSessions(state, row.id);
		return save({ password_compromised: true });
	},
	[`POST ${USER}/password/unset_compromised`]: ({ save }) => save({ password_compromised: false }),
};
