import { fromAI, newestAgent, workflowWithAgent } from './support/agent';
import { openN8n, startClerk } from './support';
import { startChatModel } from './support/chatModel';

type N8n = Awaited<ReturnType<typeof openN8n>>;
type Turns = Parameters<Awaited<ReturnType<typeof startChatModel>>['script']>[0];

const ADA = 'ada.berg@example.com';

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

const user = (operation: string, values: object = {}) => ({
	parameters: { resource: 'user', operation, options: {}, ...values },
});

const named = fromAI('User');

/** As people set them up: what the model fills in is left to it in the editor, the rest stays fixed. */
const TOOLS = {
	'Find users': user('getAll', { limit: 2, filters: { query: fromAI('Search') } }),
	'Find user by e-mail': user('getAll', { filters: { emailAddress: fromAI('Email Address') } }),
	'Find customer': user('findByMetadata', {
		metadataKey: 'crm.id',
		metadataValue: fromAI('Value'),
		kinds: ['private'],
	}),
	// As the editor leaves a locator that the model is to define: a test of the editor clicks there.
	'Get user': user('get', { userId: locator('id', named) }),
	'Preview delete': user('delete', {
		descriptionType: 'manual',
		toolDescription: 'Say what deleting a user would destroy. Deletes nothing.',
		userId: locator('emailAddress', fromAI('User', 'string', 'The e-mail address of the user')),
		options: { dryRun: true },
	}),
	Delete: user('delete', { userId: locator('emailAddress', named) }),
	'Plan offboarding': user('offboard', {
		offboardMode: 'plan',
		userId: locator('emailAddress', named),
	}),
	'Merge metadata': user('mergeMetadata', {
		userId: locator('emailAddress', named),
		updateFields: { publicMetadata: fromAI('Public Metadata', 'json') },
	}),
	'Set plan': user('mergeMetadata', {
		userId: locator('emailAddress', named),
		publicMetadataFields: {
			assignments: [{ id: 'plan', name: 'billing.plan', type: 'string', value: fromAI('Plan') }],
		},
	}),
	Browse: {
		parameters: { resource: 'apiRequest', operation: 'browse', show: 'resources' },
	},
	Describe: {
		parameters: {
			resource: 'apiRequest',
			operation: 'describe',
			method: fromAI('Method'),
			path: fromAI('Path'),
		},
	},
};

describe('the node as a tool of an AI agent, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let model: Awaited<ReturnType<typeof startChatModel>>;
	let full: N8n;
	let readOnly: N8n;
	let newest: number;

	/** What the tools answered to the model's turns; the agent's last word has to be the model's. */
	const ask = async (turns: Turns, n8n = full, agentVersion = newest) => {
		const { api, credential } = n8n;
		const type = 'openAiApi';
		const data = { apiKey: ['any', 'body'].join('-'), url: model.url };
		const modelCredential = await api.createCredential({ name: 'Model', type, data });
		const tools = Object.fromEntries(
			Object.entries(TOOLS).map(([name, tool]) => [name, { ...tool, credential }]),
		);
		model.script([...turns, 'That is all.']);

		const workflow = workflowWithAgent(tools, modelCredential, agentVersion);
		const run = await api.runWorkflow(await api.createWorkflow(workflow), 'Start');

		expect(run.error).toBeUndefined();
		expect(run.data['AI Agent'].map(({ json }) => json)).toEqual([{ output: 'That is all.' }]);
		expect(model.results).toHaveLength(turns.length);
		expect(model.results.join()).not.toContain(clerk.secretKey);
		return model.results.map((text): Array<Record<string, unknown>> => JSON.parse(text));
	};

	const ada = () => clerk.state.users.rows.find(({ first_name: name }) => name === 'Ada')!;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		model = await startChatModel();
		full = await openN8n(clerk);
		readOnly = await openN8n(clerk, 'readOnly');
		newest = await newestAgent(full.api);
		expect(newest).toBeGreaterThanOrEqual(3);
	});

	afterAll(async () => {
		await model.close();
		await clerk.close();
	});

	it('says of each tool what it does and what it takes', async () => {
		await ask([]);
		const offered = model.tools.map(({ name, description, parameters }) => ({
			[name]: [description, ...Object.keys(parameters.properties)],
		}));
		expect(Object.assign({}, ...offered)).toEqual({
			Find_users: ['Get many users in Clerk', 'Search'],
			'Find_user_by_e-mail': ['Get many users in Clerk', 'Email_Address'],
			Find_customer: ['Find users by metadata in Clerk', 'Value'],
			Get_user: ['Get user in Clerk', 'User'],
			Preview_delete: ['Say what deleting a user would destroy. Deletes nothing.', 'User'],
			Delete: ['Delete user in Clerk', 'User'],
			Plan_offboarding: ['Offboard user in Clerk', 'User'],
			Merge_metadata: ['Merge metadata of user in Clerk', 'User', 'Public_Metadata'],
			Set_plan: ['Merge metadata of user in Clerk', 'User', 'Plan'],
			Browse: ['Browse endpoints for API request in Clerk'],
			Describe: ['Describe endpoint for API request in Clerk', 'Method', 'Path'],
		});
		const preview = model.tools.find(({ name }) => name === 'Preview_delete');
		expect(preview?.parameters).toMatchObject({
			properties: { User: { type: 'string', description: 'The e-mail address of the user' } },
			required: ['User'],
		});
	});

	it('finds a user by e-mail, in a form that costs a model little', async () => {
		const [found, same] = await ask([
			{ tool: 'Find_user_by_e-mail', args: { Email_Address: ADA } },
			{ tool: 'Get_user', args: { User: ADA } },
		]);
		const { id } = ada();
		expect(found).toEqual([expect.objectContaining({ id, fullName: 'Ada Berg' })]);
		expect(same).toEqual([{ ...found[0], success: true }]);
		expect(model.results[0].length).toBeLessThan(1_500);
	});

	it('says when nobody is found, and when there are more', async () => {
		const [nobody, some] = await ask([
			{ tool: 'Find_user_by_e-mail', args: { Email_Address: 'nobody@example.com' } },
			{ tool: 'Find_users', args: { Search: 'example.com' } },
		]);
		expect(nobody).toEqual([{ note: 'Nothing was found' }]);
		const user = expect.objectContaining({ id: expect.any(String) });
		expect(some).toEqual([user, user, { note: expect.stringMatching(/'Limit' was reached/) }]);
	});

	it('finds a user by metadata, and says what it did not find', async () => {
		const [found, missing] = await ask([
			{ tool: 'Find_customer', args: { Value: 'crm-1001' } },
			{ tool: 'Find_customer', args: { Value: 'crm-9' } },
		]);
		expect(found).toEqual([expect.objectContaining({ id: ada().id, fullName: 'Ada Berg' })]);
		expect(missing).toEqual([
			{
				error: 'Value "crm-9" was not found: no user has it at "crm.id" in its private metadata',
				details: 'Nothing was changed.',
			},
		]);
	});

	it('explains what a delete would destroy, and deletes nothing', async () => {
		const { id } = ada();
		const [report] = await ask([{ tool: 'Preview_delete', args: { User: ADA } }]);
		expect(report).toEqual([
			{
				summary: expect.stringMatching(
					/^Would delete Ada Berg \(ada\.berg@example\.com\), and with it \d+ sessions?, 1 organization membership$/,
				),
				dryRun: true,
				method: 'DELETE',
				path: `/users/${id}`,
				wouldDestroy: {
					user: id,
					sessions: clerk.state.sessions.where('user_id', id).length,
					organizationMemberships: 1,
				},
			},
		]);
		expect(ada()).toBeDefined();
	});

	it('is refused by the access policy, and can say why', async () => {
		const [refused, report] = await ask(
			[
				{ tool: 'Delete', args: { User: ADA } },
				{ tool: 'Preview_delete', args: { User: ADA } },
			],
			readOnly,
		);
		expect(refused).toEqual([
			{
				error: expect.stringMatching(/access policy "Read Only" refused DELETE \/users\/user_/),
				details: 'Nothing was sent.',
			},
		]);
		expect(report).toEqual([expect.objectContaining({ dryRun: true })]);
		expect(ada()).toBeDefined();
	});

	it('plans an offboarding with a Read Only credential, for a person to approve', async () => {
		const before = clerk.requests.length;
		const [plan] = await ask([{ tool: 'Plan_offboarding', args: { User: ADA } }], readOnly);
		expect(plan.at(-1)).toMatchObject({
			action: 'summary',
			name: 'Ada Berg',
			reason: expect.stringMatching(/^Offboard Ada Berg \(ada\.berg@example\.com\): .*ban 1/),
			planId: expect.stringMatching(/^[\da-f]{64}$/),
		});
		const sent = clerk.requests.slice(before);
		expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
		// What a person approves, a workflow carries out, with a credential that may write.
		const { planId, plannedAt } = plan.at(-1)!;
		const approved = { approved: 'plan', planId, plannedAt, approvedBy: 'A person' };
		const { json = [] } = await full.runClerk({
			resource: 'user',
			operation: 'offboard',
			userId: locator('emailAddress', ADA),
			offboardMode: 'applyApproved',
			...approved,
		});
		expect(json.at(-1)).toMatchObject({ status: 'done', planId, approvedBy: 'A person' });
		expect(ada().banned).toBe(true);
		clerk.state.users.update(ada(), { banned: false });
	});

	it('merges public metadata, and leaves the other keys alone', async () => {
		const { public_metadata: before } = structuredClone(ada());
		const args = { User: ADA, Public_Metadata: { plan: 'team', seats: 5 } };
		const [[merged]] = await ask([{ tool: 'Merge_metadata', args }]);
		const after = { ...before, plan: 'team', seats: 5 };
		expect(merged.publicMetadata).toEqual(after);
		expect(ada().public_metadata).toEqual(after);
		expect(Object.keys(after)).toContain('preferences');
	});

	it('fills in one typed field of the metadata, whatever the value holds', async () => {
		const { public_metadata: before } = structuredClone(ada());
		const Plan = 'team", "isAdmin": true';
		const [[merged]] = await ask([{ tool: 'Set_plan', args: { User: ADA, Plan } }]);
		expect(merged.publicMetadata).toEqual({ ...before, billing: { plan: Plan } });
	});

	it('learns from Browse and Describe what an endpoint takes', async () => {
		const [resources, [endpoint], [unknown]] = await ask(
			[
				{ tool: 'Browse', args: {} },
				{ tool: 'Describe', args: { Method: 'PATCH', Path: '/users/{user_id}/metadata' } },
				{ tool: 'Describe', args: { Method: 'PATCH', Path: '/people' } },
			],
			readOnly,
		);
		expect(resources).toContainEqual(expect.objectContaining({ resource: 'user' }));
		expect(endpoint).toMatchObject({ operation: 'mergeMetadata', writes: true, destroys: false });
		expect(endpoint.fields).toContainEqual(
			expect.objectContaining({ name: 'user_id', description: 'The ID of the user' }),
		);
		expect(unknown.error).toBe('Path is no endpoint of this version: PATCH /people');
	});

	// Versions before 3 run their tools themselves; workflows that were built with them go on with them.
	it.each([
		['of version 2.2', 2.2],
		['of the newest version', undefined],
	])('lets an agent %s try again after a failure', async (_, version) => {
		const turns = [
			{ tool: 'Get_user', args: { User: 'user_nobody' } },
			{ tool: 'Get_user', args: { User: 'nobody@example.com' } },
			{ tool: 'Find_user_by_e-mail', args: { Email_Address: 'nobody@example.com' } },
			{ tool: 'Get_user', args: { User: ADA } },
		];
		const [unknown, nobody, none, found] = await ask(turns, full, version);
		expect(unknown).toEqual([
			{
				error: expect.stringMatching(/user_nobody/),
				details: expect.stringMatching(/Check the ID/),
			},
		]);
		expect(nobody).toEqual([
			{ error: expect.stringMatching(/verified email address/), details: 'Nothing was changed.' },
		]);
		expect(none).toEqual([{ note: 'Nothing was found' }]);
		expect(found).toEqual([expect.objectContaining({ id: ada().id })]);
	});
});
