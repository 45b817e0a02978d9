'use strict';

const { join } = require('node:path');
const { operationFiles, tarball } = require('../../bench/lib/source');
const { median } = require('../../bench/lib/statistics');
const { BUDGETS } = require('../lib/budgets');

const NODE = join(__dirname, '..', '..', 'dist', 'nodes', 'Clerk', 'Clerk.node.js');

/** Looks at what is built, and at the sources. @returns {import('../lib/gates').Verdict} */
function lookAtSizes() {
	const { Clerk } = require(NODE);
	/** @type {Record<keyof typeof BUDGETS, number>} */
	const figures = {
		description: Buffer.byteLength(JSON.stringify(new Clerk().description)),
		tarball: tarball().size,
		operationFile: median(operationFiles().map(({ lines }) => lines)),
	};
	const all = Object.entries(BUDGETS).map(([key, { name, unit, limit }]) => {
		const figure = figures[/** @type {keyof typeof BUDGETS} */ (key)];
		const text = `${name} ${figure.toLocaleString('en')} of ${limit.toLocaleString('en')} ${unit}`;
		return { isWithin: figure <= limit, text };
	});
	return {
		findings: all.filter(({ isWithin }) => !isWithin).map(({ text }) => `too large: ${text}`),
		said: all.map(({ text }) => text).join(', '),
	};
}

module.exports = { lookAtSizes };
