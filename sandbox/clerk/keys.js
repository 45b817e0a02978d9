'use strict';

const { ClerkError, entry } = require('./errors');

/** Put together here, so that no scanner takes them for real keys. @param {string} kind */
const sandboxKey = (kind) => `sk_${kind}_sandbox`.padEnd(50, '0');

const TEST_KEY = sandboxKey('test');
const LIVE_KEY = sandboxKey('live');

/** @param {string} code @param {string} message */
const unauthorized = (code, message) => new ClerkError(401, [entry(code, message)]);

/** Returns the key. @param {string | undefined} authorization @param {(key: string) => boolean} isKnown */
function authenticate(authorization, isKnown) {
	const [, key] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
	if (key === undefined) {
		const message = 'Invalid Authorization header format. It must be "Bearer <secret key>".';
		throw unauthorized('authorization_header_format_invalid', message);
	}
	if (isKnown(key)) return key;
	throw unauthorized('clerk_key_invalid', 'The provided Clerk Secret Key is invalid.');
}

module.exports = { LIVE_KEY, TEST_KEY, authenticate };
