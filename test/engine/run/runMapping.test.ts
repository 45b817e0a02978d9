import { fakeClock } from '../../support/fakeClock';

import { networkError, errorResponse, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { byId, deleteUser, found, notFound, parametersOf, updateUser } from '../../support/users';
import type { Values } from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('runMapping, for the metadata of an update', () => {
	const update = async (updateFields: Values, options: Values = {}, respond: Respond = found) =>
		await run(
			{ parameters: updateUser({ userId: byId('user_1'), updateFields, options }) },
			respond,
		);

	it('sends a second request, which merges', async () => {
		const { lines, sent } = await update({ firstName: 'Ada', publicMetadata: '{"plan":"pro"}' });
		expect(lines).toEqual(['PATCH /users/user_1', 'PATCH /users/user_1/metadata']);
		expect(sent.map(({ body }) => body)).toEqual([
			'{"first_name":"Ada"}',
			'{"public_metadata":{"plan":"pro"}}',
		]);
	});

	it('replaces metadata when Metadata Mode says so', async () => {
		const { lines } = await update({ publicMetadata: '{}' }, { metadataMode: 'replace' });
		expect(lines).toEqual(['PUT /users/user_1/metadata']);
	});

	it('sends one request when there is only metadata', async () => {
		const { lines } = await update({ privateMetadata: { crm: 1 } });
		expect(lines).toEqual(['PATCH /users/user_1/metadata']);
	});

	it('sends no metadata when none was added', async () => {
		const { lines, sent } = await update({ firstName: '' });
		expect(lines).toEqual(['PATCH /users/user_1']);
		expect(sent[0].body).toBe('{"first_name":""}');
	});

	it('sends a key called __proto__ as data', async () => {
		const { sent } = await update({ publicMetadata: '{"__proto__":{"admin":true}}' });
		expect(sent[0].body).toBe('{"public_metadata":{"__proto__":{"admin":true}}}');
	});

	it('says what stays done when Clerk rejects the metadata after the rest was written', async () => {
		const { fault } = await update(
			{ firstName: 'Ada', publicMetadata: '{"plan":"pro"}' },
			{},
			(sent, count) =>
				count === 0 ? found(sent, count) : errorResponse(422, [{ message: 'is too large' }]),
		);
		expect(fault.message).toBe('is too large [item 0]');
		expect(fault.description).toContain('Already carried out for this item: PATCH /users/user_1.');
	});

	it('says what stays done in the failed item, with continue on fail', async () => {
		const { items } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
				}),
				continueOnFail: true,
			},
			(sent, count) => (count === 0 ? found(sent, count) : errorResponse(422, [{ message: 'no' }])),
		);
		expect(items[0].json.message).toContain('Already carried out');
	});
});

describe('runMapping, when the response to a delete was lost', () => {
	/** The connection breaks, and the record is gone when the request is sent again. */
	const lost: Respond = async (_, count) =>
		count === 0 ? await Promise.reject(networkError('ECONNRESET')) : notFound();

	const deletes: Array<[string, Values, Values]> = [
		[
			'returns the ID of the record, from the end of the path',
			deleteUser({ userId: byId('user=1') }),
			{ id: 'user=1', object: null, deleted: true, success: true },
		],
		[
			'does not return the ID of the user as that of the membership',
			parametersOf(
				'organizationMembership',
				'delete',
			)({ organizationId: byId('org_1'), userId: byId('user_1') }),
			{ deleted: true, success: true },
		],
		[
			'does not return the last word of the path as the ID of all second factors',
			parametersOf('user', 'disableMfa')({ userId: byId('user_1') }),
			{ deleted: true, success: true },
		],
		[
			'makes up no ID of a record that has none',
			parametersOf(
				'machine',
				'deleteScope',
			)({ machineId: byId('mch_1'), otherMachineId: byId('mch_2') }),
			{ fromMachineId: null, toMachineId: null, deleted: true, object: null, success: true },
		],
		[
			'returns the known fields in the raw output',
			deleteUser({ userId: byId('user_1'), output: 'raw' }),
			{ id: 'user_1', deleted: true },
		],
	];

	it.each(deletes)('%s', async (_, parameters, expected) => {
		const { json, sent } = await run({ parameters }, lost);
		expect(json).toEqual([expected]);
		expect(sent).toHaveLength(2);
	});
});
