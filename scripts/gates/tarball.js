'use strict';

const { execFileSync } = require('node:child_process');
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { n8n } = require('../../package.json');
const { tarball } = require('../../bench/lib/source');
const { ROOT } = require('../lib/files');

/** What a user would install, held against n8n's scanner and our own promises. */

/** @typedef {import('../check').Verdict} Verdict */

/** What was written to be published: the code and what n8n reads beside it, in the folders of `dist`. */
const written = () =>
	['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(ts|svg|json)$/.test(path))
			.map((path) => join('dist', folder, path.replace(/\.ts$/, '.js'))),
	);

/** Nothing may be in it that was not written for it, and all that was must be. @returns {Verdict} */
function lookAtContents() {
	const files = tarball().files.map(({ path }) => path);
	const ofN8n = [...n8n.nodes, ...n8n.credentials];
	const wanted = ['LICENSE', 'README.md', 'package.json', ...ofN8n, ...written()];
	const missing = wanted.filter((file) => !files.includes(file));
	const unwanted = files.filter((file) => !wanted.includes(file));
	return {
		findings: [
			...missing.map((file) => `missing: ${file}`),
			...unwanted.map((file) => `should not be in it: ${file}`),
		],
		said: `${files.length} files`,
	};
}

/** n8n's gate for verified nodes: the package as published, and its sources. @returns {Promise<Verdict>} */
async function lookAtScanner() {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-clerk-pack-'));
	try {
		execFileSync('tar', ['-xzf', tarball(folder).filename], { cwd: folder });
		const looked = [
			{ name: 'tarball', result: await analyzePackage(join(folder, 'package')) },
			{ name: 'source', result: await analyzePackage(ROOT, SOURCE_FILE_PATTERNS) },
		];
		return {
			findings: looked
				.filter(({ result }) => !result.passed)
				.map(({ name, result }) => `${name}: ${result.message}\n${result.details ?? ''}`),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

module.exports = { lookAtContents, lookAtScanner };
