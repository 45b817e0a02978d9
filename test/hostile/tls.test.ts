// Real sockets, as n8n's helper uses them; only the waits take no time.
import '../support/fakeClock';

import { runNode } from '../support/host';
import { credential, everythingIn, KEY } from '../support/scripted';
import { FAULTS, startTlsWire, VERSIONS } from '../support/tlsWire';

/** Whatever breaks a TLS connection after a POST was sent over it must not send the POST twice. */

async function errorOf(baseUrl: string, operation: string) {
	const userId = { __rl: true, mode: 'id', value: 'user_1' };
	try {
		await runNode({
			credential: { ...credential, baseUrl },
			parameters: { resource: 'user', operation, userId, options: { maxRetries: 2 } },
			timeoutMs: 2_000,
		});
	} catch (error) {
		expect(everythingIn(error)).not.toContain(KEY);
		return error as Error & { description: string };
	}
	throw new Error('There was no response, so there can be no success');
}

describe.each(VERSIONS)('over %s', (version) => {
	let wire: Awaited<ReturnType<typeof startTlsWire>>;

	afterEach(async () => await wire.close());

	it.each(FAULTS)('a POST before %s is sent once, its outcome unknown', async (_, interfere) => {
		wire = await startTlsWire(version, interfere);
		wire.trust();
		const { description } = await errorOf(wire.url, 'create');
		expect(wire.requests).toEqual(['POST /v1/users HTTP/1.1']);
		expect(description).toContain('Outcome unknown: POST /users');
	});

	it.each(FAULTS)('a GET before %s is sent again', async (_, interfere) => {
		wire = await startTlsWire(version, interfere);
		wire.trust();
		await errorOf(wire.url, 'get');
		expect(wire.requests).toEqual(Array(3).fill('GET /v1/users/user_1 HTTP/1.1'));
	});

	it('a POST is not sent to a server whose certificate is not accepted', async () => {
		wire = await startTlsWire(version, () => {});
		const { message, description } = await errorOf(wire.url, 'create');
		expect(wire.requests).toEqual([]);
		expect(message).toMatch(/^Clerk could not be reached \((DEPTH_ZERO_)?SELF_SIGNED_CERT/);
		expect(description).toContain('Nothing was changed');
	});
});
