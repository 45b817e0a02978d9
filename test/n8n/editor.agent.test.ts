import { until } from '../../sandbox/n8n/until';
import { fromAI, newestAgent, workflowWithAgent } from './support/agent';
import { startChatModel } from './support/chatModel';
import { USUAL } from './support/editor';
import { openStage, type Stage } from './support/stage';

jest.setTimeout(300_000);

const ADA = 'ada.berg@example.com';

/** Those of docs/ai-agents.md that help at a support desk, which only read. */
const TOOLS = {
	'Find user by email': {
		operation: 'getAll',
		filters: { emailAddress: fromAI('Email Address', 'string', 'The email address of the user') },
		output: 'selectedFields',
		fields: ['id', 'fullName', 'banned', 'lastActiveAt'],
		options: { dateFormat: 'iso' },
	},
	'Organizations of user': {
		operation: 'getOrganizationMemberships',
		userId: { __rl: true, mode: 'id', value: fromAI('User', 'string', 'ID or email address') },
	},
	'What deleting a user destroys': {
		operation: 'delete',
		userId: { __rl: true, mode: 'id', value: fromAI('User', 'string', 'ID or email address') },
		options: { dryRun: true },
	},
};

/** Tall enough for the canvas, and the whole chat with the log below it. */
const TALL = { width: 1280, height: 900 };
const CHAT_HEIGHT = 400;

/** Returns what a model would make of the results. */
function answerFrom([found, report]: string[]) {
	const [{ banned, fullName }] = JSON.parse(found);
	const [{ summary }] = JSON.parse(report);
	const [, lost] = summary.split(', and with it ');
	return `${fullName} is ${banned ? '' : 'not '}banned. Deleting her would also delete ${lost.replace(', ', ' and ')}. I have not deleted anything.`;
}

describe('in the editor of a real n8n, a person', () => {
	let stage: Stage;
	let editor: Stage['editor'];
	let model: Awaited<ReturnType<typeof startChatModel>>;

	beforeAll(async () => {
		model = await startChatModel();
		stage = await openStage();
		editor = stage.editor;
	});

	afterAll(async () => {
		await stage?.close();
		await model.close();
	});

	const createAgent = async (
		name: string,
		tools: Record<string, Record<string, unknown>>,
		start: 'manual' | 'chat',
	) => {
		const { api, credential } = stage;
		const data = { apiKey: ['any', 'body'].join('-'), url: model.url };
		const account = { name: 'OpenAI account', type: 'openAiApi', data };
		const nodes = Object.entries(tools).map(([tool, parameters]) => [
			tool,
			{ parameters: { resource: 'user', ...parameters }, credential },
		]);
		const modelCredential = await api.createCredential(account);
		const version = await newestAgent(api);
		const agent = workflowWithAgent(Object.fromEntries(nodes), modelCredential, version, start);
		return (await api.createWorkflow({ ...agent, name })).id;
	};

	/** Opens the chat below the canvas, drags it to its height, sends a message, and returns the response. */
	const say = async (text: string) => {
		const { page } = editor;
		await page.getByTestId('workflow-chat-button').click();
		await page.getByTestId('chat-input').waitFor();
		const panel = await page.getByTestId('canvas-chat').boundingBox();
		await page.mouse.move(TALL.width / 2, panel!.y);
		await page.mouse.down();
		await page.mouse.move(TALL.width / 2, TALL.height - CHAT_HEIGHT, { steps: 5 });
		await page.mouse.up();
		await page.getByTestId('chat-input').fill(text);
		await page.keyboard.press('Enter');
		await page.locator('.chat-message-typing').waitFor({ state: 'detached' });
		const response = page.locator('.chat-message-from-bot').filter({ hasText: /\S/ }).last();
		await response.waitFor();
		return await response.innerText();
	};

	it('lets the model define a locator with a click, and the model gives an email address', async () => {
		const { api } = stage;
		const tools = { 'Get user': { operation: 'get', options: {} } };
		const id = await createAgent('Agent', tools, 'manual');
		await editor.openWorkflow(id);
		await editor.openNode('Get user');
		const locator = editor.page.getByTestId('resource-locator-userId');
		const field = editor.page.locator('.parameter-item').filter({ has: locator });
		await field.hover();
		await field.getByTestId('from-ai-override-button').click();
		await field.getByTestId('fromAI-override-field').waitFor();
		await editor.closeNode();
		await editor.page.keyboard.press('Control+S');
		const saved = await until(async () => {
			const workflow = await api.call('GET', `/workflows/${id}`);
			return JSON.stringify(workflow.nodes).includes('$fromAI') && workflow;
		}, 'It is saved');
		const tool = saved.nodes.find(({ name }: { name: string }) => name === 'Get user');
		// Not in the mode of the list, in which the form began.
		expect(tool.parameters.userId).toMatchObject({ mode: 'id' });

		model.script([{ tool: 'Get_user', args: { User: ADA } }, 'Found.']);
		const run = await api.runWorkflow(saved, 'Start');
		expect(run.error).toBeUndefined();
		const found = JSON.parse(model.results[0]);
		expect(found).toEqual([expect.objectContaining({ fullName: 'Ada Berg' })]);
	});

	it('asks an agent in its chat what deleting a user would destroy, and reads what the tool answered', async () => {
		const { users, sessions } = stage.clerk.state;
		const isAda = ({ first_name: name }: { first_name?: unknown }) => name === 'Ada';
		const ada = users.rows.find(isAda)!;
		const ended = sessions.where('user_id', ada.id).length;
		expect(ended).toBeGreaterThan(1);

		const id = await createAgent('Support desk', TOOLS, 'chat');
		model.script([
			{ tool: 'Find_user_by_email', args: { Email_Address: ADA } },
			{ tool: 'What_deleting_a_user_destroys', args: { User: ADA } },
			answerFrom,
		]);
		await editor.page.setViewportSize(TALL);
		await editor.openWorkflow(id);
		expect(await say(`Is ${ADA} banned? And what would we lose if we deleted her?`)).toBe(
			`Ada Berg is not banned. Deleting her would also delete ${ended} sessions and 1 organization membership. I have not deleted anything.`,
		);
		const log = editor.page.getByTestId('logs-overview-body');
		await log.getByText('What deleting a user destroys', { exact: true }).click();
		const output = editor.page.getByTestId('log-details-output');
		await output.waitFor();
		expect(await output.innerText()).toContain(
			`Would delete Ada Berg (ada.berg@example.com), and with it ${ended} sessions, 1 organization membership`,
		);
		await stage.keep('agent-chat', (path) => editor.screenshot(path));
		await editor.page.setViewportSize(USUAL);

		const [[found], [report]] = model.results.map((text) => JSON.parse(text));
		expect(found).toMatchObject({ id: ada.id, fullName: 'Ada Berg', banned: false });
		expect(report).toMatchObject({ dryRun: true, wouldDestroy: { user: ada.id, sessions: ended } });
		expect(users.rows.find(isAda)).toBeDefined();
	});
});
