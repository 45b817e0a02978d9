import type { Credential } from '../../sandbox/n8n/api';
import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openStage, type Stage } from './support/stage';

jest.setTimeout(300_000);

/** Credentials besides Clerk's: nodes without them would be marked as unfinished. */
const TYPES = ['clerkWebhookApi', 'httpHeaderAuth', 'openAiApi', 'postgres', 'smtp', 'stripeApi'];

/** Wide enough for the longest of the examples. */
const WIDE = { width: 2600, height: 1500 };

// Other tests import and run them. This only takes their pictures, with `npm run screenshots`.
describe('in the editor of a real n8n', () => {
	let stage: Stage;
	let credentials: Credential[];

	beforeAll(async () => {
		stage = await openStage();
		const { api, credential, editor } = stage;
		const others = TYPES.map((type) => api.createCredential({ name: type, type, data: {} }));
		credentials = [credential, ...(await Promise.all(others))];
		await editor.page.setViewportSize(WIDE);
	});

	afterAll(async () => await stage?.close());

	it.each(Object.values(EXAMPLES))('%s is shown', async (file) => {
		const { api, editor, keep } = stage;
		const { id } = await importExample(api, file, credentials);
		await editor.openWorkflow(id);
		const name = `examples/${file.replace('.json', '')}`;
		await keep(name, (path) => editor.screenshotCanvas(path));
	});
});
