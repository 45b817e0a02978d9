'use strict';

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
	verification: {
		object: 'verification_passkey',
		status: 'verified',
		strategy: 'passkey',
		nonce: 'nonce',
		message: null,
		attempts: 1,
		expire_at: null,
	},
});

/**
 * @param {State} state
 * @param {{ provider: string, email: string, firstName?: string, lastName?: string, at?: number }} account
 */
function newExternalAccount(state, { provider, email, firstName = '', lastName = '', at }) {
	const createdAt = at ?? state.clock();
	return {
		object: provider === 'oauth_google' ? 'google_account' : 'external_account',
		id: state.newId('eac', createdAt),
		provider,
		identification_id: state.newId('idn', createdAt),
		provider_user_id: state.newId('sub', createdAt).slice(-21),
		approved_scopes: 'email openid profile',
		email_address: email,
		email_address_verified: true,
		first_name: firstName,
		last_name: lastName,
		avatar_url: '',
		image_url: null,
		username: null,
		phone_number: null,
		public_metadata: {},
		label: null,
		created_at: createdAt,
		updated_at: createdAt,
		verification: {
			object: 'verification_oauth',
			status: 'verified',
			strategy: provider,
			attempts: null,
			expire_at: createdAt + 600_000,
		},
	};
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
