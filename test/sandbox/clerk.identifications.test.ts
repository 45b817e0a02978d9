import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes } from '../../sandbox/clerk/resources/identifications';
import { callerOf, openApiDocument } from '../support/openapi';
import { unjudged } from '../support/unjudged';

const document = openApiDocument();
const judged = new Set<string>();

const KINDS = [
	{
		path: '/email_addresses',
		field: 'email_address',
		one: 'neu@example.com',
		list: 'email_addresses',
	},
	{ path: '/phone_numbers', field: 'phone_number', one: '+12025550155', list: 'phone_numbers' },
] as const;

describe.each(KINDS)('$list', ({ path, field, one, list }) => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;
	let now: number;
	let user_id: string;

	beforeEach(async () => {
		now = Date.UTC(2026, 5, 1);
		clerk = await startClerk({ rateLimit: false, clock: () => now });
		call = callerOf(clerk, document, judged);
		user_id = clerk.state.users.where('email_address', 'ada.berg@example.com')[0]?.id ?? '';
	});

	afterEach(async () => await clerk.close());

	const add = async (more: object = {}) =>
		await call(`POST ${path}`, { body: { user_id, [field]: one, ...more } });
	const user = async () => (await call(`GET /users/${user_id}`)).body;
	const refusal = ({ status, body }: { status: number; body: { errors: { code: string }[] } }) => [
		status,
		body.errors[0]?.code,
	];

	it('are added, read, changed and deleted', async () => {
		const { body: added } = await add();
		expect(added).toMatchObject({ [field]: one, verification: null });
		expect((await user())[list]).toHaveLength(2);
		expect((await user())[`primary_${field}_id`]).not.toBe(added.id);
		expect((await call(`GET ${path}/${added.id}`)).body).toEqual(added);

		now += 1000;
		const body = { verified: true, primary: true };
		const changed = await call(`PATCH ${path}/${added.id}`, { body });
		expect(changed.body).toMatchObject({ verification: { status: 'verified' }, updated_at: now });
		expect((await user())[`primary_${field}_id`]).toBe(added.id);

		const gone = await call(`DELETE ${path}/${added.id}`);
		expect(gone.body).toEqual({ object: field, id: added.id, deleted: true });
		expect((await user())[`primary_${field}_id`]).toBe((await user())[list][0].id);
		expect(refusal(await call(`GET ${path}/${added.id}`))).toEqual([404, 'resource_not_found']);
	});

	it('belong to one user each', async () => {
		await add({ verified: true, primary: true });
		expect(refusal(await add())).toEqual([422, 'form_identifier_exists']);
		expect(refusal(await add({ user_id: 'user_x' }))[0]).toBe(404);
		expect(refusal(await add({ [field]: 'x' }))[0]).toBe(422);
	});

	it('are verified by the code that was sent', async () => {
		const { id } = (await add()).body;
		const prepare = async () => (await call(`POST ${path}/${id}/prepare_verification`)).body;
		const attempt = async (verification_id: string, code: string) =>
			await call(`POST ${path}/${id}/attempt_verification`, { body: { verification_id, code } });

		const { id: sent, status } = await prepare();
		expect(status).toBe('unverified');
		expect((await attempt(sent, '1')).body).toMatchObject({ status: 'unverified', attempts: 1 });
		expect((await attempt(sent, '424242')).body).toMatchObject({ status: 'verified' });
		expect((await call(`GET ${path}/${id}`)).body.verification.status).toBe('verified');
		expect(refusal(await attempt(sent, '424242'))).toEqual([400, 'verification_already_verified']);

		const late = (await prepare()).id;
		now += 11 * 60_000;
		expect((await attempt(late, '424242')).body.status).toBe('expired');
		const wrong = (await prepare()).id;
		await attempt(wrong, '0');
		await attempt(wrong, '0');
		expect((await attempt(wrong, '0')).body.status).toBe('failed');
		expect(refusal(await attempt('ver_x', '424242'))[0]).toBe(404);

		// What is verified already changes nothing.
		const before = await user();
		const again = (await prepare()).id;
		now += 1000;
		expect((await attempt(again, '424242')).body.status).toBe('verified');
		expect(await user()).toEqual(before);
	});
});

if (document) {
	test('the document has judged a response of every route', () => {
		expect(unjudged(routes, judged)).toEqual([]);
	});
}
