import { newInvitation } from '../../sandbox/clerk/records/invitation';
import { newSession } from '../../sandbox/clerk/records/session';
import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openN8n, startClerk } from './support';
import { openMailbox } from '../../sandbox/mailbox';
import { respondTo } from '../support/approve';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

const ADMIN = 'admin@example.com';
const ELIF = 'elif.yilmaz@example.com';
const ADA = 'ada.berg@example.com';

describe('Erase a person, in a real n8n', () => {
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

	/** Submits the form. @param known the user ID and identifiers of an account that was deleted */
	const submit = async (email: string, known?: string) => {
		const n8n = await openN8n(clerk);
		const smtp = await n8n.api.createCredential(mailbox.credential);
		const json = { 'Email address': email, 'User ID and other identifiers': known };
		const pinData = { 'Erasure Request': [{ json }] };
		const credentials = [n8n.credential, smtp];
		const workflow = await importExample(n8n.api, EXAMPLES.erase, credentials, { pinData });
		const { executionId } = await n8n.api.startWorkflow(workflow, 'Erasure Request');
		return { n8n, executionId };
	};

	/** Submits the form, and waits until the question is in the mailbox. */
	const ask = async (email: string) => {
		const { n8n, executionId } = await submit(email);
		await n8n.api.whenWaiting(executionId);
		const [question] = mailbox.take();
		return { n8n, executionId, question };
	};

	it('asks, erases, and proves it with the time and the instance', async () => {
		const { id } = userOf(ELIF);
		const { n8n, executionId, question } = await ask(ELIF);
		expect(question).toMatchObject({ to: [ADMIN], subject: `Approve the erasure of ${ELIF}` });
		expect(question.html).toContain('planned: delete');
		expect(writes()).toEqual([]);

		await respondTo(question, true);
		const { status, error } = await n8n.api.whenOver(executionId);

		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(clerk.state.users.get(id)).toBeUndefined();
		const mails = mailbox.take();
		expect(mails).toEqual([expect.objectContaining({ to: [ADMIN], subject: `Erased: ${ELIF}` })]);
		const [{ text }] = mails;
		expect(text).toContain(`Nothing found about ${id}, ${ELIF}`);
		expect(text).toMatch(/Checked at \d{4}-\d\d-\d\dT.*Z in the instance ins_sandbox/);
		for (const source of ['user', 'sessions', 'invitations', 'allowlistIdentifiers']) {
			expect(text).toContain(`${source}: nothing found`);
		}
		expect(text).toMatch(/logs: unknown \(Clerk's API has no logs/);
	});

	it('says what outlived the account, and fails', async () => {
		const { state } = clerk;
		const { id } = userOf(ELIF);
		state.invitations.insert(newInvitation(state, { email_address: ELIF, status: 'accepted' }));
		const { n8n, executionId, question } = await ask(ELIF);
		await respondTo(question, true);
		const { status, error } = await n8n.api.whenOver(executionId);

		expect(status).toBe('error');
		expect(error?.node?.name).toBe('Fail the Run');
		expect(error?.message).toContain('Expected nothing, but found 1 record: invitations 1');
		expect(state.users.get(id)).toBeUndefined();
		const [mail] = mailbox.take();
		expect(mail.subject).toBe(`Not erased: ${ELIF}`);
		expect(mail.text).toContain('found 1 record: invitations 1');

		// A second run with what the email says looks for everything that the first one looked for.
		const [, known] = /submit the form again with these identifiers: (.*)/.exec(mail.text!)!;
		expect(known).toBe(`${id}, ${ELIF}`);
		const [invitation] = state.invitations.where('email_address', ELIF);
		state.invitations.remove(invitation);
		const session = state.sessions.insert(newSession(state, { user_id: id }));
		const stillLeft = await submit(ELIF, known);
		expect((await stillLeft.n8n.api.whenOver(stillLeft.executionId)).status).toBe('error');
		const [notYet] = mailbox.take();
		expect(notYet.subject).toBe(`Not erased: ${ELIF}`);
		expect(notYet.text).toContain('found 1 record: sessions 1');

		state.sessions.remove(session);
		const again = await submit(ELIF, known);
		expect((await again.n8n.api.whenOver(again.executionId)).status).toBe('success');
		const [proof, ...others] = mailbox.take();
		expect(others).toEqual([]);
		expect(proof.subject).toBe(`Erased: ${ELIF}`);
		expect(proof.text).toContain(`Nothing found about ${id}, ${ELIF}`);
		expect(proof.text).toContain('sessions: nothing found');
	});

	it('says that the last admin of an organization was not deleted', async () => {
		const { n8n, executionId, question } = await ask(ADA);
		expect(question.html).toContain('skipped: delete');
		await respondTo(question, true);
		const { status } = await n8n.api.whenOver(executionId);
		expect(status).toBe('error');
		expect(userOf(ADA)).toBeDefined();
		const [mail] = mailbox.take();
		expect(mail.text).toMatch(/Expected nothing, but found \d+ records: user 1/);
	});

	it('does nothing where it was declined', async () => {
		const { n8n, executionId, question } = await ask(ELIF);
		await respondTo(question, false);
		expect((await n8n.api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});

	it('proves nothing by an address alone where there is no account, and says what it does not know', async () => {
		const { n8n, executionId } = await submit('gone@example.com');
		expect((await n8n.api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
		const mails = mailbox.take();
		expect(mails.map(({ subject }) => subject)).toEqual(['Erasure not proven: gone@example.com']);
		const [{ text }] = mails;
		expect(text).toContain("not checked without the user's ID: organizationMemberships, ");
		expect(text).toContain("sessions: unknown (Needs the user's ID)");
		expect(text).toContain('submit the form again with them');
	});

	it.each([
		[
			'proves nothing where Clerk refuses a source',
			402,
			'success',
			'not proven',
			'could not be read: allowlistIdentifiers',
		],
		[
			'says that the check itself failed, where it did',
			401,
			'error',
			'not checked',
			'says nothing about what is left',
		],
	])('%s', async (_, status, outcome, subject, text) => {
		const { n8n, executionId, question } = await ask(ELIF);
		clerk.addFault({ kind: 'status', status, path: '/allowlist_identifiers', times: 9 });
		await respondTo(question, true);
		expect((await n8n.api.whenOver(executionId)).status).toBe(outcome);
		const mails = mailbox.take();
		expect(mails.map((mail) => mail.subject)).toEqual([`Erasure ${subject}: ${ELIF}`]);
		expect(mails[0].text).toContain(text);
	});
});
