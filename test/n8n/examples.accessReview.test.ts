import { newMembership } from '../../sandbox/clerk/records/membership';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { openN8n, startClerk } from './support';
import { openMailbox } from '../../sandbox/mailbox';
import { fillIn, respondTo } from '../support/approve';
import { pass } from '../support/timing';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

const ADMIN = 'admin@example.com';
const ADA = 'ada.berg@example.com';
const BRUNO = 'bruno.costa@example.com';
const ELIF = 'elif.yilmaz@example.com';
const INES = 'ines.moreau@example.com';
const JONAS = 'jonas.weber@example.com';
const MEI = 'mei.chen@example.com';
const DAY = 86_400_000;

/** Two organizations have an owner and further admins; Harbour Labs has one admin alone. */
describe('Quarterly access review, in a real n8n', () => {
	let clerk: Clerk;
	let mailbox: Mailbox;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
		mailbox = await openMailbox();
		appoint(JONAS, 'pine-co', 400);
		appoint(BRUNO, 'pine-co', 300);
		appoint(MEI, 'pine-co', 200);
		appoint(INES, 'blue-kite', 100);
		appoint(ELIF, 'blue-kite', 50);
	});

	afterEach(async () => {
		await mailbox.close();
		await clerk.close();
	});

	const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

	const membershipOf = (email: string, slug: string) => {
		const [{ id }] = clerk.state.organizations.where('slug', slug);
		return clerk.state.memberships
			.where('user_id', userOf(email).id)
			.find(({ organization_id: organization }) => organization === id);
	};

	const appoint = (email: string, slug: string, days: number) =>
		clerk.state.memberships.update(membershipOf(email, slug)!, {
			role: 'org:admin',
			created_at: Date.now() - days * DAY,
		});

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	const start = async (parameters: Record<string, object> = {}) => {
		const n8n = await openN8n(clerk);
		const smtp = await n8n.api.createCredential(mailbox.credential);
		const { workflow } = await n8n.importExample('accessReview', {
			credentials: [smtp],
			parameters,
		});
		const { executionId } = await n8n.api.startWorkflow(workflow, 'Every Quarter');
		/** Waits until that number of emails came, and until n8n can resume. */
		const nextMails = async (count: number) => {
			for (let tries = 0; mailbox.mails.length < count; tries++) {
				if (tries === 300) throw new Error(`${mailbox.mails.length} of ${count} emails came`);
				await pass(100);
			}
			await n8n.api.whenWaiting(executionId);
			return mailbox.take();
		};
		return { api: n8n.api, executionId, nextMails };
	};

	it('asks each owner, and removes those who were not confirmed once the plan is approved', async () => {
		const { api, executionId, nextMails } = await start();
		const [findings, ofPine] = await nextMails(2);
		expect(findings).toMatchObject({
			to: [ADMIN],
			subject: 'Access review: 3 members to check yourself',
		});
		// An owner is not asked about their own access, and the only admin of an organization about no one.
		const toCheck = findings
			.text!.split('\n')
			.filter((line) => / in [a-z-]+: org:admin, /.test(line));
		expect(toCheck).toEqual([
			expect.stringMatching(`^${INES} in blue-kite: org:admin, Has the role org:admin`),
			expect.stringMatching(`^${ADA} in harbour-labs: `),
			expect.stringMatching(`^${JONAS} in pine-co: `),
		]);
		expect(findings.text).toContain(`organizationWithOneAdmin: harbour-labs, ${ADA}`);
		expect(ofPine).toMatchObject({ to: [JONAS], subject: 'Who still needs access to pine-co?' });
		const options = await fillIn(ofPine, (all) => all.filter((one) => one.includes(MEI)));
		expect(options).toEqual([
			expect.stringContaining(`1. Bruno Costa ${BRUNO}: org:admin, Has the role org:admin`),
			expect.stringContaining(`2. Mei Chen ${MEI}: org:admin`),
		]);

		const [ofKite] = await nextMails(1);
		expect(ofKite).toMatchObject({ to: [INES], subject: 'Who still needs access to blue-kite?' });
		await fillIn(ofKite, () => []);

		const [summary, question] = await nextMails(2);
		expect(summary).toMatchObject({ to: [ADMIN], subject: 'Access review: 2 not confirmed' });
		expect(summary.text).toContain(`Not confirmed: ${BRUNO} in pine-co, ${ELIF} in blue-kite`);
		expect(summary.text).toContain('Owners who did not answer: none');
		expect(question).toMatchObject({
			to: [ADMIN],
			subject: 'Approve the removal of 2 from their organizations',
		});
		expect(question.html).toContain(`Bruno Costa ${BRUNO} from pine-co`);
		expect(writes()).toEqual([]);

		await respondTo(question, true);
		const { error } = await api.whenOver(executionId);
		expect(error).toBeUndefined();
		expect(membershipOf(BRUNO, 'pine-co')).toBeUndefined();
		expect(membershipOf(ELIF, 'blue-kite')).toBeUndefined();
		expect(membershipOf(ELIF, 'harbour-labs')).toBeDefined();
		expect(membershipOf(MEI, 'pine-co')).toMatchObject({ role: 'org:admin' });
		expect(membershipOf(JONAS, 'pine-co')).toBeDefined();
		expect(userOf(BRUNO).banned).toBe(false);
		expect(writes()).toHaveLength(2);
		const [report] = mailbox.take();
		expect(report).toMatchObject({ to: [ADMIN], subject: 'Access review carried out' });
		expect(report.text).toContain(`Approved by ${ADMIN}`);
		expect(report.text).toContain(`done: removeFromOrganization ${BRUNO} from pine-co`);
	});

	it('asks the next member where the owner is locked, and names an organization without a slug by its ID', async () => {
		const [organization] = clerk.state.organizations.where('slug', 'pine-co');
		const { id } = clerk.state.organizations.update(organization, { slug: '' });
		clerk.state.users.update(userOf(JONAS), { locked: true });
		const { nextMails } = await start();
		const ofPine = (await nextMails(2))[1];
		expect(ofPine).toMatchObject({ to: [BRUNO], subject: `Who still needs access to ${id}?` });
		expect(ofPine.html).toContain(
			`Those you leave out will be removed from ${id} after an approval`,
		);
		await fillIn(ofPine, () => []);
		await fillIn((await nextMails(1))[0], (all) => all);
		const [summary, question] = await nextMails(2);
		expect(summary.text).toContain(`${MEI} in ${id}`);
		expect(question.html).toContain(`${MEI} from ${id} (`);
	});

	it('removes no one where the plan is declined', async () => {
		const { api, executionId, nextMails } = await start();
		await fillIn((await nextMails(2))[1], () => []);
		await fillIn((await nextMails(1))[0], (all) => all);
		const [, question] = await nextMails(2);
		expect(question.html).toContain(BRUNO);
		expect(question.html).not.toContain(ELIF);
		await respondTo(question, false);
		expect((await api.whenOver(executionId)).status).toBe('success');
		expect(writes()).toEqual([]);
	});

	it('asks for no approval where all were confirmed, and sends the summary', async () => {
		const { api, executionId, nextMails } = await start();
		await fillIn((await nextMails(2))[1], (all) => all);
		await fillIn((await nextMails(1))[0], (all) => all);
		expect((await api.whenOver(executionId)).status).toBe('success');
		const mails = mailbox.take();
		expect(mails.map(({ subject }) => subject)).toEqual(['Access review: 0 not confirmed']);
		expect(mails[0].text).toContain('Owners who answered: pine-co, blue-kite');
		expect(writes()).toEqual([]);
	});

	it('removes no one whose owner does not answer, and says so', async () => {
		clerk.state.memberships.update(membershipOf(ELIF, 'blue-kite')!, { role: 'org:member' });
		const values = { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' };
		const { api, executionId } = await start({
			'Ask Owner': { options: { limitWaitTime: { values } } },
		});
		expect((await api.whenOver(executionId)).status).toBe('success');
		const [, question, summary] = mailbox.take();
		expect(question).toMatchObject({ to: [JONAS] });
		expect(summary).toMatchObject({ to: [ADMIN], subject: 'Access review: 0 not confirmed' });
		expect(summary.text).toContain('Owners who did not answer: pine-co');
		expect(writes()).toEqual([]);
	});

	it('reports the findings where no one can be asked', async () => {
		for (const [email, slug] of [
			[BRUNO, 'pine-co'],
			[MEI, 'pine-co'],
			[ELIF, 'blue-kite'],
		]) {
			clerk.state.memberships.update(membershipOf(email, slug)!, { role: 'org:member' });
		}
		const { api, executionId } = await start();
		expect((await api.whenOver(executionId)).status).toBe('success');
		const mails = mailbox.take();
		expect(mails.map(({ subject }) => subject)).toEqual([
			'Access review: 3 members to check yourself',
		]);
		expect(mails[0].text).toContain(`${JONAS} in pine-co: org:admin`);
	});

	it.each([
		[2, 3],
		[40, 1.5],
	])('of %i organizations, waits %d days for an owner', async (organizations, days) => {
		const { state } = clerk;
		for (let count = 2; count < organizations; count++) {
			const fields = { name: `Team ${count}`, slug: `team-${count}` };
			const { id } = state.organizations.insert(newOrganization(state, fields));
			for (const email of [JONAS, BRUNO]) {
				const member = { organization_id: id, user_id: userOf(email).id, role: 'org:admin' };
				state.memberships.insert(newMembership(state, member));
			}
		}
		const { api, executionId, nextMails } = await start();
		await nextMails(2);
		const { waitTill } = await api.call('GET', `/executions/${executionId}`);
		const waiting = (Date.parse(waitTill) - Date.now()) / DAY;
		expect(waiting).toBeGreaterThan(days - 0.1);
		expect(waiting).toBeLessThanOrEqual(days);
	});
});
