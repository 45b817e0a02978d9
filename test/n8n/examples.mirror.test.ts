import { addTrouble } from '../support/bigJobs';
import { openN8n, startClerk } from './support';
import { EXAMPLES, readExample, triggerOf } from '../../sandbox/n8n/examples';
import { newEmailAddress, newUser, presentUser } from '../../sandbox/clerk/records/user';
import { startPostgres } from './support/services/postgres';
import { openMailbox } from '../../sandbox/mailbox';
import { psql } from '../support/psql';
import { secretOf, signedBySvix } from '../support/webhook';

const SECRET = secretOf(7);
const USERS = 10_000;

const ALL = ['Upsert Users', 'Delete Users'];

describe('Mirror users in Postgres, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let postgres: Awaited<ReturnType<typeof startPostgres>>;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let trigger: Awaited<ReturnType<typeof n8n.importTrigger>>;
	let nightly: Awaited<ReturnType<typeof n8n.api.createWorkflow>>;
	let delivered = 0;

	beforeAll(async () => {
		clerk = await startClerk({ seed: { users: USERS } });
		postgres = await startPostgres();
		mailbox = await openMailbox();
		n8n = await openN8n(clerk, 'readOnly');
		const example = readExample(EXAMPLES.mirror);
		const { content } = example.nodes[0].parameters as { content: string };
		// The table of the note, as a person makes it.
		await psql(postgres.url, /CREATE TABLE [^;]+/.exec(content)![0]);
		const { host, port, user, password, database } = postgres;
		const login = { host, port, user, password, database, ssl: 'disable' };
		const credentials = [
			n8n.credential,
			await n8n.api.createCredential({ name: 'Mirror', type: 'postgres', data: login }),
			await n8n.api.createCredential(mailbox.credential),
		];
		for (const { id, name, type } of credentials) {
			for (const node of example.nodes) {
				if (node.credentials?.[type]) node.credentials[type] = { id, name };
			}
		}
		// Twice, so that a look at the deliveries does not load what the nights read.
		trigger = await n8n.importTrigger(SECRET, example);
		nightly = await n8n.api.createWorkflow(example);
	}, 300_000);

	afterAll(async () => {
		await trigger?.deactivate();
		await mailbox?.close();
		await postgres?.close();
		await clerk.close();
	});

	const users = () => clerk.state.users;

	const inClerk = () =>
		users()
			.rows.map((user) => {
				const [{ email_address: address }] = user.email_addresses;
				return [user.id, address, user.first_name, user.last_name, user.updated_at].join('|');
			})
			.sort();

	const inTable = async () => {
		const columns = 'clerk_id, email, first_name, last_name, updated_at';
		const text = await psql(postgres.url, `SELECT ${columns} FROM clerk_users`);
		return text.split('\n').filter(Boolean).sort();
	};

	/** A night: the summary, and which nodes ran. */
	const night = async () => {
		const run = await n8n.api.runWorkflow(nightly, triggerOf(nightly));
		const { status, error, data, outputs } = run;
		const compared = outputs['Compare Users']?.[0] ?? [];
		const summary = compared[compared.length - 1]?.json;
		return { status, error, summary, ran: ALL.filter((name) => data[name] !== undefined) };
	};

	const eventOf = (type: string, data: object) => ({ type, object: 'event', data });

	const deliver = async (event: object) => {
		const runs = (await trigger.count()) + 1;
		const delivery = signedBySvix(SECRET, event, { id: `msg_${delivered++}` });
		expect((await trigger.post(delivery)).status).toBe(200);
		const done = await trigger.runs(runs);
		expect(done.map(({ status }) => status)).not.toContain('error');
	};

	let time = Date.now();

	const create = (name: string) => {
		const created_at = (time += 1_000);
		const email_addresses = [
			newEmailAddress(clerk.state, `${name}@example.com`, { at: created_at }),
		];
		const user = users().insert(
			newUser(clerk.state, { first_name: name, last_name: 'New', email_addresses, created_at }),
		);
		return eventOf('user.created', presentUser(user));
	};

	const rename = (id: string, first_name: string) => {
		const user = users().update(users().get(id)!, { first_name, updated_at: (time += 1_000) });
		return eventOf('user.updated', presentUser(user));
	};

	const remove = (id: string) => {
		users().remove(users().get(id)!);
		return eventOf('user.deleted', { object: 'user', id, deleted: true });
	};

	it('fills an empty table in the first night, and finds nothing in the second', async () => {
		const first = await night();
		expect(first.error).toBeUndefined();
		expect(first.summary).toMatchObject({ listed: 0, inClerk: USERS, missing: USERS, gone: 0 });
		expect(first.ran).toEqual(['Upsert Users']);
		expect(await inTable()).toEqual(inClerk());

		// With statuses 5xx, broken connections, halves of responses and late ones.
		addTrouble(clerk);
		const second = await night();
		clerk.clearFaults();
		expect(second.error).toBeUndefined();
		expect(second.summary).toMatchObject({ listed: USERS, equal: USERS, missing: 0, changed: 0 });
		expect(second.ran).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	}, 300_000);

	it('writes deliveries at once, and repairs at night what was lost, late or wrong', async () => {
		await trigger.activate();
		const ids = users().rows.map(({ id }) => id);
		const dropped = {
			created: [create('lost-one'), create('lost-two')],
			updated: ids.slice(0, 20).map((id, at) => rename(id, `Lost ${at}`)),
			deleted: ids.slice(20, 30).map(remove),
		};
		await deliver(create('nova'));
		await deliver(rename(ids[100], 'Renamed'));
		const old = rename(ids[101], 'Old');
		const newer = rename(ids[101], 'Newer');
		const late = rename(ids[102], 'Deleted soon');
		// Out of order: the older one last.
		await deliver(newer);
		await deliver(old);
		await deliver(remove(ids[102]));
		await deliver(late);
		// Delivered twice.
		await deliver(remove(ids[103]));
		await deliver(eventOf('user.deleted', { object: 'user', id: ids[103], deleted: true }));

		const table = (await inTable()).join('\n');
		expect(table).toContain('nova@example.com');
		expect(table).toMatch(new RegExp(`${ids[100]}\\|[^|]*\\|Renamed\\|`));
		expect(table).toMatch(new RegExp(`${ids[101]}\\|[^|]*\\|Newer\\|`));
		// There again, until the night.
		expect(table).toContain(ids[102]);
		expect(table).not.toContain(ids[103]);

		// Rows with a time that was written wrong, one of them newer than Clerk's.
		const wrong = [-1_000, 86_400_000].map((by, at) => {
			const set = `first_name = 'Wrong', updated_at = updated_at + ${by}`;
			return `UPDATE clerk_users SET ${set} WHERE clerk_id = '${ids[110 + at]}';`;
		});
		await psql(postgres.url, wrong.join('\n'));

		const { error, summary, ran } = await night();
		expect(error).toBeUndefined();
		expect(summary).toMatchObject({
			missing: dropped.created.length,
			changed: dropped.updated.length + wrong.length,
			gone: dropped.deleted.length + 1,
			invalid: 0,
		});
		expect(ran).toEqual(ALL);
		expect(await inTable()).toEqual(inClerk());
		expect((await night()).ran).toEqual([]);
		expect(mailbox.take()).toEqual([]);
	}, 300_000);

	it('repairs a row only if no delivery changed it after the comparison', async () => {
		const { nodes } = readExample(EXAMPLES.mirror);
		const { query } = nodes.find(({ name }) => name === 'Upsert Users')!.parameters as {
			query: string;
		};
		const [changed, same, deleted] = users().rows.slice(150, 153);
		const rowOf = ({ id, updated_at }: typeof same, comparedAt: number) => ({
			id,
			firstName: 'Repaired',
			updatedAt: updated_at - 2,
			listed: comparedAt,
		});
		const rows = [
			rowOf(changed, changed.updated_at - 1),
			rowOf(same, same.updated_at),
			rowOf(deleted, deleted.updated_at),
		];
		// As a delivery does while the night runs.
		await psql(postgres.url, `DELETE FROM clerk_users WHERE clerk_id = '${deleted.id}'`);
		await psql(postgres.url, query.replaceAll('$1', `'${JSON.stringify(rows)}'`));
		const table = await inTable();
		const nameOf = ({ id }: typeof same) => table.find((row) => row.startsWith(id))!.split('|')[2];
		expect(nameOf(changed)).toBe(changed.first_name);
		expect(nameOf(same)).toBe('Repaired');
		expect(table.join('\n')).not.toContain(deleted.id);
		await night();
		expect(await inTable()).toEqual(inClerk());
	}, 300_000);

	it('fills a column that is added later, once the times are 0', async () => {
		await psql(postgres.url, 'UPDATE clerk_users SET last_name = NULL, updated_at = 0');
		const { error, summary } = await night();
		expect(error).toBeUndefined();
		expect(summary).toMatchObject({ changed: users().size, missing: 0, gone: 0 });
		expect(await inTable()).toEqual(inClerk());
	}, 300_000);

	it('sends an email if rows cannot be written, and deletes those that are gone', async () => {
		const [gone, renamed] = users()
			.rows.slice(200, 202)
			.map(({ id }) => id);
		remove(gone);
		rename(renamed, 'Late');
		await psql(postgres.url, 'ALTER TABLE clerk_users RENAME COLUMN first_name TO given_name');
		const { status, error, ran } = await night();
		await psql(postgres.url, 'ALTER TABLE clerk_users RENAME COLUMN given_name TO first_name');
		expect(status).toBe('error');
		expect(error?.message).toMatch(/first_name/);
		expect(ran).toEqual(ALL);
		expect((await inTable()).join('\n')).not.toContain(gone);
		const [mail, ...others] = mailbox.take();
		expect(others).toEqual([]);
		expect(mail.text).toMatch(/first_name/);
		expect((await night()).ran).toEqual(['Upsert Users']);
		expect(await inTable()).toEqual(inClerk());
	}, 300_000);

	it('sends an email and leaves the table as it is if the guard stops it', async () => {
		const before = await inTable();
		for (const { id } of users().rows.slice(0, 101)) remove(id);
		const { status, error, ran } = await night();
		const reason =
			/Stopped: 101 of \d+ listed users \(1 %\) would be reported as gone; Max Gone allows 100/;
		expect(status).toBe('error');
		expect(error?.message).toMatch(reason);
		expect(ran).toEqual([]);
		expect(await inTable()).toEqual(before);
		const [mail, ...others] = mailbox.take();
		expect(others).toEqual([]);
		expect(mail).toMatchObject({ to: ['admin@example.com'] });
		expect(mail.text).toMatch(reason);
	}, 300_000);
});
