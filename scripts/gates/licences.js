'use strict';

const satisfies = require('spdx-satisfies');
const { readJson } = require('../lib/files');

/** Permissive ones, in SPDX's words. Nothing that developers install is published, so all that counts is that it may be used. */
const ALLOWED = [
	...['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'Unlicense', 'Zlib'],
	...['Apache-2.0', 'BlueOak-1.0.0', 'Python-2.0'],
	...['CC-BY-3.0', 'CC-BY-4.0', 'CC0-1.0'],
];

/** Under n8n's own licence, which lets who writes nodes for n8n use its tools. */
const OF_N8N = /^(@n8n\/|@n8n_io\/|n8n-)/;

/** @param {string} licence */
function isAllowed(licence) {
	try {
		return satisfies(licence, ALLOWED);
	} catch {
		return false;
	}
}

/** Of a package that the lock file says none of: old ones have a list, which leaves the choice. @param {string} folder @returns {string} */
function licenceIn(folder) {
	const { license, licenses = [] } = readJson(`${folder}/package.json`);
	return license ?? licenses.map((/** @type {{ type: string }} */ { type }) => type).join(' OR ');
}

/** @returns {import('../check').Verdict} */
function lookAtLicences() {
	const { packages } = readJson('package-lock.json');
	const { '': _, ...installed } = /** @type {Record<string, { license?: string }>} */ (packages);
	const all = Object.entries(installed).map(([folder, { license }]) => ({
		name: folder.split('node_modules/').at(-1) ?? folder,
		licence: license ?? licenceIn(folder),
	}));
	const others = all.filter(({ name }) => !OF_N8N.test(name));
	const refused = others.filter(({ licence }) => !isAllowed(licence));
	return {
		findings: refused.map(({ name, licence }) => `${name}: ${licence || 'none'}`),
		said: `${others.length} packages, and ${all.length - others.length} of n8n's own`,
	};
}

module.exports = { lookAtLicences };
