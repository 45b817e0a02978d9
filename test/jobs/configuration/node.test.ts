import { startClerk } from '../../../sandbox/clerk';
import { newRedirectUrl } from '../../../sandbox/clerk/records/domain';
import { newPermission, newRole } from '../../../sandbox/clerk/records/role';
import { CONFIGURATION_LAYOUT } from '../../../nodes/Clerk/jobs/configuration/report';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { runNode } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let source: Clerk;
let target: Clerk;

beforeEach(async () => {
	const options = { seed: 'empty', rateLimit: false } as const;
	source = await startClerk({ ...options, instance: { id: 'ins_staging' } });
	target = await startClerk({
		...options,
		instance: { id: 'ins_app', environmentType: 'production' },
	});
});

afterEach(async () => {
	await source.close();
	await target.close();
});

const credentialOf = (clerk: Clerk, accessPolicy = 'full') => ({
	secretKey: clerk.liveSecretKey,
	baseUrl: clerk.url,
	accessPolicy,
	rateLimitShare: 100,
});

const exportFrom = async (clerk: Clerk, additionalFields: Values = {}): Promise<Values[]> => {
	const output = await runNode({
		credential: credentialOf(clerk, 'readOnly'),
		parameters: {
			resource: 'instance',
			operation: 'exportConfiguration',
			additionalFields,
			options: {},
		},
	});
	return output.map(({ json }) => json);
};

const applyTo = async (clerk: Clerk, rows: unknown[], values: Values = {}) => {
	const output = await runNode({
		credential: credentialOf(clerk),
		parameters: rows.map((configuration) => ({
			resource: 'instance',
			operation: 'applyConfiguration',
			configuration,
			extraRecords: 'keep',
			maxChanges: 100,
			additionalFields: {},
			options: {},
			...values,
		})),
		items: rows.map(() => ({ json: {} })),
	});
	const report = output.map(({ json }) => json);
	for (const row of report) expect(Object.keys(row)).toEqual(columnsOf(CONFIGURATION_LAYOUT));
	return report;
};

const APPLY = { applyConfigurationMode: 'apply', options: { allowProduction: true } };

const writesTo = (clerk: Clerk) => clerk.requests.filter(({ method }) => method !== 'GET');

const brief = (rows: Values[]) =>
	rows.map(({ action, status, kind, target: key }) => [action, status, kind, key].join(' '));

const plantSource = () => {
	newPermission(source.state, { key: 'org:invoices:read', name: 'Read invoices' });
	newRole(source.state, {
		key: 'org:billing',
		name: 'Billing',
		description: 'Pays',
		permissions: ['org:invoices:read', 'org:sys_memberships:read'],
	});
	source.state.redirectUrls.insert(newRedirectUrl(source.state, 'https://dev.example.com/back'));
};

describe('Export and Apply Configuration', () => {
	it('exports the records without what identifies them in one instance', async () => {
		plantSource();
		const rows = await exportFrom(source);
		expect(rows[0]).toMatchObject({
			kind: 'configuration',
			value: { version: 1, records: { organizationPermission: 1, redirectUrl: 1 } },
			instanceId: 'ins_staging',
		});
		expect(rows).toContainEqual({
			kind: 'organizationRole',
			key: 'org:billing',
			value: {
				name: 'Billing',
				description: 'Pays',
				permissions: ['org:invoices:read', 'org:sys_memberships:read'],
			},
			instanceId: 'ins_staging',
		});
		for (const row of rows)
			expect(Object.keys(row)).toEqual(['kind', 'key', 'value', 'instanceId']);
		expect(writesTo(source)).toEqual([]);
	});

	it('makes the target like the source, with its own IDs, and finds nothing the second time', async () => {
		plantSource();
		const rows = await exportFrom(source);
		const replacements = { entry: [{ find: 'dev.example', replaceWith: 'app.example' }] };
		const values = { ...APPLY, additionalFields: { replacements } };
		const report = await applyTo(target, rows, values);
		expect(brief(report)).toEqual([
			'create done organizationPermission org:invoices:read',
			'create done organizationRole org:billing',
			'create done redirectUrl https://app.example.com/back',
			'summary done  ins_app',
		]);
		const [permission] = target.state.permissions.where('key', 'org:invoices:read');
		const [role] = target.state.roles.where('key', 'org:billing');
		expect(permission).toMatchObject({ name: 'Read invoices', type: 'user' });
		expect(role).toMatchObject({
			name: 'Billing',
			permissions: ['org:invoices:read', 'org:sys_memberships:read'],
		});
		expect(target.state.redirectUrls.rows.map(({ url }) => url)).toEqual([
			'https://app.example.com/back',
		]);

		const writes = writesTo(target).length;
		expect(brief(await applyTo(target, rows, values))).toEqual(['summary done  ins_app']);
		expect(writesTo(target)).toHaveLength(writes);
	});
});
