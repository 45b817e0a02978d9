'use strict';

const { createHash } = require('node:crypto');

/**
 * @typedef {object} OAuthApplicationRow
 * @property {string} id
 * @property {string} name
 * @property {string} client_id
 * @property {string} client_secret
 * @property {string[]} redirect_uris
 * @property {string} scopes
 * @property {boolean} consent_screen_enabled
 * @property {boolean} pkce_required
 * @property {boolean} public
 * @property {string | null} image_id
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} OAuthTokenRow
 * @property {string} id
 * @property {string} application_id
 * @property {string} grant what its tokens have in common
 * @property {string} token
 * @property {string} subject a user's id
 * @property {boolean} revoked
 * @property {number} expires_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** Looks random and is the same in every run. @param {State} state @param {string} prefix */
const secretOf = (state, prefix) => createHash('sha256').update(state.newId(prefix)).digest('hex');

/** @param {State} state @param {Partial<OAuthApplicationRow> & { name: string }} fields @returns {OAuthApplicationRow} */
const newOAuthApplication = (state, fields) => ({
	id: state.newId('oa'),
	client_id: secretOf(state, 'client').slice(0, 16),
	client_secret: fields.public ? '' : secretOf(state, 'secret').slice(0, 32),
	redirect_uris: [],
	scopes: 'profile email',
	consent_screen_enabled: true,
	pkce_required: false,
	public: false,
	image_id: null,
	created_at: state.clock(),
	updated_at: state.clock(),
	...fields,
});

const ISSUER = 'https://clerk.sandbox.example';

/** @param {OAuthApplicationRow} row */
const presentOAuthApplication = ({ client_secret, image_id: imageId, ...shown }) => ({
	object: 'oauth_application',
	...shown,
	instance_id: 'ins_sandbox',
	dynamically_registered: false,
	client_uri: null,
	client_image_url: imageId === null ? null : `https://img.clerk.com/${imageId}`,
	callback_url: shown.redirect_uris[0] ?? '',
	authorize_url: `${ISSUER}/oauth/authorize`,
	token_fetch_url: `${ISSUER}/oauth/token`,
	user_info_url: `${ISSUER}/oauth/userinfo`,
	discovery_url: `${ISSUER}/.well-known/openid-configuration`,
	token_introspection_url: `${ISSUER}/oauth/token_info`,
});

/** @param {OAuthApplicationRow} row */
const withSecret = (row) => ({
	...presentOAuthApplication(row),
	client_secret: row.public ? '' : row.client_secret,
});

/** What a user let an application do: an access token and a refresh token. @param {State} state @param {OAuthApplicationRow} application @param {string} subject @param {[access: string, refresh: string]} tokens */
function grantTokens(state, application, subject, tokens) {
	const at = state.clock();
	const grant = state.newId('grant');
	for (const token of tokens) {
		state.oauthTokens.insert({
			id: `oat_${secretOf(state, 'oat').slice(0, 32)}`,
			application_id: application.id,
			grant,
			token,
			subject,
			revoked: false,
			expires_at: at + 86_400_000,
			created_at: at,
			updated_at: at,
		});
	}
}

/** @param {State} state @param {OAuthTokenRow} row */
function presentToken(state, row) {
	const application = state.oauthApplications.get(row.application_id);
	return {
		object: 'clerk_idp_oauth_access_token',
		id: row.id,
		client_id: application?.client_id ?? '',
		subject: row.subject,
		scopes: (application?.scopes ?? '').split(' ').filter(Boolean),
		revoked: row.revoked,
		revocation_reason: row.revoked ? 'Revoked' : null,
		expired: row.expires_at <= state.clock(),
		expiration: row.expires_at,
		created_at: row.created_at,
		updated_at: row.updated_at,
	};
}

module.exports = {
	grantTokens,
	newOAuthApplication,
	presentOAuthApplication,
	presentToken,
	secretOf,
	withSecret,
};
