'use strict';

const { drawDashboard } = require('./drawings');
const { openForms } = require('./forms');
const { EXAMPLES, importExample } = require('./n8n/examples');

/**
 * What a person does in n8n's editor: the tests of it look at what comes back, and `npm run
 * screenshots` keeps the pictures.
 *
 * @typedef {import('./n8n/api').Api} Api
 * @typedef {import('./n8n/api').Credential} Credential
 *
 * @typedef {object} Stage
 * @property {Awaited<ReturnType<typeof import('./n8n/editor').openEditor>>} editor
 * @property {Api} api
 * @property {{ url: string, secretKey: string }} clerk with the seed `company`
 * @property {Credential} credential for it
 * @property {(name: string, take: (path: string) => Promise<void>) => Promise<void>} keep has a picture of `docs/images` taken, or does not
 */

/** Tall enough for the longest of the forms. */
const TALL = { width: 1280, height: 1200 };
const USUAL = { width: 1280, height: 800 };

/**
 * Finds the node by words, and adds it with an action of it. The node is open then.
 *
 * @param {Stage} stage
 * @param {string[]} words
 * @returns {Promise<Record<string, string[]>>} the names of the nodes that each word finds, the best first
 */
async function addNode(stage, words) {
	const { editor } = stage;
	await openForms(stage, []);
	await editor.openPanel();
	/** @type {Record<string, string[]>} */
	const found = {};
	for (const word of words) found[word] = await editor.searchPanel(word, 'Clerk');
	await editor.showActions('Clerk', 'Create user');
	await editor.addAction('Create user');
	return found;
}

/**
 * Makes a credential in the form of a node, first with a wrong key.
 *
 * @param {Stage} stage
 * @param {string} wrongKey
 * @returns {Promise<{ wrong: string, right: string }>} what n8n says of each key
 */
async function createCredential(stage, wrongKey) {
	const { editor, clerk, keep } = stage;
	await openForms(stage, ['Create User']);
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
	await openForms(stage, []);
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
 * Creates a user, first with an email address that somebody else has.
 *
 * @param {Stage} stage
 */
async function createUser(stage) {
	const { editor, keep } = stage;
	await openForms(stage, ['Create User'], stage.credential);
	await editor.openNode('Create User');
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
 * Adds Dry Run to a delete, leaves it as it is then, and runs it.
 *
 * @param {Stage} stage
 */
async function previewDelete(stage) {
	const { editor } = stage;
	await openForms(stage, ['Delete User'], stage.credential);
	await editor.openNode('Delete User');
	await editor.addField('Dry Run');
	return { error: await editor.executeStep(), table: await editor.outputTable() };
}

/**
 * Lists the members of all organizations in an order that is chosen among the Options.
 *
 * @param {Stage} stage
 * @param {string} order
 */
async function sortMembers(stage, order) {
	const { editor } = stage;
	await openForms(stage, ['List Members'], stage.credential);
	await editor.openNode('List Members');
	await editor.addField('Order By');
	await editor.select('orderBy', order);
	const { labels } = await editor.labels();
	return { labels, error: await editor.executeStep(), table: await editor.outputTable() };
}

/**
 * Sets metadata of Ada Berg by typed fields.
 *
 * @param {Stage} stage
 */
async function mergeMetadata(stage) {
	const { editor, keep } = stage;
	await openForms(stage, ['Merge Metadata'], stage.credential);
	await editor.openNode('Merge Metadata');
	await editor.assign('publicMetadataFields', 'billing.plan', 'team');
	await editor.assign('publicMetadataFields', 'seats', '5', 'number');
	const fields = editor.page.locator('[data-test-id="assignment-collection-publicMetadataFields"]');
	await keep('merge-metadata', (path) => editor.screenshot(path, fields));
	return await editor.executeStep();
}

/**
 * Pastes an expression into a locator that is not switched to one.
 *
 * @param {Stage} stage
 * @param {string} expression
 * @returns what n8n says of the run
 */
async function pasteExpression(stage, expression) {
	const { editor } = stage;
	await openForms(stage, ['Get Organization'], stage.credential);
	await editor.openNode('Get Organization');
	await editor.pick('organizationId', { mode: 'By Slug' });
	await editor.paste('organizationId', expression);
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
	await openForms(stage, ['Add Member'], stage.credential);
	await editor.openNode('Add Member');
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
 * Looks at forms that are filled in.
 *
 * @param {Stage} stage
 * @returns {Promise<Record<string, { labels: string[], cutOff: string[] }>>} of each form, its labels, and those that do not fit
 */
async function readForms(stage) {
	const { editor, keep } = stage;
	const pictures = { 'Import User': 'import-user', 'Find Users': 'get-many-filters' };
	/** @type {Awaited<ReturnType<typeof readForms>>} */
	const read = {};
	await editor.page.setViewportSize(TALL);
	await openForms(stage, Object.keys(pictures), stage.credential);
	for (const [form, picture] of Object.entries(pictures)) {
		await editor.openNode(form);
		read[form] = await editor.labels();
		await keep(picture, (path) => editor.screenshotForm(path));
		await editor.closeNode();
	}
	await editor.page.setViewportSize(USUAL);
	return read;
}

/**
 * Runs the first step of an example, in the light and in the dark.
 *
 * @param {Stage} stage
 * @returns {Promise<{ rows: number, icons: Record<'light' | 'dark', import('./n8n/editor/icons').Icon[]> }>} the package's icons with what is behind them
 */
async function getInactiveUsers({ editor, api, credential, keep }) {
	const { id } = await importExample(api, EXAMPLES.cleanUp, [credential]);
	await editor.openWorkflow(id);
	await editor.openNode('Get Inactive Users');
	await editor.executeStep();
	const rows = await editor.outputTable();
	await keep('node', (path) => editor.screenshot(path));
	const light = await editor.icons();
	await editor.setTheme('dark');
	const dark = await editor.icons();
	await editor.setTheme('light');
	return { rows: rows.length, icons: { light, dark } };
}

/**
 * Opens a Clerk Trigger.
 *
 * @param {Stage} stage
 * @param {string} signingSecret
 * @returns {Promise<{ help: string, testUrl: string, productionUrl: string }>} what its panels say, and the URLs in them
 */
async function openTrigger({ editor, api, keep }, signingSecret) {
	const type = 'clerkWebhookApi';
	const data = { signingSecret };
	const { id, name } = await api.createCredential({ name: 'Clerk webhook', type, data });
	const trigger = {
		id: 'trigger',
		name: 'Clerk Trigger',
		type: 'n8n-nodes-clerk.clerkTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: '6f0c2f3e-5d0c-4b1a-9c53-0d8f6c6a7b21',
		parameters: { events: ['user.created', 'user.deleted', 'organizationMembership.created'] },
		credentials: { [type]: { id, name } },
	};
	const workflow = await api.createWorkflow({
		name: 'New users',
		nodes: [trigger],
		connections: {},
	});
	await editor.openWorkflow(workflow.id);
	await editor.openNode('Clerk Trigger');
	await editor.openCredential();
	await keep('signing-secret', (path) => drawDashboard(editor, 'signingSecret', path));
	await editor.closeCredential();
	const urls = await editor.webhookUrls();
	const help = await editor.triggerHelp();
	await keep('trigger', (path) => editor.screenshot(path));
	return { help, ...urls };
}

module.exports = {
	USUAL,
	addNode,
	banUser,
	createCredential,
	createUser,
	previewDelete,
	sortMembers,
	mergeMetadata,
	pasteExpression,
	addMember,
	readForms,
	getInactiveUsers,
	openTrigger,
};
