'use strict';

const { join } = require('node:path');
const { operationFiles, tarball } = require('../../bench/lib/source');
const { median } = require('../../bench/lib/statistics');
const { BUDGETS } = require('../lib/budgets');

const NODE = join(__dirname, '..', '..', 'dist', 'nodes', 'Clerk', 'Clerk.node.js');

/** @returns {Record<keyof typeof BUDGETS, number>} of what is built, and of the sources */
function figures() {
	const { Clerk } = require(NODE);
	return {
		description: Buffer.byteLength(JSON.stringify(new Clerk().description)),
		tarball: tarball().size,
		operationFile: median(operationFiles().map(({ lines }) => lines)),
	};
}

/** @param {ReturnType<typeof figures>} measured @returns {import('../lib/gates').Verdict} */
function judgeFigures(measured) {
	const all = Object.entries(BUDGETS).map(([key, { name, unit, limit }]) => {
		const figure = measured[/** @type {keyof typeof BUDGETS} */ (key)];
		const text = `${name} ${figure.toLocaleString('en')} of ${limit.toLocaleString('en')} ${unit}`;
		return { isWithin: figure <= limit, text };
	});
	return {
		findings: all.filter(({ isWithin }) => !isWithin).map(({ text }) => `too large: ${text}`),
		said: all.map(({ text }) => text).join(', '),
	};
}

module.exports = { judgeFigures, lookAtSizes: () => judgeFigures(figures()) };
