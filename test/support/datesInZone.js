'use strict';

const { execFileSync } = require('node:child_process');

/**
 * Reads dates in a process of another time zone: `node --import tsx` with this file and pairs of text
 * and zone as JSON. What the process's own zone is must make no difference.
 *
 * @param {string} zone of the process
 * @param {Array<[text: string, timezone: string]>} dates
 * @returns {Array<number | string>} milliseconds, or the reason of the refusal
 */
function datesInZone(zone, dates) {
	const args = ['--import', 'tsx', __filename, JSON.stringify(dates)];
	const env = { ...process.env, TZ: zone };
	return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
}

if (require.main === module) {
	const { toMilliseconds } = require('../../nodes/Clerk/engine/input/date');
	const read = (/** @type {[string, string]} */ [text, timezone]) => {
		try {
			return toMilliseconds(text, timezone, (reason) => new Error(reason));
		} catch (error) {
			return /** @type {Error} */ (error).message;
		}
	};
	console.log(JSON.stringify(JSON.parse(process.argv[2]).map(read)));
}

module.exports = { datesInZone };
