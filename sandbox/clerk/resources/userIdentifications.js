'use strict';

const { notFound, refusal, refuse } = require('../errors');
const { withTotal } = require('../lists');
const { oauthTokenOf } = require('../records/credentials');
const { newEmailAddress, newPhoneNumber } = require('../records/user');
const { described } = require('../schemas');
const { uniqueness } = require('./userRules');
const { findUser, save } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/user').UserRow} UserRow */
/** @typedef {Record<string, any>} Body */

/** @param {Body} body */
const optionsOf = ({ identification_status: status }) => ({
	reserved: status === 'reserved',
	verified: status === undefined || status === 'verified',
});

/** What is unverified claims nothing, and so may be somebody else's. @param {State} state @param {Body} body @param {UserRow} user */
function refuseTaken(state, body, user) {
	if (body.identification_status !== 'unverified') refuse(...uniqueness(state, body, user));
}

/** @param {State} state @param {UserRow} user @param {Body} body */
function replaceEmailAddress(state, user, body) {
	if (user.email_addresses.some((one) => (one.linked_to ?? []).length > 0)) {
		const message = 'An email address is linked to a connected account. Remove that account first.';
		throw refusal(403, 'delete_linked_identification_disallowed', message);
	}
	refuseTaken(state, body, user);
	const address = newEmailAddress(state, body.email_address, optionsOf(body));
	save(state, user, { email_addresses: [address], primary_email_address_id: address.id });
	return address;
}

/** @param {State} state @param {UserRow} user @param {Body} body */
function replacePhoneNumber(state, user, body) {
	refuseTaken(state, body, user);
	const number = newPhoneNumber(state, body.phone_number, optionsOf(body));
	const secondFactor = user.phone_numbers.some((one) => one.reserved_for_second_factor);
	save(state, user, {
		phone_numbers: [number],
		primary_phone_number_id: number.id,
		...(secondFactor && {
			totp_secret: null,
			backup_codes: [],
			mfa_disabled_at: state.clock(),
		}),
	});
	return number;
}

/** @param {string} object @param {string} id */
const deleted = (object, id) => ({ object, id, deleted: true });

/**
 * @template {{ id: string }} T
 * @param {readonly T[]} rows
 * @param {string} object
 * @param {string} id
 */
function without(rows, object, id) {
	if (!rows.some((one) => one.id === id)) throw notFound(object.replaceAll('_', ' '), id);
	return rows.filter((one) => one.id !== id);
}

/** @param {State} state @param {UserRow} user @param {string} id */
function deletePasskey(state, user, id) {
	save(state, user, { passkeys: without(user.passkeys, 'passkey', id) });
	return deleted('passkey', id);
}

/** Another wallet takes the place of the primary one. @param {State} state @param {UserRow} user @param {string} id */
function deleteWallet(state, user, id) {
	const wallets = without(user.web3_wallets, 'web3_wallet', id);
	save(state, user, {
		web3_wallets: wallets,
		...(user.primary_web3_wallet_id === id && { primary_web3_wallet_id: wallets[0]?.id ?? null }),
	});
	return deleted('web3_wallet', id);
}

/** @param {State} state @param {UserRow} user @param {string} id */
function deleteExternalAccount(state, user, id) {
	const account = user.external_accounts.find((one) => one.id === id);
	const accounts = without(user.external_accounts, 'external_account', id);
	const addresses = user.email_addresses.map((one) => ({
		...one,
		linked_to: (one.linked_to ?? []).filter((link) => link.id !== account?.identification_id),
	}));
	save(state, user, { external_accounts: accounts, email_addresses: addresses });
	return deleted('external_account', id);
}

/**
 * @param {string} param
 * @param {(state: State, user: UserRow, id: string) => unknown} drop
 * @returns {import('../server').Route['respond']}
 */
const dropping =
	(param, drop) =>
	({ state, params }) =>
		drop(state, findUser(state, params.user_id), params[param] ?? '');

module.exports = described({
	'PUT /users/{user_id}/email_address': ({ state, params, body }) =>
		replaceEmailAddress(state, findUser(state, params.user_id), body),
	'PUT /users/{user_id}/phone_number': ({ state, params, body }) =>
		replacePhoneNumber(state, findUser(state, params.user_id), body),
	'DELETE /users/{user_id}/passkeys/{passkey_identification_id}': dropping(
		'passkey_identification_id',
		deletePasskey,
	),
	'DELETE /users/{user_id}/web3_wallets/{web3_wallet_identification_id}': dropping(
		'web3_wallet_identification_id',
		deleteWallet,
	),
	'DELETE /users/{user_id}/external_accounts/{external_account_id}': dropping(
		'external_account_id',
		deleteExternalAccount,
	),
	'GET /users/{user_id}/oauth_access_tokens/{provider}': ({ state, params, query }) => {
		const accounts = findUser(state, params.user_id).external_accounts.filter(
			(account) => account.provider === params.provider,
		);
		const page = withTotal(accounts, query, (account) => oauthTokenOf(state, account));
		return query.paginated ? page : page.data;
	},
});
