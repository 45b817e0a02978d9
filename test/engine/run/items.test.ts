import { fakeClock } from '../../support/fakeClock';
import { NodeApiError } from 'n8n-workflow';

import { response, errorResponse, run } from '../../support/scripted';
import {
	byEmail,
	byId,
	found,
	getUser,
	gets,
	notFound,
	parametersOf,
	updateUser,
} from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('itemAfterError, with If Not Found set to output an empty item', () => {
	const options = { ifNotFound: 'empty' };

	it.each(['get', 'update', 'delete'])(
		'outputs an empty item when the user to %s is missing',
		async (operation) => {
			const updateFields = operation === 'update' ? { firstName: 'Ada' } : undefined;
			const values = { userId: byId('user_0'), options, ...(updateFields && { updateFields }) };
			const { items } = await run(
				{ parameters: parametersOf('user', operation)(values) },
				notFound,
			);
			expect(items).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
		},
	);

	it('fails the item when a part of it was already written', async () => {
		const { fault } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
					options,
				}),
			},
			(sent, count) => (count === 0 ? found(sent, count) : notFound()),
		);
		expect(fault.description).toContain('Already carried out');
	});

	it('outputs an empty item when no user has the email address', async () => {
		const { json } = await run(
			{ parameters: getUser({ userId: byEmail('nobody@example.com'), options }) },
			() => response(200, []),
		);
		expect(json).toEqual([{}]);
	});

	it('outputs an empty item when no organization has the slug', async () => {
		const organizationId = { __rl: true, mode: 'slug', value: 'nowhere' };
		const { json, fault } = await run(
			{ parameters: parametersOf('organization', 'get')({ organizationId, options }) },
			notFound,
		);
		expect(fault).toBeUndefined();
		expect(json).toEqual([{}]);
	});

	it('outputs an empty item for the dry run of a delete', async () => {
		const { json } = await run(
			{
				parameters: parametersOf(
					'user',
					'delete',
				)({ userId: byId('user_0'), options: { ...options, dryRun: true } }),
			},
			notFound,
		);
		expect(json).toEqual([{}]);
	});

	it('fails the item when a record that was to be written is missing', async () => {
		const { fault, sent } = await run(
			{
				parameters: parametersOf(
					'enterpriseConnection',
					'update',
				)({
					enterpriseConnectionId: byId('ent_1'),
					updateFields: { organizationId: { __rl: true, mode: 'slug', value: 'typo' } },
					options,
				}),
			},
			notFound,
		);
		expect(fault.message).toMatch(/Organization was not found/);
		expect(sent).toHaveLength(1);
	});

	it.each([
		['organization_id', true],
		['enterprise_connection_id', false],
	])('fails the item when Clerk says that %s is missing: %s', async (param_name, fails) => {
		const { fault, json } = await run(
			{
				parameters: parametersOf(
					'enterpriseConnection',
					'update',
				)({
					enterpriseConnectionId: byId('ent_1'),
					updateFields: { organizationId: byId('org_typo') },
					options,
				}),
			},
			() =>
				errorResponse(404, [
					{ code: 'resource_not_found', message: 'not found', meta: { param_name } },
				]),
		);
		if (fails) expect(fault).toMatchObject({ httpCode: '404' });
		else expect(json).toEqual([{}]);
	});

	it('fails the item when two users have the email address', async () => {
		const user = (id: string) => ({
			id,
			email_addresses: [{ email_address: 'ada@example.com', verification: { status: 'verified' } }],
		});
		const { fault } = await run(
			{ parameters: getUser({ userId: byEmail('ada@example.com'), options }) },
			() => response(200, [user('user_1'), user('user_2')]),
		);
		expect(fault.message).toMatch(/^User is not clear/);
	});

	it.each([401, 403, 422])('fails the item with status %i', async (status) => {
		const { fault } = await run({ parameters: getUser({ userId: byId('user_0'), options }) }, () =>
			errorResponse(status, [{ message: 'no' }]),
		);
		expect(fault).toBeInstanceOf(NodeApiError);
	});

	// A wrong API URL gives 404 for everything, which does not mean that there is no such user.
	it('fails the item when the 404 is not a response of Clerk’s API', async () => {
		const { fault } = await run({ parameters: getUser({ userId: byId('user_0'), options }) }, () =>
			response(404, '<html>404 page not found</html>'),
		);
		expect(fault).toBeInstanceOf(NodeApiError);
	});

	it('fails the item without the option', async () => {
		const { fault } = await run({ parameters: gets('user_0') }, notFound);
		expect(fault).toMatchObject({ httpCode: '404' });
	});
});
