'use strict';

const { fork } = require('node:child_process');

/**
 * @template {Record<string, (...args: any[]) => any>} T
 * @typedef {object} Remote
 * @property {<K extends keyof T>(name: K, ...args: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>} call
 * @property {() => Promise<void>} close
 */

/**
 * Loads a module in a process of its own, so that what is measured shares no CPU with it.
 * What its functions take and give is sent as JSON; what they throw is thrown here.
 *
 * @template {Record<string, (...args: any[]) => any>} T
 * @param {string} module a file of plain JavaScript
 * @returns {Remote<T>}
 */
function startRemote(module) {
	const { NODE_OPTIONS: _, ...env } = process.env;
	const child = fork(__filename, [module], { env, execArgv: [] });
	/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
	const pending = new Map();
	let last = 0;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.on('message', (/** @type {any} */ { id, value, error }) => {
		const { resolve, reject } = /** @type {any} */ (pending.get(id));
		pending.delete(id);
		if (error) reject(new Error(error));
		else resolve(value);
	});
	child.once('exit', (code) => {
		for (const { reject } of pending.values()) {
			reject(new Error(`${module} ended with ${code} before it answered`));
		}
	});
	return {
		call: async (name, ...args) =>
			await new Promise((/** @type {(value: any) => void} */ resolve, reject) => {
				last += 1;
				pending.set(last, { resolve, reject });
				child.send({ id: last, name, args });
			}),
		async close() {
			child.kill();
			await ended;
		},
	};
}

/** The other end. @param {Record<string, (...args: any[]) => any>} functions */
function serve(functions) {
	// The parent process has ended, in whatever way: no request can follow.
	process.on('disconnect', () => process.exit());
	process.on('message', async (/** @type {any} */ { id, name, args }) => {
		try {
			process.send?.({ id, value: await functions[name](...args) });
		} catch (error) {
			process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
		}
	});
}

if (require.main === module) serve(require(process.argv[2]));

module.exports = { startRemote };
