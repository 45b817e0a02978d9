'use strict';

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

/** Filled in as far as a test does not do it. @type {Record<string, Record<string, any>>} */
const FORMS = {
	'Add Member': { resource: 'organizationMembership', operation: 'create' },
	'Create User': { resource: 'user', operation: 'create' },
	'Import User': {
		resource: 'user',
		operation: 'create',
		additionalFields: {
			createdAt: '2021-03-14T09:30:00',
			emailAddress: 'ada@example.com',
			externalId: '4711',
			firstName: 'Ada',
			lastName: 'Lovelace',
			passwordDigest: '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
			passwordHasher: 'bcrypt',
			totpSecret: 'JBSWY3DPEHPK3PXP',
		},
	},
	'Find Users': {
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		filters: {
			banned: false,
			emailAddressQuery: '@example.com',
			lastActiveAtBefore: '={{ $now.minus({ days: 90 }) }}',
			orderBy: '+last_active_at',
		},
	},
};

/**
 * Opens a workflow that is started by hand, with some of the forms behind its start.
 *
 * @param {Stage} stage
 * @param {string[]} names
 * @param {Credential} [credential]
 */
async function openForms({ editor, api }, names, credential) {
	const credentials = credential && {
		[credential.type]: { id: credential.id, name: credential.name },
	};
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	const clerks = names.map((name) => ({
		name,
		type: 'n8n-nodes-clerk.clerk',
		parameters: FORMS[name],
		credentials,
	}));
	const nodes = [start, ...clerks].map((node, at) => ({
		...node,
		id: String(at),
		typeVersion: 1,
		position: [at && 240, at && 200 * (at - 1)],
	}));
	const first = names.map((node) => ({ node, type: 'main', index: 0 }));
	const connections = { Start: { main: [first] } };
	const { id } = await api.createWorkflow({ name: 'Members', nodes, connections });
	await editor.openWorkflow(id);
}

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
	await editor.addAction('Clerk', 'Create user');
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
	return { wrong, right };
}

/**
 * Creates a user, first with an e-mail address that somebody else has.
 *
 * @param {Stage} stage
 */
async function createUser(stage) {
	const { editor, keep } = stage;
	await openForms(stage, ['Create User'], stage.credential);
	await editor.openNode('Create User');
	await editor.addField('Email Address');
	await editor.fill('emailAddress', 'ada.berg@example.com');
	await editor.addField('First Name');
	await editor.fill('firstName', 'Nova');
	await editor.addField('Skip Password Requirement');
	await editor.toggle('skipPasswordRequirement');
	const refused = await editor.executeStep();
	await keep('error', (path) => editor.screenshot(path));
	await editor.fill('emailAddress', 'nova@example.com');
	const error = await editor.executeStep();
	return { refused, error, table: await editor.outputTable(), schema: await editor.outputSchema() };
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
		typeVersion: 1,
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
	const urls = await editor.webhookUrls();
	const help = await editor.triggerHelp();
	await keep('trigger', (path) => editor.screenshot(path));
	return { help, ...urls };
}

module.exports = {
	addNode,
	createCredential,
	createUser,
	addMember,
	readForms,
	getInactiveUsers,
	openTrigger,
};
