'use strict';

const { run } = require('../lib/run');

/** What npm says where it got no response; whatever else it says is one. */
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)$/;

/** Whether the registry signed what is installed. @returns {Promise<import('../check').Verdict>} */
async function lookAtSignatures() {
	const { stdout } = await run('npm', ['audit', 'signatures', '--json', '--fetch-retries=1']);
	/** @type {{ error?: any, invalid?: any[], missing?: any[] }} */
	const { error, invalid = [], missing = [] } = JSON.parse(stdout);
	if (error && UNREACHABLE.test(error.code)) {
		return { findings: [], skipped: `npm cannot reach the keys: ${error.code}` };
	}
	// What a mirror has that signs nothing.
	if (/supported registry/.test(error?.summary)) {
		return { findings: [], skipped: 'the registry has no keys' };
	}
	if (error) return { findings: [`${error.code ?? 'npm'}: ${error.summary}`] };
	const findings = Object.entries({ invalid, missing }).flatMap(([what, packages]) =>
		packages.map(({ name, version }) => `${what}: ${name}@${version}`),
	);
	return { findings };
}

module.exports = { lookAtSignatures };
