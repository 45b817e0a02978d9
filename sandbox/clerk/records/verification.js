'use strict';

const MINUTE = 60_000;

/** The code of every verification, as with Clerk's own test addresses. */
const CODE = '424242';

const MOST_ATTEMPTS = 3;

/**
 * @typedef {object} VerificationRow of an email address or a phone number, by a code that was sent
 * @property {string} id
 * @property {string} identification_id
 * @property {'unverified' | 'verified' | 'expired' | 'failed'} status
 * @property {string} strategy
 * @property {number} attempts
 * @property {number} expire_at
 * @property {string | null} channel
 * @property {number} created_at
 */

/** @typedef {import('../state').State} State */

/** @param {State} state @param {string} identificationId @param {boolean} byPhone @returns {VerificationRow} */
const newVerification = (state, identificationId, byPhone) => ({
	id: state.newId('ver'),
	identification_id: identificationId,
	status: 'unverified',
	strategy: byPhone ? 'phone_code' : 'email_code',
	attempts: 0,
	expire_at: state.clock() + 10 * MINUTE,
	channel: byPhone ? 'sms' : null,
	created_at: state.clock(),
});

/** What follows from a code: a wrong or late one is told by the status. @param {State} state @param {VerificationRow} row @param {string} code @returns {Partial<VerificationRow>} */
function tried(state, row, code) {
	if (state.clock() >= row.expire_at) return { status: 'expired' };
	if (row.attempts >= MOST_ATTEMPTS) return { status: 'failed' };
	const attempts = row.attempts + 1;
	if (code === CODE) return { attempts, status: 'verified' };
	return { attempts, status: attempts >= MOST_ATTEMPTS ? 'failed' : 'unverified' };
}

/** @param {VerificationRow} row */
function presentVerification({ identification_id, created_at, ...shown }) {
	const { channel, ...others } = shown;
	return { object: 'verification_otp', ...others, ...(channel !== null && { channel }) };
}

module.exports = { newVerification, presentVerification, tried };
