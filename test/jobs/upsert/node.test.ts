import { fakeClock } from '../../support/fakeClock';
import { startClerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const ADA = 'ada.berg@example.com';

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false, clock: fakeClock.now });
});

afterEach(async () => await clerk.close());

const runAs =
	(conditions: { accessPolicy?: string; continueOnFail?: boolean } = {}) =>
	async (...items: Values[]) => {
		const { liveSecretKey: secretKey, url: baseUrl } = clerk;
		const { accessPolicy = 'full', continueOnFail } = conditions;
		const output = await runNode({
			credential: { secretKey, baseUrl, accessPolicy, rateLimitShare: 100 },
			continueOnFail,
			parameters: items.map((values) => ({
				resource: 'user',
				operation: 'upsert',
				matchBy: 'emailAddress',
				options: {},
				...values,
			})),
		});
		return output.map(({ json }) => json);
	};
const run = runAs();

const writes = () =>
	clerk.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);

const find = (email: string) => clerk.state.users.where('email_address', email)[0];

const newUser = (fields: Values = {}) => ({
	matchValue: 'new@example.com',
	additionalFields: { firstName: 'New', skipPasswordRequirement: true, ...fields },
});

describe('User: Create or Update', () => {
	it('creates a user, then sends nothing, then sends only what differs', async () => {
		const [created] = await run(newUser({ publicMetadata: '{"plan":"pro"}' }));
		expect(created).toMatchObject({
			action: 'created',
			firstName: 'New',
			primaryEmailAddress: 'new@example.com',
			success: true,
		});
		const before = writes().length;
		const [same] = await run(newUser({ publicMetadata: '{"plan":"pro"}' }));
		expect(same).toMatchObject({ action: 'unchanged', id: created.id, success: true });
		expect(writes()).toHaveLength(before);

		const [changed] = await run(newUser({ lastName: 'Comer', publicMetadata: '{"seats":2}' }));
		expect(changed).toMatchObject({
			action: 'updated',
			id: created.id,
			lastName: 'Comer',
			publicMetadata: { plan: 'pro', seats: 2 },
		});
		expect(writes().slice(before)).toEqual([
			`PATCH /users/${String(created.id)}`,
			`PATCH /users/${String(created.id)}/metadata`,
		]);
	});

	it('creates one user for several items, in any spelling of the address', async () => {
		const items = ['new@example.com', 'New@Example.com ', 'new@example.com'];
		const output = await run(...items.map((matchValue) => ({ ...newUser(), matchValue })));
		expect(output.map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(writes()).toEqual(['POST /users']);
	});

	it.each([
		['externalId', 'A-4711', { external_id: 'A-4711' }],
		['username', 'newcomer', { username: 'newcomer' }],
		['phoneNumber', '+1 555 123 0000', {}],
	])('finds the user by %s the second time', async (matchBy, matchValue, stored) => {
		const item = {
			...newUser({ emailAddress: 'new@example.com' }),
			matchBy,
			matchValue,
		};
		expect(await run(item)).toMatchObject([{ action: 'created' }]);
		expect(await run(item)).toMatchObject([{ action: 'unchanged' }]);
		expect(find('new@example.com')).toMatchObject(stored);
	});

	it('adds addresses, verified and primary if asked for', async () => {
		const item = {
			matchValue: ADA,
			additionalFields: { emailAddress: 'ada@work.example, ada@home.example' },
			options: { verified: true, primary: true },
		};
		const [output] = await run(item);
		expect(output).toMatchObject({ action: 'updated', primaryEmailAddress: 'ada@work.example' });
		expect(find('ada@home.example')).toBe(find(ADA));
		expect(await run(item)).toMatchObject([{ action: 'unchanged' }]);
	});

	it('leaves a field alone that is empty in the row', async () => {
		const additionalFields = { firstName: null, lastName: '', username: undefined };
		const [output] = await run({ matchValue: ADA, additionalFields });
		expect(output.action).toBe('unchanged');
		expect(find(ADA)).toMatchObject({ first_name: 'Ada', last_name: 'Berg' });
	});

	it('clears a field with empty text or null, where Empty Values says so', async () => {
		expect(find(ADA)).toMatchObject({ first_name: 'Ada', last_name: 'Berg' });
		const additionalFields = { firstName: null, lastName: '' };
		const options = { emptyValues: 'send' };
		const [output] = await run({ matchValue: ADA, additionalFields, options });
		expect(output.action).toBe('updated');
		expect(find(ADA).first_name).toBeNull();
	});

	it('sends a password only when the user is created', async () => {
		const item = newUser({ password: 'correct horse battery' });
		await run(item);
		expect(find('new@example.com').password).toBe('correct horse battery');
		expect(await run(newUser({ password: 'another one' }))).toMatchObject([
			{ action: 'unchanged' },
		]);
	});
});

describe('User: Create or Update, before the first write', () => {
	const addAddress = (email: string, words: Values = {}) => {
		const user = find(ADA);
		const [first] = user.email_addresses;
		const added = { ...first, id: `idn_${email}`, email_address: email, ...words };
		clerk.state.users.update(user, { email_addresses: [...user.email_addresses, added] });
		return user.id;
	};

	it.each<[string, () => void, Values]>([
		[
			'matches two users',
			() => {
				const wes = find('wes.carter@example.com');
				const [first] = wes.email_addresses;
				const twin = { ...first, id: 'idn_twin', email_address: ADA, verification: null };
				clerk.state.users.update(wes, { email_addresses: [...wes.email_addresses, twin] });
			},
			{ matchValue: ADA, options: { matchUnverified: true } },
		],
		[
			'has a reserved address',
			() => void addAddress('held@example.com', { verification: null, reserved: true }),
			{ matchValue: 'held@example.com' },
		],
		[
			'would make an unverified address primary',
			() => undefined,
			{
				matchValue: ADA,
				additionalFields: { emailAddress: 'ada@new.example' },
				options: { primary: true },
			},
		],
	])('writes nothing if the last of six items %s', async (_, prepare, last) => {
		prepare();
		const items = Array.from({ length: 5 }, (_unused, at) => ({
			...newUser(),
			matchValue: `user${at}@example.com`,
		}));
		await expect(run(...items, last)).rejects.toThrow('[item 5]');
		expect(writes()).toEqual([]);
	});

	it('takes two addresses of one user for the same user, whose present state the second is compared with', async () => {
		addAddress('ada@second.example');
		const output = await run(
			{ matchValue: ADA, additionalFields: { firstName: 'Augusta' } },
			{ matchValue: 'ada@second.example', additionalFields: { firstName: 'Ada' } },
		);
		expect(output.map(({ action }) => action)).toEqual(['updated', 'updated']);
		expect(find(ADA).first_name).toBe('Ada');
	});
});

describe('User: Create or Update, for an unverified address', () => {
	const addUnverified = async (email: string) => {
		const { id } = find(ADA);
		const { secretKey, url: baseUrl } = clerk;
		await runNode({
			credential: { secretKey, baseUrl, rateLimitShare: 100 },
			parameters: {
				resource: 'emailAddress',
				operation: 'create',
				userId: { __rl: true, mode: 'id', value: id },
				emailAddress: email,
				additionalFields: { verified: false },
				options: {},
			},
		});
		return id;
	};

	it('finds its user only with Match Unverified', async () => {
		const id = await addUnverified('new@example.com');
		const [found] = await run({ ...newUser(), options: { matchUnverified: true } });
		expect(found).toMatchObject({ action: 'updated', id });
		const [made] = await run(newUser());
		expect(made.action).toBe('created');
		expect(made.id).not.toBe(id);
		await expect(run({ ...newUser(), options: { matchUnverified: true } })).rejects.toThrow(
			/^Email Address is not clear: 2 users have the email address "new@example.com": user_\w+, user_\w+ \[item 0\]$/,
		);
	});
});

describe('User: Create or Update, in a dry run', () => {
	it('shows the requests without passwords, and changes nothing, under every policy', async () => {
		const readOnly = runAs({ accessPolicy: 'readOnly' });
		const upsertMode = 'plan';
		const output = await readOnly(
			{ ...newUser({ password: 'correct horse battery' }), upsertMode },
			{ matchValue: ADA, additionalFields: { firstName: 'Augusta' }, upsertMode },
			{ matchValue: ADA, upsertMode },
		);
		expect(output).toMatchObject([
			{
				action: 'created',
				name: 'New',
				emailAddress: 'new@example.com',
				target: 'new@example.com',
				userId: null,
				status: 'planned',
				reason: 'There is no such user',
				dryRun: true,
				method: 'POST',
				body: { email_address: ['new@example.com'], password: '********' },
			},
			{ action: 'updated', status: 'planned', method: 'PATCH', body: { first_name: 'Augusta' } },
			{ action: 'unchanged', name: 'Augusta Berg', status: 'skipped', dryRun: true, method: null },
		]);
		expect(writes()).toEqual([]);
	});

	it('shows one creation for two items of the same new user', async () => {
		const upsertMode = 'plan';
		const output = await run(
			{ ...newUser(), upsertMode },
			{ ...newUser(), upsertMode },
			{ ...newUser({ firstName: 'Other' }), upsertMode },
		);
		expect(output).toMatchObject([
			{ action: 'created', method: 'POST' },
			{ action: 'unchanged', status: 'skipped', target: 'new@example.com', method: null },
			{
				action: 'updated',
				status: 'planned',
				reason: 'The user differs. An earlier item is for the same user',
				userId: null,
			},
		]);
		expect(writes()).toEqual([]);
	});

	it.each(['plan', 'apply'])(
		'takes an address that an item before gives to a user for that user, in the mode %s',
		async (upsertMode) => {
			const output = await run(
				{ ...newUser({ emailAddress: 'other@example.com', externalId: 'x-1' }), upsertMode },
				{ ...newUser({ lastName: 'Chen' }), matchValue: 'other@example.com', upsertMode },
				{ ...newUser({ lastName: 'Li' }), matchBy: 'externalId', matchValue: 'x-1', upsertMode },
				{
					matchValue: ADA,
					additionalFields: { emailAddress: 'ada@second.example' },
					options: { verified: true },
					upsertMode,
				},
				{
					matchValue: 'ada@second.example',
					additionalFields: { firstName: 'Augusta' },
					upsertMode,
				},
			);
			expect(output.map(({ action }) => action)).toEqual([
				'created',
				'updated',
				'updated',
				'updated',
				'updated',
			]);
			if (upsertMode === 'plan') return expect(writes()).toEqual([]);
			expect(find('new@example.com').last_name).toBe('Li');
			expect(find(ADA).first_name).toBe('Augusta');
		},
	);

	it('rejects an expression without a value for the Run Mode', async () => {
		await expect(run({ ...newUser(), upsertMode: '' })).rejects.toThrow(
			'Run Mode is empty [item 0]',
		);
	});
});

describe('User: Create or Update, of many items', () => {
	const reads = () => clerk.requests.filter(({ method }) => method === 'GET');

	const users = (count: number) =>
		Array.from({ length: count }, (_, number) => ({
			...newUser({ publicMetadata: { number } }),
			matchValue: `user${number}@example.com`,
		}));

	it('looks up a hundred items a request', async () => {
		const made = await run(...users(250));
		expect(made.every(({ action }) => action === 'created')).toBe(true);
		expect(reads()).toHaveLength(3);
		expect(writes()).toHaveLength(250);
		const again = await run(...users(250));
		expect(again.every(({ action }) => action === 'unchanged')).toBe(true);
		expect(reads()).toHaveLength(6);
		expect(writes()).toHaveLength(250);
	});

	it('looks up each item by its own kind of identifier', async () => {
		const items = users(6).map((item, at) => ({
			...item,
			...(at % 2 === 1 && {
				matchBy: 'externalId',
				matchValue: `A-${at}`,
				additionalFields: { ...item.additionalFields, emailAddress: `a${at}@example.com` },
			}),
		}));
		await run(...items);
		expect(reads()).toHaveLength(2);
		expect((await run(...items)).map(({ action }) => action)).toEqual(items.map(() => 'unchanged'));
	});

	it('looks up again an item for the same user as an earlier one', async () => {
		const items = [newUser({ lastName: 'A' }), newUser({ lastName: 'B' }), ...users(3)];
		const output = await run(...items, newUser({ lastName: 'B' }));
		expect(output.map(({ action }) => action)).toEqual([
			'created',
			'updated',
			'created',
			'created',
			'created',
			'unchanged',
		]);
		expect(reads()).toHaveLength(3);
	});

	it('looks up one by one if Clerk rejects the request for many', async () => {
		clerk.addFault({ kind: 'status', status: 422, method: 'GET', path: '/users' });
		const output = await run(...users(5));
		expect(output.map(({ action }) => action)).toEqual(users(5).map(() => 'created'));
		expect(reads()).toHaveLength(6);
	});

	it('looks up in a dry run too', async () => {
		const output = await run(...users(120).map((item) => ({ ...item, upsertMode: 'plan' })));
		expect(output.every(({ status }) => status === 'planned')).toBe(true);
		expect(reads()).toHaveLength(2);
		expect(writes()).toEqual([]);
	});
});

describe('User: Create or Update, with invalid input', () => {
	it.each<[string, Values, string]>([
		['an empty value', { matchValue: '' }, 'Email Address is empty'],
		['blanks', { matchValue: '  ' }, 'Email Address is empty'],
		['an object', { matchValue: { a: 1 } }, 'Email Address needs text, but got an object'],
		[
			'text that is no address',
			{ matchValue: 'ada' },
			'Email Address needs an email address such as ada@example.com',
		],
		[
			'an unknown kind of identifier',
			{ matchBy: 'id', matchValue: 'x' },
			'Identify Users By needs one of',
		],
		[
			'null for Identify Users By',
			{ matchBy: null, matchValue: ADA },
			'Identify Users By is empty',
		],
		[
			'empty text for Identify Users By',
			{ matchBy: '', matchValue: ADA },
			'Identify Users By is empty',
		],
		[
			'an invalid number',
			{ matchValue: ADA, additionalFields: { phoneNumber: '555' } },
			'Phone Number needs a phone number with its country code, such as +12125550100, but got "555"',
		],
		[
			'two external IDs',
			{ matchBy: 'externalId', matchValue: 'A', additionalFields: { externalId: 'B' } },
			'External ID identifies the user, so it cannot be changed here',
		],
		[
			'text for metadata',
			{ matchValue: ADA, additionalFields: { publicMetadata: 'x' } },
			'Public Metadata is not valid JSON',
		],
		['an unknown field', { matchValue: ADA, additionalFields: { shoeSize: 4 } }, 'shoeSize'],
	])('rejects %s before anything is sent for any item', async (_, values, message) => {
		await expect(run(newUser(), values)).rejects.toThrow(message);
		await expect(run(newUser(), values)).rejects.toThrow('[item 1]');
		expect(clerk.requests).toEqual([]);
	});

	it('fails under Read Only before anything is written', async () => {
		const readOnly = runAs({ accessPolicy: 'readOnly' });
		await expect(readOnly(newUser())).rejects.toThrow('access policy "Read Only" refused POST');
		expect(writes()).toEqual([]);
	});

	it('does the other items with Continue On Fail', async () => {
		const output = await runAs({ continueOnFail: true })(
			{ matchValue: ADA, additionalFields: { username: 'a' } },
			newUser(),
		);
		expect(output[0].error).toMatch(/\[item 0\]$/);
		expect(output[1]).toMatchObject({ action: 'created' });
	});
});

describe('User: Create or Update, with failing requests', () => {
	it('creates each of 40 users once, with the last values, under 503 and 429', async () => {
		const items = Array.from({ length: 60 }, (_, number) => ({
			...newUser({ publicMetadata: { number } }),
			matchValue: `user${number % 40}@example.com`,
			options: { maxRetries: 8, maxWait: 60 },
		}));
		clerk.addFault({ kind: 'status', status: 503, method: 'GET', path: '/users', times: 5 });
		clerk.addFault({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '1' },
			path: '/users',
			times: 3,
			skip: 8,
		});
		const output = await run(...items);
		expect(output.filter(({ action }) => action === 'created')).toHaveLength(40);
		const made = clerk.state.users.rows.filter(({ email_addresses: [first] }) =>
			/^user\d+@/.test(first?.email_address ?? ''),
		);
		expect(made.map(({ public_metadata: stored }) => stored.number).sort()).toEqual(
			Array.from({ length: 40 }, (_, number) => (number < 20 ? number + 40 : number)).sort(),
		);
	}, 30_000);

	it('reports the unknown outcome of a creation, and finds the user the next time', async () => {
		clerk.addFault({ kind: 'reset', method: 'POST', path: '/users', when: 'after' });
		await expect(run(newUser())).rejects.toMatchObject({
			description: expect.stringContaining('Outcome unknown'),
		});
		expect(await run(newUser())).toMatchObject([{ action: 'unchanged' }]);
	});
});
