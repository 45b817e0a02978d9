'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** @typedef {Parameters<Sequencer['sort']>[0][number]} Test */

/** Those that wait long, for nothing that a faster machine would shorten; the first is the longest. */
const FIRST = [
	'editor',
	'hostileNetwork',
	'bench',
	'editor.jobs',
	'editor.agent',
	'queue',
	'start',
	'jobs',
	'triggerRestart',
];

/** Runs these first, so that none of them is left over at the end while the other worker has nothing to do. */
module.exports = class extends Sequencer {
	/** @override @param {Test[]} tests */
	sort(tests) {
		/** @param {Test} test */
		const rank = ({ path }) => {
			const at = FIRST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
			return at < 0 ? FIRST.length : at;
		};
		return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
	}
};
