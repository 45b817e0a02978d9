'use strict';

const { mkdirSync } = require('node:fs');
const { basename, join } = require('node:path');
const { askAgent } = require('./agentChat');
const { startClerk } = require('./clerk');
const { readJobForms } = require('./jobForms');
const jobReports = require('./jobReports');
const { openEditor } = require('./n8n/editor');
const { EXAMPLES, importExample } = require('./n8n/examples');
const { startN8n } = require('./n8n/host');
const { ensureBuild } = require('./n8n/package');
const { shrink, writeMovie } = require('./images');
const scenarios = require('./scenarios');

const IMAGES = join(__dirname, '..', 'docs', 'images');

/** Wide enough for the longest of the examples. */
const WIDE = { width: 2600, height: 1500 };

/**
 * The canvas of each example.
 *
 * @param {import('./scenarios').Stage['editor']} editor
 * @param {import('./n8n/api').Api} api
 * @param {import('./n8n/api').Credential} credential
 */
async function takeExamples(editor, api, credential) {
	const types = ['clerkWebhookApi', 'httpHeaderAuth', 'openAiApi', 'postgres', 'smtp', 'stripeApi'];
	// Without credentials the nodes would be marked as unfinished.
	const others = types.map((type) => api.createCredential({ name: type, type, data: {} }));
	const credentials = [credential, ...(await Promise.all(others))];
	await editor.page.setViewportSize(WIDE);
	for (const file of Object.values(EXAMPLES)) {
		const { id } = await importExample(api, file, credentials);
		await editor.openWorkflow(id);
		const path = join(IMAGES, 'examples', `${basename(file, '.json')}.png`);
		await editor.screenshotCanvas(path);
		shrink(path);
	}
}

/**
 * What the tests of the editor do.
 *
 * @param {import('./scenarios').Stage} stage
 */
async function takeNodes(stage) {
	await scenarios.createCredential(stage, 'sk_test_wrong');
	await scenarios.createUser(stage);
	await scenarios.addMember(stage, 'silva');
	await scenarios.readForms(stage);
	await scenarios.mergeMetadata(stage);
	await scenarios.getInactiveUsers(stage);
	await scenarios.openTrigger(stage, `whsec_${Buffer.alloc(24, 1).toString('base64')}`);
}

/**
 * The moving picture of README.
 *
 * @param {import('./scenarios').Stage} stage
 */
async function takeMovie(stage) {
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1120, height: 640 });
	/** @type {Array<{ png: Buffer, ms: number }>} */
	const frames = [];
	await scenarios.banUser(stage, async (ms) => {
		frames.push({ png: await stage.editor.picture(), ms });
	});
	writeMovie(join(IMAGES, 'ban-user.png'), frames);
}

/** Takes the pictures of README and docs again: `npm run screenshots`, or `-- movie`, `-- nodes`, `-- agent`, `-- examples` or `-- jobs` for a part. */
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
	for (const folder of ['examples', 'jobs']) mkdirSync(join(IMAGES, folder), { recursive: true });
	const editor = await openEditor(n8n, { pixels: 2 });
	const keep = async (
		/** @type {string} */ name,
		/** @type {(path: string) => Promise<void>} */ take,
	) => {
		const path = join(IMAGES, `${name}.png`);
		await take(path);
		shrink(path);
	};
	const isAsked = (/** @type {string} */ name) => part === undefined || part === name;
	const stage = { editor, api: n8n.api, clerk, credential, keep };
	if (isAsked('movie')) await takeMovie(stage);
	if (isAsked('nodes')) await takeNodes(stage);
	if (isAsked('agent')) await askAgent(stage);
	if (isAsked('jobs')) {
		await readJobForms(stage);
		await jobReports.findByMetadata(stage);
		await jobReports.compareUsers(stage);
		await jobReports.syncMembers(stage);
	}
	if (isAsked('examples')) await takeExamples(editor, n8n.api, credential);
	await editor.close();
	await n8n.close();
	await clerk.close();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
