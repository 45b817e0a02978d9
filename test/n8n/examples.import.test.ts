import { EXAMPLES, importExample } from '../../sandbox/n8n/examples';
import { openN8n, startClerk } from './support';

/** The columns of the CSV that Clerk's Dashboard exports. */
const COLUMNS = [
	'id',
	'first_name',
	'last_name',
	'username',
	'primary_email_address',
	'primary_phone_number',
	'verified_email_addresses',
	'unverified_email_addresses',
	'verified_phone_numbers',
	'unverified_phone_numbers',
	'totp_secret',
	'password_digest',
	'password_hasher',
];

type Row = Record<string, string>;

const DIGEST = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

/** A row with holes: each cell is missing in its own share of the rows, the address in those that have a number. */
function rowOf(at: number): Row {
	const holes = (every: number, value: string) => (at % every === 0 ? '' : value);
	const email = at % 7 === 3 ? '' : `person.${at}@example.com`;
	const phone = email === '' || at % 4 === 1 ? `+1415555${String(2_000 + at).slice(-4)}` : '';
	const hasPassword = at % 5 !== 2;
	return {
		id: `user_old${at}`,
		first_name: holes(3, `Ada ${at}`),
		last_name: holes(4, 'Lovelace, "the first"'),
		username: holes(2, `ada_${at}`),
		primary_email_address: email,
		primary_phone_number: phone,
		verified_email_addresses: email && holes(6, `${email}|second.${at}@example.com`),
		unverified_email_addresses: holes(8, `typo.${at}@example.com`),
		verified_phone_numbers: phone,
		unverified_phone_numbers: '',
		totp_secret: holes(9, 'JBSWY3DPEHPK3PXP'),
		password_digest: hasPassword ? DIGEST : '',
		password_hasher: hasPassword ? 'bcrypt' : '',
	};
}

const ROWS = Array.from({ length: 500 }, (_, at) => rowOf(at));

const csvOf = (rows: Row[]): string =>
	[
		COLUMNS.join(','),
		...rows.map((row) =>
			COLUMNS.map((name) => (/[",]/.test(row[name]) ? quoted(row[name]) : row[name])).join(','),
		),
	].join('\n');

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('Import users from a CSV, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		// A production key, whose limit lets 500 creations through in seconds.
		n8n = await openN8n({ url: clerk.url, secretKey: clerk.liveSecretKey });
	});

	afterEach(async () => await clerk.close());

	const importRows = async (rows: Row[], values: object = { upsertMode: 'apply' }) => {
		const file = { data: Buffer.from(csvOf(rows)).toString('base64'), mimeType: 'text/csv' };
		const uploaded = { json: {}, binary: { CSV: { ...file, fileName: 'users.csv' } } };
		const { api, credential } = n8n;
		const workflow = await importExample(api, EXAMPLES.importUsers, [credential], {
			parameters: { 'Import User': values },
			pinData: { 'Upload the CSV': [uploaded] },
		});
		clerk.requests.splice(0);
		const run = await api.runWorkflow(workflow, 'Upload the CSV');
		const writes = clerk.requests.filter(({ method }) => method !== 'GET');
		return { ...run, writes };
	};

	const actionsOf = (run: Awaited<ReturnType<typeof importRows>>) =>
		run.data.Imported.map(({ json }) => json.action as string);

	it('creates 500 users from rows with holes, and changes nothing the second time', async () => {
		const before = clerk.state.users.rows.length;
		const first = await importRows(ROWS);

		expect(first.error).toBeUndefined();
		expect(first.data['Rows to Repair'] ?? []).toEqual([]);
		expect(actionsOf(first)).toEqual(ROWS.map(() => 'created'));
		expect(clerk.state.users.rows).toHaveLength(before + 500);
		ROWS.forEach((row) => {
			const [user] = clerk.state.users.where('external_id', row.id);
			expect(user).toMatchObject({
				first_name: row.first_name || null,
				last_name: row.last_name || null,
				username: row.username || null,
				password: row.password_digest || null,
				password_hasher: row.password_hasher || null,
				totp_secret: row.totp_secret || null,
			});
			const addresses = user.email_addresses.map(({ email_address: address }) => address);
			const wanted = [row.primary_email_address, ...row.verified_email_addresses.split('|')];
			expect(addresses).toEqual([...new Set(wanted.filter((each) => each !== ''))]);
			const numbers = user.phone_numbers.map(({ phone_number: number }) => number);
			expect(numbers).toEqual(row.primary_phone_number ? [row.primary_phone_number] : []);
		});

		const second = await importRows(ROWS);

		expect(actionsOf(second)).toEqual(ROWS.map(() => 'unchanged'));
		expect(second.writes).toEqual([]);
	});

	it('as imported changes nothing, and shows no password', async () => {
		const run = await importRows(ROWS.slice(0, 20), {});

		expect(run.status).toBe('success');
		expect(actionsOf(run)).toEqual(Array(20).fill('created'));
		expect(run.writes).toEqual([]);
		expect(JSON.stringify(run.data['Import User'])).not.toContain(DIGEST);
	});

	it('makes a CSV of the rows that Clerk refuses, with the reason beside each', async () => {
		const rows = ROWS.slice(0, 4).map((row, at) =>
			at === 2 ? { ...row, primary_email_address: 'nobody' } : row,
		);

		const run = await importRows(rows);

		expect(actionsOf(run)).toEqual(['created', 'created', 'created']);
		const [, refused] = run.outputs['Import User'];
		expect(refused).toMatchObject([
			{ json: { ...rows[2], error: expect.stringMatching(/nobody.* \[item 2\]$/) } },
		]);
		expect(run.data['Rows to Repair']).toHaveLength(1);
		expect(run.data['Rows to Repair'][0].binary).toMatchObject({
			data: { fileName: 'rows-to-repair.csv' },
		});
	});
});
