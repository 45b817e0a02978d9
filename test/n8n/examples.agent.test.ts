import { openN8n, startClerk } from './support';
import { startChatModel } from './support/chatModel';
import { openMailbox } from '../../sandbox/mailbox';
import { respondTo } from '../support/approve';

const ADMIN = 'admin@example.com';
const REQUEST = 'Ada Berg <of Harbour Labs> leaves on Friday';

describe('Offboard with an agent and an approval, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;
	let model: Awaited<ReturnType<typeof startChatModel>>;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		mailbox = await openMailbox();
		model = await startChatModel();
	});

	afterEach(async () => {
		await model.close();
		await mailbox.close();
		await clerk.close();
	});

	const ada = () => clerk.state.users.where('email_address', 'ada.berg@example.com')[0];

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	/** What a model does that finds the user, and looks at the plan. */
	const findAda = () => [
		{ tool: 'Find_users', args: { Query: 'Ada Berg' } },
		{ tool: 'Plan_offboarding', args: { User: ada().id } },
		`It is Ada Berg. She would be banned.\n\n${ada().id}`,
	];

	/** Starts the workflow with what somebody wrote into its form. */
	const start = async (turns: Parameters<typeof model.script>[0]) => {
		const n8n = await openN8n(clerk);
		const data = { apiKey: ['any', 'body'].join('-'), url: model.url };
		const credentials = await Promise.all(
			[mailbox.credential, { name: 'Model', type: 'openAiApi', data }].map(
				async (one) => await n8n.api.createCredential(one),
			),
		);
		model.script(turns);
		const { workflow } = await n8n.importExample('agent', {
			credentials,
			pinData: { 'Offboarding Request': [{ json: { Request: REQUEST } }] },
		});
		const { executionId } = await n8n.api.startWorkflow(workflow, 'Offboarding Request');
		return { api: n8n.api, executionId };
	};

	const ask = async () => {
		const { api, executionId } = await start(findAda());
		await api.whenWaiting(executionId);
		const [question] = mailbox.take();
		return { api, executionId, question };
	};

	it('asks with the plan, and carries exactly that out', async () => {
		const { api, executionId, question } = await ask();
		expect(model.tools.map(({ name }) => name).sort()).toEqual(['Find_users', 'Plan_offboarding']);
		const [found, plan] = model.results.map((text): unknown[] => JSON.parse(text));
		expect(found).toEqual([
			{
				id: ada().id,
				fullName: 'Ada Berg',
				primaryEmailAddress: 'ada.berg@example.com',
				banned: false,
			},
		]);
		expect(plan.at(-1)).toMatchObject({ action: 'summary', status: 'planned' });
		expect(question).toMatchObject({ to: [ADMIN], subject: 'Approve the offboarding of Ada Berg' });
		expect(question.html).toContain('Offboard Ada Berg (ada.berg@example.com): ');
		expect(question.html).toContain('ban: ');
		expect(question.html).toContain('The agent says: It is Ada Berg.');
		expect(question.html).toContain('Ada Berg &#60;of Harbour Labs&#62; leaves');
		expect(writes()).toEqual([]);

		await respondTo(question, true);
		const { error } = await api.whenOver(executionId);

		expect(error).toBeUndefined();
		expect(ada().banned).toBe(true);
		const [report] = mailbox.take();
		expect(report).toMatchObject({ to: [ADMIN], subject: 'Offboarding carried out' });
		expect(report.text).toContain(`Approved by ${ADMIN}`);
		expect(report.text).toContain(`done: ban ${ada().id}`);
	});

	it('does nothing where it was declined', async () => {
		const { api, executionId, question } = await ask();
		await respondTo(question, false);
		expect((await api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});

	it('does nothing if the plan is different by the time of the approval', async () => {
		const { api, executionId, question } = await ask();
		const [membership] = clerk.state.memberships.where('user_id', ada().id);
		const role = membership.role === 'org:billing' ? 'org:member' : 'org:billing';
		clerk.state.memberships.update(membership, { role });
		await respondTo(question, true);
		const { error } = await api.whenOver(executionId);
		expect(error?.message).toMatch(/^The plan is not the one that was approved: 1 new, /);
		expect(writes()).toEqual([]);
	});

	it('says so where the agent finds no user', async () => {
		const { api, executionId } = await start([
			{ tool: 'Find_users', args: { Query: 'Nobody' } },
			'No user fits.\nNONE',
		]);
		expect((await api.whenOver(executionId)).error).toBeUndefined();
		const [answer] = mailbox.take();
		expect(answer).toMatchObject({ to: [ADMIN], subject: 'Nothing to offboard' });
		expect(answer.text).toContain('No user fits.');
		expect(writes()).toEqual([]);
	});
});
