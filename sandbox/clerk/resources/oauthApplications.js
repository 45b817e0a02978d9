'use strict';

const { crud } = require('../crud');
const { missing, notFound, refusal, refuse } = require('../errors');
const { inOrder, walk, withTotal } = require('../lists');
const { dropImage, storeImage } = require('../records/image');
const {
	newOAuthApplication,
	presentOAuthApplication,
	presentToken,
	secretOf,
	withSecret,
} = require('../records/oauthApplication');
const { closed, flag, nullable, open, orderBy, paging, text, texts } = require('../validation');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {Record<string, any>} Body */

const applications = crud({
	object: 'oauth_application',
	table: (/** @type {State} */ state) => state.oauthApplications,
	present: presentOAuthApplication,
});

const settings = {
	redirect_uris: nullable(texts),
	callback_url: nullable({ ...text, maxLength: 1024 }),
	scopes: nullable({ ...text, maxLength: 1024 }),
	consent_screen_enabled: nullable(flag),
	pkce_required: nullable(flag),
	public: nullable(flag),
};

/** @param {Body} body @returns {any} */
function settingsOf({ callback_url: callback, ...body }) {
	const given = Object.entries(body).filter(([, value]) => value !== null);
	return { ...(callback && { redirect_uris: [callback] }), ...Object.fromEntries(given) };
}

/** @param {State} state @param {string} token */
function findToken(state, token) {
	const [row] = state.oauthTokens.where('token', token);
	if (!row) throw notFound('token', '');
	return row;
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /oauth_applications': {
		query: open({
			...paging,
			name_query: text,
			order_by: orderBy(['created_at', 'name'], '+created_at'),
		}),
		respond: ({ state, query }) => {
			const { name_query: wanted = '', order_by: order } = query;
			const byName = { name: (/** @type {any} */ row) => row.name.toLowerCase() };
			const rows = [...walk(inOrder(state.oauthApplications, order, byName))].filter(
				({ name, client_id: id }) =>
					id === wanted || name.toLowerCase().includes(wanted.toLowerCase()),
			);
			return withTotal(rows, query, presentOAuthApplication);
		},
	},
	'POST /oauth_applications': {
		body: open({ name: { ...text, maxLength: 256 }, ...settings }, ['name']),
		respond: ({ state, body }) =>
			withSecret(state.oauthApplications.insert(newOAuthApplication(state, settingsOf(body)))),
	},
	'POST /oauth_applications/access_tokens/verify': {
		body: open({ access_token: text, secret: text }),
		refusalStatus: 400,
		respond: ({ state, body }) => {
			const token = body.access_token ?? body.secret;
			if (!token) refuse(missing('access_token'));
			// Of a JWT that has expired, Clerk only says that it is not active.
			return token.includes('.') ? { active: false } : presentToken(state, findToken(state, token));
		},
	},
	'GET /oauth_applications/{oauth_application_id}': applications.get('oauth_application_id'),
	'PATCH /oauth_applications/{oauth_application_id}': applications.update(
		'oauth_application_id',
		closed({ name: nullable({ ...text, maxLength: 256 }), ...settings }),
		settingsOf,
	),
	'DELETE /oauth_applications/{oauth_application_id}': applications.delete('oauth_application_id'),
	'PUT /oauth_applications/{oauth_application_id}/logo': {
		form: open({ file: { type: 'string', format: 'binary' }, uploader_user_id: text }, ['file']),
		respond: ({ state, params, body }) => {
			const row = applications.find(state, params.oauth_application_id);
			if (body.uploader_user_id) findUser(state, body.uploader_user_id);
			dropImage(state, row.image_id);
			return applications.save(state, row, { image_id: storeImage(state, body).id });
		},
	},
	'POST /oauth_applications/{oauth_application_id}/revoke_token': {
		status: 204,
		body: closed({ token: text }, ['token']),
		respond: ({ state, params, body }) => {
			const { id } = applications.find(state, params.oauth_application_id);
			const token = findToken(state, body.token);
			if (token.application_id !== id) throw notFound('token', '');
			if (token.revoked) throw refusal(400, 'token_revoked', 'The token is revoked already.');
			for (const row of state.oauthTokens.where('grant', token.grant)) {
				state.oauthTokens.update(row, { revoked: true, updated_at: state.clock() });
			}
		},
	},
	'POST /oauth_applications/{oauth_application_id}/rotate_secret': {
		respond: ({ state, params }) => {
			const row = applications.find(state, params.oauth_application_id);
			const secret = secretOf(state, 'secret').slice(0, 32);
			const changes = { client_secret: secret, updated_at: state.clock() };
			return withSecret(state.oauthApplications.update(row, changes));
		},
	},
};
