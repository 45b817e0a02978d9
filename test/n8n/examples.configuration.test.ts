import { EXAMPLES, readExample, triggerOf } from '../../sandbox/n8n/examples';
import { openN8n } from './support';
import { openMailbox } from '../../sandbox/mailbox';
import { newRole } from '../../sandbox/clerk/resources/roles';
import { redirectUrls } from '../../sandbox/clerk/resources/domains';
import { startInstance } from '../support/configurations';
import { readText } from '../support/files';

type Clerk = Awaited<ReturnType<typeof startInstance>>;
type N8n = Awaited<ReturnType<typeof openN8n>>;
type Workflow = ReturnType<typeof readExample>;
type Credential = N8n['credential'];

const APPLY = {
	resource: 'instance',
	operation: 'applyConfiguration',
	applyConfigurationMode: 'apply',
	extraRecords: 'keep',
	maxChanges: 100,
};

describe('the examples of configurations, in a real n8n, with two simulated Clerks', () => {
	let staging: Clerk;
	let production: Clerk;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;
	let n8n: N8n;
	let onProduction: N8n;

	beforeEach(async () => {
		staging = await startInstance('ins_staging');
		production = await startInstance('ins_production', 'production');
		mailbox = await openMailbox();
		n8n = await openN8n(staging, 'readOnly');
		onProduction = await openN8n(production);
	});

	afterEach(async () => {
		await mailbox.close();
		await staging.close();
		await production.close();
	});

	const plantStaging = () => {
		newRole(staging.state, {
			key: 'org:billing',
			name: 'Billing',
			permissions: ['org:sys_memberships:read'],
		});
		redirectUrls.make(staging.state, { url: 'https://dev.example.com/back' });
	};

	/** As a person imports it: the credentials by the nodes' names, and parameters. */
	const importWith = async (
		file: string,
		credentials: Record<string, Credential>,
		parameters: Record<string, object> = {},
	) => {
		const workflow: Workflow = readExample(file);
		for (const node of workflow.nodes) {
			const chosen = credentials[node.name];
			if (chosen) node.credentials = { [chosen.type]: { id: chosen.id, name: chosen.name } };
			Object.assign(node.parameters, parameters[node.name]);
		}
		const created = await n8n.api.createWorkflow(workflow);
		return { run: async () => await n8n.api.runWorkflow(created, triggerOf(created)) };
	};

	const writesTo = (clerk: Clerk) => clerk.requests.filter(({ method }) => method !== 'GET');

	it('Configuration drift alarm sends what differs, changes nothing, and is silent otherwise', async () => {
		const smtp = await n8n.api.createCredential(mailbox.credential);
		const { run } = await importWith(EXAMPLES.drift, {
			'Export From Staging': n8n.credential,
			'Plan for Production': onProduction.credential,
			'Send the Differences': smtp,
		});
		const silent = await run();
		expect(silent.error).toBeUndefined();
		expect(mailbox.take()).toEqual([]);

		plantStaging();
		production.state.settings.communication.blocked_country_codes = ['KP'];
		const loud = await run();
		expect(loud.error).toBeUndefined();
		const [mail, ...others] = mailbox.take();
		expect(others).toEqual([]);
		expect(mail.subject).toBe('Clerk: production differs from staging in 3 records');
		expect(mail.text!.split('\n')).toEqual([
			expect.stringMatching(
				/^From ins_staging to ins_production \(production\), \d+ records wanted: create 2, change 1, unchanged \d+$/,
			),
			'',
			'create organizationRole org:billing: Is in the input, and not here',
			'change communication communication: Differs in blockedCountryCodes',
			'create redirectUrl https://app.example.com/back: Is in the input, and not here',
		]);
		expect([...writesTo(staging), ...writesTo(production)]).toEqual([]);
	});

	it('Keep the configuration in a file writes one that is the same next time, and can be applied', async () => {
		plantStaging();
		const fileName = `${n8n.files!}/configuration.json`;
		const { run } = await importWith(
			EXAMPLES.configurationFile,
			{ 'Export Configuration': n8n.credential },
			{ 'Write the File': { fileName } },
		);
		const { error } = await run();
		expect(error).toBeUndefined();
		const text = readText(fileName);
		await run();
		expect(readText(fileName)).toBe(text);
		expect(text).toContain('"key": "org:billing"');
		expect(text.split('\n').length).toBeGreaterThan(100);

		const base = 'n8n-nodes-base.';
		const read = { fileSelector: fileName, options: {} };
		const between = [
			{ name: 'Read', type: `${base}readWriteFile`, typeVersion: 1, parameters: read },
			{
				name: 'Extract',
				type: `${base}extractFromFile`,
				typeVersion: 1,
				parameters: { operation: 'fromJson', options: {} },
			},
		];
		const parameters = {
			...APPLY,
			configuration: '={{ $json.data }}',
			options: { allowProduction: true },
		};
		const applied = await onProduction.runClerk(parameters, [{}], between);
		expect(applied.error).toBeUndefined();
		const due = applied.json!.filter(({ action }) => action === 'create');
		expect(due.map(({ status, target }) => [status, target])).toEqual([
			['done', 'org:billing'],
			['done', 'https://dev.example.com/back'],
		]);
	});

	it('Apply Configuration takes the rows as they come, without a word about them on the form', async () => {
		plantStaging();
		const exported = await n8n.runClerk({
			resource: 'instance',
			operation: 'exportConfiguration',
		});
		const rows = exported.json!;
		expect(Object.keys(rows[0])).toEqual(['kind', 'key', 'value', 'instanceId']);

		const refused = await onProduction.runClerk(APPLY, rows);
		expect(refused.error?.message).toContain('The target is a production instance');
		expect(writesTo(production)).toEqual([]);

		const plan = await onProduction.runClerk({ ...APPLY, applyConfigurationMode: 'plan' }, rows);
		const { planId, plannedAt } = plan.json![plan.json!.length - 1];
		const approved = await onProduction.runClerk(
			{
				...APPLY,
				applyConfigurationMode: 'applyApproved',
				planId,
				plannedAt,
				approvedBy: 'Ada Berg',
			},
			rows,
		);
		expect(approved.error).toBeUndefined();
		expect(approved.json!.map(({ action, status }) => `${action} ${status}`)).toEqual([
			'create done',
			'create done',
			'summary done',
		]);
		const again = await onProduction.runClerk(APPLY, rows);
		expect(again.json!.map(({ action }) => action)).toEqual(['summary']);
	});
});
