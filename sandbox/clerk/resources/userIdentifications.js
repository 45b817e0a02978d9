'use strict';

const { notFound, refusal, refuse } = require('../errors');
const { oauthTokenOf } = require('../records/credentials');
const { newEmailAddress, newPhoneNumber } = require('../records/user');
const { uniqueness } = require('./userRules');

/** What is unverified claims nothing, and so may be somebody else's. @param {Call} call */
function optionsOf({ state, row, body }) {
	const { identification_status: status = 'verified' } = body;
	if (status !== 'unverified') refuse(...uniqueness(state, body, /** @type {UserRow} */ (row)));
	return { reserved: status === 'reserved', verified: status === 'verified' };
}

/** @param {Call} call */
function replaceEmailAddress(call) {
	const { state, row, body, save } = call;
	if (row.email_addresses.some((/** @type {Row} */ one) => (one.linked_to ?? []).length > 0)) {
		const message = 'An email address is linked to a connected account. Remove that account first.';
		throw refusal(403, 'delete_linked_identification_disallowed', message);
	}
	const address = newEmailAddress(state, body.email_address, optionsOf(call));
	save({ email_addresses: [address], primary_email_address_id: address.id });
	return address;
}

/** @param {Call} call */
function replacePhoneNumber(call) {
	const { state, row, body, save } = call;
	const number = newPhoneNumber(state, body.phone_number, optionsOf(call));
	save({
		phone_numbers: [number],
		primary_phone_number_id: number.id,
		...(row.phone_numbers.some((/** @type {Row} */ one) => one.reserved_for_second_factor) && {
			totp_secret: null,
			backup_codes: [],
			mfa_disabled_at: state.clock(),
		}),
	});
	return number;
}

/**
 * Takes away one of what a user has; another one takes the place of the primary.
 *
 * @param {string} object
 * @param {string} list of the user's record
 * @param {string} param of the path
 * @param {(user: Row, removed: Row) => Values} [further] what else of the user changes
 * @returns {(call: Call) => Values}
 */
const removal =
	(object, list, param, further = () => ({})) =>
	({ row, params, save }) => {
		const id = params[param] ?? '';
		const removed = row[list].find((/** @type {Row} */ one) => one.id === id);
		if (!removed) throw notFound(object.replaceAll('_', ' '), id);
		const others = row[list].filter((/** @type {Row} */ one) => one !== removed);
		const primary = `primary_${object}_id`;
		const next = row[primary] === id && { [primary]: others[0]?.id ?? null };
		save({ [list]: others, ...next, ...further(row, removed) });
		return { object, id, deleted: true };
	};

/** @param {Row} user @param {Row} account */
const withoutLinks = ({ email_addresses: addresses }, { identification_id: id }) => ({
	email_addresses: addresses.map((/** @type {Row} */ one) => ({
		...one,
		linked_to: (one.linked_to ?? []).filter((/** @type {Row} */ link) => link.id !== id),
	})),
});

const USER = '/users/{user_id}';
const PASSKEY = 'passkey_identification_id';
const WALLET = 'web3_wallet_identification_id';
const ACCOUNT = 'external_account_id';

/** @type {Record<string, (call: Call) => any>} */
module.exports = {
	[`PUT ${USER}/email_address`]: replaceEmailAddress,
	[`PUT ${USER}/phone_number`]: replacePhoneNumber,
	[`DELETE ${USER}/passkeys/{${PASSKEY}}`]: removal('passkey', 'passkeys', PASSKEY),
	[`DELETE ${USER}/web3_wallets/{${WALLET}}`]: removal('web3_wallet', 'web3_wallets', WALLET),
	[`DELETE ${USER}/external_accounts/{${ACCOUNT}}`]: removal(
		'external_account',
		'external_accounts',
		ACCOUNT,
		withoutLinks,
	),
	[`GET ${USER}/oauth_access_tokens/{provider}`]: ({ state, row, params }) =>
		row.external_accounts
			.filter((/** @type {Row} */ account) => account.provider === params.provider)
			.map((/** @type {any} */ account) => oauthTokenOf(state, account)),
};
