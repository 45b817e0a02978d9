'use strict';

const { notFound, refusal, refuse } = require('../errors');
const { VERIFIED, newEmailAddress, newPhoneNumber } = require('../records/user');
const { newVerification, tried } = require('../records/verification');
const { described } = require('../schemas');
const { shape } = require('../shape');
const { uniqueness } = require('./userRules');
const { findUser } = require('./userWrites');

/** What a body changes of an entry; null is "not given". @param {Values} body */
const changesOf = ({ verified, reserved_for_second_factor: secondFactor }) => ({
	...(verified != null && { verification: verified ? VERIFIED : null }),
	...(secondFactor != null && { reserved_for_second_factor: secondFactor }),
});

/**
 * Email addresses or phone numbers, which are entries of a list of their user.
 *
 * @param {'email_address' | 'phone_number'} object
 * @param {'email_addresses' | 'phone_numbers'} list of the user's record, and what the path begins with
 * @param {typeof newEmailAddress | typeof newPhoneNumber} make
 * @returns {Record<string, (call: import('../server').Call) => any>}
 */
function identifications(object, list, make) {
	const primary = `primary_${object}_id`;

	/** Who has it, and the entry. @param {import('../server').Call} call */
	function find({ state, params }) {
		const id = params[`${object}_id`] ?? '';
		const user = state.users.rows.find((one) => one[list].some((entry) => entry.id === id));
		const entry = user?.[list].find((one) => one.id === id);
		if (!user || !entry) throw notFound(object.replaceAll('_', ' '), id);
		return { user, entry };
	}

	/** The entries of a user; another one takes the place of a primary that is gone. @param {State} state @param {UserRow} user @param {readonly Row[]} entries @param {boolean} isPrimary @param {string} [id] */
	function save(state, user, entries, isPrimary, id = entries[0]?.id ?? null) {
		const first = isPrimary && { [primary]: id };
		state.users.update(user, { [list]: entries, ...first, updated_at: state.clock() });
	}

	/** @param {import('../server').Call} call @param {Values} body */
	function update(call, body) {
		const { user, entry } = find(call);
		const changed = { ...entry, ...changesOf(body), updated_at: call.state.clock() };
		const entries = user[list].map((one) => (one === entry ? changed : one));
		save(call.state, user, entries, body.primary === true, entry.id);
		return changed;
	}

	const path = `/${list}`;
	const one = `${path}/{${object}_id}`;
	return {
		[`POST ${path}`]({ state, body }) {
			const user = findUser(state, body.user_id);
			refuse(...uniqueness(state, { [object]: body[object] }));
			const made = make(state, body[object], { verified: body.verified ?? false });
			const entry = { ...made, ...changesOf(body) };
			const entries = [...user[list], entry];
			save(state, user, entries, body.primary === true || entries.length === 1, entry.id);
			return entry;
		},
		[`GET ${one}`]: (call) => find(call).entry,
		[`PATCH ${one}`]: (call) => update(call, call.body),
		[`DELETE ${one}`](call) {
			const { user, entry } = find(call);
			const others = user[list].filter((other) => other !== entry);
			save(call.state, user, others, /** @type {Row} */ (user)[primary] === entry.id);
			return { object, id: entry.id, deleted: true };
		},
		[`POST ${one}/prepare_verification`](call) {
			const made = newVerification(call.state, find(call).entry.id, object === 'phone_number');
			return shape('PrepareEmailAddressVerification', call.state.verifications.insert(made));
		},
		[`POST ${one}/attempt_verification`](call) {
			const { state, body } = call;
			const { entry } = find(call);
			const verification = state.verifications.get(body.verification_id);
			if (verification?.identification_id !== entry.id) {
				throw notFound('verification', body.verification_id);
			}
			if (verification.status === 'verified') {
				const message = 'This verification has already been verified.';
				throw refusal(400, 'verification_already_verified', message);
			}
			const after = state.verifications.update(verification, tried(state, verification, body.code));
			const isNew = after.status === 'verified' && entry.verification?.status !== 'verified';
			if (isNew) update(call, { verified: true });
			return shape('AttemptEmailAddressVerification', after);
		},
	};
}

module.exports = described({
	...identifications('email_address', 'email_addresses', newEmailAddress),
	...identifications('phone_number', 'phone_numbers', newPhoneNumber),
});
