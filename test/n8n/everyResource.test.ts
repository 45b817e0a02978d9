import { resources } from '../../nodes/Clerk/resources';
import { openN8n, startClerk } from './support';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const pick = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

/** One operation of a resource: what its form holds, and what must be in what comes out first. */
type Sample = [operation: string, parameters: Values, output: Values];

/** Reading and writing, and each kind of form: locators, tables, JSON, lists, answers without JSON. */
function samples({ state }: Clerk): Record<string, Sample> {
	const [ada, bea] = state.users.rows;
	const [organization] = state.organizations.rows;
	const first = (table: { rows: readonly unknown[] }) =>
		(table.rows as Array<{ id: string }>)[0].id;
	const [phone] = ada.phone_numbers;
	const [email] = ada.email_addresses;
	const outsider = state.users.rows.find(
		(user) => !state.memberships.rows.some(({ user_id: member }) => member === user.id),
	)!;
	return {
		actorToken: [
			'create',
			{ userId: pick(ada.id), actor: '{}', actorSub: pick(bea.id) },
			{ userId: ada.id, status: 'pending' },
		],
		adminPortalLinkToken: ['create', {}, { object: 'admin_portal_link_token' }],
		agentTask: [
			'create',
			{
				onBehalfOfUserId: pick('ada.berg@example.com', 'emailAddress'),
				agentName: 'Invoice Agent',
				taskDescription: 'Download invoices',
				redirectUrl: 'https://app.example.com/invoices',
				permissions: '*',
			},
			{ object: 'agent_task' },
		],
		allowlistIdentifier: ['create', { identifier: '*@new.example.com' }, { success: true }],
		apiKey: [
			'create',
			{ name: 'Nightly', subject: pick(organization.id) },
			{ name: 'Nightly', subject: organization.id },
		],
		apiRequest: [
			'send',
			{ method: 'GET', path: `/users/${ada.id}` },
			{ id: ada.id, first_name: 'Ada' },
		],
		billingPlan: ['getAll', { returnAll: true }, { object: 'commerce_plan' }],
		billingPrice: [
			'create',
			{ billingPlanId: pick('cplan_free_user'), amount: 1200 },
			{ planId: 'cplan_free_user' },
		],
		billingStatement: ['getAll', { limit: 1 }, { object: 'commerce_statement' }],
		billingSubscriptionItem: ['getAll', { limit: 1 }, { status: 'active' }],
		blocklistIdentifier: ['getAll', { limit: 1 }, { object: 'blocklist_identifier' }],
		client: ['getAll', { limit: 1 }, { object: 'client' }],
		directory: [
			'createGroupRoleMapping',
			{
				directoryId: pick(first(state.directories)),
				groupId: 'g1',
				roleId: pick(first(state.roles)),
			},
			{ directoryGroupId: 'g1' },
		],
		domain: [
			'create',
			{ name: 'satellite.example.net', isSatellite: true, proxyUrl: '' },
			{ name: 'satellite.example.net', isSatellite: true },
		],
		emailAddress: [
			'get',
			{ emailAddressId: pick(email.id) },
			{ id: email.id, emailAddress: 'ada.berg@example.com' },
		],
		enterpriseConnection: [
			'getTestRuns',
			{ enterpriseConnectionId: pick(first(state.enterpriseConnections)) },
			{ status: 'success' },
		],
		instance: ['getOrganizationSettings', {}, { enabled: true }],
		invitation: [
			'create',
			{ emailAddress: 'new.hire@example.com' },
			{ emailAddress: 'new.hire@example.com', status: 'pending' },
		],
		jwks: ['get', {}, { success: true }],
		jwtTemplate: [
			'create',
			{ name: 'reporting', claims: '{"role":"{{user.public_metadata.plan}}"}' },
			{ name: 'reporting', claims: { role: '{{user.public_metadata.plan}}' } },
		],
		m2mToken: [
			'getAll',
			{ subject: pick(state.m2mTokens.rows[0].subject), returnAll: true },
			{ subject: state.m2mTokens.rows[0].subject },
		],
		machine: ['create', { name: 'nightly-report' }, { name: 'nightly-report' }],
		messageTemplate: ['getAll', { templateType: 'email', limit: 1 }, { templateType: 'email' }],
		oauthAccessToken: ['verify', { accessToken: 'oat_sandbox_ada' }, { subject: ada.id }],
		oauthApplication: ['create', { name: 'Reports' }, { name: 'Reports' }],
		organization: [
			'get',
			{ organizationId: pick(organization.slug, 'slug') },
			{ id: organization.id, name: organization.name },
		],
		organizationDomain: [
			'create',
			{
				organizationId: pick(organization.id),
				name: 'new-domain.example.org',
				enrollmentMode: 'automatic_invitation',
			},
			{ name: 'new-domain.example.org', organizationId: organization.id },
		],
		organizationInvitation: [
			'create',
			{
				organizationId: pick(organization.id),
				emailAddress: 'colleague@example.com',
				role: pick('org:member', 'list'),
			},
			{ emailAddress: 'colleague@example.com', organizationId: organization.id },
		],
		organizationMembership: [
			'create',
			{
				organizationId: pick(organization.id),
				userId: pick(outsider.id),
				role: pick('org:member', 'list'),
			},
			{ role: 'org:member' },
		],
		organizationPermission: [
			'create',
			{ name: 'Read reports', key: 'org:reports:read' },
			{ key: 'org:reports:read' },
		],
		organizationRole: [
			'get',
			{ organizationRoleId: pick(first(state.roles)) },
			{ id: first(state.roles) },
		],
		phoneNumber: [
			'update',
			{ phoneNumberId: pick(phone.id), updateFields: { verified: true } },
			{ id: phone.id },
		],
		redirectUrl: [
			'create',
			{ url: 'https://app.example.com/back' },
			{ url: 'https://app.example.com/back' },
		],
		roleSet: [
			'create',
			{
				name: 'Reviewers',
				roles: 'org:admin, org:member',
				defaultRoleKey: pick('org:member'),
				creatorRoleKey: pick('org:admin', 'list'),
			},
			{ name: 'Reviewers' },
		],
		samlConnection: [
			'create',
			{ name: 'Acme Okta', provider: 'saml_okta', domains: 'acme.example, acme.test' },
			{ name: 'Acme Okta', provider: 'saml_okta' },
		],
		scimDirectory: [
			'getGroupRoleMappings',
			{ scimDirectoryId: pick(first(state.directories)), returnAll: true },
			{ directoryGroupId: 'group-admins' },
		],
		session: ['create', { userId: pick(ada.id) }, { userId: ada.id, status: 'active' }],
		signInToken: ['create', { userId: pick(ada.id) }, { userId: ada.id, status: 'pending' }],
		signUp: ['get', { signUpId: pick(first(state.signUps)) }, { id: first(state.signUps) }],
		svixApp: ['create', {}, { success: true }],
		testingToken: ['create', {}, { success: true }],
		user: [
			'mergeMetadata',
			{ userId: pick(ada.id), updateFields: { publicMetadata: '{"plan":null,"Seen_At":1}' } },
			{ id: ada.id },
		],
		waitlistEntry: [
			'createMany',
			{ emailAddress: 'waiting@example.com' },
			{ emailAddress: 'waiting@example.com' },
		],
	};
}

describe('every resource, in a real n8n', () => {
	let clerk: Clerk;
	let wanted: Record<string, Sample>;
	let output: Record<string, Values[]>;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		// Forty nodes at once are no subject of this test.
		clerk.setRateLimit(false);
		wanted = samples(clerk);
		const n8n = await openN8n(clerk);
		output = await n8n.runEach(
			Object.fromEntries(
				Object.entries(wanted).map(([resource, [operation, parameters]]) => [
					resource,
					{ resource, operation, ...parameters },
				]),
			),
		);
	});

	afterAll(async () => await clerk.close());

	it('is among those that are run', () => {
		expect(Object.keys(wanted).sort()).toEqual(resources.map(({ value }) => value).sort());
	});

	it.each(resources.map(({ value }) => value))('%s gives what Clerk answers', (resource) => {
		const [item] = output[resource];
		expect(item).toMatchObject(wanted[resource][2]);
		expect(item).not.toHaveProperty('error');
	});

	it('changed what Clerk stores', () => {
		const [ada] = clerk.state.users.rows;
		expect(ada.public_metadata).toEqual({
			Seen_At: 1,
			preferences: { theme: 'dark', language: 'en' },
		});
		expect(clerk.state.jwtTemplates.rows.map(({ name }) => name)).toContain('reporting');
		expect(clerk.state.settings.instance.svix).toBe(true);
	});
});
