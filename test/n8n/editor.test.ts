import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { START, using } from '../../sandbox/n8n/workflow';
import { contrast, worstContrast } from '../support/contrast';
import { iconsOn } from '../support/icons';
import { secretOf } from '../support/webhook';
import { clerkNode } from './support/clerkNode';
import { drawDashboard } from './support/drawing';
import { USUAL } from './support/editor';
import { FIELDS } from './support/forms.json';
import { writeMovie } from './support/images';
import { TALL, openStage, pathOf, takesPictures, type Stage } from './support/stage';

jest.setTimeout(300_000);

/** The names of the pictures of `FIELDS`. */
const PICTURES: Record<string, string> = {
	'Import User': 'import-user',
	'Find Users': 'get-many-filters',
};

describe('in the editor of a real n8n, a person', () => {
	let stage: Stage;
	let clerk: Stage['clerk'];
	let editor: Stage['editor'];

	beforeAll(async () => {
		stage = await openStage({ webhookDelaysMs: [200, 400, 800] });
		({ clerk, editor } = stage);
	});

	afterAll(async () => await stage?.close());

	it('finds the node by its name and by what it does, and adds it', async () => {
		await stage.openNodes('Members', [[START]]);
		await editor.openPanel();
		const found = async (word: string) => await editor.searchPanel(word, 'Clerk');
		expect((await found('clerk'))[0]).toBe('Clerk');
		expect(await found('invite')).toEqual(['Clerk']);
		expect(await found('ban')).toContain('Clerk');
		await editor.showActions('Clerk', 'Create user');
		await editor.addAction('Create user');
		expect(await editor.chosen('resource')).toBe('User');
		expect(await editor.chosen('operation')).toBe('Create');
	});

	it('searches for a ban, and sees in a dry run what it would do', async () => {
		const frames: Parameters<typeof writeMovie>[1] = [];
		const frame = async (ms: number) => {
			if (takesPictures) frames.push({ png: await editor.picture(), ms });
		};
		await editor.page.setViewportSize({ width: 1120, height: 640 });
		await stage.openNodes('Members', [[START]]);
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
		const [row] = await editor.outputTable();
		await frame(4_000);
		if (takesPictures) writeMovie(pathOf('ban-user'), frames);
		await editor.page.setViewportSize(USUAL);
		expect(row.summary).toMatch(/^Would ban Yara Silva .* and end 1 active session$/);
		expect(row.dryRun).toBe('true');
	});

	it('makes a credential, and reads that a key is wrong, and that one is right', async () => {
		const create = clerkNode('Create User', { resource: 'user', operation: 'create' });
		await stage.openNodes('Members', [[START], [create]]);
		await editor.openNode('Create User');
		await editor.newCredential();
		await editor.saveCredential({ secretKey: 'sk_test_unknown', baseUrl: clerk.url });
		const wrong = await editor.credentialError();
		expect(wrong).toContain('Couldn’t connect with these settings');
		expect(wrong).toContain('Clerk rejected this key');

		await editor.saveCredential({ secretKey: clerk.secretKey });
		await editor.credentialDialog.waitFor({ state: 'hidden' });
		await editor.openCredential();
		expect(await editor.credentialSuccess()).toContain('Connection tested successfully');
		const { keep } = stage;
		await keep('credential', (path) => editor.screenshot(path, editor.credentialDialog));
		await keep('secret-key', (path) => drawDashboard(editor, 'secretKey', path));
	});

	it('creates a user, after an error that says which field is wrong and why', async () => {
		await stage.openForm('Create User');
		await editor.fill('emailAddress', 'ada.berg@example.com');
		await editor.fill('firstName', 'Nova');
		await editor.addField('Skip Password Requirement');
		const refused = await editor.executeStep();
		await stage.keep('error', (path) => editor.screenshot(path));
		expect(refused?.message).toBe(
			'Email Address: That email address is taken. Please try another [item 0]',
		);
		expect(refused?.description).toMatch(
			/^Correct what Clerk reports, and run the item again\. From Clerk: .*form_identifier_exists/,
		);
		await editor.fill('emailAddress', 'nova@example.com');
		expect(await editor.executeStep()).toBeUndefined();

		const created = clerk.state.users.rows.filter(({ first_name: name }) => name === 'Nova');
		expect(created).toHaveLength(1);
		const [{ id }] = created;
		const seen = { id, firstName: 'Nova', primaryEmailAddress: 'nova@example.com' };
		const table = await editor.outputTable();
		expect(table).toEqual([expect.objectContaining(seen)]);
		expect(Object.keys(table[0]).slice(0, 3)).toEqual(['id', 'fullName', 'primaryEmailAddress']);
		const schema = await editor.outputSchema();
		for (const [name, value] of Object.entries(seen)) expect(schema).toContain(`${name}\n${value}`);
	});

	it('sets metadata by typed fields, a dot leading into an object', async () => {
		await stage.openForm('Merge Metadata');
		await editor.assign('publicMetadataFields', 'billing.plan', 'team');
		await editor.assign('publicMetadataFields', 'seats', '5', 'number');
		const fields = editor.page.getByTestId('assignment-collection-publicMetadataFields');
		await stage.keep('merge-metadata', (path) => editor.screenshot(path, fields));
		expect(await editor.executeStep()).toBeUndefined();
		const [ada] = clerk.state.users.rows.filter(({ last_name: name }) => name === 'Berg');
		expect(ada.public_metadata).toMatchObject({ billing: { plan: 'team' }, seats: 5 });
	});

	it('adds Dry Run to a delete and leaves it as it is: the user is still there', async () => {
		const isThere = () => clerk.state.users.rows.some(({ last_name: name }) => name === 'Okafor');
		expect(isThere()).toBe(true);
		await stage.openForm('Delete User');
		await editor.addField('Dry Run');
		expect(await editor.executeStep()).toBeUndefined();
		expect(await editor.outputTable()).toEqual([
			expect.objectContaining({ dryRun: 'true', method: 'DELETE' }),
		]);
		expect(isThere()).toBe(true);
	});

	it('chooses the order of a list among the options, which show the one of this list', async () => {
		await stage.openForm('List Members');
		await editor.addField('Order By');
		await editor.select('orderBy', 'First Name, Descending');
		const { labels } = await editor.labels();
		expect(labels.filter((label) => label === 'Order By')).toHaveLength(1);
		expect(await editor.executeStep()).toBeUndefined();
		const names = (await editor.outputTable()).map(({ firstName }) => firstName);
		expect(names.length).toBeGreaterThan(3);
		expect(names).toEqual([...names].sort().reverse());
	});

	it('pastes an expression into a locator, which is evaluated', async () => {
		await stage.openForm('Get Organization');
		await editor.pick('organizationId', { mode: 'By Slug' });
		await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await editor.page.evaluate("navigator.clipboard.writeText('{{ $json.organization }}')");
		const locator = editor.page.getByTestId('resource-locator-organizationId');
		await locator.getByTestId('rlc-input').click();
		await editor.page.keyboard.press('Control+V');
		const error = await editor.executeStep();
		// n8n 2.40 leaves the braces as text (docs/n8n-notes.md, 48).
		expect(error?.message).toBe(
			'Organization has no value: its expression returned undefined [item 0]',
		);
	});

	it('picks a user by typing, and adds the user to an organization', async () => {
		await editor.page.setViewportSize(TALL);
		await stage.openForm('Add Member');
		await editor.pick('organizationId', { chosen: 'Harbour Labs' });
		await editor.pick('role', { chosen: 'org:member' });
		const found = await editor.search('userId', 'silva');
		expect(await found.allInnerTexts()).toEqual(['Yara Silva (yara.silva@example.com)']);
		await found.first().click();
		await stage.keep('add-member', (path) => editor.screenshotForm(path));
		await editor.page.setViewportSize(USUAL);
		expect(await editor.executeStep()).toBeUndefined();
		const { users, organizations, memberships } = clerk.state;
		const [{ id }] = users.rows.filter(({ last_name: name }) => name === 'Silva');
		const [labs] = organizations.rows.filter(({ name }) => name === 'Harbour Labs');
		const added = memberships.where('organization_id', labs.id).map((row) => row.user_id);
		expect(added).toContain(id);
		const member = { userId: id, role: 'org:member' };
		expect(await editor.outputTable()).toEqual([expect.objectContaining(member)]);
	});

	it('chooses output fields from those of the operation, without a credential', async () => {
		const offered = await stage.api.call('POST', '/dynamic-node-parameters/options', {
			path: 'parameters.fields',
			methodName: 'getOutputFields',
			nodeTypeAndVersion: { name: 'n8n-nodes-clerk.clerk', version: 1 },
			currentNodeParameters: { resource: 'session', operation: 'get' },
		});
		expect(offered).toContainEqual({ name: 'User ID', value: 'userId' });
		expect(offered.map(({ value }: { value: string }) => value)).not.toContain('firstName');
	});

	it('reads the name of every field', async () => {
		const forms = await stage.readForms(FIELDS, (form) => PICTURES[form]);
		expect(forms['Import User'].labels).toEqual(
			expect.arrayContaining(['Email Address', 'Password Digest', 'Password Hasher']),
		);
		expect(forms['Find Users'].labels).toEqual(
			expect.arrayContaining(['Return All', 'Banned', 'Last Active Before', 'Order By']),
		);
		for (const { cutOff } of Object.values(forms)) expect(cutOff).toEqual([]);
	});

	it('sees who is inactive, and the icon in the light and in the dark', async () => {
		const { id } = await importExample(stage.api, EXAMPLES.cleanUp, [stage.credential]);
		await editor.openWorkflow(id);
		await editor.openNode('Get Inactive Users');
		await editor.executeStep();
		expect((await editor.outputTable()).length).toBeGreaterThan(1);
		await stage.keep('node', (path) => editor.screenshot(path));
		const light = await iconsOn(editor.page);
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		const dark = await iconsOn(editor.page);
		await editor.page.emulateMedia({ colorScheme: 'light' });
		const icons = { light, dark };
		for (const [theme, file] of [
			['light', 'clerk.svg'],
			['dark', 'clerk.dark.svg'],
		] as const) {
			expect(icons[theme].length).toBeGreaterThan(1);
			for (const icon of icons[theme]) {
				expect(icon).toMatchObject({ file, loaded: true });
				expect(worstContrast(`nodes/Clerk/${file}`, icon.behind)).toBeGreaterThan(3);
			}
		}
		expect(contrast(light[0].behind, dark[0].behind)).toBeGreaterThan(3);
	});

	it('reads how to set up the Clerk Trigger, and its URL takes an event', async () => {
		const secret = secretOf(1);
		const data = { signingSecret: secret };
		const webhook = { name: 'Clerk webhook', type: 'clerkWebhookApi', data };
		const trigger = {
			name: 'Clerk Trigger',
			type: 'n8n-nodes-clerk.clerkTrigger',
			typeVersion: 2,
			webhookId: '6f0c2f3e-5d0c-4b1a-9c53-0d8f6c6a7b21',
			parameters: { events: ['user.created', 'user.deleted', 'organizationMembership.created'] },
			credentials: using(await stage.api.createCredential(webhook)),
		};
		await stage.openNodes('New users', [[trigger]]);
		await editor.openNode('Clerk Trigger');
		await editor.openCredential();
		await stage.keep('signing-secret', (path) => drawDashboard(editor, 'signingSecret', path));
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
		await stage.keep('trigger', (path) => editor.screenshot(path));
		for (const step of ['Add Endpoint', 'Webhook URLs', 'Signing Secret', 'Test URL']) {
			expect(help).toContain(step);
		}
		expect(productionUrl).toBe(testUrl.replace('/webhook-test/', '/webhook/'));

		const endpoint = clerk.webhooks.addEndpoint({ url: testUrl, secret });
		await page.getByTestId('trigger-execute-button').click();
		const listening = page.getByTestId('trigger-listening');
		await listening.waitFor();
		clerk.webhooks.sendExample('user.created');
		await listening.waitFor({ state: 'detached' });
		const [event] = await editor.outputTable();
		expect(event).toMatchObject({ eventType: 'user.created' });
		clerk.webhooks.removeEndpoint(endpoint);
	});
});
