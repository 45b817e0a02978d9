import { openN8n, startClerk } from './support';
import { openMailbox } from '../../sandbox/mailbox';
import { respondTo } from '../support/approve';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

const ADMIN = 'admin@example.com';
const BRUNO = 'bruno.costa@example.com';
const FARID = 'farid.haddad@example.com';
const NOOR = 'noor.rahman@example.com';

describe('Clean up with approval, in a real n8n', () => {
	let clerk: Clerk;
	let mailbox: Mailbox;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		mailbox = await openMailbox();
	});

	afterEach(async () => {
		await mailbox.close();
		await clerk.close();
	});

	const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	/** Runs the workflow until its question is in the mailbox. */
	const ask = async () => {
		const n8n = await openN8n(clerk);
		const smtp = await n8n.api.createCredential(mailbox.credential);
		const { workflow } = await n8n.importExample('approval', { credentials: [smtp] });
		const { executionId } = await n8n.api.startWorkflow(workflow, 'Every Monday at 8');
		// The email leaves before n8n has stored that the execution waits.
		await n8n.api.whenWaiting(executionId);
		const [question] = mailbox.take();
		return { n8n, executionId, question };
	};

	it('asks with counts and names, and does what was approved and is still due', async () => {
		const { n8n, executionId, question } = await ask();
		expect(question).toMatchObject({ to: [ADMIN], subject: 'Approve the clean-up of 3 users' });
		expect(question.html).toContain('chose 3: delete 3');
		expect(question.html).toMatch(new RegExp(`delete: Farid Haddad ${FARID} \\(last active on `));
		expect(writes()).toEqual([]);

		clerk.state.users.update(userOf(NOOR), { last_active_at: Date.now() });
		const tove = 'tove.dahl@example.com';
		clerk.state.users.update(userOf(tove), { last_active_at: Date.now() - 300 * 86_400_000 });
		await respondTo(question, true);
		const { error } = await n8n.api.whenOver(executionId);

		expect(error).toBeUndefined();
		expect([FARID, BRUNO].map(userOf)).toEqual([undefined, undefined]);
		expect(userOf(NOOR)).toBeDefined();
		expect(userOf(tove)).toBeDefined();
		const [report] = mailbox.take();
		expect(report).toMatchObject({ to: [ADMIN], subject: 'Clean-up carried out' });
		expect(report.text).toContain(`Approved by ${ADMIN}`);
		expect(report.text).toContain(`done: delete ${FARID}`);
		expect(report.text).toContain(`skipped: delete ${NOOR} (No longer due)`);
		expect(report.text).toContain(`skipped: delete ${tove} (Not approved)`);
	});

	it('does nothing where it was declined', async () => {
		const { n8n, executionId, question } = await ask();
		await respondTo(question, false);
		const { status } = await n8n.api.whenOver(executionId);
		expect(status).toBe('success');
		expect(writes()).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});
});
