'use strict';

const { run } = require('./run');

/**
 * @typedef {object} Verdict
 * @property {string[]} findings what is wrong; none where it passed
 * @property {string} [said] what is worth knowing of one that passed
 * @property {string} [skipped] why nothing could be looked at
 *
 * @typedef {{ name: string, look: () => Verdict | Promise<Verdict>, isTest?: boolean }} Gate `isTest`: it is one of `npm test`
 */

/**
 * @param {string} name
 * @param {string} script of package.json
 * @param {{ args?: string[], refuse?: RegExp, isTest?: boolean }} [options] `refuse`: what it may not say although it passed
 * @returns {Gate}
 */
function script(name, script, { args = [], refuse, isTest } = {}) {
	const look = async () => {
		const { code, output } = await run('npm', ['run', '--silent', script, '--', ...args]);
		const passed = code === 0 && !refuse?.test(output);
		return { findings: passed ? [] : [output.trim() || `ended with ${code}`] };
	};
	return { name, look, isTest };
}

/**
 * All of them, also after one that did not pass; what one throws is a finding.
 *
 * @param {Gate[]} gates
 * @param {(line: string) => void} say
 * @returns {Promise<Record<'ok' | 'skipped' | 'FAILED', string[]>>} their names
 */
async function passThrough(gates, say) {
	const width = Math.max(...gates.map(({ name }) => name.length));
	/** @type {Awaited<ReturnType<typeof passThrough>>} */
	const names = { ok: [], skipped: [], FAILED: [] };
	for (const { name, look } of gates) {
		const began = Date.now();
		/** @type {Verdict} */
		const { findings, said, skipped } = await Promise.resolve()
			.then(look)
			.catch((error) => ({ findings: [String(error?.message ?? error)] }));
		const result = findings.length > 0 ? 'FAILED' : skipped ? 'skipped' : 'ok';
		const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
		const line = [name.padEnd(width), result.padEnd(7), seconds.padStart(5), skipped ?? said ?? ''];
		say(line.join('  ').trimEnd());
		for (const finding of findings) say(finding.replace(/^/gm, '    '));
		names[result].push(name);
	}
	return names;
}

module.exports = { passThrough, script };
