'use strict';

const { notFound, refusal, refuse } = require('../errors');
const { VERIFIED, newEmailAddress, newPhoneNumber } = require('../records/user');
const { newVerification, presentVerification, tried } = require('../records/verification');
const { described } = require('../schemas');
const { uniqueness } = require('./userRules');
const { findUser, save } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/user').Identification} Identification */
/** @typedef {Record<string, any>} Body */

/**
 * @typedef {object} Kind of what a user is found by
 * @property {string} object
 * @property {'email_addresses' | 'phone_numbers'} list of the user's record
 * @property {'primary_email_address_id' | 'primary_phone_number_id'} primary
 * @property {typeof newEmailAddress | typeof newPhoneNumber} make
 */

/** @type {Kind} */
const EMAIL_ADDRESS = {
	object: 'email_address',
	list: 'email_addresses',
	primary: 'primary_email_address_id',
	make: newEmailAddress,
};

/** @type {Kind} */
const PHONE_NUMBER = {
	object: 'phone_number',
	list: 'phone_numbers',
	primary: 'primary_phone_number_id',
	make: newPhoneNumber,
};

/** Who has it, and the entry. @param {State} state @param {Kind} kind @param {string} id */
function find(state, { object, list }, id) {
	const user = state.users.rows.find((one) => one[list].some((entry) => entry.id === id));
	const entry = user?.[list].find((one) => one.id === id);
	if (!user || !entry) throw notFound(object.replaceAll('_', ' '), id);
	return { user, entry };
}

/** What a body changes of an entry; null is "not given". @param {Body} body */
const changesOf = ({ verified, reserved_for_second_factor: secondFactor }) => ({
	...(verified != null && { verification: verified ? VERIFIED : null }),
	...(secondFactor != null && { reserved_for_second_factor: secondFactor }),
});

/** @param {State} state @param {Kind} kind @param {Body} body */
function create(state, { object, list, primary, make }, body) {
	const user = findUser(state, body.user_id);
	refuse(...uniqueness(state, { [object]: body[object] }));
	const made = make(state, body[object], { verified: body.verified ?? false });
	const entry = { ...made, ...changesOf(body) };
	const entries = /** @type {Identification[]} */ ([...user[list], entry]);
	const isPrimary = body.primary === true || entries.length === 1;
	save(state, user, { [list]: entries, ...(isPrimary && { [primary]: entry.id }) });
	return entry;
}

/** @param {State} state @param {Kind} kind @param {string} id @param {Body} body */
function update(state, kind, id, body) {
	const { user, entry } = find(state, kind, id);
	const changed = { ...entry, ...changesOf(body), updated_at: state.clock() };
	const entries = user[kind.list].map((one) => (one.id === id ? changed : one));
	save(state, user, {
		[kind.list]: entries,
		...(body.primary === true && { [kind.primary]: id }),
	});
	return changed;
}

/** Another one takes the place of the primary. @param {State} state @param {Kind} kind @param {string} id */
function remove(state, kind, id) {
	const { user } = find(state, kind, id);
	const entries = user[kind.list].filter((one) => one.id !== id);
	save(state, user, {
		[kind.list]: entries,
		...(user[kind.primary] === id && { [kind.primary]: entries[0]?.id ?? null }),
	});
	return { object: kind.object, id, deleted: true };
}

/** @param {State} state @param {Kind} kind @param {string} id @param {Body} body */
function attempt(state, kind, id, body) {
	const { entry } = find(state, kind, id);
	const verification = state.verifications.get(body.verification_id);
	if (verification?.identification_id !== id) throw notFound('verification', body.verification_id);
	if (verification.status === 'verified') {
		const message = 'This verification has already been verified.';
		throw refusal(400, 'verification_already_verified', message);
	}
	const after = state.verifications.update(verification, tried(state, verification, body.code));
	const isNew = after.status === 'verified' && entry.verification?.status !== 'verified';
	if (isNew) update(state, kind, id, { verified: true });
	return presentVerification(after);
}

/**
 * @param {Kind} kind
 * @param {string} path
 * @returns {Record<string, import('../server').Route['respond']>}
 */
function routesOf(kind, path) {
	const id = `${kind.object}_id`;
	const idOf = (/** @type {Record<string, string>} */ params) => params[id] ?? '';
	return {
		[`POST ${path}`]: ({ state, body }) => create(state, kind, body),
		[`GET ${path}/{${id}}`]: ({ state, params }) => find(state, kind, idOf(params)).entry,
		[`PATCH ${path}/{${id}}`]: ({ state, params, body }) => update(state, kind, idOf(params), body),
		[`DELETE ${path}/{${id}}`]: ({ state, params }) => remove(state, kind, idOf(params)),
		[`POST ${path}/{${id}}/prepare_verification`]: ({ state, params }) => {
			const { entry } = find(state, kind, idOf(params));
			const made = newVerification(state, entry.id, kind === PHONE_NUMBER);
			return presentVerification(state.verifications.insert(made));
		},
		[`POST ${path}/{${id}}/attempt_verification`]: ({ state, params, body }) =>
			attempt(state, kind, idOf(params), body),
	};
}

module.exports = described({
	...routesOf(EMAIL_ADDRESS, '/email_addresses'),
	...routesOf(PHONE_NUMBER, '/phone_numbers'),
});
