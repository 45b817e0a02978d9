import { openN8n, startClerk } from './support';

/** A credential whose key and API URL are expressions, in a real n8n: each item goes with its own. */
describe('a credential of expressions', () => {
	let clerks: Array<Awaited<ReturnType<typeof startClerk>>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeAll(async () => {
		clerks = [await startClerk(), await startClerk()];
		n8n = await openN8n({ url: '={{ $json.url }}', secretKey: '={{ $json.key }}' });
	});

	beforeEach(() => {
		for (const { requests } of clerks) requests.splice(0);
	});

	afterAll(async () => {
		for (const clerk of clerks) await clerk.close();
	});

	const itemsFor = (...which: number[]) =>
		which.map((at, index) => ({
			url: clerks[at].url,
			key: clerks[at].secretKey,
			email: `item${index}of${at}@example.com`,
		}));

	const create = {
		resource: 'user',
		operation: 'create',
		additionalFields: { emailAddress: '={{ [$json.email] }}', skipPasswordRequirement: true },
	};

	const createdIn = (at: number, items: ReturnType<typeof itemsFor>) => {
		const addresses = JSON.stringify(clerks[at].state.users.rows);
		return items.filter(({ email }) => addresses.includes(email)).map(({ email }) => email);
	};

	it('sends each item with its own, in the order of the input', async () => {
		const items = itemsFor(0, 1, 0, 0, 1);
		const { status, json } = await n8n.runClerk(create, items);
		expect(status).toBe('success');
		expect(JSON.stringify(json?.map(({ primaryEmailAddress }) => primaryEmailAddress))).toBe(
			JSON.stringify(items.map(({ email }) => email)),
		);
		for (const at of [0, 1]) {
			expect(createdIn(at, items)).toEqual(
				items.map(({ email }) => email).filter((email) => email.includes(`of${at}`)),
			);
		}
	});

	it('fails the items alone for which an expression throws, or gives nothing', async () => {
		const url = "={{ $json.config ? JSON.parse($json.config).url : $('Nowhere').item.json.url }}";
		const configured = await openN8n({ url, secretKey: '={{ $json.key }}' });
		const items = itemsFor(0, 1, 1, 0).map(({ url: address, email, ...item }, index) => ({
			...item,
			email: `configured-${email}`,
			config: ['', 'no JSON'][index - 1] ?? JSON.stringify({ url: address }),
		}));
		const { json, status } = await configured.runClerk(create, items, [], {
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(json).toMatchObject([
			{ primaryEmailAddress: items[0].email },
			{ error: expect.stringMatching(/^Credential could not be read: .* \[item 1\]$/) },
			{ error: expect.stringMatching(/^The API URL .* is not a web address.* \[item 2\]$/) },
			{ primaryEmailAddress: items[3].email },
		]);
		const refused = await configured.runClerk(create, items);
		expect(refused.status).toBe('error');
		expect(clerks.flatMap(({ requests }) => requests)).toHaveLength(2);
	});

	it('is refused by a job that takes its input as one', async () => {
		const { status, error } = await n8n.runClerk(
			{ resource: 'user', operation: 'cleanUp' },
			itemsFor(0, 1, 0),
		);
		expect(status).toBe('error');
		expect(JSON.stringify(error)).toContain('The items have 2 credentials');
		expect(clerks.flatMap(({ requests }) => requests)).toEqual([]);
	});
});
