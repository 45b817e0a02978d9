import { CONFIGURATION_LAYOUT } from '../../../nodes/Clerk/jobs/configuration/report';
import { KINDS } from '../../../nodes/Clerk/jobs/configuration/kinds';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { newPermission, newRole } from '../../../sandbox/clerk/resources/roles';
import { redirectUrls } from '../../../sandbox/clerk/resources/domains';
import machines from '../../../sandbox/clerk/resources/machines';
import oauthApplications from '../../../sandbox/clerk/resources/oauthApplications';
import { jwtTemplates } from '../../../sandbox/clerk/resources/templates';
import { applyTo, exportFrom, startInstance } from '../../support/configurations';

type Clerk = Awaited<ReturnType<typeof startInstance>>;
type Row = Awaited<ReturnType<typeof exportFrom>>[number];

jest.setTimeout(30_000);

let source: Clerk;
let target: Clerk;

beforeEach(async () => {
	source = await startInstance('ins_staging');
	target = await startInstance('ins_app', 'production');
});

afterEach(async () => {
	await source.close();
	await target.close();
});

const ALLOW = { options: { allowProduction: true } };

const writesTo = (clerk: Clerk) => clerk.requests.filter(({ method }) => method !== 'GET');

const brief = (rows: Row[]) =>
	rows.map(({ action, status, kind, target: key }) => `${action} ${status} ${kind} ${key}`);

const url = (clerk: Clerk, address: string) => redirectUrls.make(clerk.state, { url: address });

const urlsOf = (clerk: Clerk) => clerk.state.redirectUrls.rows.map((row) => row.url).sort();

const plantSource = () => {
	newPermission(source.state, { key: 'org:invoices:read', name: 'Read invoices' });
	newRole(source.state, {
		key: 'org:billing',
		name: 'Billing',
		description: 'Pays',
		permissions: ['org:invoices:read', 'org:sys_memberships:read'],
	});
	url(source, 'https://dev.example.com/back');
};

/** Runs it, and returns the error and its report. */
const stopped = async (...args: Parameters<typeof applyTo>) => {
	const error: Error & { context?: { report?: Row[] }; description?: string } = await applyTo(
		...args,
	).then(
		() => new Error('It did not stop'),
		(thrown: Error) => thrown,
	);
	return { message: error.message, report: error.context?.report ?? [] };
};

describe('Export Configuration', () => {
	it('outputs the records without what identifies them in one instance, and what is not in it', async () => {
		plantSource();
		const rows = await exportFrom(source);
		expect(rows[0].value.keys).toMatchObject({
			organizationRole: ['org:admin', 'org:billing', 'org:member'],
			redirectUrl: ['https://dev.example.com/back'],
			machine: [],
		});
		expect(rows[0]).toEqual({
			kind: 'configuration',
			key: 'configuration',
			value: {
				version: 1,
				environment: 'development',
				records: {
					organizationPermission: 1,
					organizationRole: 3,
					roleSet: 1,
					organizationSettings: 1,
					oauthApplicationSettings: 1,
					communication: 1,
					protect: 1,
					allowedOrigins: 1,
					jwtTemplate: 0,
					redirectUrl: 1,
					allowlistIdentifier: 0,
					blocklistIdentifier: 0,
					oauthApplication: 0,
					machine: 0,
					machineScope: 0,
				},
				keys: expect.any(Object),
			},
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
		const gaps = rows.filter(({ kind }) => kind === 'notExported');
		expect(gaps.map(({ key }) => key)).toEqual(
			expect.arrayContaining(['Restrictions', 'Signing keys', 'Enterprise connections']),
		);
		for (const { value } of gaps) expect(value.reason).toMatch(/\w/);
		expect(writesTo(source)).toEqual([]);
		expect(source.requests).toHaveLength(15);
	});

	it('is the same every time, whatever the order that Clerk lists records in', async () => {
		const addresses = ['https://b.example.com', 'https://a.example.com'];
		for (const address of addresses) url(source, address);
		for (const address of [...addresses].reverse()) url(target, address);
		const withoutInstance = (rows: Row[]) =>
			rows.slice(1).map(({ kind, key, value }) => ({ kind, key, value }));
		const [one, other] = [await exportFrom(source), await exportFrom(target)];
		expect(withoutInstance(one)).toEqual(withoutInstance(other));
	});

	it('has no secret', async () => {
		const { state } = source;
		const secrets = [
			machines.make(state, { name: 'Worker' }).secret_key,
			oauthApplications.make(state, { name: 'App' }).client_secret,
			'the private key',
		];
		jwtTemplates.make(state, { name: 'own', custom_signing_key: true, signing_key: secrets[2] });
		const rows = await exportFrom(source);
		const report = await applyTo(target, rows, ALLOW);
		const [application] = target.state.oauthApplications.rows;
		const [machine] = target.state.machines.rows;
		secrets.push(application.client_secret, machine.secret_key);
		for (const secret of secrets) {
			expect(secret.length).toBeGreaterThan(10);
			expect(JSON.stringify([rows, report])).not.toContain(secret);
		}
	});

	it('reads only the chosen kinds', async () => {
		url(source, 'https://dev.example.com');
		const rows = await exportFrom(source, ['redirectUrl', 'machineScope']);
		expect(rows[0].value.records).toEqual({ redirectUrl: 1, machineScope: 0 });
		expect(source.requests.map(({ path }) => path.split('?')[0])).toEqual([
			expect.stringContaining('/instance'),
			expect.stringContaining('/redirect_urls'),
			expect.stringContaining('/machines'),
		]);
		await expect(exportFrom(source, ['users'])).rejects.toThrow('Kinds needs one of');
	});

	it('says which kinds Clerk does not show, and which records nothing tells apart', async () => {
		const error = { errors: [{ code: 'plan_needed', message: 'Not in your plan' }] };
		source.addFault({ kind: 'status', status: 402, body: error, path: '/role_sets' });
		for (const name of ['Worker', 'Worker', 'Other']) {
			machines.make(source.state, { name });
		}
		const rows = await exportFrom(source);
		expect(rows[0].value.records).not.toHaveProperty('roleSet');
		expect(rows).toContainEqual(
			expect.objectContaining({
				kind: 'notExported',
				key: 'Role Sets',
				value: { kind: 'roleSet', reason: expect.stringContaining('Not in your plan') },
			}),
		);
		expect(rows).toContainEqual(
			expect.objectContaining({ kind: 'notExported', key: 'Machines: Worker' }),
		);
		expect(rows.filter(({ kind }) => kind === 'machine').map(({ key }) => key)).toEqual(['Other']);
	});

	it('says which fields it leaves out, since they have another type', async () => {
		const body = { blocked_country_codes: 'KP', id: null };
		source.addFault({ kind: 'status', status: 200, body, path: '/instance/communication' });
		const rows = await exportFrom(source);
		expect(rows.find(({ kind }) => kind === 'communication')).toMatchObject({ value: {} });
		expect(rows.filter(({ key }) => key.startsWith('Communication'))).toMatchObject([
			{
				kind: 'notExported',
				key: 'Communication: communication: blockedCountryCodes',
				value: {
					reason: 'Clerk shows blockedCountryCodes in another type: it needs a list of texts',
				},
			},
		]);
		const gaps = (await exportFrom(target)).filter(({ kind }) => kind === 'notExported');
		expect(gaps.filter(({ value }) => /another type/.test(value.reason))).toEqual([]);
	});

	it('fails if a list cannot be read for another reason', async () => {
		source.addFault({ kind: 'status', status: 401, path: '/machines' });
		await expect(exportFrom(source)).rejects.toThrow();
	});
});

describe('Apply Configuration', () => {
	it('makes the target like the source, with its own IDs, and finds nothing the second time', async () => {
		plantSource();
		url(target, 'https://old.example.com');
		const rows = await exportFrom(source);
		const replacements = { entry: [{ find: 'dev.example', replaceWith: 'app.example' }] };
		const values = { ...ALLOW, additionalFields: { replacements } };
		const report = await applyTo(target, rows, values);
		for (const row of report) expect(Object.keys(row)).toEqual(columnsOf(CONFIGURATION_LAYOUT));
		expect(brief(report)).toEqual([
			'create done organizationPermission org:invoices:read',
			'create done organizationRole org:billing',
			'create done redirectUrl https://app.example.com/back',
			'extra skipped redirectUrl https://old.example.com',
			'summary done null ins_app',
		]);
		expect(report[4]).toMatchObject({
			reason:
				'From ins_staging to ins_app (production), 11 records wanted: create 3, extra 1, unchanged 8',
			creates: 3,
			changes: 0,
			deletions: 0,
			extras: 1,
			unchanged: 8,
			instanceId: 'ins_app',
			sourceInstanceId: 'ins_staging',
		});
		const [role] = target.state.roles.where('key', 'org:billing');
		expect(role).toMatchObject({
			name: 'Billing',
			permissions: ['org:invoices:read', 'org:sys_memberships:read'],
		});
		const writes = writesTo(target).length;
		expect(brief(await applyTo(target, rows, values))).toEqual([
			'extra skipped redirectUrl https://old.example.com',
			'summary done null ins_app',
		]);
		expect(writesTo(target)).toHaveLength(writes);
	});

	it('shows a change with its value before and after, and writes only what differs', async () => {
		plantSource();
		const role = newRole(target.state, { key: 'org:billing', name: 'Accounting' });
		target.state.settings.communication.blocked_country_codes = ['US'];
		const rows = await exportFrom(source);
		const report = await applyTo(target, rows, { applyConfigurationMode: 'plan' });
		expect(report).toContainEqual(
			expect.objectContaining({
				action: 'change',
				status: 'planned',
				kind: 'organizationRole',
				target: 'org:billing',
				name: 'Billing',
				reason: 'Differs in name, description, permissions',
				before: { name: 'Accounting', description: '', permissions: [] },
				after: {
					name: 'Billing',
					description: 'Pays',
					permissions: ['org:invoices:read', 'org:sys_memberships:read'],
				},
			}),
		);
		expect(writesTo(target)).toEqual([]);
		await applyTo(target, rows, ALLOW);
		expect(target.state.roles.get(role.id)).toMatchObject({ name: 'Billing' });
		const sent = writesTo(target).find(({ path }) => path.endsWith('/instance/communication'));
		expect(JSON.parse(sent!.rawBody as string)).toEqual({ blocked_country_codes: [] });
	});

	it.each<[string, (rows: Row[]) => unknown[]]>([
		['the rows as items', (rows) => rows],
		['a list of them', (rows) => [rows]],
		['the text of a file', (rows) => [JSON.stringify(rows)]],
		[
			'values as text, as a table has them',
			(rows) => rows.map((row) => ({ ...row, value: JSON.stringify(row.value) })),
		],
		['in another order', (rows) => [...rows].reverse()],
	])('takes %s', async (_, toItems) => {
		plantSource();
		const rows = await exportFrom(source);
		const report = await applyTo(target, toItems(rows), ALLOW);
		expect(report.slice(0, 3).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
	});

	describe('stops before it reads anything, for', () => {
		const row = (values: Row = {}): Row => ({
			kind: 'redirectUrl',
			key: 'https://a.example.com',
			value: {},
			instanceId: 'ins_staging',
			...values,
		});
		const header = (value: Row) => row({ kind: 'configuration', key: 'configuration', value });

		it.each<[string, unknown[], string]>([
			['an empty item', [{}], 'needs a row of Export Configuration'],
			['a file one level down', [{ data: [row()] }], '{{ $json.data }}'],
			['an empty list', [[]], 'Configuration is empty'],
			['no row', [[row(), null]], 'Configuration, row 2: needs a row'],
			['a number', [7], 'needs a row of Export Configuration'],
			['broken JSON', ['[{"kind":'], 'not valid JSON'],
			['an unknown kind', [row({ kind: 'user' })], 'needs a kind of organizationPermission'],
			['a kind of a prototype', [row({ kind: 'constructor' })], 'needs a kind of'],
			['no key', [row({ key: undefined })], 'has no key'],
			['an empty key', [row({ key: '' })], 'has no key'],
			['no instance', [row({ instanceId: null })], 'has no instanceId'],
			['two instances', [row(), row({ key: 'b', instanceId: 'ins_other' })], 'apply one export'],
			['no value', [row({ value: null })], 'has no value'],
			['a value that is no JSON', [row({ value: '{' })], 'has no value'],
			['a value that loses digits', [row({ value: '{"a":12345678901234567890}' })], 'has no value'],
			['an unknown field', [row({ value: { urls: 1 } })], 'has no field "urls"'],
			['a proto', [row({ value: JSON.parse('{"__proto__": 1}') })], 'has no field "__proto__"'],
			['a record twice', [row(), row()], 'which item 0 has too'],
			[
				'a wrong type',
				[row({ kind: 'protect', key: 'protect', value: { rulesEnabled: 'yes' } })],
				'(protect "protect") needs true or false as rulesEnabled',
			],
			[
				'another key than the one record has',
				[row({ kind: 'protect', key: 'shield', value: {} })],
				'needs the key protect',
			],
			[
				'a key that its value contradicts',
				[
					row({
						kind: 'machineScope',
						key: 'a → b',
						value: { machine: 'a', scopedMachine: 'c' },
					}),
				],
				'its value implies the key "a → c"',
			],
			['another version', [header({ version: 2, records: {} })], 'version 2, and this job reads'],
			['no version', [header({})], 'version nothing, and this job reads'],
			['two exports', [header({ version: 1 }), header({ version: 1 })], 'of a second export'],
			['a wrong count', [header({ version: 1, records: { user: 1 } })], 'no valid number'],
			['keys of no kind', [header({ version: 1, keys: { user: [] } })], 'no valid list of keys'],
			['wrong keys', [header({ version: 1, keys: { machine: [1] } })], 'no valid list of keys'],
		])('%s', async (_, items, message) => {
			const { message: actual } = await stopped(target, items, ALLOW);
			expect(actual).toContain(message);
			expect(target.requests).toEqual([]);
		});

		it('replacements that make two records one', async () => {
			const replacements = { entry: [{ find: 'b.example', replaceWith: 'a.example' }] };
			const rows = [row(), row({ key: 'https://b.example.com' })];
			await expect(applyTo(target, rows, { additionalFields: { replacements } })).rejects.toThrow(
				'has redirectUrl "https://a.example.com", which item 0 has too',
			);
			const empty = { entry: [{ find: 'a', replaceWith: '' }] };
			await expect(
				applyTo(target, rows, { additionalFields: { replacements: empty } }),
			).rejects.toThrow('Replace With is empty');
		});
	});

	it('rejects an export of the target itself, in a plan too', async () => {
		const rows = await exportFrom(target);
		const { message } = await stopped(target, rows, { applyConfigurationMode: 'plan' });
		expect(message).toContain('is of ins_app, the instance that the credential belongs to');
	});

	it('leaves a field that a value lacks as it is, and needs all of a new record', async () => {
		const rows = [
			{ kind: 'organizationRole', key: 'org:member', value: { description: 'Others' } },
			{ kind: 'organizationRole', key: 'org:new', value: { description: 'New' } },
			{ kind: 'jwtTemplate', key: 'new', value: { lifetime: 60 } },
		].map((row) => ({ ...row, instanceId: 'git' }));
		const report = await applyTo(target, rows, ALLOW);
		expect(report).toMatchObject([
			{ action: 'change', status: 'done', after: { description: 'Others' } },
			{ action: 'create', status: 'skipped', reason: expect.stringContaining('needs name') },
			{ action: 'create', status: 'skipped', reason: expect.stringContaining('needs claims') },
			{ action: 'extra', target: 'org:admin' },
			{ action: 'summary' },
		]);
		const [member] = target.state.roles.where('key', 'org:member');
		expect(member).toMatchObject({ name: 'Member', permissions: ['org:sys_memberships:read'] });
	});

	it('keeps what texts are not replaced in: keys that code uses, and references', async () => {
		plantSource();
		const rows = await exportFrom(source);
		const entry = [
			{ find: 'billing', replaceWith: 'x' },
			{ find: 'invoices', replaceWith: 'y' },
			{ find: 'Pays', replaceWith: '$& $1' },
		];
		await applyTo(target, rows, { ...ALLOW, additionalFields: { replacements: { entry } } });
		const [role] = target.state.roles.where('key', 'org:billing');
		expect(role).toMatchObject({ description: '$& $1' });
		expect(role.permissions).toContain('org:invoices:read');
	});

	describe('production', () => {
		const production = async () => {
			plantSource();
			return await exportFrom(source);
		};

		it('is written to only with an approved plan or Allow Production', async () => {
			const rows = await production();
			const { message, report } = await stopped(target, rows);
			expect(message).toContain('Stopped: The target is a production instance');
			expect(report).toHaveLength(4);
			expect(writesTo(target)).toEqual([]);

			const plan = await applyTo(target, rows, { applyConfigurationMode: 'plan' });
			const approved = {
				applyConfigurationMode: 'applyApproved',
				approved: 'rows',
				approvedRows: plan.filter(({ kind }) => kind !== 'redirectUrl'),
				approvedBy: 'Ada',
				approvalValidFor: 24,
			};
			const done = await applyTo(target, rows, approved);
			expect(done.map(({ status, reason }) => [status, reason]).slice(0, 3)).toEqual([
				['done', 'Is in the input, and not here'],
				['done', 'Is in the input, and not here'],
				['skipped', 'Not approved'],
			]);
			expect(urlsOf(target)).toEqual([]);
		});

		it('is not written to if the plan is another one by now', async () => {
			const rows = await production();
			const plan = await applyTo(target, rows, { applyConfigurationMode: 'plan' });
			const { planId, plannedAt } = plan[plan.length - 1];
			url(target, 'https://dev.example.com/back');
			const approved = {
				applyConfigurationMode: 'applyApproved',
				approved: 'plan',
				planId,
				plannedAt,
				approvedBy: 'Ada',
				approvalValidFor: 24,
			};
			const { message } = await stopped(target, rows, approved);
			expect(message).toContain('The plan is not the one that was approved');
			target.state.redirectUrls.remove(target.state.redirectUrls.rows[0]);
			const done = await applyTo(target, rows, approved);
			expect(done[done.length - 1]).toMatchObject({ status: 'done', creates: 3 });
		});

		it('gets nothing by an approval that shows other values, or that something changed since', async () => {
			const rows = await production();
			newRole(target.state, { key: 'org:billing', name: 'Accounting' });
			const plan = await applyTo(target, rows, { applyConfigurationMode: 'plan' });
			const approving = async (approvedRows: Row[]) => {
				const done = await applyTo(target, rows, {
					applyConfigurationMode: 'applyApproved',
					approved: 'rows',
					approvedRows,
					approvedBy: 'Ada',
					approvalValidFor: 24,
				});
				return brief(done).filter((line) => line.includes('organizationRole'));
			};
			const edits: Row[] = [
				{ after: { name: 'B' } },
				{ before: { name: 'A' } },
				{ kind: 'machine' },
			];
			for (const edit of edits) {
				const edited = plan.map((row) =>
					row.kind === 'organizationRole' ? { ...row, ...edit } : row,
				);
				const role = 'change skipped organizationRole org:billing';
				expect(await approving(edited.filter(({ target: key }) => key === 'org:billing'))).toEqual([
					role,
				]);
			}
			const [role] = target.state.roles.where('key', 'org:billing');
			target.state.roles.update(role, { name: 'Finance' });
			expect(await approving(plan)).toEqual(['change skipped organizationRole org:billing']);
			target.state.roles.update(role, { name: 'Accounting' });
			expect(await approving(plan)).toEqual(['change done organizationRole org:billing']);
		});

		it('is every environment that Clerk does not call development or staging', async () => {
			const rows = await production();
			Object.assign(target.state.instance, { environmentType: 'preview' });
			const { message } = await stopped(target, rows);
			expect(message).toContain('production');
			Object.assign(target.state.instance, { environmentType: 'development' });
			await applyTo(target, rows);
			expect(writesTo(target)).toHaveLength(3);
		});
	});

	it('neither exports nor applies if Clerk does not return the ID of the instance', async () => {
		const rows = await exportFrom(source);
		const fault = { kind: 'status', status: 200, body: { object: 'instance' }, path: '/instance' };
		for (const clerk of [source, target]) clerk.addFault({ ...fault, times: Infinity } as never);
		await expect(exportFrom(source)).rejects.toThrow('GET /instance');
		expect((await stopped(target, rows, ALLOW)).message).toContain('GET /instance');
		expect(writesTo(target)).toEqual([]);
	});

	it('stops if it would write more records than Max Changes', async () => {
		plantSource();
		const rows = await exportFrom(source);
		const { message } = await stopped(target, rows, { ...ALLOW, maxChanges: 2 });
		expect(message).toContain(
			'3 of 11 records (27 %) would be created, changed or deleted; Max Changes allows 2',
		);
		expect(writesTo(target)).toEqual([]);
	});

	it('plans under Read Only, and deletes nothing under No Deletes', async () => {
		url(target, 'https://old.example.com');
		const rows = await exportFrom(source);
		const plan = { applyConfigurationMode: 'plan', extraRecords: 'delete' };
		const report = await applyTo(target, rows, { ...plan, accessPolicy: 'readOnly' });
		expect(brief(report)[0]).toBe('delete planned redirectUrl https://old.example.com');
		for (const accessPolicy of ['readOnly', 'noDeletes']) {
			const { message } = await stopped(target, rows, {
				...ALLOW,
				extraRecords: 'delete',
				accessPolicy,
			});
			expect(message).toMatch(/refused (PATCH|DELETE)/);
		}
		expect(writesTo(target)).toEqual([]);
	});

	describe('records that the input does not have', () => {
		const DELETE = { ...ALLOW, extraRecords: 'delete' };

		it('extra records are deleted on demand, but no role with members or that new members get', async () => {
			const rows = await exportFrom(source);
			const { state } = target;
			url(target, 'https://old.example.com');
			newPermission(state, { key: 'org:old:read', name: 'Old' });
			const keys = ['org:free', 'org:used', 'org:first'];
			for (const key of [...keys, 'org:alone']) newRole(state, { key, name: key });
			const [set] = state.roleSets.rows;
			state.roleSets.update(set, { roles: [...set.roles, ...keys] });
			const organization = state.organizations.insert(newOrganization(state, { name: 'Acme' }));
			state.memberships.insert(
				newMembership(state, {
					organization_id: organization.id,
					user_id: 'user_1',
					role: 'org:used',
				}),
			);
			const report = await applyTo(target, rows, DELETE);
			expect(brief(report)).toEqual([
				'delete done redirectUrl https://old.example.com',
				'extra skipped roleSet role_set:default',
				'extra skipped organizationRole org:alone',
				'delete done organizationRole org:first',
				'delete done organizationRole org:free',
				'extra skipped organizationRole org:used',
				'delete done organizationPermission org:old:read',
				'summary done null ins_app',
			]);
			expect(report[1].reason).toContain('org:used is not among its roles in the input');
			expect(report[2].reason).toContain('Kept: it is not known whether it has members');
			expect(report[5].reason).toContain('Kept: it has members');
			expect(state.roles.rows.map(({ key }) => key)).toEqual([
				'org:member',
				'org:admin',
				'org:used',
				'org:alone',
			]);
			expect(state.permissions.rows).toHaveLength(6);
		});

		it('extra records are kept if they are permissions that a kept role has', async () => {
			const rows = await exportFrom(source);
			newPermission(target.state, { key: 'org:old:read', name: 'Old' });
			newRole(target.state, { key: 'org:alone', name: 'Alone', permissions: ['org:old:read'] });
			const report = await applyTo(target, rows, DELETE);
			expect(report.find(({ kind }) => kind === 'organizationPermission')).toMatchObject({
				action: 'delete',
				status: 'skipped',
				reason: 'Is not in the input. Kept: the role org:alone still has it',
			});
			expect(target.state.permissions.rows.map(({ key }) => key)).toContain('org:old:read');
		});

		it('extra records are kept if they are permissions of a role whose change was not approved', async () => {
			newRole(source.state, { key: 'org:editor', name: 'Editor', permissions: [] });
			newPermission(target.state, { key: 'org:old:read', name: 'Old' });
			const permissions = ['org:old:read'];
			newRole(target.state, { key: 'org:editor', name: 'Editor', permissions });
			const rows = await exportFrom(source);
			const plan = await applyTo(target, rows, { ...DELETE, applyConfigurationMode: 'plan' });
			expect(brief(plan)).toEqual([
				'change planned organizationRole org:editor',
				'delete planned organizationPermission org:old:read',
				'summary planned null ins_app',
			]);
			const approved = {
				...DELETE,
				applyConfigurationMode: 'applyApproved',
				approved: 'rows',
				approvedRows: plan.slice(1),
				approvedBy: 'Ada Berg',
				approvalValidFor: 24,
			};
			expect(brief(await applyTo(target, rows, approved))).toEqual([
				'change skipped organizationRole org:editor',
				'delete skipped organizationPermission org:old:read',
				'summary done null ins_app',
			]);
			expect(target.state.roles.rows.find(({ key }) => key === 'org:editor')).toMatchObject({
				permissions,
			});
		});

		/** A target whose role set gives a role to new members that the source's set does not. */
		const withOldDefault = () => {
			const { state } = target;
			newRole(state, { key: 'org:old', name: 'Old' });
			const [set] = state.roleSets.rows;
			state.roleSets.update(set, { roles: [...set.roles, 'org:old'], default_role_key: 'org:old' });
			return set.id;
		};

		it('extra records are kept if they are roles that a role set gives until a change that was not approved', async () => {
			const rows = await exportFrom(source);
			const set = withOldDefault();
			const plan = await applyTo(target, rows, { ...DELETE, applyConfigurationMode: 'plan' });
			const isDue = ({ status, kind }: Row) => status === 'planned' && kind !== null;
			expect(brief(plan.filter(isDue))).toEqual([
				'change planned roleSet role_set:default',
				'delete planned organizationRole org:old',
			]);
			const approved = {
				...DELETE,
				applyConfigurationMode: 'applyApproved',
				approved: 'rows',
				approvedRows: plan.filter(({ action }) => action === 'delete'),
				approvedBy: 'Ada Berg',
				approvalValidFor: 24,
			};
			const report = await applyTo(target, rows, approved);
			expect(report.find(({ action }) => action === 'delete')).toMatchObject({
				status: 'skipped',
				reason: 'Is not in the input. Kept: the role set role_set:default gives it to new members',
			});
			expect(writesTo(target)).toEqual([]);
			await applyTo(target, rows, { ...approved, approvedRows: plan });
			expect(target.state.roles.where('key', 'org:old')).toEqual([]);
			expect(target.state.roleSets.get(set)).toMatchObject({ default_role_key: 'org:member' });
		});

		it('extra records are kept if they are roles that a role set gives, and its change is skipped', async () => {
			const rows = await exportFrom(source);
			withOldDefault();
			const skipped = rows.map((row) =>
				row.kind === 'roleSet'
					? { ...row, value: { ...row.value, roles: [...row.value.roles, 'org:none'] } }
					: row,
			);
			const report = await applyTo(target, skipped, DELETE);
			expect(report.find(({ kind }) => kind === 'roleSet')).toMatchObject({
				action: 'change',
				status: 'skipped',
			});
			expect(report.find(({ target: key }) => key === 'org:old')).toMatchObject({
				action: 'extra',
				reason: 'Is not in the input. Kept: the role set role_set:default gives it to new members',
			});
			expect(writesTo(target)).toEqual([]);
		});

		it('extra records are kept if they are roles that a role set of the input names', async () => {
			withOldDefault();
			const rows = await exportFrom(source);
			const set = rows.find(({ kind }) => kind === 'roleSet')!;
			const value = { ...set.value, roles: ['org:old'], type: 'custom', name: 'New' };
			const fresh = { defaultRole: 'org:old', creatorRole: 'org:old' };
			const named = { ...set, key: 'role_set:new', value: { ...value, ...fresh } };
			const report = await applyTo(target, [...rows, named], DELETE);
			expect(report.find(({ target: key }) => key === 'org:old')).toMatchObject({
				action: 'extra',
				reason: 'Is not in the input. Kept: the role set role_set:new of the input names it',
			});
		});

		it('extra records are kept if the source has several of their name', async () => {
			for (const name of ['Worker', 'Worker', 'Other']) {
				machines.make(source.state, { name });
			}
			machines.make(target.state, { name: 'Worker' });
			const rows = await exportFrom(source);
			const [header] = rows;
			expect(header.value.records).toMatchObject({ machine: 3 });
			const report = await applyTo(target, rows, DELETE);
			expect(report.find(({ action }) => action === 'extra')).toMatchObject({
				target: 'Worker',
				status: 'skipped',
				reason: 'Is not in the input. Kept: the source has Worker, and the input has no such row',
			});
			expect(report.find(({ action }) => action === 'compare')).toMatchObject({
				kind: 'machine',
				status: 'skipped',
				reason: 'Not all compared: the source has Worker, and the input has no such row',
			});
			const own = { ...rows[1], kind: 'machine', key: 'Mine', value: {} };
			const added = await applyTo(target, [...rows, own, { ...own, key: 'Too' }], DELETE);
			expect(added.find(({ action }) => action === 'extra')).toMatchObject({ target: 'Worker' });
			expect(target.state.machines.rows.map(({ name }) => name).sort()).toEqual([
				'Mine',
				'Other',
				'Too',
				'Worker',
			]);
		});

		it('extra records are kept if the input is not whole, or does not tell', async () => {
			url(source, 'https://dev.example.com/1');
			url(source, 'https://dev.example.com/2');
			url(target, 'https://old.example.com');
			const rows = await exportFrom(source);
			const part = rows.filter(({ key }) => key !== 'https://dev.example.com/1');
			const lost = 'the source has https://dev.example.com/1, and the input has no such row';
			const [, first, partly] = await applyTo(target, part, DELETE);
			expect(first).toMatchObject({ action: 'compare', reason: `Not all compared: ${lost}` });
			expect(partly).toMatchObject({ action: 'extra', status: 'skipped' });
			expect(partly.reason).toBe(`Is not in the input. Kept: ${lost}`);
			await applyTo(target, rows.slice(1), DELETE);
			const kept = (await applyTo(target, rows.slice(1), DELETE)).filter(
				({ kind }) => kind === 'redirectUrl',
			);
			expect(kept).toHaveLength(1);
			expect(kept[0].reason).toContain('it is not known whether the input is whole');
			expect(urlsOf(target)).toContain('https://old.example.com');
		});

		it('extra records are kept if a row was lost, even if another was added', async () => {
			for (const name of ['1', '2']) url(source, `https://dev.example.com/${name}`);
			url(target, 'https://dev.example.com/1');
			const rows = (await exportFrom(source)).map((row) =>
				row.key === 'https://dev.example.com/1' ? { ...row, key: 'https://new.example.com' } : row,
			);
			const report = await applyTo(target, rows, DELETE);
			expect(report.find(({ action }) => action === 'extra')).toMatchObject({
				target: 'https://dev.example.com/1',
				reason: expect.stringContaining('the source has https://dev.example.com/1, and the input'),
			});
			expect(urlsOf(target)).toContain('https://dev.example.com/1');
		});

		it('extra records are kept if the export lists no keys, as those of earlier versions', async () => {
			url(source, 'https://dev.example.com');
			url(target, 'https://old.example.com');
			const [header, ...rows] = await exportFrom(source);
			const { keys, ...value } = header.value;
			expect(keys.redirectUrl).toEqual(['https://dev.example.com']);
			const report = await applyTo(target, [{ ...header, value }, ...rows], DELETE);
			expect(report.find(({ action }) => action === 'extra')?.reason).toContain(
				'export them again',
			);
			const part = [{ ...header, value }, ...rows.filter(({ kind }) => kind !== 'redirectUrl')];
			const partly = await applyTo(target, part, ALLOW);
			expect(partly.find(({ action }) => action === 'compare')?.reason).toBe(
				'Not all compared: the input has 0 of the 1 that were exported',
			);
		});

		it('extra records are deleted by the keys that the export has, whatever is replaced in the input', async () => {
			url(source, 'https://dev.example.com');
			url(target, 'https://old.example.com');
			const rows = await exportFrom(source);
			const replacements = { entry: [{ find: 'dev.', replaceWith: 'app.' }] };
			await applyTo(target, rows, { ...DELETE, additionalFields: { replacements } });
			expect(urlsOf(target)).toEqual(['https://app.example.com']);
		});

		it('extra records are kept if the source did not show the kind, or only other kinds are compared', async () => {
			const error = { errors: [{ code: 'plan_needed', message: 'Not in your plan' }] };
			source.addFault({ kind: 'status', status: 402, body: error, path: '/redirect_urls' });
			url(target, 'https://old.example.com');
			const rows = await exportFrom(source);
			expect(brief(await applyTo(target, rows, DELETE))).toEqual([
				'compare skipped redirectUrl redirectUrl',
				'summary done null ins_app',
			]);
			const whole = await exportFrom(source);
			const kinds = { kinds: ['machine'] };
			expect(brief(await applyTo(target, whole, { ...DELETE, ...kinds }))).toEqual([
				'summary done null ins_app',
			]);
			expect(urlsOf(target)).toEqual(['https://old.example.com']);
		});

		it('extra records are kept if anything failed before', async () => {
			plantSource();
			url(target, 'https://old.example.com');
			const rows = await exportFrom(source);
			const path = '/organization_permissions';
			target.addFault({ kind: 'status', status: 422, method: 'POST', path });
			const { report, message } = await stopped(target, rows, DELETE);
			expect(message).toContain('2 of 4 actions were not carried out');
			expect(brief(report)).toEqual([
				'create failed organizationPermission org:invoices:read',
				'create failed organizationRole org:billing',
				'create done redirectUrl https://dev.example.com/back',
				'delete skipped redirectUrl https://old.example.com',
				'summary done null ins_app',
			]);
			expect(report[1].reason).toContain('Needs the permission org:invoices:read: there is none');
		});
	});

	it('leaves JWT templates with a signing key of their own to a person', async () => {
		const fields = { name: 'own', custom_signing_key: true, signing_key: 'secret' };
		jwtTemplates.make(source.state, { ...fields, lifetime: 90 });
		const rows = await exportFrom(source);
		const [created] = await applyTo(target, rows, ALLOW);
		expect(created).toMatchObject({ action: 'create', status: 'skipped', kind: 'jwtTemplate' });
		expect(created.reason).toContain('Signs with a key of its own');
		jwtTemplates.make(target.state, fields);
		const [changed] = await applyTo(target, rows, ALLOW);
		expect(changed).toMatchObject({ action: 'change', status: 'skipped', after: { lifetime: 90 } });
		expect(writesTo(target)).toEqual([]);
	});

	it('writes no record of a name that several have, and none that needs one that is not there', async () => {
		const machine = (clerk: Clerk, name: string, scoped_machines: string[] = []) =>
			machines.make(clerk.state, { name, scoped_machines });
		const { id } = machine(source, 'Api');
		machine(source, 'Worker', [id]);
		for (const name of ['Api', 'Api']) machine(target, name);
		const report = await applyTo(target, await exportFrom(source), ALLOW);
		expect(report).toMatchObject([
			{ action: 'compare', kind: 'machine', target: 'Api', status: 'skipped' },
			{ action: 'create', kind: 'machine', target: 'Worker', status: 'done' },
			{ action: 'create', kind: 'machineScope', target: 'Worker → Api', status: 'skipped' },
			{ action: 'summary' },
		]);
		expect(report[0].reason).toContain('2 of them have this name here');
		const withoutIt = (await exportFrom(source)).filter(({ key }) => key !== 'Api');
		const extra = await applyTo(target, withoutIt, { applyConfigurationMode: 'plan' });
		expect(extra).toContainEqual(
			expect.objectContaining({
				action: 'extra',
				target: 'Api',
				reason: 'Is not in the input, and is kept: 2 records have this name',
			}),
		);
		expect(report[2].reason).toContain('Needs the machine Api: there is none, or more than one');
	});

	it('says what it cannot compare, where Clerk does not show a kind of the target', async () => {
		url(source, 'https://dev.example.com');
		const rows = await exportFrom(source);
		const error = { errors: [{ code: 'plan_needed', message: 'Not in your plan' }] };
		const hidden = { kind: 'status', status: 402, body: error, path: '/redirect_urls' } as const;
		const none = rows
			.filter(({ kind }) => kind !== 'redirectUrl')
			.map((row) =>
				row.kind === 'configuration'
					? {
							...row,
							value: {
								...row.value,
								records: { ...row.value.records, redirectUrl: 0 },
								keys: { ...row.value.keys, redirectUrl: [] },
							},
						}
					: row,
			);
		target.addFault(hidden);
		expect(brief(await applyTo(target, none, ALLOW))).toEqual([
			'compare skipped redirectUrl redirectUrl',
			'summary done null ins_app',
		]);
		target.addFault(hidden);
		expect(await applyTo(target, rows, ALLOW)).toMatchObject([
			{ action: 'compare', status: 'skipped', reason: expect.stringContaining('Not in your plan') },
			{ action: 'summary' },
		]);
	});

	it('says what it did not compare, where the input lost rows', async () => {
		const rows = (await exportFrom(source)).filter(({ kind }) => kind !== 'protect');
		expect(await applyTo(target, rows, { applyConfigurationMode: 'plan' })).toMatchObject([
			{
				action: 'compare',
				kind: 'protect',
				reason: 'Not all compared: the source has protect, and the input has no such row',
			},
			{ action: 'summary' },
		]);
	});

	it('says what it cannot compare, where Clerk did not show a kind of the source', async () => {
		const error = { errors: [{ code: 'plan_needed', message: 'Not in your plan' }] };
		const hidden = { kind: 'status', status: 402, body: error, times: 9 } as const;
		source.addFault({ ...hidden, path: '/redirect_urls' });
		source.addFault({ ...hidden, path: '/blocklist_identifiers' });
		const rows = await exportFrom(source);
		url(target, 'https://app.example.com');
		const report = await applyTo(target, rows, { ...ALLOW, extraRecords: 'delete' });
		expect(report).toMatchObject([
			{ action: 'compare', status: 'skipped', kind: 'blocklistIdentifier' },
			{
				action: 'compare',
				status: 'skipped',
				kind: 'redirectUrl',
				reason: expect.stringMatching(
					/^The export does not have them\. Clerk does not show them: .*Not in your plan/,
				),
			},
			{ action: 'summary' },
		]);
		expect(target.state.redirectUrls.rows).toHaveLength(1);
		const others = await applyTo(target, rows, { ...ALLOW, kinds: ['jwtTemplate'] });
		expect(others.map(({ action }) => action)).toEqual(['summary']);
	});

	it('invites no one who is on the allowlist, and takes no permission of Clerk for a new one', async () => {
		const rows = [
			{ kind: 'allowlistIdentifier', key: 'ada@example.com', value: {} },
			{ kind: 'organizationPermission', key: 'org:sys_profile:manage', value: { name: 'Mine' } },
		].map((row) => ({ ...row, instanceId: 'git' }));
		const report = await applyTo(target, rows, ALLOW);
		expect(brief(report)).toEqual([
			'compare skipped organizationPermission org:sys_profile:manage',
			'create done allowlistIdentifier ada@example.com',
			'summary done null ins_app',
		]);
		expect(target.state.allowlist.rows).toHaveLength(1);
		expect(target.state.invitations.rows).toEqual([]);
	});
});

it('every kind has a place in the order of writing after those that it refers to', () => {
	const names = KINDS.map(({ name }) => name);
	for (const { name, fields } of KINDS) {
		for (const { refersTo } of fields) {
			if (refersTo) expect(names.indexOf(refersTo)).toBeLessThan(names.indexOf(name));
		}
	}
	expect(new Set(names).size).toBe(names.length);
});
