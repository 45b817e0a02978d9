'use strict';

const { badFormat, notFound, refusal, refuse } = require('../errors');
const { newSession, newToken, revokeSession, sessionOfToken } = require('../records/session');
const { defineResource } = require('../resource');
const { described } = require('../schemas');
const { membershipOf } = require('../records/membership');
const { findUser } = require('../records/user');

/** Without a wish, the organization the user joined last is the active one. @param {State} state @param {Values} body */
function createSession(state, { user_id: userId, active_organization_id: wanted }) {
	const user = findUser(state, userId);
	if (wanted !== undefined && !membershipOf(state, wanted, user.id)) {
		refuse(badFormat('active_organization_id', 'is not an organization of the user'));
	}
	const now = state.clock();
	const joined = state.memberships.where('user_id', user.id).at(-1)?.organization_id;
	state.users.update(user, { last_sign_in_at: now, last_active_at: now });
	const fields = {
		user_id: user.id,
		created_at: now,
		last_active_organization_id: wanted ?? joined ?? null,
	};
	return state.sessions.insert(newSession(state, fields));
}

/** @param {State} state @param {string} id @param {Values} body */
function refreshSession(state, id, body) {
	const session = state.sessions.get(id);
	const isGood =
		session?.status === 'active' &&
		sessionOfToken(body.expired_token) === id &&
		body.refresh_token === refreshTokenOf(id);
	if (!isGood) throw refusal(401, 'refresh_session_invalid', 'The session cannot be refreshed.');
	const token = newToken(state, session);
	if (body.format !== 'cookie') return token;
	return { object: 'cookies', cookies: [`__session=${token.jwt}; Path=/; SameSite=Lax`] };
}

/** Made up from the id, so that a person can type it. @param {string} sessionId */
const refreshTokenOf = (sessionId) => `refresh_${sessionId}`;

/** @param {Call} call */
function createToken({ state, row, params, body }) {
	const { session_id: id, template_name: template } = params;
	if (row.status !== 'active' && row.status !== 'pending') throw notFound('session', id);
	if (template !== undefined && state.jwtTemplates.where('name', template).length === 0) {
		throw notFound('JWT template', template);
	}
	return newToken(state, row, { seconds: body.expires_in_seconds, template });
}

const SESSION = '/sessions/{session_id}';

const sessions = defineResource({
	path: '/sessions',
	table: 'sessions',
	shown: () => ({ actor: null, tasks: null }),
	routes: {
		'POST /sessions': {
			testingOnly: true,
			respond: ({ state, body }) => createSession(state, body),
		},
		[`POST ${SESSION}/tokens`]: createToken,
		[`POST ${SESSION}/tokens/{template_name}`]: createToken,
		[`POST ${SESSION}/revoke`]: ({ state, row }) => revokeSession(state, row),
	},
});

// A session that does not exist is refused like one that cannot be refreshed.
const refresh = described({
	[`POST ${SESSION}/refresh`]: {
		refusalStatus: 401,
		respond: ({ state, params, body }) => refreshSession(state, params.session_id, body),
	},
});

module.exports = { sessions, routes: { ...sessions.routes, ...refresh } };
