import { openN8n, startClerk } from './support';

const id = (value: string) => ({ __rl: true, mode: 'id', value });

const rename = {
	resource: 'user',
	operation: 'update',
	userId: id('={{ $json.user }}'),
	updateFields: { firstName: 'Grace' },
};

/** Gives each item a file, called `note`. */
const withFile = {
	name: 'To File',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: {
		jsCode:
			"return $input.all().map(({ json }, item) => ({ json, pairedItem: { item }, binary: { note: { data: 'eA==', mimeType: 'text/plain', fileName: json.name + '.txt' } } }));",
	},
};

const error = (index: number) =>
	expect.stringMatching(new RegExp(`user_nobody.* \\[item ${index}\\]$`, 'i'));
const message = expect.stringMatching(/^Check the ID.* From Clerk: .*trace ID /s);

describe('items that fail, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let users: string[];

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
		users = clerk.state.users.rows.slice(0, 2).map((user) => user.id);
	});

	beforeEach(() => clerk.requests.splice(0));

	afterAll(async () => await clerk.close());

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	/** The second and the fourth row fail; that one has a message of its own. */
	const rows = () => [
		{ user: users[0], name: 'first' },
		{ user: 'user_nobody', name: 'second', age: 7, tags: ['a', 'b'] },
		{ user: users[1], name: 'third' },
		{ user: 'user_nobody', name: 'fourth', message: 'of the row' },
	];

	const failed = () => {
		const [, second, , fourth] = rows();
		return [
			{ json: { ...second, error: error(1), message }, pairedItem: { item: 1 } },
			{ json: { ...fourth, error: error(3) }, pairedItem: { item: 3 } },
		];
	};

	it('keep the fields and the files of their rows, with Continue', async () => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const { status, outputs } = await n8n.runClerk(rename, rows(), [withFile], settings);

		expect(status).toBe('success');
		const [items] = outputs;
		expect(items.map(({ json }) => json.id ?? json.name)).toEqual([
			users[0],
			'second',
			users[1],
			'fourth',
		]);
		expect([items[1], items[3]]).toMatchObject(failed());
		expect([items[1], items[3]].map(({ json }) => json)).toEqual(failed().map(({ json }) => json));
		expect(items[1].binary).toMatchObject({ note: { fileName: 'second.txt' } });
	});

	it('keep them on the error output', async () => {
		const settings = { onError: 'continueErrorOutput' } as const;
		const { status, outputs } = await n8n.runClerk(rename, rows(), [withFile], settings);

		expect(status).toBe('success');
		const [items, errors] = outputs;
		expect(items.map(({ json }) => json.id)).toEqual(users);
		expect(errors).toMatchObject(failed());
		expect(errors.map(({ json }) => json)).toEqual(failed().map(({ json }) => json));
		expect(errors[0].binary).toMatchObject({ note: { fileName: 'second.txt' } });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'show the report of a job that a guard stopped: %s',
		async (onError) => {
			const cleanUp = {
				resource: 'user',
				operation: 'cleanUp',
				inactiveDays: 1,
				measure: 'ban',
				maxUsers: 0,
				cleanUpMode: 'apply',
			};
			const row = [{ campaign: 'autumn' }];
			const { outputs } = await n8n.runClerk(cleanUp, row, [], { onError });

			const [[{ json }]] = outputs.filter((items) => items.length > 0);
			expect(json).toMatchObject({
				campaign: 'autumn',
				error: expect.stringMatching(/users \(\d+ %\) would be banned; Max Users allows 0/),
			});
			const report = json.report ?? json.message.replace(/^.*Report: /s, '');
			expect(JSON.stringify(report)).toContain('summary');
			expect(writes()).toEqual([]);
		},
	);

	describe('with Retry On Fail', () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

		/** The first item fails, which is where n8n looks. */
		const firstFails = () => rows().slice(1, 3);

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'do not make n8n repeat what was carried out: %s',
			async (onError) => {
				const settings = { ...retry, onError };
				const { outputs } = await n8n.runClerk(rename, firstFails(), [], settings);

				expect(writes().map(({ path }) => path)).toEqual([
					'/users/user_nobody',
					`/users/${users[1]}`,
				]);
				const items = outputs.flat();
				expect(items.map(({ json }) => json.id)).toContain(users[1]);
				const fault = items.find(({ json }) => json.error !== undefined);
				expect(fault?.json.error).toEqual(error(0));
				if (onError === 'continueErrorOutput') expect(fault?.json).toMatchObject(rows()[1]);
			},
		);

		it('let n8n repeat a run that wrote nothing', async () => {
			const settings = { ...retry, onError: 'continueErrorOutput' } as const;
			const { outputs } = await n8n.runClerk(rename, rows().slice(1, 2), [], settings);

			expect(writes()).toHaveLength(3);
			expect(outputs[1].map(({ json }) => json)).toEqual([
				{ ...rows()[1], error: error(0), message },
			]);
		});
	});
});
