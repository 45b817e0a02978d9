'use strict';

const { mkdirSync } = require('node:fs');
const { basename, join } = require('node:path');
const { askAgent } = require('./agentChat');
const { startClerk } = require('./clerk');
const { FIELDS, JOBS, readForms } = require('./forms');
const { shrink, writeMovie } = require('./images');
const { openEditor } = require('./n8n/editor');
const { EXAMPLES, importExample } = require('./n8n/examples');
const { startN8n } = require('./n8n/host');
const reports = require('./reports');
const scenarios = require('./scenarios');

/** @typedef {import('./forms').Stage} Stage */

const IMAGES = join(__dirname, '..', 'docs', 'images');

/** Wide enough for the longest of the examples. */
const WIDE = { width: 2600, height: 1500 };

/** What each part takes pictures of. @type {Record<string, (stage: Stage) => Promise<unknown>>} */
const PARTS = {
	/** The moving picture of README. */
	async movie(stage) {
		await stage.editor.page.setViewportSize({ width: 1120, height: 640 });
		/** @type {Array<{ png: Buffer, ms: number }>} */
		const frames = [];
		await scenarios.banUser(stage, async (ms) => {
			frames.push({ png: await stage.editor.picture(), ms });
		});
		writeMovie(join(IMAGES, 'ban-user.png'), frames);
	},

	/** What the tests of the editor do. */
	async nodes(stage) {
		await scenarios.createCredential(stage, 'sk_test_wrong');
		await scenarios.createUser(stage);
		await scenarios.addMember(stage, 'silva');
		await readForms(stage, FIELDS);
		await scenarios.mergeMetadata(stage);
		await scenarios.getInactiveUsers(stage);
		await scenarios.openTrigger(stage, `whsec_${Buffer.alloc(24, 1).toString('base64')}`);
	},

	agent: askAgent,

	async jobs(stage) {
		await readForms(stage, JOBS);
		await reports.findByMetadata(stage);
		await reports.compareUsers(stage);
		await reports.syncMembers(stage);
	},

	/** The canvas of each. */
	async examples({ editor, api, credential, keep }) {
		const types = [
			'clerkWebhookApi',
			'httpHeaderAuth',
			'openAiApi',
			'postgres',
			'smtp',
			'stripeApi',
		];
		// Without credentials the nodes would be marked as unfinished.
		const others = types.map((type) => api.createCredential({ name: type, type, data: {} }));
		const credentials = [credential, ...(await Promise.all(others))];
		await editor.page.setViewportSize(WIDE);
		for (const file of Object.values(EXAMPLES)) {
			const { id } = await importExample(api, file, credentials);
			await editor.openWorkflow(id);
			await keep(`examples/${basename(file, '.json')}`, (path) => editor.screenshotCanvas(path));
		}
	},
};

/** Takes the pictures of README and docs again: `npm run screenshots`, or `-- movie`, `-- nodes`, `-- agent`, `-- jobs` or `-- examples` for a part. */
async function main() {
	const clerk = await startClerk({ seed: 'company' });
	const n8n = await startN8n();
	const { secretKey, url: baseUrl } = clerk;
	const data = { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare: 80 };
	const account = { name: 'Clerk account', type: 'clerkApi', data };
	const credential = await n8n.api.createCredential(account);
	for (const folder of ['examples', 'jobs']) mkdirSync(join(IMAGES, folder), { recursive: true });
	const editor = await openEditor(n8n, { pixels: 2 });
	/** @type {Stage['keep']} */
	const keep = async (name, take) => {
		const path = join(IMAGES, `${name}.png`);
		await take(path);
		shrink(path);
	};
	const [asked = Object.keys(PARTS)] = process.argv.slice(2);
	for (const part of [asked].flat()) {
		await PARTS[part]({ editor, api: n8n.api, clerk, credential, keep });
	}
	await editor.close();
	await n8n.close();
	await clerk.close();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
