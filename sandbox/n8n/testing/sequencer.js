'use strict';

/** Those that wait long, for nothing that a faster machine would shorten; the first is the longest. */
const FIRST = [
	'editor',
	'hostileNetwork',
	'bench',
	'editor.jobs',
	'queue',
	'start',
	'jobs',
	'triggerRestart',
];

/** Runs these first, so that none of them is left over at the end while the other worker has nothing to do. */
module.exports = class {
	/** @param {Array<{ path: string }>} tests */
	sort(tests) {
		/** @param {{ path: string }} test */
		const rank = ({ path }) => {
			const at = FIRST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
			return at < 0 ? FIRST.length : at;
		};
		return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
	}

	/** @param {Array<{ path: string }>} tests */
	allFailedTests(tests) {
		return tests;
	}

	cacheResults() {}
};
