import { fakeClock } from '../support/fakeClock';
import fc from 'fast-check';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { answer, broken, credential, everythingIn, KEY, refusal, run } from '../support/scripted';
import type { Answer, Sent } from '../support/scripted';

type Values = Record<string, unknown>;

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
const byEmail = (value: string) => ({ __rl: true, mode: 'emailAddress', value });

/** The user's ID that stands in an address. */
const userIn = ({ url }: Sent) => /\/users\/([^/?]+)/.exec(url)?.[1] ?? '';

const found: Answer = (sent) => answer(200, { id: userIn(sent), object: 'user' });

const notFound = () =>
	refusal(404, [{ code: 'resource_not_found', message: 'not found', long_message: 'No user.' }]);

const parametersOf =
	(resource: string, operation: string) =>
	(values: Values = {}): Values => ({ resource, operation, options: {}, ...values });

const getUser = parametersOf('user', 'get');
const updateUser = parametersOf('user', 'update');
const createUser = parametersOf('user', 'create');
const deleteUser = parametersOf('user', 'delete');
const listUsers = parametersOf('user', 'getAll');

const gets = (...ids: string[]) => ids.map((id) => getUser({ userId: byId(id) }));

/** A Clerk that takes longer the earlier a user was asked for, so that answers come in reverse. */
const inReverse =
	(count: number): Answer =>
	async (sent, index) => {
		await fakeClock.wait((count - index) * 100);
		return await found(sent, index);
	};

// Each test starts where no window counts any more.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('items in, items out', () => {
	it('gives nothing for nothing, and sends nothing', async () => {
		const { items, lines } = await run({ parameters: [], items: [] }, found);
		expect([items, lines]).toEqual([[], []]);
	});

	it('outputs in the order of the input, whichever answer comes first, and links each item', async () => {
		const ids = ['user_a', 'user_b', 'user_c', 'user_d'];
		const { items } = await run({ parameters: gets(...ids) }, inReverse(4));
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('links every record of a list to the item that asked for it', async () => {
		const { items } = await run(
			{ parameters: [listUsers({ limit: 2 }), listUsers({ limit: 2 })] },
			(_, count) => answer(200, [{ id: `user_${count}a` }, { id: `user_${count}b` }]),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('reads the parameters of each item', async () => {
		const { lines } = await run({ parameters: gets('user_a', 'user_b') }, found);
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
	});

	it('names the operation it does not know', async () => {
		const { fault } = await run({ parameters: parametersOf('user', 'explode')() }, found);
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect(fault.message).toContain('"explode"');
	});
});

describe('a form that is wrong', () => {
	const bad = [
		['an empty ID', byId(''), 'is empty'],
		['the ID .', byId('.'), 'must not be "."'],
		['the ID ..', byId('..'), 'must not be ".."'],
		['an ID that is undefined', byId(undefined), 'gave undefined'],
		['an ID that is null', byId(null), 'gave null'],
		['an ID that is an object', byId({ id: 'user_1' }), 'gave an object'],
	] as const;

	it.each(bad)('with %s is named by its field, and nothing is sent', async (_, userId, says) => {
		const { fault, sent } = await run({ parameters: getUser({ userId }) }, found);
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect(fault.message).toMatch(/^User /);
		expect(fault.message).toContain(says);
		expect(fault.message).toMatch(/ \[item 0\]$/);
		expect(sent).toEqual([]);
	});

	it.each(bad)(
		'with %s as the last of many items stops all of them before the first',
		async (_, userId) => {
			const parameters = [...gets('user_a', 'user_b'), getUser({ userId })];
			const { fault, sent } = await run({ parameters }, found);
			expect(fault.message).toMatch(/^User .* \[item 2\]$/);
			expect(sent).toEqual([]);
		},
	);

	it('sends not even a look-up when another item has an ID that is no ID', async () => {
		const parameters = [
			getUser({ userId: byEmail('ada@example.com') }),
			getUser({ userId: byId('..') }),
		];
		const { fault, sent } = await run({ parameters }, found);
		expect(fault.message).toMatch(/\[item 1\]$/);
		expect(sent).toEqual([]);
	});

	// The one place of Clerk's API where an ID makes another route: GET /users/count.
	it('with the ID "count" does not give the number of all users for a user', async () => {
		const { fault, json } = await run({ parameters: getUser({ userId: byId('count') }) }, () =>
			answer(200, { object: 'total_count', total_count: 42 }),
		);
		expect(json).toEqual([]);
		expect(fault.message).toMatch(/ \[item 0\]$/);
	});

	it('with JSON that does not parse is named by its field, and nothing is sent', async () => {
		const { fault, sent } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { publicMetadata: '{"plan": pro}' },
				}),
			},
			found,
		);
		expect(fault.message).toMatch(/^Public Metadata is not valid JSON.* \[item 0\]$/);
		expect(sent).toEqual([]);
	});

	it.each([0, -1, 1.5, '', 'many', null, Infinity])('refuses a limit of %p', async (limit) => {
		const { fault, sent } = await run({ parameters: listUsers({ limit }) }, found);
		expect(fault.message).toMatch(/^Limit needs a whole number/);
		expect(sent).toEqual([]);
	});

	it.each([-1, 0.5, 'a'])('refuses an offset of %p', async (offset) => {
		const { fault, sent } = await run({ parameters: listUsers({ options: { offset } }) }, found);
		expect(fault.message).toMatch(/^Offset needs a whole number/);
		expect(sent).toEqual([]);
	});

	it('refuses Selected Fields without any', async () => {
		const { fault, sent } = await run(
			{ parameters: getUser({ userId: byId('user_1'), output: 'selectedFields', fields: [] }) },
			found,
		);
		expect(fault.message).toMatch(/^Output Fields is empty/);
		expect(sent).toEqual([]);
	});
});

describe('continue on fail', () => {
	it('puts an item with the message and the error in its place, and does the others', async () => {
		const { items } = await run(
			{ parameters: gets('user_a', 'user_b', 'user_c'), continueOnFail: true },
			(sent, count) => (userIn(sent) === 'user_b' ? notFound() : found(sent, count)),
		);
		expect(items.map(({ json }) => json.id ?? 'failed')).toEqual(['user_a', 'failed', 'user_c']);
		const [, failed] = items;
		expect(failed.error).toBeInstanceOf(NodeApiError);
		// n8n sends only items of exactly this shape to the error output.
		expect(failed.json).toEqual({ error: failed.error?.message });
		expect(failed.pairedItem).toEqual({ item: 1 });
		expect(failed.json.error).toMatch(/\[item 1\]$/);
	});

	it('goes on beside an item whose form is wrong', async () => {
		const parameters = [getUser({ userId: byId('') }), ...gets('user_b')];
		const { json, lines } = await run({ parameters, continueOnFail: true }, found);
		expect(json).toEqual([
			{ error: expect.stringMatching(/^User is empty.*\[item 0\]$/) },
			expect.objectContaining({ id: 'user_b' }),
		]);
		expect(lines).toEqual(['GET /users/user_b']);
	});

	it('goes on beside an item whose look-up Clerk refused', async () => {
		const parameters = [getUser({ userId: byEmail('no address') }), ...gets('user_b')];
		const { json, fault } = await run({ parameters, continueOnFail: true }, (sent, count) =>
			userIn(sent) ? found(sent, count) : refusal(422, [{ message: 'is invalid' }]),
		);
		expect(fault).toBeUndefined();
		expect(json).toEqual([
			{ error: expect.stringMatching(/^is invalid.*\[item 0\]$/) },
			expect.objectContaining({ id: 'user_b' }),
		]);
	});

	it.each(['unknown-slug', '..', '.', ''])(
		'goes on beside an item whose organization has the slug "%s", which there is not',
		async (slug) => {
			const getOrganization = parametersOf('organization', 'get');
			const parameters = [
				getOrganization({ organizationId: { __rl: true, mode: 'slug', value: slug } }),
				getOrganization({ organizationId: byId('org_1') }),
			];
			const { json, fault } = await run({ parameters, continueOnFail: true }, ({ url }) =>
				url.includes('org_1') ? answer(200, { id: 'org_1' }) : notFound(),
			);
			expect(fault).toBeUndefined();
			expect(json).toEqual([
				{ error: expect.stringMatching(/^Organization .*\[item 0\]$/) },
				expect.objectContaining({ id: 'org_1' }),
			]);
		},
	);
});

describe('without continue on fail', () => {
	it('starts nothing new after the first item that failed', async () => {
		const { fault, lines } = await run(
			{
				parameters: gets('user_a', 'user_b', 'user_c').map((values) => ({
					...values,
					options: { concurrency: 1 },
				})),
			},
			(sent, count) => (userIn(sent) === 'user_b' ? notFound() : found(sent, count)),
		);
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
		expect(fault.message).toMatch(/\[item 1\]$/);
	});

	it('says which items had been carried out, and which were not sent', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `user_${letter}`);
		const parameters = ids.map((id) =>
			updateUser({
				userId: byId(id),
				updateFields: { firstName: 'Ada' },
				options: { concurrency: 2 },
			}),
		);
		const { fault } = await run({ parameters }, async (sent, count) => {
			if (userIn(sent) !== 'user_b') return await found(sent, count);
			await fakeClock.wait(50);
			return notFound();
		});
		const [, done, left] =
			/Carried out before the node stopped: items ([^.]+)\.(?: Not sent: items ([^.]+)\.)?/.exec(
				fault.description,
			) ?? [];
		expect(done).toMatch(/^0/);
		expect(`${done} ${left}`).toContain('5');
	});

	it('lets what is in flight finish, and counts it as carried out', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
			...values,
			options: { concurrency: 2 },
		}));
		const { fault, lines } = await run({ parameters }, async (sent, count) => {
			if (userIn(sent) === 'user_a') return notFound();
			await fakeClock.wait(100);
			return await found(sent, count);
		});
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(fault.description).toContain('Carried out before the node stopped: items 1.');
		expect(fault.description).toContain('Not sent: items 2.');
	});

	// Otherwise nobody learns that item 1 may exist, and the next run makes it twice.
	it('names the other items that failed beside the first', async () => {
		const parameters = ['Ada', 'Bo'].map((firstName) =>
			createUser({ additionalFields: { firstName } }),
		);
		const { fault } = await run({ parameters }, async (sent) => {
			if (String(sent.body).includes('Bo')) throw broken('ECONNRESET');
			await fakeClock.wait(100);
			return refusal(422, [{ message: 'is taken' }]);
		});
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(fault.description).toMatch(/items? 1\b/);
		// Clerk did not refuse it: nobody knows.
		expect(fault.description).toMatch(/unknown|may have been carried out/i);
	});
});

describe('what became of the others', () => {
	const oddFail = async (count: number) => {
		const ids = Array.from({ length: count }, (_, at) => `user_${at}`);
		const { fault } = await run({ parameters: gets(...ids) }, async (sent, index) => {
			await fakeClock.wait(100);
			return index % 2 === 1 ? notFound() : await found(sent, index);
		});
		return fault.description as string;
	};
	const even = (count: number) => Array.from({ length: count }, (_, at) => at * 2).join(', ');

	it.each([
		[39, '.'],
		[41, ', ….'],
	])('is named in twenty ranges at most: of %i items', async (count, ending) => {
		expect(await oddFail(count)).toContain(
			`Carried out before the node stopped: items ${even(20)}${ending}`,
		);
	});

	it('is said where there are any', async () => {
		const of = async (...ids: string[]) =>
			(await run({ parameters: gets(...ids) }, notFound)).fault.description;
		const alone = await of('user_a');
		expect(await of('user_a', 'user_b')).toBe(
			`${alone} No other item was carried out. Refused as well: items 1.`,
		);
	});
});

describe('order and concurrency', () => {
	it('keeps the order of writes to the same record', async () => {
		const parameters = ['1', '2', '3', '4'].map((firstName) =>
			updateUser({ userId: byId('user_1'), updateFields: { firstName } }),
		);
		const { sent } = await run({ parameters }, inReverse(4));
		expect(sent.map(({ body }) => JSON.parse(String(body)).first_name)).toEqual([
			'1',
			'2',
			'3',
			'4',
		]);
	});

	/** Any items over any users, any time for any answer, and faults in between. */
	it('outputs in the order of the items, and changes each record in that order, whatever comes between', async () => {
		const item = fc.record({
			user: fc.integer({ min: 0, max: 4 }),
			takes: fc.integer({ min: 0, max: 2_000 }),
			faults: fc.array(fc.constantFrom(429, 500, 503, 'ECONNRESET', 'ECONNREFUSED'), {
				maxLength: 3,
			}),
		});
		const runs = fc.record({
			items: fc.array(item, { minLength: 1, maxLength: 25 }),
			concurrency: fc.integer({ min: 1, max: 30 }),
		});
		await fc.assert(
			fc.asyncProperty(runs, async ({ items, concurrency }) => {
				const left = items.map(({ faults }) => [...faults]);
				const carriedOut = new Map<string, number[]>();
				const { json, fault } = await run(
					{
						parameters: items.map(({ user }, number) =>
							updateUser({
								userId: byId(`user_${user}`),
								updateFields: { externalId: String(number) },
								options: { concurrency },
							}),
						),
					},
					async (sent) => {
						const number = Number(JSON.parse(String(sent.body)).external_id);
						await fakeClock.wait(items[number].takes);
						const next = left[number].shift();
						if (typeof next === 'string') return await Promise.reject(broken(next));
						if (next !== undefined) return answer(next, '{}', { 'retry-after': '1' });
						const user = userIn(sent);
						carriedOut.set(user, [...(carriedOut.get(user) ?? []), number]);
						return answer(200, { id: user, external_id: String(number) });
					},
				);
				expect(fault).toBeUndefined();
				expect(json.map(({ externalId }) => externalId)).toEqual(
					items.map((_, number) => String(number)),
				);
				for (const numbers of carriedOut.values()) {
					expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
				}
				expect([...carriedOut.values()].flat()).toHaveLength(items.length);
			}),
			{ numRuns: 100 },
		);
	}, 30_000);

	it('keeps the order of writes to one user who is named in two ways', async () => {
		const ada = {
			id: 'user_1',
			email_addresses: [{ email_address: 'ada@example.com', verification: { status: 'verified' } }],
		};
		const parameters = [
			updateUser({ userId: byEmail('ada@example.com'), updateFields: { firstName: '1' } }),
			updateUser({ userId: byId('user_1'), updateFields: { firstName: '2' } }),
		];
		let active = 0;
		let most = 0;
		const { lines } = await run({ parameters }, async (sent, count) => {
			if (sent.method === 'GET') return answer(200, [ada]);
			most = Math.max(most, ++active);
			await fakeClock.wait(100);
			active--;
			return await found(sent, count);
		});
		expect(lines.slice(1)).toEqual(['PATCH /users/user_1', 'PATCH /users/user_1']);
		expect(most).toBe(1);
	});

	// The metadata go to an address of their own, but they belong to the same record.
	it('keeps the order of two updates of one user of which one is only metadata', async () => {
		const parameters = [
			updateUser({
				userId: byId('user_1'),
				updateFields: { firstName: 'Ada', publicMetadata: '{"step":1}' },
			}),
			updateUser({ userId: byId('user_1'), updateFields: { publicMetadata: '{"step":2}' } }),
		];
		const { sent } = await run({ parameters }, async (request, count) => {
			await fakeClock.wait(100);
			return await found(request, count);
		});
		const steps = sent.flatMap(({ body }) => /"step":(\d)/.exec(String(body))?.[1] ?? []);
		expect(steps).toEqual(['1', '2']);
	});

	it.each([
		['adds to one organization side by side', ['user_1', 'user_2', 'user_3'], 3],
		['keeps the order of adding one user twice', ['user_1', 'user_1'], 1],
	])('%s', async (_, users, atOnce) => {
		const addMember = parametersOf('organizationMembership', 'create');
		let active = 0;
		let most = 0;
		await run(
			{
				parameters: users.map((user) =>
					addMember({
						organizationId: byId('org_1'),
						userId: byId(user),
						role: byId('org:member'),
					}),
				),
			},
			async () => {
				most = Math.max(most, ++active);
				await fakeClock.wait(10);
				active--;
				return answer(200, { id: 'orgmem_1' });
			},
		);
		expect(most).toBe(atOnce);
	});

	it.each([1, 3, 50])('works on at most %i items at once, and on so many', async (concurrency) => {
		let active = 0;
		let most = 0;
		const parameters = Array.from({ length: 60 }, (_, index) =>
			getUser({ userId: byId(`user_${index}`), options: { concurrency } }),
		);
		await run({ parameters }, async (sent, count) => {
			most = Math.max(most, ++active);
			await fakeClock.wait(10);
			active--;
			return await found(sent, count);
		});
		expect(most).toBe(concurrency);
	});

	it('works on fewer at once while Clerk is in trouble', async () => {
		let active = 0;
		const afterTrouble: number[] = [];
		const parameters = Array.from({ length: 60 }, (_, index) =>
			getUser({ userId: byId(`user_${index}`), options: { concurrency: 16, maxRetries: 0 } }),
		);
		await run({ parameters, continueOnFail: true }, async (_, count) => {
			active++;
			await fakeClock.wait(10);
			active--;
			if (count >= 50) afterTrouble.push(active);
			return answer(503, '');
		});
		expect(Math.max(...afterTrouble)).toBeLessThan(4);
	});
});

describe('an item that is half done', () => {
	const half = async (then: Answer) =>
		await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
					options: { maxRetries: 0 },
				}),
			},
			async (sent, count) => await (count === 0 ? found(sent, count) : then(sent, count)),
		);

	it('does not say that nothing was changed', async () => {
		const { fault } = await half(async () => await Promise.reject(broken('ECONNREFUSED')));
		expect(fault.description).toContain('Already carried out');
		expect(fault.description).not.toContain('Nothing was');
	});

	it('is told apart from one of which nothing was carried out', async () => {
		const parameters = updateUser({
			userId: byId('user_1'),
			updateFields: { firstName: 'Ada', publicMetadata: '{}' },
			options: { maxRetries: 0 },
		});
		const { fault } = await run({ parameters }, async () => {
			return await Promise.reject(broken('ECONNREFUSED'));
		});
		expect(fault.description).toContain('Nothing was changed.');
		expect(fault.description).not.toContain('Already carried out');
	});
});

describe('stopping the execution', () => {
	it.each([true, false])(
		'sends nothing more and says that it was stopped, with continue on fail %p',
		async (continueOnFail) => {
			const stop = new AbortController();
			const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
				...values,
				options: { concurrency: 1 },
			}));
			const { fault, lines } = await run(
				{ parameters, continueOnFail, signal: stop.signal },
				(sent, count) => {
					if (userIn(sent) === 'user_b') stop.abort();
					return userIn(sent) === 'user_b' ? answer(503, '') : found(sent, count);
				},
			);
			expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
			expect(fault.message).toMatch(/^The execution was stopped/);
			expect(fault.description).toContain('items 0');
		},
	);

	it('while forms are read ends the reading, and sends nothing', async () => {
		const stop = new AbortController();
		const ids = Array.from({ length: 350 }, (_, index) => `user_${index}`);
		let read = 0;
		const parameters = gets(...ids).map((values) => ({
			...values,
			get userId() {
				read++;
				if (read === 150) stop.abort();
				return values.userId;
			},
		}));
		const { fault, lines } = await run({ parameters, signal: stop.signal }, found);
		expect(lines).toEqual([]);
		expect(fault.message).toMatch(/^The execution was stopped/);
		// It looks up every hundred items.
		expect(read).toBeGreaterThanOrEqual(150);
		expect(read).toBeLessThan(250);
	});

	it('is what is reported, and not an item that had failed before', async () => {
		const stop = new AbortController();
		const parameters = gets('user_a', 'user_b').map((values) => ({
			...values,
			options: { concurrency: 1 },
		}));
		const { fault } = await run(
			{ parameters, continueOnFail: true, signal: stop.signal },
			(sent) => {
				if (userIn(sent) === 'user_a') return notFound();
				stop.abort();
				return answer(503, '');
			},
		);
		expect(fault.message).toMatch(/^The execution was stopped/);
	});
});

describe('the credential', () => {
	it('is read once for all items', async () => {
		const readings: number[] = [];
		await run(
			{
				parameters: gets('user_a', 'user_b', 'user_c'),
				credential: (index: number) => {
					readings.push(index);
					return credential;
				},
			},
			found,
		);
		expect(readings.length).toBeLessThanOrEqual(2);
	});

	it.each([
		['key', { secretKey: `${KEY}2` }],
		['API URL', { baseUrl: 'https://staging.example.com/v1' }],
		['access policy', { accessPolicy: 'readOnly' }],
	])('that gives another %s for the last item is refused', async (_, other) => {
		const { fault, sent } = await run(
			{
				parameters: gets('user_a', 'user_b'),
				credential: (index: number) => (index === 0 ? credential : { ...credential, ...other }),
			},
			found,
		);
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect(everythingIn(fault)).not.toContain(KEY);
		expect(sent).toEqual([]);
	});

	it('with a key that is none is refused with what is wrong, and nothing is sent', async () => {
		const { fault, sent } = await run(
			{ parameters: gets('user_a'), credential: { ...credential, secretKey: 'pk_test_x' } },
			found,
		);
		expect(fault.message).toContain('publishable key');
		expect(sent).toEqual([]);
	});

	it('whose policy forbids the operation sends nothing', async () => {
		const { fault, sent } = await run(
			{
				parameters: deleteUser({ userId: byId('user_1') }),
				credential: { ...credential, accessPolicy: 'noDeletes' },
			},
			found,
		);
		expect(fault.message).toContain('No Deletes');
		expect(sent).toEqual([]);
	});
});

describe('if not found', () => {
	const options = { ifNotFound: 'empty' };

	it.each(['get', 'update', 'delete'])('gives an empty item for %s', async (operation) => {
		const { items } = await run(
			{ parameters: parametersOf('user', operation)({ userId: byId('user_0'), options }) },
			notFound,
		);
		expect(items).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	});

	it('fails all the same when a part of the item had been carried out', async () => {
		const { fault } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
					options,
				}),
			},
			(sent, count) => (count === 0 ? found(sent, count) : notFound()),
		);
		expect(fault.description).toContain('Already carried out');
	});

	it('gives an empty item for a user whom no e-mail address names', async () => {
		const { json } = await run(
			{ parameters: getUser({ userId: byEmail('nobody@example.com'), options }) },
			() => answer(200, []),
		);
		expect(json).toEqual([{}]);
	});

	it('gives an empty item for an organization that no slug names', async () => {
		const organizationId = { __rl: true, mode: 'slug', value: 'nowhere' };
		const { json, fault } = await run(
			{ parameters: parametersOf('organization', 'get')({ organizationId, options }) },
			notFound,
		);
		expect(fault).toBeUndefined();
		expect(json).toEqual([{}]);
	});

	it('gives an empty item for the dry run of a delete, too', async () => {
		const { json } = await run(
			{
				parameters: parametersOf(
					'user',
					'delete',
				)({ userId: byId('user_0'), options: { ...options, dryRun: true } }),
			},
			notFound,
		);
		expect(json).toEqual([{}]);
	});

	it('fails all the same when what is missing is another record, that was to be written', async () => {
		const { fault, sent } = await run(
			{
				parameters: parametersOf(
					'enterpriseConnection',
					'update',
				)({
					enterpriseConnectionId: byId('ent_1'),
					updateFields: { organizationId: { __rl: true, mode: 'slug', value: 'typo' } },
					options,
				}),
			},
			notFound,
		);
		expect(fault.message).toMatch(/Organization was not found/);
		expect(sent).toHaveLength(1);
	});

	it.each([
		['organization_id', true],
		['enterprise_connection_id', false],
	])('where Clerk says that %s is missing: fails %s', async (param_name, fails) => {
		const { fault, json } = await run(
			{
				parameters: parametersOf(
					'enterpriseConnection',
					'update',
				)({
					enterpriseConnectionId: byId('ent_1'),
					updateFields: { organizationId: byId('org_typo') },
					options,
				}),
			},
			() =>
				refusal(404, [{ code: 'resource_not_found', message: 'not found', meta: { param_name } }]),
		);
		if (fails) expect(fault).toMatchObject({ httpCode: '404' });
		else expect(json).toEqual([{}]);
	});

	it('fails all the same when an e-mail address names two users', async () => {
		const user = (id: string) => ({
			id,
			email_addresses: [{ email_address: 'ada@example.com', verification: { status: 'verified' } }],
		});
		const { fault } = await run(
			{ parameters: getUser({ userId: byEmail('ada@example.com'), options }) },
			() => answer(200, [user('user_1'), user('user_2')]),
		);
		expect(fault.message).toMatch(/^User is not clear/);
	});

	it.each([401, 403, 422])('fails all the same with status %i', async (status) => {
		const { fault } = await run({ parameters: getUser({ userId: byId('user_0'), options }) }, () =>
			refusal(status, [{ message: 'no' }]),
		);
		expect(fault).toBeInstanceOf(NodeApiError);
	});

	// A wrong API URL answers everything with 404: that is not "no such user", and a workflow that
	// goes on as if nobody existed does harm.
	it('fails all the same when the 404 is not an answer of Clerk’s API', async () => {
		const { fault } = await run({ parameters: getUser({ userId: byId('user_0'), options }) }, () =>
			answer(404, '<html>404 page not found</html>'),
		);
		expect(fault).toBeInstanceOf(NodeApiError);
	});

	it('fails without the option', async () => {
		const { fault } = await run({ parameters: gets('user_0') }, notFound);
		expect(fault).toMatchObject({ httpCode: '404' });
	});
});

describe('dry run', () => {
	it('does not repeat an object that stands where a switch is wanted', async () => {
		const parameters = parametersOf(
			'user',
			'delete',
		)({ userId: byId('user_1'), options: { dryRun: { password: 'hunter2' } } });
		const { fault } = await run({ parameters }, found);
		expect(fault.message).toContain('needs true or false, but got an object');
		expect(everythingIn(fault)).not.toContain('hunter2');
	});

	it.each([undefined, null, 'perhaps', 2, 10n])(
		'is refused, and the delete not sent, when the option is %p',
		async (dryRun) => {
			const { fault, sent } = await run(
				{
					parameters: parametersOf(
						'user',
						'delete',
					)({
						userId: byId('user_1'),
						options: { dryRun },
					}),
				},
				found,
			);
			expect(fault.message).toMatch(/^Dry Run needs true or false.*\[item 0\]$/);
			expect(sent).toEqual([]);
		},
	);

	it.each([
		['{"dryRun":true}', /^Options needs an object/],
		[{ dryrun: true }, /^Options has no field "dryrun"/],
	])('is not passed over when the options are %p', async (options, says) => {
		const { fault, sent } = await run(
			{ parameters: parametersOf('user', 'delete')({ userId: byId('user_1'), options }) },
			found,
		);
		expect(fault.message).toMatch(says);
		expect(sent).toEqual([]);
	});

	it('takes no notice of options that another operation left behind', async () => {
		const { fault, sent } = await run(
			{
				parameters: parametersOf(
					'user',
					'get',
				)({
					userId: byId('user_1'),
					options: { offset: 5, metadataMode: 'merge' },
				}),
			},
			found,
		);
		expect(fault).toBeUndefined();
		expect(sent).toHaveLength(1);
	});

	it.each([
		[{ metadataMode: 'Replace' }, /^Metadata Mode needs one of merge, replace/],
		[{ ifNotFound: 'Empty' }, /^If Not Found needs one of fail, empty/],
		[{ maxWait: 'x' }, /^Max Wait \(Seconds\) needs a whole number from 0/],
		[{ concurrency: 'abc' }, /^Concurrency needs a whole number from 1/],
	])(
		'and every other option is refused with a value it does not have: %p',
		async (options, says) => {
			const { fault, sent } = await run(
				{ parameters: updateUser({ userId: byId('user_1'), updateFields: {}, options }) },
				found,
			);
			expect(fault.message).toMatch(says);
			expect(sent).toEqual([]);
		},
	);

	const destroyed: Answer = ({ url }) => {
		if (url.endsWith('/sessions')) return answer(200, { data: [], total_count: 3 });
		if (url.endsWith('_memberships')) return answer(200, { data: [], total_count: 2 });
		return answer(200, { id: 'user_1' });
	};

	it.each(['full', 'noDeletes', 'readOnly'])(
		'shows what a delete would destroy, with GETs alone, under the policy %s',
		async (accessPolicy) => {
			const { json, sent } = await run(
				{
					parameters: deleteUser({ userId: byId('user_1'), options: { dryRun: true } }),
					credential: { ...credential, accessPolicy },
				},
				destroyed,
			);
			expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET']));
			expect(json).toEqual([
				{
					dryRun: true,
					method: 'DELETE',
					path: '/users/user_1',
					wouldDestroy: { user: 'user_1', sessions: 3, organizationMemberships: 2 },
				},
			]);
		},
	);

	it('shows the request of a create and sends nothing', async () => {
		const { json, sent } = await run(
			{
				parameters: createUser({
					additionalFields: { firstName: 'Ada', password: 'correct horse', backupCodes: 'a,b' },
					options: { dryRun: true },
				}),
			},
			found,
		);
		expect(sent).toEqual([]);
		expect(json).toMatchObject([
			{ dryRun: true, method: 'POST', path: '/users', body: { first_name: 'Ada' } },
		]);
		expect(JSON.stringify(json)).not.toMatch(/correct horse|"a"/);
	});

	it.each(['password', 'passwordDigest', 'totpSecret', 'backupCodes'])(
		'masks the %s of an update',
		async (name) => {
			const { json, sent } = await run(
				{
					parameters: updateUser({
						userId: byId('user_1'),
						updateFields: { [name]: 'hunter2', passwordHasher: 'bcrypt' },
						options: { dryRun: true },
					}),
				},
				found,
			);
			expect(sent).toEqual([]);
			expect(JSON.stringify(json)).toContain('********');
			expect(JSON.stringify(json)).not.toContain('hunter2');
		},
	);

	it('shows both requests of an update with metadata', async () => {
		const { json } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{"plan":"pro"}' },
					options: { dryRun: true },
				}),
			},
			found,
		);
		expect(json).toEqual([
			{
				dryRun: true,
				method: 'PATCH',
				path: '/users/user_1',
				body: { first_name: 'Ada' },
				followedBy: [
					{
						method: 'PATCH',
						path: '/users/user_1/metadata',
						body: { public_metadata: { plan: 'pro' } },
					},
				],
			},
		]);
	});

	// Expressions often give text; a dry run that is taken for none destroys.
	it.each(['true', 'TRUE', 1, 'yes'])(
		'never sends the delete when the option is %p',
		async (dryRun) => {
			const { sent } = await run(
				{ parameters: deleteUser({ userId: byId('user_1'), options: { dryRun } }) },
				destroyed,
			);
			expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
		},
	);
});

describe('metadata of an update', () => {
	const update = async (updateFields: Values, options: Values = {}, answerTo: Answer = found) =>
		await run(
			{ parameters: updateUser({ userId: byId('user_1'), updateFields, options }) },
			answerTo,
		);

	it('goes into a second request, which merges', async () => {
		const { lines, sent } = await update({ firstName: 'Ada', publicMetadata: '{"plan":"pro"}' });
		expect(lines).toEqual(['PATCH /users/user_1', 'PATCH /users/user_1/metadata']);
		expect(sent.map(({ body }) => body)).toEqual([
			'{"first_name":"Ada"}',
			'{"public_metadata":{"plan":"pro"}}',
		]);
	});

	it('replaces where that was chosen', async () => {
		const { lines } = await update({ publicMetadata: '{}' }, { metadataMode: 'replace' });
		expect(lines).toEqual(['PUT /users/user_1/metadata']);
	});

	it('alone needs no other request', async () => {
		const { lines } = await update({ privateMetadata: { crm: 1 } });
		expect(lines).toEqual(['PATCH /users/user_1/metadata']);
	});

	it('is not sent when it was not added', async () => {
		const { lines, sent } = await update({ firstName: '' });
		expect(lines).toEqual(['PATCH /users/user_1']);
		expect(sent[0].body).toBe('{"first_name":""}');
	});

	it('sends a key called __proto__ as data', async () => {
		const { sent } = await update({ publicMetadata: '{"__proto__":{"admin":true}}' });
		expect(sent[0].body).toBe('{"public_metadata":{"__proto__":{"admin":true}}}');
	});

	it('that Clerk refuses after the rest was written says what stays done', async () => {
		const { fault } = await update(
			{ firstName: 'Ada', publicMetadata: '{"plan":"pro"}' },
			{},
			(sent, count) =>
				count === 0 ? found(sent, count) : refusal(422, [{ message: 'is too large' }]),
		);
		expect(fault.message).toBe('is too large [item 0]');
		expect(fault.description).toContain('Already carried out for this item: PATCH /users/user_1.');
	});

	it('that Clerk refuses says so in the item of continue on fail, too', async () => {
		const { items } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
				}),
				continueOnFail: true,
			},
			(sent, count) => (count === 0 ? found(sent, count) : refusal(422, [{ message: 'no' }])),
		);
		expect((items[0].error as NodeApiError).description).toContain('Already carried out');
	});
});

describe('a filter with more than 100 values', () => {
	const ids = (count: number, prefix = 'user_') =>
		Array.from({ length: count }, (_, index) => `${prefix}${index}`);

	/** Users of whom each was created a second after the one before, in the order asked for. */
	const listing: Answer = ({ url, qs }) => {
		const values = ([] as string[]).concat((qs?.user_id ?? []) as string[]);
		if (url.endsWith('/count')) return answer(200, { object: 'total_count', total_count: 1_000 });
		const rows = values
			.filter((value) => !value.startsWith('-'))
			.map((id) => ({ id, created_at: Number(id.slice('user_'.length)) }));
		const descending = (qs?.order_by ?? '-created_at') === '-created_at';
		return answer(200, descending ? rows.reverse() : rows);
	};

	it('is split into calls of 100, and every record comes once', async () => {
		const { json, sent } = await run(
			{ parameters: listUsers({ returnAll: true, filters: { userId: ids(250) } }) },
			listing,
		);
		expect(sent.map(({ qs }) => (qs?.user_id as string[]).length)).toEqual([100, 100, 50]);
		expect(json.map(({ id }) => id)).toEqual(ids(250).reverse());
	});

	it('is not split at 100', async () => {
		const { sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(100).join(', ') } }) },
			listing,
		);
		expect(sent).toHaveLength(1);
	});

	it('gives values to leave out to every call', async () => {
		const { sent } = await run(
			{
				parameters: listUsers({
					returnAll: true,
					filters: { userId: [...ids(150), '-user_x', '-user_y'] },
				}),
			},
			listing,
		);
		const asked = sent.map(({ qs }) => qs?.user_id as string[]);
		expect(asked.every((values) => values.length <= 100)).toBe(true);
		expect(asked.every((values) => values.includes('-user_x') && values.includes('-user_y'))).toBe(
			true,
		);
		expect(asked.flat().filter((value) => !value.startsWith('-'))).toEqual(ids(150));
	});

	it('of which all are to leave out is refused by the label of its field', async () => {
		const { fault, sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(101, '-user_') } }) },
			listing,
		);
		expect(fault.message).toMatch(/^User ID /);
		expect(sent).toEqual([]);
	});

	it('twice in one form is refused by the labels of its fields', async () => {
		const { fault, sent } = await run(
			{ parameters: listUsers({ filters: { userId: ids(101), username: ids(101) } }) },
			listing,
		);
		expect(fault.message).toContain('User ID');
		expect(fault.message).toContain('Username');
		expect(sent).toEqual([]);
	});

	it('keeps to the limit, and counts what there is for the envelope', async () => {
		const { json, hints } = await run(
			{
				parameters: listUsers({ limit: 120, outputAs: 'envelope', filters: { userId: ids(250) } }),
			},
			listing,
		);
		expect(json).toMatchObject([{ totalCount: 250, success: true }]);
		expect(json[0].users).toHaveLength(120);
		expect(hints).toHaveLength(1);
	});

	// Each call is sorted by Clerk; put one behind the other they are not, and a limit keeps the wrong ones.
	it('keeps the order that was asked for across the calls', async () => {
		const { json } = await run(
			{
				parameters: listUsers({
					limit: 3,
					filters: { userId: ids(250), orderBy: '-created_at' },
				}),
			},
			listing,
		);
		expect(json.map(({ id }) => id)).toEqual(['user_249', 'user_248', 'user_247']);
	});

	it.each(['+last_name', '+email_address', '-web3wallet'])(
		'is refused, with nothing sent, in an order that cannot be kept across the calls: %s',
		async (orderBy) => {
			const { fault, sent } = await run(
				{ parameters: listUsers({ filters: { userId: ids(250), orderBy } }) },
				listing,
			);
			expect(fault.message).toMatch(/^User ID has more than 100 values.*created_at/);
			expect(sent).toEqual([]);
		},
	);

	it('of a count is refused, or split into calls that Clerk takes', async () => {
		const { sent, fault } = await run(
			{ parameters: parametersOf('user', 'count')({ filters: { userId: ids(150) } }) },
			listing,
		);
		const longest = Math.max(0, ...sent.map(({ qs }) => (qs?.user_id as string[]).length));
		expect(longest).toBeLessThanOrEqual(100);
		if (sent.length === 0) expect(fault.message).toMatch(/^User ID /);
	});
});

describe('lists', () => {
	const three = () => answer(200, [{ id: 'user_1' }, { id: 'user_2' }, { id: 'user_3' }]);
	const withCount: Answer = ({ url }) =>
		url.endsWith('/count') ? answer(200, { object: 'total_count', total_count: 42 }) : three();

	it('ask for the total only when the envelope is wanted, with the same filters', async () => {
		const filters = { query: 'ada', orderBy: '-created_at' };
		const asItems = await run({ parameters: listUsers({ filters }) }, withCount);
		expect(asItems.lines).toEqual(['GET /users?query=ada&order_by=-created_at&limit=50']);

		const envelope = await run(
			{ parameters: listUsers({ filters, outputAs: 'envelope' }) },
			withCount,
		);
		expect(envelope.lines).toEqual([
			'GET /users?query=ada&order_by=-created_at&limit=50',
			'GET /users/count?query=ada',
		]);
		expect(envelope.json).toMatchObject([{ totalCount: 42, success: true }]);
		expect(envelope.json[0].users).toHaveLength(3);
	});

	it('give one envelope for each input item, also for an empty list', async () => {
		const { json, items } = await run(
			{ parameters: [1, 2].map(() => listUsers({ outputAs: 'envelope' })) },
			({ url }) => answer(200, url.endsWith('/count') ? { total_count: 0 } : []),
		);
		expect(json).toEqual([1, 2].map(() => ({ users: [], totalCount: 0, success: true })));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('say in a hint that the limit may have cut them, and are silent with Return All', async () => {
		const cut = await run({ parameters: listUsers({ limit: 3 }) }, three);
		expect(cut.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('Return All') }),
		]);
		const whole = await run({ parameters: listUsers({ returnAll: true }) }, three);
		expect(whole.hints).toEqual([]);
		const both = [listUsers({ returnAll: true }), listUsers({ limit: 3 })];
		expect((await run({ parameters: both }, three)).hints).toEqual(cut.hints);
	});

	it('ignore an offset with Return All', async () => {
		const { lines } = await run(
			{ parameters: listUsers({ returnAll: true, options: { offset: 7 } }) },
			three,
		);
		expect(lines).toEqual(['GET /users?limit=500']);
	});

	it('take Return All from an expression that gives text', async () => {
		const { lines } = await run({ parameters: listUsers({ returnAll: 'true' }) }, three);
		expect(lines).toEqual(['GET /users?limit=500']);
	});

	it('keep to the limit where Clerk does not', async () => {
		const { json } = await run({ parameters: listUsers({ limit: 2 }) }, three);
		expect(json).toHaveLength(2);
	});

	it('refuse a filter without a value instead of listing everybody', async () => {
		const { fault, sent } = await run(
			{ parameters: listUsers({ filters: { userId: [] } }) },
			three,
		);
		expect(fault.message).toMatch(/^User ID is empty/);
		expect(sent).toEqual([]);
	});
});

describe('a limit that takes longer than anybody will wait', () => {
	it('stops the run, and says how many items are left and from when', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c', 'user_d').map((values) => ({
			...values,
			options: { concurrency: 1, maxWait: 5 },
		}));
		const { fault, lines } = await run({ parameters }, (sent, count) =>
			count === 0 ? found(sent, count) : refusal(429, [], { 'retry-after': '300' }),
		);
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
		expect(fault.message).toMatch(/is used up until \d{4}-\d\d-\d\dT[\d:.]+Z \[item 1\]$/);
		expect(fault.description).toContain('3 of 4 items are left.');
	});

	it('counts the items that a look-up kept from starting', async () => {
		const parameters = ['a@x.y', 'b@x.y', 'c@x.y'].map((address) =>
			getUser({ userId: byEmail(address), options: { maxWait: 5 } }),
		);
		const { fault } = await run({ parameters }, () => refusal(429, [], { 'retry-after': '300' }));
		expect(fault.description).toContain('3 of 3 items are left.');
	});

	it('fails each of the remaining items without sending it, with continue on fail', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
			...values,
			options: { concurrency: 1, maxWait: 5 },
		}));
		const { json, lines } = await run({ parameters, continueOnFail: true }, (sent, count) =>
			count === 0 ? found(sent, count) : refusal(429, [], { 'retry-after': '300' }),
		);
		expect(lines).toHaveLength(2);
		expect(json).toEqual([
			expect.objectContaining({ id: 'user_a' }),
			{ error: expect.stringContaining('is used up until') },
			{ error: expect.stringContaining('is used up until') },
		]);
	});
});

describe('a delete whose answer was lost', () => {
	/** First it breaks off, then there is nothing left. */
	const lost: Answer = async (_, count) =>
		count === 0 ? await Promise.reject(broken('ECONNRESET')) : notFound();

	const deletes: Array<[string, Values, Values]> = [
		[
			'of a record has its ID, from the end of the path',
			deleteUser({ userId: byId('user 1') }),
			{ id: 'user 1', object: null, deleted: true, success: true },
		],
		[
			'of a membership does not give the ID of the user for its own',
			parametersOf(
				'organizationMembership',
				'delete',
			)({ organizationId: byId('org_1'), userId: byId('user_1') }),
			{ deleted: true, success: true },
		],
		[
			'of all second factors does not give the word of the path for an ID',
			parametersOf('user', 'disableMfa')({ userId: byId('user_1') }),
			{ deleted: true, success: true },
		],
		[
			'of what has no ID of its own makes none up',
			parametersOf(
				'machine',
				'deleteScope',
			)({ machineId: byId('mch_1'), otherMachineId: byId('mch_2') }),
			{ fromMachineId: null, toMachineId: null, deleted: true, object: null, success: true },
		],
		[
			'has what is known in the raw output',
			deleteUser({ userId: byId('user_1'), output: 'raw' }),
			{ id: 'user_1', deleted: true },
		],
	];

	it.each(deletes)('%s', async (_, parameters, expected) => {
		const { json, sent } = await run({ parameters }, lost);
		expect(json).toEqual([expected]);
		expect(sent).toHaveLength(2);
	});
});

describe('the secret key', () => {
	const leaks: Array<[string, Answer]> = [
		['Clerk repeats it in its message', () => refusal(401, [{ message: `${KEY} is invalid` }])],
		[
			'Clerk repeats it in a parameter',
			() => refusal(422, [{ message: 'no', meta: { param_name: KEY } }]),
		],
		['a proxy prints the request', () => answer(400, `<pre>Authorization: Bearer ${KEY}</pre>`)],
		['the connection breaks', async () => await Promise.reject(broken('ECONNRESET'))],
		['nobody listens', async () => await Promise.reject(broken('ECONNREFUSED'))],
	];

	it.each(leaks)('is nowhere in the error when %s', async (_, answerTo) => {
		const { fault } = await run({ parameters: gets('user_1') }, answerTo);
		expect(fault).toBeInstanceOf(NodeApiError);
		expect(everythingIn(fault)).not.toContain(KEY);
	});

	it.each(leaks)('is nowhere in the item of continue on fail when %s', async (_, answerTo) => {
		const { items } = await run({ parameters: gets('user_1'), continueOnFail: true }, answerTo);
		expect(items[0].error).toBeDefined();
		expect(everythingIn(items)).not.toContain(KEY);
	});

	it('is nowhere when somebody put it into a field', async () => {
		const { fault } = await run({ parameters: gets(KEY) }, notFound);
		expect(fault.httpCode).toBe('404');
		expect(everythingIn(fault)).not.toContain(KEY);
	});

	// A long page is cut; a key on the edge must not lose its tail before it is recognised.
	it('leaves no part of itself where the excerpt of an answer ends', async () => {
		const { fault } = await run({ parameters: gets('user_1') }, () =>
			answer(400, `${'x'.repeat(180)}${KEY}`),
		);
		expect(fault.description).not.toContain(KEY.slice(0, 12));
	});
});
