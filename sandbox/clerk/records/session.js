'use strict';

const { newRow } = require('./row');

const DAY = 86_400_000;

/** @param {State} state @param {Values & { user_id: string }} fields */
function newSession(state, { created_at: at = state.clock(), ...fields }) {
	return newRow(state, 'sess', {
		client_id: state.newId('client', at),
		status: 'active',
		last_active_organization_id: null,
		last_active_at: at,
		expire_at: at + 7 * DAY,
		abandon_at: at + 30 * DAY,
		created_at: at,
		...fields,
	});
}

/** Only a session that is still open can be revoked; one that is over stays what it was. @param {State} state @param {Row} session */
function revokeSession(state, session) {
	if (session.status !== 'active' && session.status !== 'pending') return session;
	return state.sessions.update(session, { status: 'revoked', updated_at: state.clock() });
}

/** @param {State} state @param {string} userId */
function revokeAllSessions(state, userId) {
	for (const session of state.sessions.where('user_id', userId)) revokeSession(state, session);
}

module.exports = { newSession, revokeAllSessions, revokeSession };
