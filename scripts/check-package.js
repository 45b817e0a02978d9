/**
 * What a user would install: packs it, and holds the tarball against n8n's scanner and our own
 * promises (nothing but the package, no dependency at run time).
 */
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative, resolve } = require('node:path');

const ROOT = resolve(__dirname, '..');
const LARGEST_TARBALL = 500_000;
const EXPECTED = ['LICENSE', 'README.md', 'dist', 'package.json'];
const ALLOWED_MODULES = ['n8n-workflow', 'node:crypto'];

/** @type {(folder: string) => string[]} */
const filesBelow = (folder) =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});

/** @type {(folder: string) => string[]} */
function forbiddenModules(folder) {
	return filesBelow(folder)
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) =>
			[...readFileSync(file, 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)|\bimport\(/g)]
				.map(([call, name]) => name ?? call)
				.filter((name) => !name.startsWith('.') && !ALLOWED_MODULES.includes(name))
				.map((name) => `${relative(folder, file)} requires ${name}`),
		);
}

/** @type {(folder: string) => Promise<string[]>} */
async function findings(folder) {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const tarball = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
	}).trim();
	execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder]);
	const unpacked = join(folder, 'package');

	const found = forbiddenModules(unpacked);
	const size = statSync(join(folder, tarball)).size;
	if (size > LARGEST_TARBALL)
		found.push(`the tarball has ${size} bytes, more than ${LARGEST_TARBALL}`);
	const contents = readdirSync(unpacked).sort();
	if (contents.join() !== EXPECTED.join()) found.push(`the tarball holds ${contents.join(', ')}`);
	for (const [name, result] of [
		['tarball', await analyzePackage(unpacked)],
		['source', await analyzePackage(ROOT, SOURCE_FILE_PATTERNS)],
	]) {
		if (!result.passed) found.push(`scanner, ${name}: ${result.message}\n${result.details ?? ''}`);
	}
	return found;
}

async function main() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-clerk-pack-'));
	try {
		const found = await findings(folder);
		for (const finding of found) console.log(finding);
		console.log(`package: ${found.length} findings`);
		process.exitCode = found.length > 0 ? 1 : 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
