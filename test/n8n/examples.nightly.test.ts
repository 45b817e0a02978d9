import { openN8n, startClerk } from './support';
import { openMailbox } from '../../sandbox/mailbox';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

type Marks = { n8nCleanUp?: { delete: string }; n8nCleanUpWarned?: string };

const DAY = 86_400_000;
const ADMIN = 'admin@example.com';
const BRUNO = 'bruno.costa@example.com';
const FARID = 'farid.haddad@example.com';
const NOOR = 'noor.rahman@example.com';

/** What is turned off and raised after the import: three of 24 users are more than 10 percent. */
const APPLIED = { 'Clean Up Users': { cleanUpMode: 'apply', maxPercent: 20 } };

describe('Nightly clean-up with a warning, in a real n8n', () => {
	let clerk: Clerk;
	let mailbox: Mailbox;
	let refused: string[];

	beforeEach(async () => {
		refused = [];
		clerk = await startClerk({ seed: 'company' });
		mailbox = await openMailbox({ refuses: (address) => refused.includes(address) });
	});

	afterEach(async () => {
		await mailbox.close();
		await clerk.close();
	});

	const importNightly = async (parameters: Record<string, object> = APPLIED) => {
		const n8n = await openN8n(clerk);
		const smtp = await n8n.api.createCredential(mailbox.credential);
		return await n8n.importExample('nightly', { credentials: [smtp], parameters });
	};

	const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

	const marked = () =>
		clerk.state.users.rows
			.filter(({ private_metadata: { n8nCleanUp } }) => Object.keys(n8nCleanUp ?? {}).length > 0)
			.map(({ email_addresses: [{ email_address: address }] }) => address)
			.sort();

	/** As if the users had been marked so many days earlier. */
	const markedEarlier = (days: number) => {
		for (const user of clerk.state.users.rows) {
			const { n8nCleanUp, n8nCleanUpWarned: due, ...others } = user.private_metadata as Marks;
			if (!n8nCleanUp) continue;
			const earlier = (at: string) => new Date(Date.parse(at) - days * DAY).toISOString();
			const private_metadata = {
				...others,
				n8nCleanUp: { delete: earlier(n8nCleanUp.delete) },
				...(due && { n8nCleanUpWarned: earlier(due) }),
			};
			clerk.state.users.update(user, { private_metadata });
		}
	};

	/** Who was sent what since the last time, the report aside. */
	const warned = () => {
		const mails = mailbox.take();
		const report = mails.filter(({ to }) => to[0] === ADMIN);
		expect(report).toHaveLength(1);
		const warnings = mails.filter((mail) => mail !== report[0]);
		return { report: report[0], warnings, addresses: warnings.flatMap(({ to }) => to).sort() };
	};

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	it('warns once, and deletes who is still away after the grace period', async () => {
		const { run } = await importNightly();
		const before = clerk.state.users.rows.length;

		const first = await run();
		expect(first.error).toBeUndefined();
		const dayOne = warned();
		expect(dayOne.addresses).toEqual([BRUNO, FARID, NOOR]);
		const due = new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10);
		expect(dayOne.warnings.find(({ to }) => to[0] === FARID)).toEqual({
			from: 'accounts@example.com',
			to: [FARID],
			subject: 'Your account will be deleted',
			text: expect.stringMatching(
				new RegExp(`not used your account for 365 days\\. It will be deleted on ${due}\\.`),
			),
		});
		expect(dayOne.report.subject).toBe('Nightly clean-up: 3 inactive');
		expect(dayOne.report.text).toContain(`done: mark ${FARID} (last active on `);
		expect(dayOne.report.text).not.toContain('Could not be warned');
		expect(marked()).toEqual([BRUNO, FARID, NOOR]);

		markedEarlier(1);
		await run();
		expect(warned().addresses).toEqual([]);
		expect(clerk.state.users.rows).toHaveLength(before);

		markedEarlier(14);
		clerk.state.users.update(userOf(NOOR), { last_active_at: Date.now() });
		const last = await run();
		expect(last.status).toBe('success');
		const { addresses, report } = warned();
		expect(addresses).toEqual([]);
		expect(report.text).toContain(`done: delete ${FARID}`);
		expect(report.text).toContain(`done: unmark ${NOOR} (Has been active since)`);
		expect([BRUNO, FARID].map(userOf)).toEqual([undefined, undefined]);
		expect(clerk.state.users.rows).toHaveLength(before - 2);
		expect(marked()).toEqual([]);
	});

	it('marks nobody whom it could not warn, and warns them the next night', async () => {
		refused = [FARID];
		const { run } = await importNightly();

		const first = await run();
		expect(first.error).toBeUndefined();
		const { addresses, report } = warned();
		expect(addresses).toEqual([BRUNO, NOOR]);
		expect(marked()).toEqual([BRUNO, NOOR]);
		expect(report.text).toContain(`Could not be warned, and so are not marked: ${FARID}`);

		refused = [];
		await run();
		expect(warned().addresses).toEqual([FARID]);
		expect(marked()).toEqual([BRUNO, FARID, NOOR]);
	});

	it('warns the others if one could not be marked, reports it, and fails in the end', async () => {
		const { id } = userOf(FARID);
		const path = `/users/${id}/metadata`;
		clerk.addFault({ kind: 'status', method: 'PATCH', path, status: 403, times: 1 });
		const { run } = await importNightly();

		const { status, error } = await run();

		expect(status).toBe('error');
		expect(error?.node?.name).toBe('Fail the Run');
		expect(error?.message).toContain('1 of 3 actions were not carried out');
		const { addresses, report } = warned();
		expect(addresses).toEqual([BRUNO, NOOR]);
		expect(marked()).toEqual([BRUNO, NOOR]);
		expect(report.subject).toBe('Nightly clean-up failed');
		expect(report.text).toContain('1 of 3 actions were not carried out');
		expect(report.text).toContain(`failed: mark ${FARID}`);

		expect((await run()).status).toBe('success');
		expect(warned().addresses).toEqual([FARID]);
	});

	it('warns the next night, and once, whom a night marked that ended before its mails', async () => {
		const { workflow, run } = await importNightly();
		const form = workflow.nodes.find(({ name }) => name === 'Clean Up Users')!.parameters;
		await (await openN8n(clerk)).runClerk(form);
		expect(marked()).toEqual([BRUNO, FARID, NOOR]);
		expect(mailbox.take()).toEqual([]);
		markedEarlier(1);

		expect((await run()).error).toBeUndefined();
		const { addresses, warnings } = warned();
		expect(addresses).toEqual([BRUNO, FARID, NOOR]);
		const due = new Date(Date.now() + 13 * DAY).toISOString().slice(0, 10);
		expect(warnings[0].text).toContain(`It will be deleted on ${due}.`);

		await run();
		expect(warned().addresses).toEqual([]);
	});

	it('tries again the next night if neither the mail nor taking the mark away went through', async () => {
		refused = [FARID];
		const { run } = await importNightly();
		const { id } = userOf(FARID);
		// The first marks, the second would take the mark away.
		const path = `/users/${id}/metadata`;
		clerk.addFault({ kind: 'status', method: 'PATCH', path, status: 403, skip: 1, times: 1 });

		expect((await run()).status).toBe('error');
		mailbox.take();
		expect(marked()).toEqual([BRUNO, FARID, NOOR]);

		refused = [];
		await run();
		expect(warned().addresses).toEqual([FARID]);
	});

	it('as imported changes nothing and warns nobody, and reports what it would do', async () => {
		const { run } = await importNightly({ 'Clean Up Users': { maxPercent: 20 } });

		expect((await run()).status).toBe('success');

		const { addresses, report } = warned();
		expect(addresses).toEqual([]);
		expect(report.subject).toBe('Nightly clean-up (plan only): 3 inactive');
		expect(report.text).toContain(`planned: mark ${FARID}`);
		expect(writes()).toEqual([]);
	});

	it('fails, says how many it would be, and does nothing, where it would be too many', async () => {
		const { run } = await importNightly({ 'Clean Up Users': { cleanUpMode: 'apply' } });

		const { status, error } = await run();

		expect(status).toBe('error');
		expect(error?.node?.name).toBe('Fail the Run');
		const tooMany = '3 of 24 users (13 %) would be marked or deleted; Max % of Users allows 10 %';
		expect(error?.message).toContain(tooMany);
		const { addresses, report } = warned();
		expect(addresses).toEqual([]);
		expect(report.text).toContain(tooMany);
		expect(writes()).toEqual([]);
	});
});
