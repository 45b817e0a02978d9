'use strict';

const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { rmSync } = require('node:fs');

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
		for (const [signal, code] of /** @type {const} */ ([
			['SIGINT', 130],
			['SIGTERM', 143],
			['SIGHUP', 129],
		])) {
			process.on(signal, () => process.exit(process.exitCode ?? code));
		}
	}
	cleanups.add(cleanup);
	return () => {
		if (cleanups.delete(cleanup)) cleanup();
	};
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
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.shell]
 * @param {number} [options.uid] of whom it runs as
 * @param {number} [options.gid]
 * @param {NodeJS.Signals} [options.signal] that ends it
 * @param {(text: string) => void} [options.onOutput]
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
	const close = async () => {
		stop();
		await ended.catch(() => null);
	};
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	/** The process alone gets the signal; what it leaves behind is killed. @param {NodeJS.Signals} signal */
	const end = async (signal) => {
		if (!hasEnded()) {
			const exited = once(child, 'exit');
			child.kill(signal);
			await exited;
		}
		await close();
	};
	// A start that failed must not bring down a caller that does not wait for the end.
	ended.catch(() => null);
	return { ended, close, end, hasEnded };
}

/**
 * A folder that is gone when the process ends.
 *
 * @param {string} folder
 */
function removeAtEnd(folder) {
	return atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

module.exports = { atEnd, startProcess, removeAtEnd };
