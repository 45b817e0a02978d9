'use strict';

const { found, refuse, refuseIf } = require('../errors');
const users = require('../records/user');
const { described } = require('../schemas');
const { shape } = require('../shape');
const { newRow } = require('../table');
const { uniqueness } = require('./userRules');

/** Email addresses, phone numbers, and what else is an entry of a list of its user. */

const { newEmailAddress, newPhoneNumber } = users;

/**
 * @typedef {'email_addresses' | 'phone_numbers'} List in the path of its operations, and in the user
 * @typedef {typeof newEmailAddress} Make
 */

const TEN_MINUTES = 600_000;

/** The code of every verification, as with Clerk's own test addresses. */
const CODE = '424242';

const MOST_ATTEMPTS = 3;

/** A wrong or late code is told by the status. @type {(state: State, row: Row, code: string) => Values} */
function tried(state, row, code) {
	if (state.clock() >= row.expire_at) return { status: 'expired' };
	if (row.attempts >= MOST_ATTEMPTS) return { status: 'failed' };
	const attempts = row.attempts + 1;
	if (code === CODE) return { attempts, status: 'verified' };
	return { attempts, status: attempts >= MOST_ATTEMPTS ? 'failed' : 'unverified' };
}

/** What a body changes of an entry; null is "not given". @param {Values} body */
const changesOf = ({ verified, reserved_for_second_factor: secondFactor }) => ({
	...(verified != null && { verification: verified ? users.VERIFIED : null }),
	...(secondFactor != null && { reserved_for_second_factor: secondFactor }),
});

/**
 * What changes for a user without an entry: another one is the primary, and no address is linked to it.
 *
 * @type {(user: Row, object: string, list: string, entry: Row) => Values}
 */
function without(user, object, list, entry) {
	const primary = `primary_${object}_id`;
	const others = user[list].filter((/** @type {Row} */ one) => one !== entry);
	const isOther = (/** @type {Row} */ link) => link.id !== entry.identification_id;
	const unlinked = user.email_addresses.map((/** @type {Row} */ one) => ({
		...one,
		linked_to: one.linked_to.filter(isOther),
	}));
	const next = user[primary] === entry.id && { [primary]: others[0]?.id ?? null };
	return { email_addresses: unlinked, [list]: others, ...next };
}

/** Takes away one of a list. @type {(object: string, list: string, param: string) => Handler} */
const removal =
	(object, list, param) =>
	({ row, params: { [param]: id }, save }) => {
		const isMeant = (/** @type {Entry} */ entry) => entry.id === id;
		const entry = found(row[list].find(isMeant), object.replaceAll('_', ' '), id);
		save(without(row, object, list, entry));
		return { object, id, deleted: true };
	};

/** The operations of email addresses, or of phone numbers. @type {(object: string, list: List, make: Make) => Record<string, Handler>} */
function identifications(object, list, make) {
	const param = `${object}_id`;
	const path = `/${list}`;
	const one = `${path}/{${param}}`;

	/** @param {Entry} entry @param {Values} body @param {boolean} [isFirst] */
	const asPrimary = ({ id }, { primary }, isFirst = false) =>
		primary === true || isFirst ? { [`primary_${object}_id`]: id } : {};

	/** @param {State} state @param {UserRow} user @param {Values} changes */
	const saveUser = (state, user, changes) =>
		state.users.update(user, { ...changes, updated_at: state.clock() });

	/** An operation of the entry's user. @type {(respond: (call: Call, entry: Entry) => any) => Handler} */
	const ofOwner = (respond) => (call) => {
		const { state, params } = call;
		const isMeant = (/** @type {Entry} */ entry) => entry.id === params[param];
		const owner = state.users.rows.find((user) => user[list].some(isMeant));
		const row = found(owner, object.replaceAll('_', ' '), params[param]);
		const save = (/** @type {Values} */ changes) => saveUser(state, row, changes);
		return respond({ ...call, row, save }, /** @type {Entry} */ (row[list].find(isMeant)));
	};

	/** @param {Call} call @param {Entry} entry @param {Values} body */
	function change({ state, row, save }, entry, body) {
		const changed = { ...entry, ...changesOf(body), updated_at: state.clock() };
		const entries = row[list].map((/** @type {Entry} */ it) => (it === entry ? changed : it));
		save({ [list]: entries, ...asPrimary(entry, body) });
		return changed;
	}

	return {
		[`POST ${path}`]({ state, body }) {
			const user = users.findUser(state, body.user_id);
			refuse(...uniqueness(state, { [object]: body[object] }));
			const made = make(state, body[object], { verified: body.verified ?? false });
			const entry = { ...made, ...changesOf(body) };
			const primary = asPrimary(entry, body, user[list].length === 0);
			saveUser(state, user, { [list]: [...user[list], entry], ...primary });
			return entry;
		},
		[`GET ${one}`]: ofOwner((_call, entry) => entry),
		[`PATCH ${one}`]: ofOwner((call, entry) => change(call, entry, call.body)),
		[`DELETE ${one}`]: ofOwner(removal(object, list, param)),
		[`POST ${one}/prepare_verification`]: ofOwner(({ state }, { id }) => {
			const verification = newRow(state, 'verifications', 'ver', {
				identification_id: id,
				expire_at: state.clock() + TEN_MINUTES,
				strategy: 'email_code',
				...(object === 'phone_number' && { strategy: 'phone_code', channel: 'sms' }),
			});
			return shape('PrepareEmailAddressVerification', state.verifications.insert(verification));
		}),
		[`POST ${one}/attempt_verification`]: ofOwner((call, entry) => {
			const { state, body } = call;
			const sent = state.verifications.where('identification_id', entry.id);
			const isMeant = (/** @type {Row} */ { id }) => id === body.verification_id;
			const verification = found(sent.find(isMeant), 'verification', body.verification_id);
			refuseIf(verification.status === 'verified', 'verification_already_verified');
			const after = state.verifications.update(verification, tried(state, verification, body.code));
			const isNew = after.status === 'verified' && entry.verification?.status !== 'verified';
			if (isNew) change(call, entry, { verified: true });
			return shape('AttemptEmailAddressVerification', after);
		}),
	};
}

/** Replaces all addresses or numbers of a user by one. @type {(object: string, list: List, make: Make) => Handler} */
const replacement =
	(object, list, make) =>
	({ state, row, body, save }) => {
		const { identification_status: status = 'verified' } = body;
		const has = (/** @type {(one: Entry) => boolean} */ test) => row[list].some(test);
		const isLinked = has((one) => one.linked_to.length > 0);
		const identification = object.replaceAll('_', ' ');
		refuseIf(isLinked, 'delete_linked_identification_disallowed', { identification });
		// An unverified one claims nothing, so another user may have it.
		if (status !== 'unverified') refuse(...uniqueness(state, body, row));
		const options = { reserved: status === 'reserved', verified: status === 'verified' };
		const entry = make(state, body[object], options);
		const isFactor = has((one) => one.reserved_for_second_factor);
		const off = { totp_secret: null, backup_codes: [], mfa_disabled_at: state.clock() };
		save({ [list]: [entry], [`primary_${object}_id`]: entry.id, ...(isFactor && off) });
		return entry;
	};

const USER = '/users/{user_id}';

/** What a user has of these. @type {Record<string, Handler>} */
const ofUser = {
	[`PUT ${USER}/email_address`]: replacement('email_address', 'email_addresses', newEmailAddress),
	[`PUT ${USER}/phone_number`]: replacement('phone_number', 'phone_numbers', newPhoneNumber),
	[`GET ${USER}/oauth_access_tokens/{provider}`]: ({ state, row, params }) =>
		row.external_accounts
			.filter((/** @type {Entry} */ account) => account.provider === params.provider)
			.map((/** @type {Entry} */ account) => users.oauthTokenOf(state, account)),
};
for (const [object, list, param] of /** @type {const} */ ([
	['passkey', 'passkeys', 'passkey_identification_id'],
	['web3_wallet', 'web3_wallets', 'web3_wallet_identification_id'],
	['external_account', 'external_accounts', 'external_account_id'],
])) {
	ofUser[`DELETE ${USER}/${list}/{${param}}`] = removal(object, list, param);
}

module.exports = {
	ofUser,
	routes: described({
		...identifications('email_address', 'email_addresses', newEmailAddress),
		...identifications('phone_number', 'phone_numbers', newPhoneNumber),
	}),
};
