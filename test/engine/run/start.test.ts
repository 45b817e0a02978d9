import { fakeClock } from '../../support/fakeClock';
import { NodeOperationError } from 'n8n-workflow';

import { findOperation, readerFor } from '../../../nodes/Clerk/engine/run/start';
import { resources } from '../../../nodes/Clerk/resources';
import { credential, run, scriptedHost } from '../../support/scripted';
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

describe('startRun', () => {
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
