'use strict';

const { createHmac } = require('node:crypto');
const { newRow } = require('../table');

const DAY = 86_400_000;
const TOKEN_SECONDS = 60;

/** @param {State} state @param {Values & { user_id: string }} fields */
const newSession = (state, { created_at: at = state.clock(), ...fields }) =>
	newRow(state, 'sessions', 'sess', {
		client_id: state.newId('client', at),
		last_active_at: at,
		expire_at: at + 7 * DAY,
		abandon_at: at + 30 * DAY,
		created_at: at,
		...fields,
	});

/** One that is over stays what it was. @param {State} state @param {Row} session */
function revokeSession(state, session) {
	if (session.status !== 'active' && session.status !== 'pending') return session;
	return state.sessions.update(session, { status: 'revoked', updated_at: state.clock() });
}

/** @param {State} state @param {string} userId */
function revokeAllSessions(state, userId) {
	for (const session of state.sessions.where('user_id', userId)) revokeSession(state, session);
}

/** No session is in an organization that is left. @param {readonly Row[]} sessions @param {string} id */
function leaveOrganization(sessions, id) {
	const inside = sessions.filter((session) => session.last_active_organization_id === id);
	for (const session of inside) session.last_active_organization_id = null;
}

/** @param {unknown} value */
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// A token with the claims of Clerk's. Its signature is not one that anybody's key verifies.
/** @param {State} state @param {Row} session @param {{ seconds?: number, template?: string }} [options] */
function newToken(state, session, { seconds, template } = {}) {
	const issuedAt = Math.floor(state.clock() / 1000);
	const header = { alg: 'RS256', kid: 'ins_sandbox', typ: 'JWT' };
	const claims = {
		iss: 'https://clerk.sandbox.example',
		sub: session.user_id,
		sid: session.id,
		iat: issuedAt,
		nbf: issuedAt - 10,
		exp: issuedAt + (seconds ?? TOKEN_SECONDS),
		jti: state.newId('jti'),
		...(session.last_active_organization_id && { org_id: session.last_active_organization_id }),
		...(template && { template }),
	};
	const signed = `${encoded(header)}.${encoded(claims)}`;
	const signature = createHmac('sha256', 'sandbox').update(signed).digest('base64url');
	return { object: 'token', jwt: `${signed}.${signature}` };
}

/** The session a token is of. @param {string} jwt @returns {unknown} */
function sessionOfToken(jwt) {
	try {
		return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).sid;
	} catch {
		return undefined;
	}
}

module.exports = {
	leaveOrganization,
	newSession,
	newToken,
	revokeAllSessions,
	revokeSession,
	sessionOfToken,
};
