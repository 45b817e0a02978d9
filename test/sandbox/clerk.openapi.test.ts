import { TOTP } from 'otpauth';
import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import routes from '../../sandbox/clerk/resources';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();

/** Files of routes whose responses the test of their own area holds against the document, to the last. */
const ELSEWHERE: string[] = [
	'accessLists',
	'billing',
	'directories',
	'domains',
	'enterpriseConnections',
	'identifications',
	'instance',
	'machines',
	'oauthApplications',
	'organizationDomains',
	'roles',
	'signIn',
	'templates',
];
const elsewhere = ELSEWHERE.flatMap((file) => {
	const exported = jest.requireActual(`../../sandbox/clerk/resources/${file}`);
	return Object.keys(exported.routes ?? exported);
});

if (!document) {
	it.skip('Clerk’s OpenAPI document judges the simulation (CLERK_OPENAPI_FILE is not set)', () => {});
} else {
	describe('Clerk’s OpenAPI document', () => {
		let clerk: Clerk;

		beforeEach(async () => {
			clerk = await startClerk({ rateLimit: false });
		});

		afterEach(async () => await clerk.close());

		it.each(Object.entries(routes))('accepts what %s accepts', (requestLine, route) => {
			expect(document.differences(requestLine, route)).toEqual([]);
		});

		it('accepts a response of every operation, and what follows a refusal', async () => {
			const call = callerOf(clerk, document);
			const { users, organizations, sessions, memberships, trustedDevices } = clerk.state;
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
			const named = (email: string) => users.where('email_address', `${email}@example.com`)[0];
			const [ada, mei, jonas] = ['ada.berg', 'mei.chen', 'jonas.weber'].map(named);
			const outsider = named('farid.haddad')?.id;
			const [device] = trustedDevices.rows;
			const member = memberships.where('organization_id', organization ?? '')[1]?.user_id;
			const invitation = clerk.state.invitations.rows.at(-1)?.id;
			const toOrganization = clerk.state.organizationInvitations
				.where('organization_id', organization ?? '')
				.at(-1)?.id;
			const guest = { email_address: 'guest@example.com' };
			const guests = [{ email_address: 'guest1@example.com', expires_in_days: 3 }];
			const asMember = { role: 'org:member' };
			const code = new TOTP({ secret: jonas?.totp_secret ?? '' }).generate({
				timestamp: clerk.state.clock(),
			});
			const credit = { amount: 500, action: 'increase', idempotency_key: 'a' };
			const form = new FormData();
			form.set('file', new Blob(['png'], { type: 'image/png' }), 'image.png');
			const tokenOf = (sid?: string) =>
				`x.${Buffer.from(JSON.stringify({ sid })).toString('base64url')}.x`;
			const refresh = {
				expired_token: tokenOf(session),
				refresh_token: `refresh_${session}`,
				request_origin: 'https://app.example',
			};
			const inOrganization = `/organizations/${organization}`;
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
				['POST /users/ban', 400, { body: { user_ids: [user, 'user_nobody'] } }],
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
				['GET /organization_roles', 200],
				['GET /organization_memberships', 200, { query: { order_by: '-first_name' } }],
				[`POST ${inOrganization}/memberships`, 200, { body: { user_id: outsider, ...asMember } }],
				[`POST ${inOrganization}/memberships`, 400, { body: { user_id: outsider, ...asMember } }],
				[`PATCH ${inOrganization}/memberships/${outsider}`, 200, { body: { role: 'org:billing' } }],
				[`PATCH ${inOrganization}/memberships/${outsider}/metadata`, 200, { body: metadata }],
				[`DELETE ${inOrganization}/memberships/${member}`, 200],
				[`DELETE ${inOrganization}/memberships/${member}`, 404],
				['GET /organization_invitations', 200],
				[`GET ${inOrganization}/invitations`, 200],
				[`GET ${inOrganization}/invitations/pending`, 200],
				[`GET ${inOrganization}/invitations/${toOrganization}`, 200],
				[`POST ${inOrganization}/invitations`, 200, { body: { ...guest, ...asMember } }],
				[`POST ${inOrganization}/invitations`, 400, { body: { ...guest, ...asMember } }],
				[
					`POST ${inOrganization}/invitations/bulk`,
					200,
					{ body: [{ ...guests[0], ...asMember, inviter_user_id: ada?.id }] },
				],
				[`POST ${inOrganization}/invitations/${toOrganization}/revoke`, 200],
				[`POST ${inOrganization}/invitations/${toOrganization}/revoke`, 400],
				[`GET /users/${named('wes.carter')?.id}/organization_invitations`, 200],
				['GET /invitations', 200],
				['GET /invitations', 200, { query: { paginated: true, status: 'revoked' } }],
				['POST /invitations', 200, { body: guest }],
				['POST /invitations', 400, { body: guest }],
				['POST /invitations/bulk', 200, { body: guests }],
				['POST /invitations/bulk', 422, { body: Array(11).fill(guest) }],
				[`POST /invitations/${invitation}/revoke`, 200],
				[`DELETE /invitations/${invitation}`, 200],
				[`DELETE /invitations/${invitation}`, 404],
				[`PUT ${inOrganization}/logo`, 200, { body: form }],
				[`DELETE ${inOrganization}/logo`, 200],
				[`DELETE ${inOrganization}/logo`, 404],
				...['/users/' + ada?.id, inOrganization, '/users/' + other].flatMap(
					(path, at): typeof requests => [
						[`GET ${path}/billing/subscription`, 200],
						[`GET ${path}/billing/credits`, 200],
						[
							`POST ${path}/billing/credits`,
							200,
							{ body: { ...credit, idempotency_key: `${at}`, note: 'Sorry' } },
						],
						[`GET ${path}/billing/credits`, 200],
					],
				),
				[
					`POST /users/${other}/billing/credits`,
					409,
					{ body: { ...credit, idempotency_key: '0' } },
				],
				[`GET /users/${ada?.id}/oauth_access_tokens/oauth_google`, 200],
				[`GET /users/${ada?.id}/trusted_devices`, 200],
				[`DELETE /users/${ada?.id}/trusted_devices/${device?.id}`, 200],
				[`DELETE /users/${ada?.id}/passkeys/${ada?.passkeys[0]?.id}`, 200],
				[`GET /users/${ada?.id}`, 200],
				[`PUT /users/${ada?.id}/email_address`, 403, { body: guest }],
				[`DELETE /users/${ada?.id}/external_accounts/${ada?.external_accounts[0]?.id}`, 200],
				[
					`PUT /users/${ada?.id}/email_address`,
					200,
					{ body: { ...guest, identification_status: 'reserved' } },
				],
				[`PUT /users/${ada?.id}/phone_number`, 200, { body: { phone_number: '+12025550177' } }],
				[`GET /users/${mei?.id}`, 200],
				[`DELETE /users/${mei?.id}/web3_wallets/${mei?.web3_wallets[0]?.id}`, 200],
				[`POST /users/${mei?.id}/verify_password`, 400, { body: { password: 'x' } }],
				[
					`POST /users/${jonas?.id}/verify_password`,
					200,
					{ body: { password: 'correct horse battery' } },
				],
				[`POST /users/${jonas?.id}/verify_password`, 422, { body: { password: 'wrong' } }],
				[`POST /users/${jonas?.id}/verify_totp`, 200, { body: { code } }],
				[`POST /users/${jonas?.id}/verify_totp`, 200, { body: { code: 'one-time-1' } }],
				[`POST /users/${jonas?.id}/verify_totp`, 422, { body: { code: 'one-time-1' } }],
				[`POST /users/${jonas?.id}/password/set_compromised`, 200],
				[`POST /users/${jonas?.id}/password/unset_compromised`, 200],
				[`POST /users/${jonas?.id}/remove_password`, 200],
				[`POST /users/${jonas?.id}/lock`, 200],
				[`POST /users/${jonas?.id}/unlock`, 200],
				[`DELETE /users/${jonas?.id}/backup_code`, 200],
				[`DELETE /users/${jonas?.id}/totp`, 200],
				[`DELETE /users/${jonas?.id}/mfa`, 200],
				[`POST /users/${jonas?.id}/profile_image`, 200, { body: form }],
				[`DELETE /users/${jonas?.id}/profile_image`, 200],
				['POST /sessions', 200, { body: { user_id: jonas?.id } }],
				['POST /sessions', 404, { body: { user_id: 'user_nobody' } }],
				[`POST /sessions/${session}/tokens`, 200],
				[`POST /sessions/${session}/tokens/supabase`, 200, { body: { expires_in_seconds: 60 } }],
				[`POST /sessions/${session}/tokens/unknown`, 404],
				[`POST /sessions/${session}/refresh`, 200, { body: refresh }],
				[`POST /sessions/${session}/refresh`, 200, { body: { ...refresh, format: 'cookie' } }],
				[`POST /sessions/${session}/refresh`, 401, { body: {} }],
				['GET /sessions', 422],
				['GET /sessions', 200, { query: { user_id: user } }],
				['GET /sessions', 200, { query: { user_id: user, paginated: true } }],
				[`GET /sessions/${session}`, 200],
				[`POST /sessions/${session}/revoke`, 200],
				[`DELETE /users/${user}`, 200],
				[`DELETE /organizations/${organization}`, 200],
			];

			const requested: (string | undefined)[] = [];
			for (const [requestLine, status, options] of requests) {
				const response = await call(requestLine, options);
				expect([requestLine, response.status]).toEqual([requestLine, status]);
				requested.push(document.find(...(requestLine.split(' ') as [string, string])));
			}
			const judged = [...requested, ...elsewhere];
			expect(Object.keys(routes).filter((line) => !judged.includes(line))).toEqual([]);
		});
	});
}
