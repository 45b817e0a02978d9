import { openN8n, startClerk } from './support';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const ELIF = 'elif.yilmaz@example.com';
const ADA = 'ada.berg@example.com';
const SECRET = { name: 'X-HR-Secret', value: 'a secret of the two' };

describe('Offboard from an HR webhook, in a real n8n', () => {
	let clerk: Clerk;
	let stop: () => Promise<void>;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		stop = async () => {};
	});

	afterEach(async () => {
		await stop();
		await clerk.close();
	});

	let activated = 0;

	const activate = async (values: object = {}) => {
		const n8n = await openN8n(clerk);
		const header = { name: 'HR system', type: 'httpHeaderAuth', data: SECRET };
		const credentials = [await n8n.api.createCredential(header)];
		// n8n gives an address free only some time after its workflow was turned off.
		const path = `offboard-${activated++}`;
		const parameters = { 'HR Webhook': { path }, 'Offboard User': values };
		const { workflow } = await n8n.importExample('offboard', { credentials, parameters });
		const hook = n8n.webhook(workflow, 'HR Webhook', path);
		await hook.activate();
		stop = async () => await hook.deactivate();
		const post = async (body: object, secret = SECRET.value) =>
			await hook.post({
				body: JSON.stringify(body),
				headers: { 'content-type': 'application/json', [SECRET.name]: secret },
			});
		return { ...hook, post };
	};

	const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

	const openSessionsOf = (id: string) =>
		clerk.state.sessions.where('user_id', id).filter(({ status }) => status === 'active');

	const membershipsOf = (id: string) => clerk.state.memberships.where('user_id', id);

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	const lines = (steps: Array<Record<string, string>>) =>
		steps.map(({ action, status }) => `${action} ${status}`).sort();

	it('lets the user go, answers with each step, and does nothing the second time', async () => {
		const { id } = userOf(ELIF);
		expect(openSessionsOf(id)).toHaveLength(1);
		const { post, runs } = await activate({ offboardMode: 'apply' });

		const first = await post({ email: ELIF, lastDay: '2026-06-30' });

		expect(first).toMatchObject({ status: 200, text: { email: ELIF, userId: id } });
		expect(lines(first.text.steps)).toEqual([
			'ban done',
			'removeFromOrganization done',
			'removeFromOrganization done',
			'revokeOAuthTokens skipped',
			'revokeSession done',
		]);
		expect(userOf(ELIF).banned).toBe(true);
		expect(openSessionsOf(id)).toEqual([]);
		expect(membershipsOf(id)).toEqual([]);

		const sent = writes().length;
		const again = await post({ email: ELIF });
		expect(again.status).toBe(200);
		expect(lines(again.text.steps).filter((line) => line.endsWith('done'))).toEqual([]);
		expect(writes()).toHaveLength(sent);
		expect((await runs(2)).map(({ status }) => status)).toEqual(['success', 'success']);
	});

	it('as imported changes nothing, and answers what it would do', async () => {
		const { post } = await activate();
		const { status, text } = await post({ email: ELIF });
		expect(status).toBe(200);
		expect(lines(text.steps)).toContain('ban planned');
		expect(writes()).toEqual([]);
	});

	it('answers who it does not know, what it could not read, and who has no secret', async () => {
		const { post, runs, count } = await activate({ offboardMode: 'apply' });
		expect(await post({ email: 'nobody@example.com' })).toMatchObject({
			status: 404,
			text: { error: 'There is no user with the verified email address nobody@example.com' },
		});
		expect(await post({ name: 'Elif' })).toMatchObject({
			status: 500,
			text: { error: expect.stringMatching(/^User has no value/) },
		});
		const failed = (await runs(2)).filter(({ status }) => status === 'error');
		expect(failed.map(({ error }) => error?.node?.name)).toEqual(['Fail the Run']);
		expect((await post({ email: ELIF }, 'guessed')).status).toBe(403);
		expect(await count()).toBe(2);
		expect(writes()).toEqual([]);
	});

	it('says which step failed, and does what is left when it is posted again', async () => {
		const path = /\/memberships\//;
		clerk.addFault({ kind: 'status', method: 'DELETE', path, status: 403, times: 1 });
		const { post } = await activate({ offboardMode: 'apply' });

		const first = await post({ email: ELIF });
		expect(first.status).toBe(500);
		expect(first.text.error).toMatch(/1 of 5 actions were not carried out/);
		expect(first.text.details).toMatch(/^removeFromOrganization org_\w+: Injected status 403\./);
		expect(membershipsOf(userOf(ELIF).id)).toHaveLength(1);

		expect(lines((await post({ email: ELIF })).text.steps)).toEqual([
			'ban skipped',
			'removeFromOrganization done',
			'revokeOAuthTokens skipped',
		]);
		expect(membershipsOf(userOf(ELIF).id)).toEqual([]);
	});

	it('leaves the last admin in the organization, and says so', async () => {
		const { post } = await activate({ offboardMode: 'apply' });
		const { text } = await post({ email: ADA });
		expect(lines(text.steps)).toContain('removeFromOrganization skipped');
		expect(membershipsOf(userOf(ADA).id)).toHaveLength(1);
		expect(userOf(ADA).banned).toBe(true);
	});
});
