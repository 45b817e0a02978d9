'use strict';

const { drawDashboard } = require('./drawing');
const { TALL, openForm, openNodes } = require('./forms');
const { USUAL } = require('./n8n/editor');
const { EXAMPLES, importExample } = require('./n8n/examples');
const { START, clerkNode, using } = require('./n8n/workflow');

/**
 * What a person does in n8n's editor: the tests of it look at what comes back, and `npm run
 * screenshots` keeps the pictures.
 *
 * @typedef {import('./forms').Stage} Stage
 */

/**
 * Makes a credential in the form of a node, first with a wrong key.
 *
 * @param {Stage} stage
 * @param {string} wrongKey
 * @returns {Promise<{ wrong: string, right: string }>} what n8n says of each key
 */
async function createCredential(stage, wrongKey) {
	const { editor, clerk, keep } = stage;
	const create = clerkNode('Create User', { resource: 'user', operation: 'create' });
	await openNodes(stage, 'Members', [[START], [create]]);
	await editor.openNode('Create User');
	await editor.newCredential();
	await editor.saveCredential({ secretKey: wrongKey, baseUrl: clerk.url });
	const wrong = await editor.credentialError();
	await editor.saveCredential({ secretKey: clerk.secretKey });
	await editor.credentialDialog.waitFor({ state: 'hidden' });
	await editor.openCredential();
	const right = await editor.credentialSuccess();
	await keep('credential', (path) => editor.screenshot(path, editor.credentialDialog));
	await keep('secret-key', (path) => drawDashboard(editor, 'secretKey', path));
	return { wrong, right };
}

/**
 * Finds "Ban user" by a search, and looks at what the ban would do.
 *
 * @param {Stage} stage
 * @param {(ms: number) => Promise<void>} frame is called for each picture of the way
 */
async function banUser(stage, frame) {
	const { editor } = stage;
	await openNodes(stage, 'Members', [[START]]);
	await editor.openPanel();
	await frame(1_000);
	await editor.searchPanel('ban', 'Clerk');
	await frame(1_600);
	await editor.showActions('Clerk', 'Ban user');
	await frame(1_600);
	await editor.addAction('Ban user');
	await frame(1_200);
	const users = await editor.search('userId', 'silva');
	await frame(1_400);
	await users.first().click();
	await frame(800);
	await editor.addField('Dry Run');
	await frame(1_400);
	await editor.executeStep();
	const table = await editor.outputTable();
	await frame(4_000);
	return table;
}

/**
 * Creates a user, first with an email address that another user has.
 *
 * @param {Stage} stage
 */
async function createUser(stage) {
	const { editor, keep } = stage;
	await openForm(stage, 'Create User');
	await editor.fill('emailAddress', 'ada.berg@example.com');
	await editor.fill('firstName', 'Nova');
	await editor.addField('Skip Password Requirement');
	const refused = await editor.executeStep();
	await keep('error', (path) => editor.screenshot(path));
	await editor.fill('emailAddress', 'nova@example.com');
	const error = await editor.executeStep();
	return { refused, error, table: await editor.outputTable(), schema: await editor.outputSchema() };
}

/**
 * Sets metadata of Ada Berg by typed fields.
 *
 * @param {Stage} stage
 */
async function mergeMetadata(stage) {
	const { editor, keep } = stage;
	await openForm(stage, 'Merge Metadata');
	await editor.assign('publicMetadataFields', 'billing.plan', 'team');
	await editor.assign('publicMetadataFields', 'seats', '5', 'number');
	const fields = editor.page.getByTestId('assignment-collection-publicMetadataFields');
	await keep('merge-metadata', (path) => editor.screenshot(path, fields));
	return await editor.executeStep();
}

/**
 * Adds a user to an organization, and the role, all chosen from lists.
 *
 * @param {Stage} stage
 * @param {string} typed what is looked for among the users
 */
async function addMember(stage, typed) {
	const { editor, keep } = stage;
	await editor.page.setViewportSize(TALL);
	await openForm(stage, 'Add Member');
	await editor.pick('organizationId', { chosen: 'Harbour Labs' });
	await editor.pick('role', { chosen: 'org:member' });
	const users = await editor.search('userId', typed);
	const found = await users.allInnerTexts();
	await users.first().click();
	await keep('add-member', (path) => editor.screenshotForm(path));
	await editor.page.setViewportSize(USUAL);
	return { found, error: await editor.executeStep(), table: await editor.outputTable() };
}

/**
 * Runs the first step of an example.
 *
 * @param {Stage} stage
 */
async function getInactiveUsers({ editor, api, credential, keep }) {
	const { id } = await importExample(api, EXAMPLES.cleanUp, [credential]);
	await editor.openWorkflow(id);
	await editor.openNode('Get Inactive Users');
	await editor.executeStep();
	const rows = await editor.outputTable();
	await keep('node', (path) => editor.screenshot(path));
	return rows;
}

/**
 * Opens a Clerk Trigger, and unfolds its URLs and the help beside its form.
 *
 * @param {Stage} stage
 * @param {string} signingSecret
 * @returns {Promise<{ help: string, testUrl: string, productionUrl: string }>} what its panels say, and the URLs in them
 */
async function openTrigger(stage, signingSecret) {
	const { editor, api, keep } = stage;
	const webhook = { name: 'Clerk webhook', type: 'clerkWebhookApi', data: { signingSecret } };
	const trigger = {
		name: 'Clerk Trigger',
		type: 'n8n-nodes-clerk.clerkTrigger',
		typeVersion: 2,
		webhookId: '6f0c2f3e-5d0c-4b1a-9c53-0d8f6c6a7b21',
		parameters: { events: ['user.created', 'user.deleted', 'organizationMembership.created'] },
		credentials: using(await api.createCredential(webhook)),
	};
	await openNodes(stage, 'New users', [[trigger]]);
	await editor.openNode('Clerk Trigger');
	await editor.openCredential();
	await keep('signing-secret', (path) => drawDashboard(editor, 'signingSecret', path));
	await editor.closeCredential();
	const { page } = editor;
	const url = page.locator('.webhook-url');
	await page.getByText('Webhook URLs', { exact: true }).click();
	await page.getByTestId('radio-button-test').click();
	const testUrl = (await url.innerText()).trim();
	await page.getByTestId('radio-button-production').click();
	await url.getByText('/webhook/').waitFor();
	const productionUrl = (await url.innerText()).trim();
	const question = page.getByText('When will this node trigger my flow?');
	await question.click();
	const panel = page.getByRole('main').filter({ has: question });
	await panel.locator('.accordion b').first().waitFor();
	const help = await panel.locator('.accordion').innerText();
	await keep('trigger', (path) => editor.screenshot(path));
	return { help, testUrl, productionUrl };
}

module.exports = {
	banUser,
	createCredential,
	createUser,
	mergeMetadata,
	addMember,
	getInactiveUsers,
	openTrigger,
};
