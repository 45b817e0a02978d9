'use strict';

const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios').default;
const getPort = require('get-port');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { startProcess } = require('../../sandbox/n8n/processes');

const SECRET_KEY = 'sk_test_emulate';
const START_TIMEOUT = 60_000;

/**
 * `emulate`, an emulator of Clerk that this project did not write. It knows less than the simulated
 * Clerk and responds differently here and there; what works with both rests on no one's reading of
 * the documentation alone.
 */
async function startEmulator() {
	const { root, node } = await ensureInstall();
	const port = await getPort();
	const program = join(root, 'node_modules', 'emulate', 'dist', 'index.js');
	let log = '';
	const emulator = startProcess(node, [program, '--service', 'clerk', '--port', String(port)], {
		onOutput: (text) => {
			log += text;
		},
	});
	const url = `http://127.0.0.1:${port}/v1`;
	const headers = { authorization: `Bearer ${SECRET_KEY}` };
	for (const deadline = Date.now() + START_TIMEOUT; ; await sleep(100)) {
		const response = await axios.get(`${url}/users`, { headers, proxy: false }).catch(() => null);
		if (response) break;
		if (emulator.hasEnded() || Date.now() > deadline) {
			await emulator.close();
			throw new Error(`emulate did not start:\n${log}`);
		}
	}
	return { url, secretKey: SECRET_KEY, close: emulator.close };
}

module.exports = { startEmulator };
