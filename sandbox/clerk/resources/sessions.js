'use strict';

const { badFormat, missing, notFound, refusal, refuse } = require('../errors');
const { withTotal } = require('../lists');
const { newSession, presentSession, revokeSession } = require('../records/session');
const { newToken, sessionOfToken } = require('../records/token');
const { described } = require('../schemas');
const { membershipOf } = require('./invitationRules');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/session').SessionRow} SessionRow */

/** @param {State} state @param {string} id */
function findSession(state, id) {
	const session = state.sessions.get(id);
	if (!session) throw notFound('session', id);
	return session;
}

/** Newest first. @param {State} state @param {Record<string, any>} query */
function listSessions(state, { user_id: userId, client_id: clientId, status }) {
	if (userId === undefined && clientId === undefined) refuse(missing('user_id'));
	return state.sessions.rows
		.filter((session) => userId === undefined || session.user_id === userId)
		.filter((session) => clientId === undefined || session.client_id === clientId)
		.filter((session) => status === undefined || session.status === status)
		.reverse();
}

/** Without a wish, the organization the user joined last is the active one. @param {State} state @param {Record<string, any>} body */
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
	return presentSession(state.sessions.insert(newSession(state, fields)));
}

/** @param {State} state @param {string} id */
function findOpenSession(state, id) {
	const session = findSession(state, id);
	if (session.status !== 'active' && session.status !== 'pending') throw notFound('session', id);
	return session;
}

/** @param {State} state @param {string} id @param {Record<string, any>} body */
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

module.exports = described({
	'GET /sessions': ({ state, query }) => {
		const page = withTotal(listSessions(state, query), query, presentSession);
		return query.paginated ? page : page.data;
	},
	'POST /sessions': {
		testingOnly: true,
		respond: ({ state, body }) => createSession(state, body),
	},
	'POST /sessions/{session_id}/refresh': {
		refusalStatus: 401,
		respond: ({ state, params, body }) => refreshSession(state, params.session_id, body),
	},
	'POST /sessions/{session_id}/tokens': ({ state, params, body }) =>
		newToken(state, findOpenSession(state, params.session_id), {
			seconds: body.expires_in_seconds,
		}),
	'POST /sessions/{session_id}/tokens/{template_name}': ({ state, params, body }) => {
		const { session_id: id, template_name: template } = params;
		const session = findOpenSession(state, id);
		if (state.jwtTemplates.where('name', template).length === 0) {
			throw notFound('JWT template', template);
		}
		return newToken(state, session, { seconds: body.expires_in_seconds, template });
	},
	'GET /sessions/{session_id}': ({ state, params }) =>
		presentSession(findSession(state, params.session_id)),
	'POST /sessions/{session_id}/revoke': ({ state, params }) =>
		presentSession(revokeSession(state, findSession(state, params.session_id))),
});
