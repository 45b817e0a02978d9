'use strict';

const MINUTE = 60_000;

/** The code of every verification, as with Clerk's own test addresses. */
const CODE = '424242';

const MOST_ATTEMPTS = 3;

/** Of an email address or a phone number, by a code that was sent. @param {State} state @param {string} identificationId @param {boolean} byPhone @returns {Row} */
const newVerification = (state, identificationId, byPhone) => ({
	id: state.newId('ver'),
	object: 'verification_otp',
	identification_id: identificationId,
	status: 'unverified',
	strategy: byPhone ? 'phone_code' : 'email_code',
	attempts: 0,
	expire_at: state.clock() + 10 * MINUTE,
	channel: byPhone ? 'sms' : undefined,
	created_at: state.clock(),
});

/** What follows from a code: a wrong or late one is told by the status. @param {State} state @param {Row} row @param {string} code @returns {Values} */
function tried(state, row, code) {
	if (state.clock() >= row.expire_at) return { status: 'expired' };
	if (row.attempts >= MOST_ATTEMPTS) return { status: 'failed' };
	const attempts = row.attempts + 1;
	if (code === CODE) return { attempts, status: 'verified' };
	return { attempts, status: attempts >= MOST_ATTEMPTS ? 'failed' : 'unverified' };
}

module.exports = { newVerification, tried };
