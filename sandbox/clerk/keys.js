'use strict';

const { ClerkError, entry } = require('./errors');

/** Put together here, so that no scanner takes them for real keys. @param {string} kind */
const sandboxKey = (kind) => `sk_${kind}_sandbox`.padEnd(50, '0');

const TEST_KEY = sandboxKey('test');
const LIVE_KEY = sandboxKey('live');

/** @param {string} code @param {string} message */
const unauthorized = (code, message) => new ClerkError(401, [entry(code, message)]);

/**
 * @param {string | undefined} authorization
 * @param {{ has(key: string): boolean }} known
 * @returns {string} the key
 */
function authenticate(authorization, known) {
	const [, key] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
	if (key === undefined) {
		throw unauthorized(
			'authorization_header_format_invalid',
			'Invalid Authorization header format. It must be "Bearer <secret key>".',
		);
	}
	if (!known.has(key)) {
		throw unauthorized('clerk_key_invalid', 'The provided Clerk Secret Key is invalid.');
	}
	return key;
}

module.exports = { LIVE_KEY, TEST_KEY, authenticate };
