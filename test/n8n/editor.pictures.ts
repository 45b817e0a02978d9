import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openStage } from './support/stage';

jest.setTimeout(300_000);

/** Credentials besides Clerk's: nodes without them would be marked as unfinished. */
const TYPES = ['clerkWebhookApi', 'httpHeaderAuth', 'openAiApi', 'postgres', 'smtp', 'stripeApi'];

/** Wide enough for the longest of the examples. */
const WIDE = { width: 2600, height: 1500 };

// Other tests import and run them. This only takes their pictures, with `npm run screenshots`.
it('opens each example', async () => {
	const { api, credential, editor, keep, close } = await openStage();
	const others = TYPES.map((type) => api.createCredential({ name: type, type, data: {} }));
	const credentials = [credential, ...(await Promise.all(others))];
	await editor.page.setViewportSize(WIDE);
	for (const file of Object.values(EXAMPLES)) {
		const { id } = await importExample(api, file, credentials);
		await editor.openWorkflow(id);
		const name = `examples/${file.replace('.json', '')}`;
		await keep(name, (path) => editor.screenshotCanvas(path));
	}
	await close();
});
