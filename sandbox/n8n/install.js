'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join, resolve } = require('node:path');
const { Advice } = require('./advice');
const { makeOnce } = require('./parts');
const { startProcess } = require('./processes');

const SANDBOX = dirname(__dirname);
const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * @typedef {object} Installed
 * @property {string} root the folder that has node_modules
 * @property {string} node the Node that runs what is in it
 * @property {string} version of n8n
 *
 * @typedef {{ engines?: { node?: string }, version?: string, os?: string[], cpu?: string[], bin?: Record<string, string> }} LockedPackage
 * @typedef {{ major: number, path: string, folder?: string }} NodeChoice `folder`: of the npm package that `path` is in,
 *   both from where the lock file is installed
 */

/** Outside of the checkout: 2.4 GB that survive `git clean` and serve every clone. */
function cacheFolder() {
	return (
		process.env.N8N_CLERK_CACHE ||
		join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-clerk')
	);
}

/** @param {string} dir a folder with a lock file @returns {Record<string, LockedPackage>} */
const lockedPackages = (dir) =>
	JSON.parse(fs.readFileSync(join(dir, 'package-lock.json'), 'utf8')).packages;

/**
 * n8n wants a newer Node than this package does. The machine's own is taken when it is new enough,
 * else the one that the lock file carries as an npm package.
 *
 * @param {Record<string, LockedPackage>} packages
 * @returns {NodeChoice}
 */
function chooseNode(packages) {
	const { engines, version } = packages['node_modules/n8n'];
	const wanted = Number(/\d+/.exec(engines?.node ?? '')?.[0] ?? 0);
	const here = Number(process.versions.node.split('.')[0]);
	if (here >= wanted) return { major: here, path: process.execPath };

	for (const [folder, { os, cpu, bin, version = '' }] of Object.entries(packages)) {
		if (bin?.node && os?.includes(process.platform) && cpu?.includes(process.arch)) {
			return { major: Number(version.split('.')[0]), path: join(folder, bin.node), folder };
		}
	}
	throw new Advice(
		`n8n ${version} needs Node ${wanted} and this is Node ${here}. Install Node ${wanted} or newer (https://nodejs.org) and run it again.`,
	);
}

/**
 * npm as a child of `npm start` inherits the settings of the outer project; those that name the
 * outer project would make it install there.
 */
function npmEnvironment() {
	const outer = /^(npm_package_|npm_lifecycle_|npm_config_local_prefix$|INIT_CWD$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/** @param {string} dir @param {string} root @param {NodeChoice} choice */
async function install(dir, root, choice) {
	for (const name of MANIFESTS) fs.copyFileSync(join(dir, name), join(root, name));
	const log = `${root}.log`;
	const env = npmEnvironment();
	const headers = choice.folder && join(root, choice.folder);
	// A module built with the headers of another Node, the one that runs npm, loads and crashes later.
	if (headers && fs.existsSync(join(headers, 'include'))) env.npm_config_nodedir = headers;

	/** @param {string} doing @param {string} file @param {string[]} args */
	const run = async (doing, file, args) => {
		console.error(`  ${doing}`);
		const shell = file === 'npm' && process.platform === 'win32';
		const onOutput = (/** @type {string} */ text) => fs.appendFileSync(log, text);
		const { ended } = startProcess(file, args, { cwd: root, env, shell, onOutput });
		if ((await ended) === 0) return;
		const lastLines = fs.readFileSync(log, 'utf8').slice(-2_000);
		throw new Advice(
			`${lastLines}\n${doing} failed. It needs the npm registry, 3 GB in ${dirname(root)} (N8N_CLERK_CACHE names another folder), and where sqlite3 has to be compiled, Python 3 and a C++ compiler. The whole output: ${log}`,
		);
	};
	await run('1/3 Download of the packages (about 2 minutes, 2.4 GB on disk)', 'npm', ['ci']);
	const build = ['rebuild', 'sqlite3', '--ignore-scripts=false'];
	await run('2/3 Build of the database module, sqlite3 (about 1 minute)', 'npm', build);
	await run('3/3 Check that it loads', resolve(root, choice.path), ['-e', "require('sqlite3')"]);
	fs.rmSync(log, { force: true });
}

/**
 * The installed lock file of a folder. The first call takes minutes, the next ones nothing: the
 * result is kept under the hash of what was installed. `N8N_INSTALLED` names the folder of an n8n
 * that is there already, such as the one of n8n's Docker image, for the Node that runs this;
 * `N8N_SANDBOX_DIR` another folder with a lock file.
 *
 * @returns {Promise<Installed>}
 */
async function ensureInstall() {
	const { N8N_INSTALLED: installed, N8N_SANDBOX_DIR: dir = SANDBOX } = process.env;
	if (installed) {
		const { version } = require(join(installed, 'node_modules', 'n8n', 'package.json'));
		return { root: installed, node: process.execPath, version };
	}
	const packages = lockedPackages(dir);
	const choice = chooseNode(packages);
	const version = packages['node_modules/n8n'].version ?? '';
	const hash = createHash('sha256');
	for (const name of MANIFESTS) hash.update(fs.readFileSync(join(dir, name)));
	hash.update(`${process.platform} ${process.arch} ${choice.major}`);
	const root = join(cacheFolder(), `n8n-${version}-${hash.digest('hex').slice(0, 12)}`);
	await makeOnce(root, async (part) => {
		console.error(`Installing n8n ${version}, once, in ${root}`);
		await install(dir, part, choice);
	});
	return { root, node: resolve(root, choice.path), version };
}

module.exports = { ensureInstall, cacheFolder, lockedPackages };
