'use strict';

const { join } = require('node:path');
const { operationLengths, tarball } = require('../../bench/lib/source');
const { median } = require('../../bench/lib/statistics');
const { ROOT } = require('../lib/files');

const NODE = join(ROOT, 'dist', 'nodes', 'Clerk', 'Clerk.node.js');

/**
 * How large what people download, n8n loads and maintainers read may become. Sizes only: how long
 * anything takes is not for a check to say.
 */
const BUDGETS = {
	description: { name: 'description', unit: 'bytes', limit: 400_000 },
	tarball: { name: 'tarball', unit: 'bytes', limit: 500_000 },
	operationFile: { name: 'median operation file', unit: 'lines', limit: 25 },
};

/** Looks at what is built, and at the sources. @returns {import('../check').Verdict} */
function lookAtSizes() {
	const { Clerk } = require(NODE);
	/** @type {Record<keyof typeof BUDGETS, number>} */
	const figures = {
		description: Buffer.byteLength(JSON.stringify(new Clerk().description)),
		tarball: tarball().size,
		operationFile: median(operationLengths()),
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

module.exports = { BUDGETS, lookAtSizes };
