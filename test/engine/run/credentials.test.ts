import { NodeOperationError } from 'n8n-workflow';

import { CredentialGroup, readCredentials } from '../../../nodes/Clerk/engine/run/credentials';
import { credential, scriptedHost } from '../../support/scripted';

// What a run does with them: test/hostile/itemCredentials.test.ts

const hostWith = (given: Parameters<typeof scriptedHost>[0]) =>
	scriptedHost(given, () => undefined).host;

describe('readCredentials', () => {
	it('groups the items by credential, in the order of their first items', async () => {
		const shares = [80, 50, 80, 20, 50];
		const ofItem = (index: number) => ({ ...credential, rateLimitShare: shares[index] });
		const { read: groups } = await readCredentials(hostWith({ credential: ofItem }), 5);
		expect(groups).toEqual([
			{ credential: { ...credential, rateLimitShare: 80 }, indexes: [0, 2] },
			{ credential: { ...credential, rateLimitShare: 50 }, indexes: [1, 4] },
			{ credential: { ...credential, rateLimitShare: 20 }, indexes: [3] },
		]);
	});

	it('ignores differences that the credential does not have, such as blanks round the key', async () => {
		const ofItem = (index: number) =>
			index === 0 ? credential : { ...credential, secretKey: ` ${credential.secretKey}` };
		const { read: groups } = await readCredentials(hostWith({ credential: ofItem }), 2);
		expect(groups).toHaveLength(1);
	});

	it('reads a bounded number at once', async () => {
		let active = 0;
		let most = 0;
		const host = hostWith({});
		host.getCredentials = (async () => {
			most = Math.max(most, ++active);
			await Promise.resolve();
			active--;
			return credential;
		}) as typeof host.getCredentials;
		await readCredentials(host, 100);
		expect(most).toBe(20);
	});

	/** A host that works a credential out as n8n does, with the workflow of the context. */
	function hostLikeN8n(stored: Record<string, unknown>) {
		const read: number[] = [];
		const host = hostWith({}) as Record<string, unknown>;
		host.workflow = {
			expression: {
				prefix: 'worked out: ',
				getParameterValue(data: Record<string, unknown>, index: number) {
					const values = Object.entries(data).map(([name, value]) => [
						name,
						String(value).startsWith('=') ? `${this.prefix}${index % 2}` : value,
					]);
					return Object.fromEntries(values) as Record<string, unknown>;
				},
			},
		};
		host.getCredentials = async function (this: typeof host, _type: string, index: number) {
			read.push(index);
			const { expression } = this.workflow as { expression: Record<string, CallableFunction> };
			return (await Promise.resolve(expression.getParameterValue(stored, index))) as unknown;
		};
		return { host: host as never, read };
	}

	it('reads a credential without expressions once', async () => {
		const { host, read } = hostLikeN8n(credential);
		const { read: groups } = await readCredentials(host, 1_000);
		expect(groups).toEqual([{ credential, indexes: [...Array(1_000).keys()] }]);
		expect(read).toEqual([0]);
	});

	it.each(['secretKey', 'baseUrl', 'accessPolicy', 'rateLimitShare', 'other'])(
		'reads that of every item where %s is an expression',
		async (name) => {
			const { host, read } = hostLikeN8n({ ...credential, [name]: '={{ $json.x }}' });
			await readCredentials(host, 100);
			expect(read.sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
		},
	);

	it('groups what the expressions give', async () => {
		const { host } = hostLikeN8n({ ...credential, secretKey: '={{ $json.key }}' });
		const { read: groups } = await readCredentials(host, 4);
		expect(groups).toMatchObject([
			{ credential: { secretKey: 'worked out: 0' }, indexes: [0, 2] },
			{ credential: { secretKey: 'worked out: 1' }, indexes: [1, 3] },
		]);
	});

	it('stops with the execution', async () => {
		const stop = new AbortController();
		const read: number[] = [];
		const ofItem = (index: number) => {
			read.push(index);
			stop.abort();
			return credential;
		};
		const host = hostWith({ credential: ofItem, signal: stop.signal });
		await expect(readCredentials(host, 100)).rejects.toThrow(NodeOperationError);
		expect(read).toHaveLength(1);
	});
});

describe('CredentialGroup', () => {
	it('knows its items, and sends with its client', async () => {
		const client = { send: async (request: unknown) => await Promise.resolve(['sent', request]) };
		const group = new CredentialGroup({ credential, indexes: [1, 4] } as never, client as never);
		expect([0, 1, 2, 3, 4].filter((index) => group.has(index))).toEqual([1, 4]);
		expect(await group.send('request' as never)).toEqual(['sent', 'request']);
	});
});
