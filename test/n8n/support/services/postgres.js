'use strict';

const { execFile, execFileSync } = require('node:child_process');
const { chownSync, existsSync, readdirSync } = require('node:fs');
const { promisify } = require('node:util');
const getPort = require('get-port');
const { Advice } = require('../../../../sandbox/n8n/advice');
const { startServer, temporaryFolder } = require('../../../../sandbox/n8n/processes');
const { findProgram } = require('./program');

const HOST = '127.0.0.1';

/** Debian keeps the server's programs out of PATH, a folder a version. */
const DEBIAN = '/usr/lib/postgresql';

/** Every client that reaches the port may do anything, with any password: it is on this machine only and thrown away at the end. */
const LOGIN = { user: 'sandbox', password: 'sandbox', database: 'postgres' };

const SETTINGS = {
	listen_addresses: HOST,
	unix_socket_directories: '',
	fsync: 'off',
	full_page_writes: 'off',
	synchronous_commit: 'off',
	// In the folder, and so gone with it.
	dynamic_shared_memory_type: 'mmap',
};

/** Postgres refuses to run as root. @returns {{ uid: number, gid: number } | undefined} undefined: as the user who runs this */
function otherThanRoot() {
	if (process.getuid?.() !== 0) return undefined;
	try {
		const id = (/** @type {string} */ which) =>
			Number(execFileSync('id', [which, 'postgres'], { stdio: 'pipe' }));
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		throw new Advice(
			'Postgres does not run as root, and there is no user postgres to run it as. Run this as another user, or install Debian’s package postgresql, which makes that user.',
		);
	}
}

/**
 * A Postgres of its own on this machine, empty, with its data in a temporary folder. Made to be
 * quick: it survives no crash.
 */
async function startPostgres() {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
	const folders = versions.sort((a, b) => b - a).map((version) => `${DEBIAN}/${version}/bin`);
	const [initdb, postgres] = ['initdb', 'postgres'].map((name) =>
		findProgram(name, 'postgresql', folders),
	);
	const owner = otherThanRoot();
	const { folder, remove } = temporaryFolder('postgres');
	// Not in the folder that this was started from, which another user may not be let into.
	const as = { cwd: folder, ...owner, env: { ...process.env, LC_ALL: 'C' } };
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const data = `${folder}/data`;
	const made = ['--no-sync', '--encoding=UTF8', '--auth=trust', `--username=${LOGIN.user}`];
	await promisify(execFile)(initdb, [...made, `--pgdata=${data}`], as);
	const port = await getPort({ host: HOST });
	const settings = Object.entries({ ...SETTINGS, port });
	const set = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const { close } = await startServer('Postgres', postgres, ['-D', data, ...set], {
		...as,
		isReady: (log) => /ready to accept connections/.test(log),
		// Ends at once, and leaves no shared memory behind, as it would when killed.
		signal: 'SIGQUIT',
		remove,
	});
	const { user, password, database } = LOGIN;
	const url = `postgres://${user}:${password}@${HOST}:${port}/${database}`;
	return { host: HOST, port, ...LOGIN, url, close };
}

/** @typedef {Awaited<ReturnType<typeof startPostgres>>} Postgres */

module.exports = { startPostgres };
