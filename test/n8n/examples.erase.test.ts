import { newInvitation } from '../../sandbox/clerk/records/invitation';
import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openN8n, startClerk } from '../../sandbox/n8n/testing';
import { openMailbox } from '../../sandbox/services/mailbox';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Mailbox = Awaited<ReturnType<typeof openMailbox>>;
type Mail = Mailbox['mails'][number];

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

	/** Submits the form. */
	const submit = async (email: string) => {
		const n8n = await openN8n(clerk);
		const smtp = await n8n.api.createCredential(mailbox.credential);
		const pinData = { 'Erasure Request': [{ json: { 'Email address': email } }] };
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

	/** What a click on a button of the email does. */
	const respond = async ({ html = '' }: Mail, approved: boolean) => {
		const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
			link.replace(/&amp;/g, '&'),
		);
		const link = links.find((one) => one.includes(`approved=${approved}`))!;
		const response = await fetch(link, { headers: { 'user-agent': 'Mozilla/5.0 (a person)' } });
		expect(response.status).toBe(200);
	};

	it('asks, erases, and proves it with the time and the instance', async () => {
		const { id } = userOf(ELIF);
		const { n8n, executionId, question } = await ask(ELIF);
		expect(question).toMatchObject({ to: [ADMIN], subject: `Approve the erasure of ${ELIF}` });
		expect(question.html).toContain('planned: delete');
		expect(writes()).toEqual([]);

		await respond(question, true);
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
		await respond(question, true);
		const { status, error } = await n8n.api.whenOver(executionId);

		expect(status).toBe('error');
		expect(error?.node?.name).toBe('Fail the Run');
		expect(error?.message).toContain('Expected nothing, but found 1 record: invitations 1');
		expect(state.users.get(id)).toBeUndefined();
		const [mail] = mailbox.take();
		expect(mail.subject).toBe(`Not erased: ${ELIF}`);
		expect(mail.text).toContain('found 1 record: invitations 1');
	});

	it('says that the last admin of an organization was not deleted', async () => {
		const { n8n, executionId, question } = await ask(ADA);
		expect(question.html).toContain('skipped: delete');
		await respond(question, true);
		const { status } = await n8n.api.whenOver(executionId);
		expect(status).toBe('error');
		expect(userOf(ADA)).toBeDefined();
		const [mail] = mailbox.take();
		expect(mail.text).toMatch(/Expected nothing, but found \d+ records: user 1/);
	});

	it('does nothing where it was declined', async () => {
		const { n8n, executionId, question } = await ask(ELIF);
		await respond(question, false);
		expect((await n8n.api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});

	it('looks at once where there is no account', async () => {
		const { n8n, executionId } = await submit('gone@example.com');
		expect((await n8n.api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
		const [mail] = mailbox.take();
		expect(mail.subject).toBe('Erased: gone@example.com');
		expect(mail.text).toContain("sessions: unknown (Needs the user's ID)");
	});
});
