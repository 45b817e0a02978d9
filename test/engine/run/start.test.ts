import { findOperation, readCredential, readerFor } from '../../../nodes/Clerk/engine/run/start';
import { resources } from '../../../nodes/Clerk/resources';
import { credential, scriptedHost } from '../../support/scripted';

const hostWith = (given: Parameters<typeof scriptedHost>[0]) =>
	scriptedHost(given, () => undefined).host;

describe('a parameter', () => {
	it('is read without n8n’s validation, which would walk all of the form for each', () => {
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

describe('the operation', () => {
	it('is the one that the form names', () => {
		const host = hostWith({ parameters: { resource: 'user', operation: 'ban' } });
		expect(findOperation(host, resources)).toMatchObject({ value: 'ban', name: 'Ban' });
	});

	it.each([
		['user', 'explode'],
		['planet', 'get'],
	])('%s %s is unknown', (resource, operation) => {
		const host = hostWith({ parameters: { resource, operation } });
		expect(() => findOperation(host, resources)).toThrow(
			`There is no operation "${operation}" of the resource "${resource}" in this version of the Clerk node`,
		);
	});
});

describe('the credential', () => {
	/** Of so many items; `last` differs. */
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
	])('of %i items is read of the first and the last', async (count, readings) => {
		const outcome = await readFor(count);
		expect(outcome.readings).toEqual(readings);
		expect(outcome.read).toMatchObject({ secretKey: credential.secretKey });
	});

	it('must be the same for both', async () => {
		await expect(readFor(2, { ...credential, rateLimitShare: 50 })).rejects.toThrow(
			'The credential is another one for the last item than for the first. Split the items by credential, and use one Clerk node for each',
		);
	});
});
