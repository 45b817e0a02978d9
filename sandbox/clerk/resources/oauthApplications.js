'use strict';

const { missing, notFound, refusal, refuse } = require('../errors');
const { hexId } = require('../ids');
const { includesText } = require('../lists');
const { setImage } = require('../records/image');
const { defineResource } = require('../resource');

const ISSUER = 'https://clerk.sandbox.example';

/** @param {State} state @param {string} prefix */
const secretOf = (state, prefix) => hexId(state, prefix).slice(prefix.length + 1);

const applications = defineResource({
	path: '/oauth_applications',
	table: 'oauthApplications',
	prefix: 'oa',
	defaults: (state, fields) => ({
		client_id: secretOf(state, 'client').slice(0, 16),
		client_secret: fields.public ? '' : secretOf(state, 'secret'),
		redirect_uris: [],
		scopes: 'profile email',
		consent_screen_enabled: true,
		pkce_required: false,
		public: false,
		image_id: null,
	}),
	shown: ({ image_id: imageId, redirect_uris: uris }) => ({
		client_image_url: imageId === null ? null : `https://img.clerk.com/${imageId}`,
		callback_url: uris[0] ?? '',
		authorize_url: `${ISSUER}/oauth/authorize`,
		token_fetch_url: `${ISSUER}/oauth/token`,
		user_info_url: `${ISSUER}/oauth/userinfo`,
		discovery_url: `${ISSUER}/.well-known/openid-configuration`,
		token_introspection_url: `${ISSUER}/oauth/token_info`,
	}),
	fields: ({ body: { callback_url: callback, ...body } }) => ({
		...(callback && { redirect_uris: [callback] }),
		...body,
	}),
	filters: {
		name_query: (wanted) => (row) => row.client_id === wanted || includesText([row.name], wanted),
	},
	routes: {
		'PUT /oauth_applications/{oauth_application_id}/logo': (call) => setImage(call, 'image_id'),
		'POST /oauth_applications/{oauth_application_id}/rotate_secret': ({ state, save }) =>
			save({ client_secret: secretOf(state, 'secret') }),
		'POST /oauth_applications/{oauth_application_id}/revoke_token': {
			status: 204,
			respond: revokeToken,
		},
		'POST /oauth_applications/access_tokens/verify': { refusalStatus: 400, respond: verifyToken },
	},
});

/** @param {State} state @param {string} token @returns {Row} */
function findToken(state, token) {
	const [row] = state.oauthTokens.where('token', token);
	if (!row) throw notFound('token', '');
	return row;
}

/** With all that were granted together. @param {Call} call */
function revokeToken({ state, row, body }) {
	const { application_id: id, revoked, grant } = findToken(state, body.token);
	if (id !== row.id) throw notFound('token', '');
	if (revoked) throw refusal(400, 'token_revoked', 'The token is revoked already.');
	for (const token of state.oauthTokens.where('grant', grant)) {
		state.oauthTokens.update(token, { revoked: true, updated_at: state.clock() });
	}
}

/** @param {Call} call */
function verifyToken({ state, body }) {
	const token = body.access_token ?? body.secret;
	if (!token) refuse(missing('access_token'));
	// Of a JWT that has expired, Clerk only says that it is not active.
	if (token.includes('.')) return { active: false };
	const row = findToken(state, token);
	const { client_id, scopes } = applications.find(state, row.application_id);
	return {
		object: 'clerk_idp_oauth_access_token',
		...row,
		client_id,
		scopes: scopes.split(' ').filter(Boolean),
		revocation_reason: row.revoked ? 'Revoked' : null,
		expired: row.expiration <= state.clock(),
	};
}

module.exports = applications;
