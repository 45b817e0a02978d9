'use strict';

const { run } = require('../lib/run');

/** What npm says where it reaches no keys, or where a mirror has none. */
const NO_KEYS =
	/code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)|supported registry/;

/** Whether the registry signed what is installed. @returns {Promise<import('../check').Verdict>} */
async function lookAtSignatures() {
	const { code, output } = await run('npm', ['audit', 'signatures', '--fetch-retries=1']);
	if (code === 0) return { findings: [] };
	const [reason] = NO_KEYS.exec(output) ?? [];
	if (reason) return { findings: [], skipped: `npm has no keys of the registry: ${reason}` };
	return { findings: [output.trim()] };
}

module.exports = { lookAtSignatures };
