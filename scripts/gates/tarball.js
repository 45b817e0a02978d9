'use strict';

const { execFileSync } = require('node:child_process');
const { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** What a user would install, unpacked, and held against n8n's scanner and our own promises. */

const ROOT = join(__dirname, '..', '..');

/** npm's own, and the code with what n8n reads beside it. */
const CONTENTS = [
	/^(LICENSE|README\.md|package\.json)$/,
	/^dist\/(credentials|nodes)\/[\w./]+\.(js|svg)$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/nodes\/Clerk\/__schema__\/v1\.0\.0\/\w+\/\w+\.json$/,
];

const MODULES = ['n8n-workflow', 'node:crypto'];

/**
 * @template Result
 * @param {(unpacked: string) => Result | Promise<Result>} look at the folder with what npm would publish
 * @returns {Promise<Result>}
 */
async function withTarball(look) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-clerk-pack-'));
	const options = { cwd: ROOT, shell: process.platform === 'win32' };
	try {
		const packing = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
		const name = execFileSync('npm', packing, { ...options, encoding: 'utf8' }).trim();
		execFileSync('tar', ['-xzf', name], { cwd: folder });
		return await look(join(folder, 'package'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param {string} folder @returns {string[]} with slashes */
const filesBelow = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((file) => file.replaceAll('\\', '/'));

/** @param {string} file of the tarball */
const hasSource = (file) =>
	existsSync(join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')));

/**
 * Nothing may be in it that was not written for it, and what n8n loads must be.
 *
 * @param {string[]} files of the tarball
 * @param {string[]} wanted
 * @param {(file: string) => boolean} isOurs
 * @returns {import('../lib/gates').Verdict}
 */
function judgeContents(files, wanted, isOurs = hasSource) {
	const missing = wanted.filter((file) => !files.includes(file));
	const odd = files.filter((file) => !CONTENTS.some((pattern) => pattern.test(file)));
	const stray = files.filter((file) => !odd.includes(file) && !isOurs(file));
	return {
		findings: [
			...missing.map((file) => `missing: ${file}`),
			...odd.map((file) => `should not be in it: ${file}`),
			...stray.map((file) => `has no source: ${file}`),
		],
		said: `${files.length} files`,
	};
}

/** @param {string} unpacked */
function contents(unpacked) {
	const { n8n } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
	return judgeContents(filesBelow(unpacked), [
		'LICENSE',
		'README.md',
		...n8n.nodes,
		...n8n.credentials,
	]);
}

/**
 * @param {Record<string, string>} code by its files
 * @returns {import('../lib/gates').Verdict}
 */
function judgeModules(code) {
	const required = Object.entries(code)
		.flatMap(([file, text]) => {
			// A call that does not say which is shown as it stands, and so refused.
			const calls = text.matchAll(/\brequire\((?:["']([^"']+)["']\))?|\bimport\(/g);
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

/** @param {string} unpacked */
function modules(unpacked) {
	const files = filesBelow(unpacked).filter((file) => file.endsWith('.js'));
	const code = files.map((file) => [file, readFileSync(join(unpacked, file), 'utf8')]);
	return judgeModules(Object.fromEntries(code));
}

/**
 * n8n's gate for verified nodes: the package as published, and its sources.
 *
 * @param {string} unpacked
 * @returns {Promise<import('../lib/gates').Verdict>}
 */
async function scan(unpacked) {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const looked = [
		{ name: 'tarball', result: await analyzePackage(unpacked) },
		{ name: 'source', result: await analyzePackage(ROOT, SOURCE_FILE_PATTERNS) },
	];
	return {
		findings: looked
			.filter(({ result }) => !result.passed)
			.map(({ name, result }) => `${name}: ${result.message}\n${result.details ?? ''}`),
	};
}

module.exports = {
	judgeContents,
	judgeModules,
	lookAtContents: () => withTarball(contents),
	lookAtModules: () => withTarball(modules),
	lookAtScanner: () => withTarball(scan),
};
