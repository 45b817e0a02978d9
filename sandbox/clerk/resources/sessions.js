'use strict';

const { badFormat, found, notFound, refusal, refuse } = require('../errors');
const { newSession, newToken, revokeSession, sessionOfToken } = require('../records/session');
const { defineResource } = require('../resource');
const { described } = require('../schemas');
const { membershipOf } = require('../records/membership');
const { findUser } = require('../records/user');

/** @param {Call} call */
function createToken({ state, row, params, body }) {
	const { session_id: id, template_name: template } = params;
	const isOver = row.status !== 'active' && row.status !== 'pending';
	if (isOver) throw notFound('session', id);
	if (template !== undefined)
		found(state.jwtTemplates.where('name', template)[0], 'JWT template', template);
	return newToken(state, row, { seconds: body.expires_in_seconds, template });
}

const SESSION = '/sessions/{session_id}';

const sessions = defineResource({
	path: '/sessions',
	table: 'sessions',
	routes: {
		'POST /sessions': {
			testingOnly: true,
			respond({ state, body: { user_id, active_organization_id: wanted } }) {
				const user = findUser(state, user_id);
				const isOutside = wanted !== undefined && !membershipOf(state, wanted, user_id);
				refuse(isOutside && badFormat('active_organization_id', 'is not one of the user'));
				const now = state.clock();
				state.users.update(user, { last_sign_in_at: now, last_active_at: now });
				// Without a wish, the organization the user joined last is the active one.
				const joined = state.memberships.where('user_id', user_id).at(-1)?.organization_id;
				const active = { last_active_organization_id: wanted ?? joined ?? null };
				return state.sessions.insert(newSession(state, { user_id, created_at: now, ...active }));
			},
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
		respond({ state, params: { session_id: id = '' }, body }) {
			const session = state.sessions.get(id);
			const isGood =
				session?.status === 'active' &&
				sessionOfToken(body.expired_token) === id &&
				// Made up from the id, so that a person can type it.
				body.refresh_token === `refresh_${id}`;
			if (!isGood) throw refusal('refresh_session_invalid');
			const token = newToken(state, session);
			if (body.format !== 'cookie') return token;
			return { object: 'cookies', cookies: [`__session=${token.jwt}; Path=/; SameSite=Lax`] };
		},
	},
});

module.exports = { sessions, makers: sessions.makers, routes: { ...sessions.routes, ...refresh } };
