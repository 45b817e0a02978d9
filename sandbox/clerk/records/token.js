'use strict';

const { createHmac } = require('node:crypto');

const SECONDS = 60;

/** @param {unknown} value */
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A token with the claims of Clerk's. Its signature is not one that anybody's key verifies.
 *
 * @param {State} state
 * @param {Row} session
 * @param {{ seconds?: number | null, template?: string }} [options]
 */
function newToken(state, session, { seconds, template } = {}) {
	const issuedAt = Math.floor(state.clock() / 1000);
	const header = { alg: 'RS256', kid: 'ins_sandbox', typ: 'JWT' };
	const claims = {
		iss: 'https://clerk.sandbox.example',
		sub: session.user_id,
		sid: session.id,
		iat: issuedAt,
		nbf: issuedAt - 10,
		exp: issuedAt + (seconds ?? SECONDS),
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

module.exports = { newToken, sessionOfToken };
