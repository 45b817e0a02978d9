'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { Advice, adviceFor } = require('./advice');
const { chooseNode, headersPath, lockedPackages, nodePath } = require('./nodeBinary');
const { complete, partOf, removeDeadParts } = require('./parts');
const { removeAtEnd, startProcess } = require('./processes');

const SANDBOX = dirname(__dirname);
const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];
const GIGABYTES_NEEDED = 3;

/**
 * @typedef {object} Installed
 * @property {string} root the folder that has node_modules
 * @property {string} node the Node that runs what is in it
 * @property {string} version of n8n
 */

/** Outside of the checkout: 2.4 GB that survive `git clean` and serve every clone. */
function cacheFolder() {
	return (
		process.env.N8N_CLERK_CACHE ||
		join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-clerk')
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

/**
 * @param {string[]} args
 * @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv, command?: string }} options
 * @returns {Promise<string | undefined>} what it printed, when it failed
 */
async function run(args, { cwd, log, env = {}, command }) {
	const npm = process.env.npm_execpath?.endsWith('npm-cli.js') && process.env.npm_execpath;
	const [file, ...first] = command ? [command] : npm ? [process.execPath, npm] : ['npm'];
	let output = '';
	const { ended } = startProcess(file, [...first, ...args], {
		cwd,
		env: { ...npmEnvironment(), ...env },
		shell: file === 'npm' && process.platform === 'win32',
		onOutput: (text) => {
			output += text;
			fs.appendFileSync(log, text);
		},
	});
	return (await ended) === 0 ? undefined : output;
}

/** @param {string} cache */
function refuseSmallDisk(cache) {
	const { bavail, bsize } = fs.statfsSync(cache);
	if (bavail * bsize < GIGABYTES_NEEDED * 1e9) {
		throw new Advice(
			`n8n needs ${GIGABYTES_NEEDED} GB in ${cache} and there are ${((bavail * bsize) / 1e9).toFixed(1)}. Free some space, or name a folder on another disk in N8N_CLERK_CACHE, and run it again.`,
		);
	}
}

/**
 * @param {string} dir
 * @param {string} root
 * @param {import('./nodeBinary').NodeChoice} choice
 * @param {(line: string) => void} say
 */
async function install(dir, root, choice, say) {
	const cache = dirname(root);
	const log = `${root}.log`;
	fs.mkdirSync(root, { recursive: true });
	refuseSmallDisk(cache);
	for (const name of MANIFESTS) fs.copyFileSync(join(dir, name), join(root, name));

	/** @type {(doing: string, args: string[], options?: Partial<Parameters<typeof run>[1]>) => Promise<void>} */
	const attempt = async (doing, args, options) => {
		const output = await run(args, { cwd: root, log, ...options });
		if (output !== undefined) throw adviceFor(output, { doing, cache, log });
	};
	say('  1/3 download the packages (about 2 minutes, 2.4 GB on disk)');
	await attempt('npm ci', ['ci']);
	say('  2/3 build the database module, sqlite3 (about 1 minute)');
	const headers = headersPath(root, choice);
	const env = headers ? { npm_config_nodedir: headers } : {};
	await attempt('Building sqlite3', ['rebuild', 'sqlite3', '--ignore-scripts=false'], { env });
	say('  3/3 check that it loads');
	const command = nodePath(root, choice);
	await attempt('Loading sqlite3', ['-e', "require('sqlite3')"], { command });
	fs.rmSync(log);
}

/**
 * An n8n that is there already, such as the one of n8n's Docker image: `N8N_INSTALLED` names the folder
 * that has its node_modules. It runs on the Node that runs this.
 *
 * @param {string} root
 * @returns {Installed}
 */
function installedIn(root) {
	const { version } = JSON.parse(
		fs.readFileSync(join(root, 'node_modules', 'n8n', 'package.json'), 'utf8'),
	);
	return { root, node: process.execPath, version };
}

/**
 * The installed lock file of a folder. The first call takes minutes, the next ones nothing: the
 * result is kept under the hash of what was installed.
 *
 * @param {object} [options]
 * @param {string} [options.dir] a folder with package.json, package-lock.json and .npmrc; `N8N_SANDBOX_DIR` names it, too
 * @param {(line: string) => void} [options.say]
 * @returns {Promise<Installed>}
 */
async function ensureInstall({
	dir = process.env.N8N_SANDBOX_DIR ?? SANDBOX,
	say = console.log,
} = {}) {
	if (process.env.N8N_INSTALLED) return installedIn(process.env.N8N_INSTALLED);
	const packages = lockedPackages(dir);
	const choice = chooseNode(packages);
	const version = packages['node_modules/n8n']?.version ?? '';
	const hash = createHash('sha256');
	for (const name of MANIFESTS) hash.update(fs.readFileSync(join(dir, name)));
	hash.update(`${process.platform} ${process.arch} ${choice.major}`);

	const cache = cacheFolder();
	const root = join(cache, `n8n-${version}-${hash.digest('hex').slice(0, 12)}`);
	const installed = () => ({ root, node: nodePath(root, choice), version });
	if (fs.existsSync(root)) return installed();

	try {
		fs.mkdirSync(cache, { recursive: true });
	} catch (error) {
		throw adviceFor(String(error), { doing: 'Making the cache folder', cache });
	}
	say(`Installing n8n ${version}, once, in ${root}`);
	removeDeadParts(root);
	const part = partOf(root);
	const removePart = removeAtEnd(part);
	try {
		await install(dir, part, choice, say);
		complete(part, root);
	} finally {
		removePart();
	}
	return installed();
}

module.exports = { ensureInstall, cacheFolder };
