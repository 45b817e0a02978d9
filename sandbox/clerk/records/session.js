'use strict';

const DAY = 86_400_000;

/**
 * @typedef {object} SessionRow
 * @property {string} id
 * @property {string} user_id
 * @property {string} client_id
 * @property {'abandoned' | 'active' | 'ended' | 'expired' | 'pending' | 'removed' | 'replaced' | 'revoked'} status
 * @property {string | null} last_active_organization_id
 * @property {number} last_active_at
 * @property {number} expire_at
 * @property {number} abandon_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/**
 * @param {State} state
 * @param {Partial<SessionRow> & { user_id: string }} fields
 * @returns {SessionRow}
 */
function newSession(state, fields) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		client_id: state.newId('client', createdAt),
		status: 'active',
		last_active_organization_id: null,
		last_active_at: createdAt,
		expire_at: createdAt + 7 * DAY,
		abandon_at: createdAt + 30 * DAY,
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		id: state.newId('sess', createdAt),
	};
}

/** @param {SessionRow} session */
const presentSession = (session) => ({ object: 'session', ...session, actor: null, tasks: null });

/** Only a session that is still open can be revoked; one that is over stays what it was. @param {State} state @param {SessionRow} session */
function revokeSession(state, session) {
	if (session.status !== 'active' && session.status !== 'pending') return session;
	return state.sessions.update(session, { status: 'revoked', updated_at: state.clock() });
}

/** @param {State} state @param {string} userId */
function revokeAllSessions(state, userId) {
	for (const session of state.sessions.where('user_id', userId)) revokeSession(state, session);
}

module.exports = { newSession, presentSession, revokeAllSessions, revokeSession };
