'use strict';

const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { n8n } = require('../../package.json');
const { tarball } = require('../../bench/lib/source');
const { ROOT } = require('../lib/files');

/** What a user would install, unpacked, and held against n8n's scanner and our own promises. */

const MODULES = ['n8n-workflow', 'node:crypto'];

/** @typedef {import('../check').Verdict} Verdict */

/** @type {{ folder: string, files: string[] } | undefined} */
let known;

/** What npm would publish, until the process ends: the folder that it is unpacked in, and its files. */
function unpacked() {
	if (known) return known;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-clerk-pack-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const { filename, files } = tarball(folder);
	execFileSync('tar', ['-xzf', filename], { cwd: folder });
	known = { folder: join(folder, 'package'), files: files.map(({ path }) => path) };
	return known;
}

/** What was written to be published: the code and what n8n reads beside it, in the folders of `dist`. */
const written = () =>
	['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(ts|svg|json)$/.test(path))
			.map((path) => join('dist', folder, path.replace(/\.ts$/, '.js'))),
	);

/** Nothing may be in it that was not written for it, and all that was must be. @returns {Verdict} */
function lookAtContents() {
	const { files } = unpacked();
	const ofN8n = [...n8n.nodes, ...n8n.credentials];
	const wanted = ['LICENSE', 'README.md', 'package.json', ...ofN8n, ...written()];
	return {
		findings: [
			...wanted.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
			...files
				.filter((file) => !wanted.includes(file))
				.map((file) => `should not be in it: ${file}`),
		],
		said: `${files.length} files`,
	};
}

/** @returns {Verdict} */
function lookAtModules() {
	const { folder, files } = unpacked();
	const required = files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => {
			const code = readFileSync(join(folder, file), 'utf8');
			// A call that does not say which is shown as it is, and so refused.
			const calls = code.matchAll(/\brequire\((?:["']([^"']+)["']\))?|\bimport\(/g);
			return [...calls].map(([call, name = call]) => ({ file, name }));
		})
		.filter(({ name }) => !name.startsWith('.'));
	return {
		findings: required
			.filter(({ name }) => !MODULES.includes(name))
			.map(({ file, name }) => `${file}: ${name}`),
		said: [...new Set(required.map(({ name }) => name))].sort().join(', '),
	};
}

/** n8n's gate for verified nodes: the package as published, and its sources. @returns {Promise<Verdict>} */
async function lookAtScanner() {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const looked = [
		{ name: 'tarball', result: await analyzePackage(unpacked().folder) },
		{ name: 'source', result: await analyzePackage(ROOT, SOURCE_FILE_PATTERNS) },
	];
	return {
		findings: looked
			.filter(({ result }) => !result.passed)
			.map(({ name, result }) => `${name}: ${result.message}\n${result.details ?? ''}`),
	};
}

module.exports = { lookAtContents, lookAtModules, lookAtScanner };
