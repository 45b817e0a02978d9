'use strict';

const { shape } = require('../shape');
const { newRow } = require('../table');
const { verified } = require('./user');

/**
 * The ways to sign in that only a user can set up, and the Backend API takes away.
 *
 * @param {State} state
 * @param {string} name
 * @param {number} [at] when it was last used
 */
const newPasskey = (state, name, at = state.clock()) => ({
	id: state.newId('idn', at),
	object: 'passkey',
	name,
	last_used_at: at,
	verification: { ...verified('passkey'), nonce: 'nonce', message: null, attempts: 1 },
});

/** @param {State} state @param {Values & { provider: string, email_address: string, created_at: number }} fields @returns {any} */
function newExternalAccount(state, fields) {
	const { provider, created_at: at } = fields;
	const row = newRow(state, 'eac', {
		object: provider === 'oauth_google' ? 'google_account' : 'external_account',
		identification_id: state.newId('idn', at),
		provider_user_id: state.newId('sub', at).slice(-21),
		approved_scopes: 'email openid profile',
		email_address_verified: true,
		label: null,
		verification: { ...verified('oauth', provider), expire_at: at + 600_000 },
		...fields,
	});
	return shape('ExternalAccountWithVerification', row);
}

/**
 * Clerk refreshes a token that has run out by itself, so the one it returns is always good.
 *
 * @param {State} state
 * @param {import('./user').ExternalAccount} account
 */
const oauthTokenOf = (state, account) => ({
	object: 'oauth_access_token',
	external_account_id: account.id,
	provider_user_id: account.provider_user_id,
	token: `oauth-access-token-${account.id}`,
	expires_at: state.clock() + 3_600_000,
	provider: account.provider,
	public_metadata: account.public_metadata ?? {},
	label: account.label ?? null,
	scopes: (account.approved_scopes ?? '').split(' ').filter(Boolean),
});

module.exports = { newExternalAccount, newPasskey, oauthTokenOf };
