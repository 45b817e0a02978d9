import { fakeClock } from '../../support/fakeClock';

import { response, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { byEmail, byId, found, parametersOf, updateUser } from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

/** A Clerk that takes longer the earlier a user is requested, so that responses come in reverse. */
const inReverse =
	(count: number): Respond =>
	async (sent, index) => {
		await fakeClock.wait((count - index) * 100);
		return await found(sent, index);
	};

describe('prepareCalls', () => {
	it('keeps the order of writes to the same record', async () => {
		const parameters = ['1', '2', '3', '4'].map((firstName) =>
			updateUser({ userId: byId('user_1'), updateFields: { firstName } }),
		);
		const { sent } = await run({ parameters }, inReverse(4));
		expect(sent.map(({ body }) => JSON.parse(String(body)).first_name)).toEqual([
			'1',
			'2',
			'3',
			'4',
		]);
	});

	it('keeps the order of writes to one user who is named in two ways', async () => {
		const ada = {
			id: 'user_1',
			email_addresses: [{ email_address: 'ada@example.com', verification: { status: 'verified' } }],
		};
		const parameters = [
			updateUser({ userId: byEmail('ada@example.com'), updateFields: { firstName: '1' } }),
			updateUser({ userId: byId('user_1'), updateFields: { firstName: '2' } }),
		];
		let active = 0;
		let most = 0;
		const { lines } = await run({ parameters }, async (sent, count) => {
			if (sent.method === 'GET') return response(200, [ada]);
			most = Math.max(most, ++active);
			await fakeClock.wait(100);
			active--;
			return await found(sent, count);
		});
		expect(lines.slice(1)).toEqual(['PATCH /users/user_1', 'PATCH /users/user_1']);
		expect(most).toBe(1);
	});

	// Metadata has a path of its own, but belongs to the same record.
	it('keeps the order of two updates of one user when one of them is only metadata', async () => {
		const parameters = [
			updateUser({
				userId: byId('user_1'),
				updateFields: { firstName: 'Ada', publicMetadata: '{"step":1}' },
			}),
			updateUser({ userId: byId('user_1'), updateFields: { publicMetadata: '{"step":2}' } }),
		];
		const { sent } = await run({ parameters }, async (request, count) => {
			await fakeClock.wait(100);
			return await found(request, count);
		});
		const steps = sent.flatMap(({ body }) => /"step":(\d)/.exec(String(body))?.[1] ?? []);
		expect(steps).toEqual(['1', '2']);
	});

	it.each([
		['adds different users to one organization concurrently', ['user_1', 'user_2', 'user_3'], 3],
		['keeps the order of adding one user twice', ['user_1', 'user_1'], 1],
	])('%s', async (_, users, atOnce) => {
		const addMember = parametersOf('organizationMembership', 'create');
		let active = 0;
		let most = 0;
		await run(
			{
				parameters: users.map((user) =>
					addMember({
						organizationId: byId('org_1'),
						userId: byId(user),
						role: byId('org:member'),
					}),
				),
			},
			async () => {
				most = Math.max(most, ++active);
				await fakeClock.wait(10);
				active--;
				return response(200, { id: 'orgmem_1' });
			},
		);
		expect(most).toBe(atOnce);
	});
});
