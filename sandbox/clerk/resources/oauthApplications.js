'use strict';

const { found, notFound, refuseIf } = require('../errors');
const { hex, hexId } = require('../ids');
const { includesText } = require('../lists');
const { setImage } = require('../records/image');
const { defineResource, together } = require('../resource');

const APPLICATION = '/oauth_applications/{oauth_application_id}';

/** @param {State} state @param {string} token @returns {Row} */
const findToken = (state, token) => found(state.oauthTokens.where('token', token)[0], 'token');

const applications = defineResource({
	path: '/oauth_applications',
	table: 'oauthApplications',
	prefix: 'oa',
	defaults: (state, fields) => ({
		client_id: hex(state).slice(0, 16),
		client_secret: fields.public ? '' : hex(state),
	}),
	shown: ({ image_id: imageId, redirect_uris: uris }) => ({
		client_image_url: imageId === null ? null : `https://img.clerk.com/${imageId}`,
		callback_url: uris[0] ?? '',
	}),
	fields: ({ body: { callback_url: callback, ...body } }) => ({
		...(callback && { redirect_uris: [callback] }),
		...body,
	}),
	filters: {
		name_query: (wanted) => (row) => row.client_id === wanted || includesText([row.name], wanted),
	},
	routes: {
		[`PUT ${APPLICATION}/logo`]: (call) => setImage(call, 'image_id'),
		[`POST ${APPLICATION}/rotate_secret`]: ({ state, save }) => save({ client_secret: hex(state) }),
		// With all that were granted together.
		[`POST ${APPLICATION}/revoke_token`]: {
			status: 204,
			respond({ state, row, body }) {
				const { application_id: id, revoked, grant } = findToken(state, body.token);
				if (id !== row.id) throw notFound('token');
				refuseIf(revoked, 'token_revoked');
				for (const token of state.oauthTokens.where('grant', grant)) {
					state.oauthTokens.update(token, { revoked: true, updated_at: state.clock() });
				}
			},
		},
	},
});

/** No route lists or makes them: they are seeded. */
const tokens = defineResource({
	path: '/oauth_applications/access_tokens',
	table: 'oauthTokens',
	prefix: (state) => hexId(state, 'oat'),
	routes: {
		'POST /oauth_applications/access_tokens/verify': {
			refusalStatus: 400,
			respond({ state, body: { secret, access_token: token = secret } }) {
				// Of a JWT that has expired, Clerk only says that it is not active.
				if (token.includes('.')) return { active: false };
				const row = findToken(state, token);
				const { client_id, scopes } = applications.find(state, row.application_id);
				return {
					object: 'clerk_idp_oauth_access_token',
					...row,
					client_id,
					scopes: scopes.split(' '),
					revocation_reason: row.revoked ? 'Revoked' : null,
					expired: row.expiration <= state.clock(),
				};
			},
		},
	},
});

const { makers, routes } = together({ applications, tokens });

module.exports = { ...applications, makers, routes };
