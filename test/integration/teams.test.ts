import { Clerk as ClerkNode } from '../../nodes/Clerk/Clerk.node';

import { startClerk } from '../../sandbox/clerk';
import { hostOf, runNode } from '../support/host';

/** Roles, domains, machines and keys: the node against the simulated Clerk. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company' });
});

afterEach(async () => await clerk.close());

const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const id = (value: string) => by('id', value);

const run = async (resource: string, operation: string, values: Values, secretKey?: string) => {
	const credential = {
		secretKey: secretKey ?? clerk.secretKey,
		baseUrl: clerk.url,
		rateLimitShare: 100,
	};
	const parameters = { resource, operation, options: {}, ...values };
	return (await runNode({ credential, parameters })).map(({ json }) => json);
};

const dryRun = { options: { dryRun: true } };

describe('the lists of the form', () => {
	const list = async (method: string, parameters: Values = {}, filter?: string) => {
		const credential = { secretKey: clerk.secretKey, baseUrl: clerk.url, rateLimitShare: 100 };
		const host = hostOf({ credential, parameters });
		const { results } = await new ClerkNode().methods.listSearch[method].call(
			host as never,
			filter,
		);
		return results.map(({ name }) => name);
	};

	it('offer the permissions, roles and role sets of the instance', async () => {
		expect(await list('searchPermissions', {}, 'invoices')).toEqual([
			'Manage invoices (org:invoices:manage)',
		]);
		expect(await list('searchRolesById', {}, 'bill')).toEqual(['Billing (org:billing)']);
		expect(await list('searchRoleSets')).toEqual([
			'Team (role_set:team)',
			'Default (role_set:default)',
		]);
	});

	it('offer the domains of the chosen organization', async () => {
		const organizationId = by('slug', 'pine-co');
		expect(await list('searchOrganizationDomains', { organizationId })).toEqual([
			'pine.example (automatic suggestion)',
		]);
	});

	it('offer machines, and the valid tokens of the chosen one', async () => {
		expect(await list('searchMachines')).toEqual(['Billing worker', 'Ledger']);
		const [worker] = clerk.state.machines.rows.filter(({ name }) => name === 'Billing worker');
		const tokens = await list('searchM2mTokens', { machineId: id(worker.id) });
		expect(tokens).toEqual([expect.stringMatching(/^mt_\w+, valid until 20/)]);
	});

	it('offer the users and organizations that can have API keys, and the keys of the chosen one', async () => {
		const subjects = await list('searchSubjects', {}, 'harbour');
		expect(subjects).toEqual(['Harbour Labs (harbour-labs)']);
		const [{ id: ada }] = clerk.state.users.where('email_address', 'ada.berg@example.com');
		const keys = await list('searchApiKeys', { subject: by('list', ada) });
		expect(keys.sort()).toEqual(['Nightly export', 'Old laptop (revoked)']);
	});
});

it("creates an M2M token with a machine's credential and verifies it with the instance's", async () => {
	const [ledger, worker] = clerk.state.machines.rows;
	const [{ secret }] = await run('machine', 'getSecretKey', { machineId: id(worker.id) });
	const claims = { additionalFields: { claims: '{"job_name":"export"}' } };
	const [created] = await run('m2mToken', 'create', claims, String(secret));
	expect(created).toMatchObject({
		subject: worker.id,
		scopes: [ledger.id],
		claims: { job_name: 'export' },
	});
	const [verified] = await run('m2mToken', 'verify', { token: created.token });
	expect(verified).toMatchObject({ id: created.id, expired: false });
	expect(verified).not.toHaveProperty('token');
	await expect(run('m2mToken', 'create', {})).rejects.toThrow(/secret key of a machine/i);
});

it('counts in a dry run the records that a delete would destroy', async () => {
	const [ledger, worker] = clerk.state.machines.rows;
	const machineId = id(worker.id);
	expect(await run('machine', 'delete', { machineId, ...dryRun })).toMatchObject([
		{ wouldDestroy: { machine: worker.id, machineScopes: 1 } },
	]);
	const scope = { machineId, otherMachineId: id(ledger.id) };
	expect(await run('machine', 'deleteScope', { ...scope, ...dryRun })).toMatchObject([
		{ wouldDestroy: { machineScopes: 1 } },
	]);

	const [domain] = clerk.state.organizationDomains.rows;
	const ofDomain = {
		organizationId: by('slug', 'harbour-labs'),
		organizationDomainId: id(domain.id),
	};
	expect(await run('organizationDomain', 'delete', { ...ofDomain, ...dryRun })).toMatchObject([
		{ wouldDestroy: { organizationDomains: 1 } },
	]);

	const [billing] = clerk.state.roles.where('key', 'org:billing');
	const [invoices] = clerk.state.permissions.where('key', 'org:invoices:manage');
	const pair = {
		organizationRoleId: id(billing.id),
		organizationPermissionId: id(invoices.id),
	};
	expect(await run('organizationRole', 'removePermission', { ...pair, ...dryRun })).toMatchObject([
		{ wouldDestroy: { permissions: 1 } },
	]);
	const [role] = await run('organizationRole', 'removePermission', pair);
	expect(role.permissions).toMatchObject([{ key: 'org:sys_memberships:read' }]);
});

it('replaces a role set by another for its organizations, with a mapping of its roles', async () => {
	const roleSetId = id('role_set:team');
	const to = { destRoleSetKey: id('role_set:default') };
	const entry = [{ key: id('org:billing'), value: id('org:member') }];
	const additionalFields = { reassignmentMappings: { entry } };
	const [deleted] = await run('roleSet', 'replace', { roleSetId, ...to, additionalFields });
	expect(deleted).toMatchObject({ object: 'role_set', deleted: true });
	expect(clerk.state.organizations.where('slug', 'pine-co')[0].role_set_key).toBe(
		'role_set:default',
	);
});
