'use strict';

const { join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { startProcess } = require('../../sandbox/n8n/processes');
const { until } = require('../../sandbox/n8n/until');

const SECRET_KEY = 'sk_test_emulate';

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
	const look = async () => {
		if (emulator.hasEnded()) throw new Error(`emulate did not start:\n${log}`);
		return await axios.get(`${url}/users`, { headers, proxy: false }).catch(() => undefined);
	};
	try {
		await until(look, 'emulate responds');
	} catch (error) {
		await emulator.close();
		throw error;
	}
	return { url, secretKey: SECRET_KEY, close: emulator.close };
}

module.exports = { startEmulator };
