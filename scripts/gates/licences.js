'use strict';

const satisfies = require('spdx-satisfies');
const { readJson } = require('../lib/files');

/** Of what developers install. Nothing of it is published, so all that counts is that it may be used. */

/** Permissive ones, in SPDX's words. */
const ALLOWED = [
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC-BY-3.0',
	'CC-BY-4.0',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT-0',
	'Python-2.0',
	'Zlib',
	'Unlicense',
];

/** Under n8n's own licence, which lets who writes nodes for n8n use its tools. */
const OF_N8N = /^(@n8n\/|@n8n_io\/|n8n-)/;

/** @typedef {{ license?: string, licenses?: Array<{ type: string }> }} Licensed */

/** A list, which old packages have in place of an expression, leaves the choice. @param {Licensed} package */
const licenceOf = ({ license, licenses }) =>
	license ?? (licenses ? `(${licenses.map(({ type }) => type).join(' OR ')})` : 'none');

/** @param {string} licence */
function isAllowed(licence) {
	try {
		return satisfies(licence, ALLOWED);
	} catch {
		return false;
	}
}

/** What the lock file does not know is in the package itself. @returns {import('../check').Verdict} */
function lookAtLicences() {
	const { packages } = readJson('package-lock.json');
	const { '': _, ...installed } = /** @type {Record<string, Licensed>} */ (packages);
	const all = Object.entries(installed).map(([folder, entry]) => ({
		name: folder.split('node_modules/').at(-1) ?? folder,
		licence: licenceOf(entry.license ? entry : readJson(`${folder}/package.json`)),
	}));
	const others = all.filter(({ name }) => !OF_N8N.test(name));
	return {
		findings: others
			.filter(({ licence }) => !isAllowed(licence))
			.map(({ name, licence }) => `${name}: ${licence}`),
		said: `${others.length} packages, and ${all.length - others.length} of n8n's own`,
	};
}

module.exports = { lookAtLicences };
