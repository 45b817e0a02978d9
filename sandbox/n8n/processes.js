'use strict';

const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { until } = require('./until');

/** @type {Set<() => void>} */
const cleanups = new Set();

let listening = false;

/**
 * Runs when the process ends, however it ends (but for SIGKILL): at its end, on Ctrl-C, on a thrown
 * error. Must be synchronous. Returns what runs it now instead.
 *
 * @param {() => void} cleanup
 */
function atEnd(cleanup) {
	if (!listening) {
		listening = true;
		process.on('exit', () => cleanups.forEach((each) => each()));
		for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
			process.on(signal, () => process.exit(process.exitCode ?? code));
		}
	}
	cleanups.add(cleanup);
	return () => {
		if (cleanups.delete(cleanup)) cleanup();
	};
}

/** A folder that is gone when the process ends. @param {string} folder @returns {() => void} removes it now */
const removeAtEnd = (folder) =>
	atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Makes a temporary folder, which is gone when the process ends. @param {string} name */
function temporaryFolder(name) {
	const folder = mkdtempSync(join(tmpdir(), `n8n-clerk-${name}-`));
	return { folder, remove: removeAtEnd(folder) };
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function killTree(pid, signal) {
	if (!pid) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// It has ended already.
	}
}

/**
 * Starts a process that never outlives this one, and neither do those that it starts (n8n's task
 * runner): they are a process group. It is killed rather than asked, as its state is thrown away;
 * another signal is for what leaves something outside of its folder when it is killed.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {Omit<import('node:child_process').SpawnOptions, 'signal'> & { signal?: NodeJS.Signals, onOutput?: (text: string) => void }} options
 */
function startProcess(file, args, { onOutput = () => {}, signal = 'SIGKILL', ...options }) {
	const child = spawn(file, args, { ...options, detached: process.platform !== 'win32' });
	const stop = atEnd(() => killTree(child.pid, signal));
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', onOutput);
	}
	/** @type {Promise<number | null>} */
	const ended = new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	// A start that failed must not bring down a caller that does not wait for the end.
	ended.catch(() => null);
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	const close = async () => {
		stop();
		await ended.catch(() => null);
	};
	/** The process alone gets the signal; what it leaves behind is killed. @param {NodeJS.Signals} signal */
	const end = async (signal) => {
		if (!hasEnded()) {
			const exited = once(child, 'exit');
			child.kill(signal);
			await exited;
		}
		await close();
	};
	return { ended, close, end, hasEnded };
}

/**
 * Starts a process that serves until it is closed, and waits until it is ready.
 *
 * @param {string} name for people
 * @param {string} file
 * @param {string[]} args
 * @param {Parameters<typeof startProcess>[2] & { isReady: (log: string) => unknown, timeoutMs?: number, remove?: () => void }} options `isReady`: given its last lines; `remove`: what is left when it has ended
 */
async function startServer(name, file, args, { isReady, timeoutMs, remove, onOutput, ...options }) {
	let log = '';
	const server = startProcess(file, args, {
		...options,
		onOutput: (text) => {
			log = (log + text).slice(-4_000);
			onOutput?.(text);
		},
	});
	const close = async () => {
		await server.close();
		remove?.();
	};
	const look = async () => {
		if (server.hasEnded()) throw new Error('It ended');
		return Boolean(await isReady(log));
	};
	await until(look, `${name} is ready`, { timeoutMs }).catch(async (cause) => {
		await close();
		throw new Error(`${name} did not start. Its last lines:\n${log}`, { cause });
	});
	return { ...server, close, lastLines: () => log };
}

module.exports = { atEnd, removeAtEnd, startProcess, startServer, temporaryFolder };
