'use strict';

const { mkdirSync } = require('node:fs');
const { basename, join } = require('node:path');
const { startClerk } = require('./clerk');
const { openEditor } = require('./n8n/editor');
const { EXAMPLES, importExample } = require('./n8n/examples');
const { startN8n } = require('./n8n/host');
const { ensureBuild } = require('./n8n/package');

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

const IMAGES = join(__dirname, '..', 'docs', 'images');

/** Tall enough for the longest of the forms. */
const TALL = { width: 1280, height: 1200 };

/** Wide enough for the longest of the examples. */
const WIDE = { width: 2600, height: 1500 };

/** What is filled in but for what is chosen from lists. @type {Record<string, object>} */
const FORMS = {
	'Add Member': { resource: 'organizationMembership', operation: 'create' },
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
 * A workflow with a Clerk node for each of the forms.
 *
 * @param {import('./n8n/api').Api} api
 * @param {import('./n8n/api').Credential} credential
 */
async function createForms(api, { id, name, type }) {
	const nodes = Object.entries(FORMS).map(([nodeName, parameters], index) => ({
		id: String(index),
		name: nodeName,
		type: 'n8n-nodes-clerk.clerk',
		typeVersion: 1,
		position: [0, 200 * index],
		parameters,
		credentials: { [type]: { id, name } },
	}));
	return await api.createWorkflow({ name: 'Forms', nodes, connections: {} });
}

/** A workflow that starts with the Clerk Trigger. @param {import('./n8n/api').Api} api */
async function createTrigger(api) {
	const data = { signingSecret: `whsec_${Buffer.alloc(24, 1).toString('base64')}` };
	const type = 'clerkWebhookApi';
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
	return await api.createWorkflow({ name: 'New users', nodes: [trigger], connections: {} });
}

/**
 * The canvas of each example.
 *
 * @param {Editor} editor
 * @param {import('./n8n/api').Api} api
 * @param {import('./n8n/api').Credential} credential
 */
async function takeExamples(editor, api, credential) {
	const types = ['clerkWebhookApi', 'httpHeaderAuth', 'postgres', 'smtp'];
	// Without credentials the nodes would be marked as unfinished.
	const others = types.map((type) => api.createCredential({ name: type, type, data: {} }));
	const credentials = [credential, ...(await Promise.all(others))];
	await editor.page.setViewportSize(WIDE);
	for (const file of Object.values(EXAMPLES)) {
		const { id } = await importExample(api, file, credentials);
		await editor.openWorkflow(id);
		await editor.screenshotCanvas(join(IMAGES, 'examples', `${basename(file, '.json')}.png`));
	}
}

/**
 * Nodes, with what is filled in.
 *
 * @param {Editor} editor
 * @param {import('./n8n/api').Api} api
 * @param {import('./n8n/api').Credential} credential
 */
async function takeNodes(editor, api, credential) {
	const workflow = await importExample(api, EXAMPLES.cleanUp, [credential]);
	const forms = await createForms(api, credential);
	const started = await createTrigger(api);

	await editor.openWorkflow(workflow.id);
	await editor.openNode('Get Inactive Users');
	await editor.executeStep();
	await editor.screenshot(join(IMAGES, 'node.png'));

	await editor.openWorkflow(started.id);
	await editor.openNode('Clerk Trigger');
	await editor.screenshot(join(IMAGES, 'trigger.png'));

	await editor.page.setViewportSize(TALL);
	await editor.openWorkflow(forms.id);
	await editor.openNode('Add Member');
	await editor.pick('organizationId', { chosen: 'Harbour Labs' });
	await editor.pick('userId', { mode: 'By Email Address', typed: 'yara.silva@example.com' });
	await editor.pick('role', { chosen: 'org:member' });
	await editor.screenshotForm(join(IMAGES, 'add-member.png'));
	await editor.closeNode();
	await editor.openNode('Import User');
	await editor.screenshotForm(join(IMAGES, 'import-user.png'));
	await editor.closeNode();
	await editor.openNode('Find Users');
	await editor.screenshotForm(join(IMAGES, 'get-many-filters.png'));
}

/** Takes the README's pictures anew: `npm run screenshots`, or `-- examples` or `-- nodes` for a part. */
async function main() {
	const [part] = process.argv.slice(2);
	const clerk = await startClerk({ seed: 'company' });
	const n8n = await startN8n({ packageDir: ensureBuild() });
	const data = { secretKey: clerk.secretKey, baseUrl: clerk.url, accessPolicy: 'full' };
	const credential = await n8n.api.createCredential({
		name: 'Clerk account',
		type: 'clerkApi',
		data: { ...data, rateLimitShare: 80 },
	});
	mkdirSync(join(IMAGES, 'examples'), { recursive: true });
	const editor = await openEditor(n8n);
	if (part !== 'examples') await takeNodes(editor, n8n.api, credential);
	if (part !== 'nodes') await takeExamples(editor, n8n.api, credential);
	await editor.close();
	await n8n.close();
	await clerk.close();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
