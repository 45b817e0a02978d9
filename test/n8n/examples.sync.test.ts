import { openN8n, startClerk } from './support';
import { startPostgres } from './support/services/postgres';
import { startFiles } from '../support/files';
import { openMailbox } from '../../sandbox/mailbox';
import { psql } from '../support/psql';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Row = [name: string, role: string];

const APPLIED = { syncMode: 'apply' };

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company' });
});

afterEach(async () => await clerk.close());

const emailOf = (name: string) => `${name}@example.com`;

const idOf = (slug: string) => clerk.state.organizations.where('slug', slug)[0].id;

/** Such as `ada.berg admin`. */
const membersOf = (slug: string) =>
	clerk.state.memberships
		.where('organization_id', idOf(slug))
		.map(({ user_id: id, role }) => {
			const [{ email_address: address }] = clerk.state.users.get(id)!.email_addresses;
			return `${String(address).split('@')[0]} ${role.slice('org:'.length)}`;
		})
		.sort();

const invitedTo = (slug: string) =>
	clerk.state.organizationInvitations
		.where('organization_id', idOf(slug))
		.filter(({ status }) => status === 'pending')
		.map(({ email_address: address }) => address)
		.sort();

/** What the run wrote. */
const writesOf = async <Result>(run: () => Promise<Result>) => {
	const before = clerk.requests.length;
	const result = await run();
	const writes = clerk.requests.slice(before).filter(({ method }) => method !== 'GET');
	return { ...result, writes: writes.map(({ method }) => method).sort() };
};

const rowsOf = (slug: string) =>
	membersOf(slug).map((member): Row => member.split(' ') as unknown as Row);

describe('Sync memberships from Postgres, in a real n8n', () => {
	let postgres: Awaited<ReturnType<typeof startPostgres>>;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;

	beforeAll(async () => {
		postgres = await startPostgres();
		mailbox = await openMailbox();
		await psql(
			postgres.url,
			'CREATE TABLE members (email text, organization text, role text, active boolean DEFAULT true)',
		);
	});

	afterAll(async () => {
		await mailbox.close();
		await postgres.close();
	});

	const setTable = async (organizations: Record<string, Row[]>) => {
		const values = Object.entries(organizations).flatMap(([slug, rows]) =>
			rows.map(([name, role]) => `('${emailOf(name)}', '${slug}', '${role}')`),
		);
		const insert = `INSERT INTO members (email, organization, role) VALUES ${values.join(', ')}`;
		await psql(postgres.url, `TRUNCATE members; ${insert}`);
	};

	const importSync = async (values: object = APPLIED) => {
		const n8n = await openN8n(clerk);
		const { host, port, user, password, database } = postgres;
		const login = { host, port, user, password, database, ssl: 'disable' };
		const credentials = [
			await n8n.api.createCredential({ name: 'Members', type: 'postgres', data: login }),
			await n8n.api.createCredential(mailbox.credential),
		];
		const parameters = { 'Sync Members': values };
		return await n8n.importExample('postgres', { credentials, parameters });
	};

	const without = (rows: Row[], ...names: string[]) =>
		rows.filter(([name]) => !names.includes(name));

	it('adds, changes roles and removes, reports it, and does nothing the second time', async () => {
		const blueKite = membersOf('blue-kite');
		const harbour: Row[] = [
			...without(rowsOf('harbour-labs'), 'dana.levi', 'greta.holm'),
			['greta.holm', 'admin'],
			['wes.carter', 'member'],
		];
		const pine = without(rowsOf('pine-co'), 'noor.rahman');
		await setTable({ 'harbour-labs': harbour, 'pine-co': pine });
		await psql(
			postgres.url,
			`INSERT INTO members VALUES ('${emailOf('dana.levi')}', 'harbour-labs', 'member', false)`,
		);
		const { run } = await importSync();

		const first = await writesOf(run);

		expect(first.error).toBeUndefined();
		expect(first.writes).toEqual(['DELETE', 'DELETE', 'PATCH', 'POST']);
		expect(membersOf('harbour-labs')).toEqual(harbour.map((row) => row.join(' ')).sort());
		expect(membersOf('pine-co')).toEqual(pine.map((row) => row.join(' ')).sort());
		expect(membersOf('blue-kite')).toEqual(blueKite);
		const [report, ...others] = mailbox.take();
		expect(others).toEqual([]);
		expect(report).toMatchObject({ to: ['admin@example.com'], subject: 'Memberships: 4 changes' });
		expect(report.text).toContain(
			'done: add wes.carter@example.com (Is in the input, but not a member)',
		);
		expect(report.text).toContain(
			'done: changeRole greta.holm@example.com (Is org:member, and should be org:admin)',
		);
		expect(report.text).toMatch(/pine-co: Wanted 5, previously 6 members: remove 1/);

		const again = await writesOf(run);
		expect(again.status).toBe('success');
		expect(again.writes).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});

	it('as imported changes nothing, and sends what it would do', async () => {
		await setTable({ 'pine-co': without(rowsOf('pine-co'), 'noor.rahman') });
		const { run } = await importSync({});
		const { status, writes } = await writesOf(run);
		expect(status).toBe('success');
		expect(writes).toEqual([]);
		const [{ subject, text }] = mailbox.take();
		expect(subject).toBe('Memberships (plan only): 1 changes');
		expect(text).toContain(
			'planned: remove noor.rahman@example.com (Is a member, but not in the input)',
		);
	});

	it.each([
		['of nobody', ['nobody', 'member'] as Row, /Email Address was not found.*nobody@example\.com/],
		['with an unknown role', ['wes.carter', 'boss'] as Row, /Role "boss" does not exist/],
	])('does nothing where there is a row %s, and says so', async (_, row, complaint) => {
		await setTable({ 'pine-co': [row, ...without(rowsOf('pine-co'), 'noor.rahman')] });
		const { run } = await importSync();
		const { status, error, writes } = await writesOf(run);
		expect(status).toBe('error');
		expect(error?.message).toMatch(complaint);
		expect(writes).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	});

	it('removes nobody where the table is empty, or too many would go', async () => {
		const { run } = await importSync();
		await psql(postgres.url, 'TRUNCATE members');
		const empty = await writesOf(run);
		expect(empty.status).toBe('success');
		expect(empty.data['Sync Members']).toBeUndefined();

		await setTable({ 'pine-co': without(rowsOf('pine-co'), 'noor.rahman', 'mei.chen') });
		const tooMany = await writesOf(run);
		expect(tooMany.status).toBe('error');
		expect(tooMany.error?.message).toContain(
			'Stopped: 2 of 6 members of pine-co (33 %) would be removed',
		);
		expect([...empty.writes, ...tooMany.writes]).toEqual([]);
	});
});

describe('Sync memberships from a sheet, in a real n8n', () => {
	const sheet = { type: 'text/csv', bytes: Buffer.from('') };
	let files: Awaited<ReturnType<typeof startFiles>>;

	beforeAll(async () => {
		files = await startFiles({ 'sheet.csv': sheet });
	});

	afterAll(async () => await files.close());

	const setSheet = (...rows: string[]) => {
		sheet.bytes = Buffer.from(['email,role', ...rows].join('\r\n'));
	};

	const importSync = async (values: object = APPLIED) => {
		const n8n = await openN8n(clerk);
		const download = { 'Download Sheet': { url: files.urlOf('sheet.csv') } };
		const parameters = { ...download, 'Sync Members': values };
		return await n8n.importExample('sheet', { parameters });
	};

	const reportOf = ({ data }: { data: Record<string, Array<{ json: Record<string, unknown> }>> }) =>
		data.Report.slice(0, -1)
			.map(({ json: { status, action, who } }) => `${status}: ${action} ${who}`)
			.sort();

	it('adds and invites, leaves those added by hand, and takes back only what it did', async () => {
		const byHand = membersOf('harbour-labs');
		const invitedByHand = invitedTo('harbour-labs');
		setSheet(
			'ada.berg@example.com,Admin',
			'wes.carter@example.com, member ',
			'vera.novak@example.com,member',
			'nova.kent@example.com,member',
		);
		const { run } = await importSync();

		const first = await writesOf(run);
		expect(first.error).toBeUndefined();
		expect(reportOf(first)).toEqual([
			'done: add vera.novak@example.com',
			'done: add wes.carter@example.com',
			'done: invite nova.kent@example.com',
		]);
		const added = ['vera.novak member', 'wes.carter member'];
		expect(membersOf('harbour-labs')).toEqual([...byHand, ...added].sort());
		expect(invitedTo('harbour-labs')).toEqual([...invitedByHand, emailOf('nova.kent')].sort());

		const again = await writesOf(run);
		expect(again.status).toBe('success');
		expect(again.writes).toEqual([]);
		expect(reportOf(again)).toEqual([]);

		setSheet('ada.berg@example.com,admin', 'wes.carter@example.com,admin');
		const last = await writesOf(run);
		expect(last.error).toBeUndefined();
		expect(last.writes).toEqual(['DELETE', 'PATCH', 'POST']);
		expect(membersOf('harbour-labs')).toEqual([...byHand, 'wes.carter admin'].sort());
		expect(invitedTo('harbour-labs')).toEqual(invitedByHand);
	});

	it('as imported changes nothing, and reports what it would do', async () => {
		setSheet('ada.berg@example.com,admin', 'wes.carter@example.com,member');
		const { run } = await importSync({});
		const shown = await writesOf(run);
		expect(shown.error).toBeUndefined();
		expect(reportOf(shown)).toEqual(['planned: add wes.carter@example.com']);
		expect(shown.writes).toEqual([]);
	});

	it.each([
		['address', ',member', /Email Address .*\[item 1\]/],
		['role', 'vera.novak@example.com,', /Role .*\[item 1\]/],
	])('does nothing where a row has no %s', async (_, line, complaint) => {
		setSheet('wes.carter@example.com,member', line);
		const { run } = await importSync();
		const { status, error, writes } = await writesOf(run);
		expect(status).toBe('error');
		expect(error?.message).toMatch(complaint);
		expect(writes).toEqual([]);
	});
});
