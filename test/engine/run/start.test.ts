import { fakeClock } from '../../support/fakeClock';
import { NodeOperationError } from 'n8n-workflow';

import { findOperation, readCredential, readerFor } from '../../../nodes/Clerk/engine/run/start';
import { resources } from '../../../nodes/Clerk/resources';
import { credential, everythingIn, KEY, run, scriptedHost } from '../../support/scripted';
import { byId, deleteUser, found, gets } from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

const hostWith = (given: Parameters<typeof scriptedHost>[0]) =>
	scriptedHost(given, () => undefined).host;

describe('readerFor', () => {
	it('reads a parameter without n8n’s validation, which goes through all of the form for each', () => {
		const asked: unknown[][] = [];
		const host = hostWith({});
		host.getNodeParameter = ((...given: unknown[]) => {
			asked.push(given);
			return 'value';
		}) as typeof host.getNodeParameter;
		expect(readerFor(host, 3)('limit', 50)).toBe('value');
		expect(asked).toEqual([['limit', 3, 50, { skipValidation: true }]]);
	});
});

describe('findOperation', () => {
	it('returns the operation that the form names', () => {
		const host = hostWith({ parameters: { resource: 'user', operation: 'ban' } });
		expect(findOperation(host, resources)).toMatchObject({ value: 'ban', name: 'Ban' });
	});

	it.each([
		['user', 'explode'],
		['planet', 'get'],
	])('rejects the unknown operation %s %s', (resource, operation) => {
		const host = hostWith({ parameters: { resource, operation } });
		expect(() => findOperation(host, resources)).toThrow(NodeOperationError);
		expect(() => findOperation(host, resources)).toThrow(
			`There is no operation "${operation}" of the resource "${resource}" in this version of the Clerk node`,
		);
	});
});

describe('readCredential', () => {
	/** @param last - the credential of the last item */
	const readFor = async (count: number, last = credential) => {
		const readings: unknown[][] = [];
		const host = hostWith({});
		host.getCredentials = (async (...given: unknown[]) => {
			readings.push(given);
			return await Promise.resolve(given[1] === count - 1 ? last : credential);
		}) as typeof host.getCredentials;
		return { read: await readCredential(host, count), readings };
	};

	it.each([
		[1, [['clerkApi', 0]]],
		[
			2,
			[
				['clerkApi', 0],
				['clerkApi', 1],
			],
		],
		[
			9,
			[
				['clerkApi', 0],
				['clerkApi', 8],
			],
		],
	])('of %i items reads that of the first and of the last', async (count, readings) => {
		const outcome = await readFor(count);
		expect(outcome.readings).toEqual(readings);
		expect(outcome.read).toMatchObject({ secretKey: credential.secretKey });
	});

	it('rejects one that differs between the first and the last item', async () => {
		await expect(readFor(2, { ...credential, rateLimitShare: 50 })).rejects.toThrow(
			'The credential is another one for the last item than for the first. Split the items by credential, and use one Clerk node for each',
		);
	});
});

describe('startRun', () => {
	it('reads the credential once for all items', async () => {
		const readings: number[] = [];
		await run(
			{
				parameters: gets('user_a', 'user_b', 'user_c'),
				credential: (index: number) => {
					readings.push(index);
					return credential;
				},
			},
			found,
		);
		expect(readings.length).toBeLessThanOrEqual(2);
	});

	it.each([
		['key', { secretKey: `${KEY}2` }],
		['API URL', { baseUrl: 'https://staging.example.com/v1' }],
		['access policy', { accessPolicy: 'readOnly' }],
	])('rejects a credential with another %s for the last item', async (_, other) => {
		const { fault, sent } = await run(
			{
				parameters: gets('user_a', 'user_b'),
				credential: (index: number) => (index === 0 ? credential : { ...credential, ...other }),
			},
			found,
		);
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect(everythingIn(fault)).not.toContain(KEY);
		expect(sent).toEqual([]);
	});

	it('rejects a key that is none, says why, and sends nothing', async () => {
		const { fault, sent } = await run(
			{ parameters: gets('user_a'), credential: { ...credential, secretKey: 'pk_test_x' } },
			found,
		);
		expect(fault.message).toContain('publishable key');
		expect(sent).toEqual([]);
	});

	it('sends nothing when the access policy forbids the operation', async () => {
		const { fault, sent } = await run(
			{
				parameters: deleteUser({ userId: byId('user_1') }),
				credential: { ...credential, accessPolicy: 'noDeletes' },
			},
			found,
		);
		expect(fault.message).toContain('No Deletes');
		expect(sent).toEqual([]);
	});
});
