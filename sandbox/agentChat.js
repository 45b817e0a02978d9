'use strict';

const { locator } = require('./forms');
const { USUAL } = require('./n8n/editor');
const { fromAI, newestAgent, workflowWithAgent } = require('./n8n/agent');
const { startChatModel } = require('./services/chatModel');

/** The agent of docs/ai-agents.md that helps at a support desk, in n8n's chat. */

const ADA = 'ada.berg@example.com';

const QUESTION = `Is ${ADA} banned? And what would we lose if we deleted her?`;

/** Tall enough for the canvas, and the whole chat with the log below it. */
const TALL = { width: 1280, height: 900 };
const CHAT_HEIGHT = 400;

const userLeftToModel = locator('id', fromAI('User', 'string', 'ID or email address'));

/** Those that only read, as the page has them. */
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
		userId: userLeftToModel,
	},
	'What deleting a user destroys': {
		operation: 'delete',
		userId: userLeftToModel,
		options: { dryRun: true },
	},
};

/** What a model would make of the results. @param {string[]} results */
function answerFrom([found, report]) {
	const [{ banned, fullName }] = JSON.parse(found);
	const [{ summary }] = JSON.parse(report);
	const [, lost] = summary.split(', and with it ');
	return `${fullName} is ${banned ? '' : 'not '}banned. Deleting her would also delete ${lost.replace(', ', ' and ')}. I have not deleted anything.`;
}

/**
 * Opens the chat below the canvas, drags it to its height, and sends a message.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} text
 * @returns {Promise<string>} what the chat says then
 */
async function say(page, text) {
	await page.getByTestId('workflow-chat-button').click();
	await page.getByTestId('chat-input').waitFor();
	const panel = await page.getByTestId('canvas-chat').boundingBox();
	if (!panel) throw new Error('There is no chat');
	await page.mouse.move(TALL.width / 2, panel.y);
	await page.mouse.down();
	await page.mouse.move(TALL.width / 2, TALL.height - CHAT_HEIGHT, { steps: 5 });
	await page.mouse.up();
	await page.getByTestId('chat-input').fill(text);
	await page.keyboard.press('Enter');
	await page.locator('.chat-message-typing').waitFor({ state: 'detached' });
	const response = page.locator('.chat-message-from-bot').filter({ hasText: /\S/ }).last();
	await response.waitFor();
	return await response.innerText();
}

/** Opens the entry of a node in the log, and returns the output that it shows. @param {import('playwright-core').Page} page @param {string} node */
async function readLog(page, node) {
	await page.getByTestId('logs-overview-body').getByText(node, { exact: true }).click();
	const output = page.getByTestId('log-details-output');
	await output.waitFor();
	return await output.innerText();
}

/**
 * Asks the agent about a user, and looks at what its last tool returned.
 *
 * @param {import('./forms').Stage} stage
 * @returns {Promise<{ said: string, log: string, results: Array<Record<string, unknown>[]> }>} what the chat and the log show, and what the tools gave the model
 */
async function askAgent({ editor, api, credential, keep }) {
	const model = await startChatModel();
	try {
		const data = { apiKey: ['any', 'body'].join('-'), url: model.url };
		const account = { name: 'OpenAI account', type: 'openAiApi', data };
		const modelCredential = await api.createCredential(account);
		const tools = Object.fromEntries(
			Object.entries(TOOLS).map(([name, parameters]) => [
				name,
				{ parameters: { resource: 'user', ...parameters }, credential },
			]),
		);
		model.script([
			{ tool: 'Find_user_by_email', args: { Email_Address: ADA } },
			{ tool: 'What_deleting_a_user_destroys', args: { User: ADA } },
			answerFrom,
		]);
		const version = await newestAgent(api);
		const workflow = workflowWithAgent(tools, modelCredential, version, 'chat');
		const { id } = await api.createWorkflow({ ...workflow, name: 'Support desk' });
		await editor.page.setViewportSize(TALL);
		await editor.openWorkflow(id);
		const said = await say(editor.page, QUESTION);
		const log = await readLog(editor.page, 'What deleting a user destroys');
		await keep('agent-chat', (path) => editor.screenshot(path));
		await editor.page.setViewportSize(USUAL);
		return { said, log, results: model.results.map((text) => JSON.parse(text)) };
	} finally {
		await model.close();
	}
}

module.exports = { askAgent };
