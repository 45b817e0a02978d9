'use strict';

const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { startClerk } = require('./clerk');
const { openEditor } = require('./n8n/editor');
const { EXAMPLES, importExample } = require('./n8n/examples');
const { startN8n } = require('./n8n/host');
const { ensureBuild } = require('./n8n/package');

const IMAGES = join(__dirname, '..', 'docs', 'images');

/** Takes the README's pictures anew: `node sandbox/screenshots.js`. */
async function main() {
	const clerk = await startClerk({ seed: 'company' });
	const n8n = await startN8n({ packageDir: ensureBuild() });
	const data = { secretKey: clerk.secretKey, baseUrl: clerk.url, accessPolicy: 'full' };
	const credential = await n8n.api.createCredential({
		name: 'Clerk account',
		type: 'clerkApi',
		data: { ...data, rateLimitShare: 80 },
	});
	const workflow = await importExample(n8n.api, EXAMPLES.cleanUp, credential);
	const editor = await openEditor(n8n);
	mkdirSync(IMAGES, { recursive: true });

	await editor.openWorkflow(workflow.id);
	await editor.screenshot(join(IMAGES, 'workflow.png'));
	await editor.openNode('Get Inactive Users');
	await editor.executeStep();
	await editor.screenshot(join(IMAGES, 'node.png'));

	await editor.close();
	await n8n.close();
	await clerk.close();
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
