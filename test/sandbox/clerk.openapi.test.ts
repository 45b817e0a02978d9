import { startClerk } from '../../sandbox/clerk';
import routes from '../../sandbox/clerk/resources';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();

if (!document) {
	it.skip('Clerk’s OpenAPI document judges the simulation (CLERK_OPENAPI_FILE is not set)', () => {});
} else {
	describe('Clerk’s OpenAPI document', () => {
		it.each(Object.entries(routes))('accepts what %s accepts', (requestLine, route) => {
			expect(document.differences(requestLine, route)).toEqual([]);
		});

		it('accepts an answer of every operation, and what follows a refusal', async () => {
			const clerk = await startClerk({ rateLimit: false });
			const call = callerOf(clerk, document);
			const { users, organizations, sessions } = clerk.state;
			const [user, other] = users.rows.map(({ id }) => id);
			const [organization] = organizations.rows.map(({ id }) => id);
			const session = sessions.rows.at(-1)?.id;
			const newcomer = {
				email_address: ['new@example.com', 'spare@example.com'],
				email_address_identification_status: ['verified', 'reserved'],
				phone_number: ['+12025550190'],
				web3_wallet: ['0xabc'],
				password: 'correct horse battery',
				backup_codes: ['1234'],
			};
			const metadata = { public_metadata: { a: { b: null } } };
			const bulk = { user_ids: [user, other] };
			const requests: [string, number, object?][] = [
				['GET /users', 200, { query: { limit: 500 } }],
				['GET /users', 422, { query: { limit: 501 } }],
				['GET /users', 401, { key: 'sk_test_unknown' }],
				['GET /users/count', 200],
				['POST /users', 200, { body: newcomer }],
				['POST /users', 422, { body: newcomer }],
				['POST /users', 400, { body: '{' }],
				['POST /users/ban', 200, { body: bulk }],
				['POST /users/unban', 200, { body: bulk }],
				[`GET /users/${user}`, 200],
				['GET /users/user_nobody', 404],
				[
					`PATCH /users/${user}`,
					200,
					{ body: { username: 'someone_else', legal_accepted_at: null } },
				],
				[`PATCH /users/${user}`, 422, { body: metadata }],
				[`PATCH /users/${user}/metadata`, 200, { body: metadata }],
				[`PUT /users/${user}/metadata`, 200, { body: metadata }],
				[`GET /users/${user}/organization_memberships`, 200],
				[`POST /users/${user}/ban`, 200],
				[`POST /users/${user}/unban`, 200],
				['POST /users/user_nobody/ban', 404],
				['GET /organizations', 200, { query: { include_members_count: true } }],
				['GET /organizations', 422, { query: { order_by: 'slug' } }],
				['POST /organizations', 200, { body: { name: 'New Wave', created_by: user } }],
				['POST /organizations', 422, { body: {} }],
				['GET /organizations/harbour-labs', 200],
				[`PATCH /organizations/${organization}`, 200, { body: { name: 'Harbour' } }],
				[`PATCH /organizations/${organization}/metadata`, 200, { body: metadata }],
				[`PUT /organizations/${organization}/metadata`, 200, { body: metadata }],
				[`GET /organizations/${organization}/memberships`, 200],
				['GET /sessions', 422],
				['GET /sessions', 200, { query: { user_id: user } }],
				['GET /sessions', 200, { query: { user_id: user, paginated: true } }],
				[`GET /sessions/${session}`, 200],
				[`POST /sessions/${session}/revoke`, 200],
				[`DELETE /users/${user}`, 200],
				[`DELETE /organizations/${organization}`, 200],
			];

			const answered: (string | undefined)[] = [];
			for (const [requestLine, status, options] of requests) {
				const answer = await call(requestLine, options);
				expect([requestLine, answer.status]).toEqual([requestLine, status]);
				answered.push(document.find(...(requestLine.split(' ') as [string, string])));
			}
			expect(Object.keys(routes).filter((line) => !answered.includes(line))).toEqual([]);
			await clerk.close();
		});
	});
}
