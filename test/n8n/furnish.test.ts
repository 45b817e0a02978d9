import { EXAMPLES, triggerOf } from '../../sandbox/n8n/examples';
import { importExamples } from '../../sandbox/n8n/furnish';
import { openN8n, startClerk } from './support';
import { openMailbox } from '../../sandbox/mailbox';
import { pass } from '../support/timing';

/** These write as soon as they are run; the others show first what they would do. */
const WRITES = [EXAMPLES.onboard, EXAMPLES.findAndUpdate];

/** These send mail: as imported the report of a plan, or a question. */
const MAILS = [
	EXAMPLES.nightly,
	EXAMPLES.postgres,
	EXAMPLES.approval,
	EXAMPLES.agent,
	EXAMPLES.erase,
	EXAMPLES.drift,
	EXAMPLES.accessReview,
];

/** These wait for a person once the mail is sent. */
const WAIT = [EXAMPLES.approval, EXAMPLES.agent, EXAMPLES.erase, EXAMPLES.accessReview];

describe('what npm start puts into its n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;
	let imported: Awaited<ReturnType<typeof importExamples>>;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
		n8n = await openN8n(clerk);
		mailbox = await openMailbox();
		const { api, credential, files } = n8n;
		imported = await importExamples(api, { credential, mailbox, state: clerk.state, files });
	});

	afterAll(async () => {
		await mailbox.close();
		await clerk.close();
	});

	/** Of a workflow that waits for a person then. */
	const runUntilMail = async (workflow: Parameters<typeof n8n.api.startWorkflow>[0]) => {
		const { executionId } = await n8n.api.startWorkflow(workflow, triggerOf(workflow));
		while (mailbox.mails.length === 0) await pass(100);
		await n8n.api.stop(executionId);
	};

	it.each(Object.values(EXAMPLES))('%s can be tried there', async (file) => {
		const workflow = imported.get(file)!;
		const open = workflow.nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(open.filter(({ id }) => !id)).toEqual([]);
		clerk.requests.splice(0);
		mailbox.take();

		if (WAIT.includes(file)) await runUntilMail(workflow);
		else {
			const run = await n8n.api.runWorkflow(workflow, triggerOf(workflow));
			expect(run.error).toBeUndefined();
			expect(run.status).toBe('success');
		}
		const writes = clerk.requests.filter(({ method }) => method !== 'GET');
		expect(writes.length > 0).toBe(WRITES.includes(file));
		expect(mailbox.take().length > 0).toBe(MAILS.includes(file));
	});

	it('reads CSV with Extract From File, which needs a package that n8n does not bring along', async () => {
		const csv = Buffer.from('email,name\nada@example.com,Ada\n').toString('base64');
		const toFile = { operation: 'toBinary', sourceProperty: 'csv', options: {} };
		const base = 'n8n-nodes-base.';
		const between = [
			{ name: 'To File', type: `${base}convertToFile`, typeVersion: 1.1, parameters: toFile },
			{ name: 'Extract', type: `${base}extractFromFile`, typeVersion: 1, parameters: {} },
		];
		const show = { resource: 'user', operation: 'upsert', matchBy: 'emailAddress' };
		const parameters = { ...show, matchValue: '={{ $json.email }}', upsertMode: 'plan' };

		const { status, json } = await n8n.runClerk(parameters, [{ csv }], between);

		expect(status).toBe('success');
		expect(json).toMatchObject([{ action: 'created', target: 'ada@example.com' }]);
	});
});
