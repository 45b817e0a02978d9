import { fakeClock } from '../../support/fakeClock';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { IF_NOT_FOUND } from '../../../nodes/Clerk/engine/form/commonFields';
import { execute } from '../../../nodes/Clerk/engine/execute';
import {
	defineProcedure,
	defineResource,
	InvalidInputError,
} from '../../../nodes/Clerk/engine/operation';
import type {
	ApiRequest,
	ItemProcedure,
	LookUp,
	Prepared,
	OperationContext,
} from '../../../nodes/Clerk/engine/operation';
import { limits } from '../../../nodes/Clerk/resources/limits';
import {
	response,
	networkError,
	credential,
	lineOf,
	errorResponse,
	run as runNode,
	scriptedHost,
} from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { byId, found, getUser, gets, notFound, updateUser, userIn } from '../../support/users';

beforeEach(async () => await fakeClock.wait(3_600_000));

const text = (name: string, words = {}) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
	description: name,
	...words,
});

const thingWith = (words: Pick<ItemProcedure, 'form' | 'options' | 'prepare'>) =>
	defineResource({
		name: 'Thing',
		value: 'thing',
		description: 'x',
		operations: [
			defineProcedure({
				name: 'Work',
				value: 'work',
				action: 'Work on thing',
				description: 'x',
				writes: true,
				...words,
			}),
		],
	});

const thing = thingWith({
	form: [
		text('mode', { section: 'form', once: true }),
		text('name', { nullable: true }),
		text('other'),
	],
	prepare: ({ values }) => ({
		execute: async () => await Promise.resolve({ records: [values as IDataObject] }),
	}),
});

async function run(...items: IDataObject[]) {
	const parameters = items.map((item) => ({
		resource: 'thing',
		operation: 'work',
		options: {},
		...item,
	}));
	const { host } = scriptedHost({ parameters }, () => response(200, {}));
	const [output] = await execute(host, { resources: [thing], limits });
	return output.map(({ json }) => json);
}

describe('a procedure', () => {
	it('reads all fields of its form for every item, also those that a set reads once', async () => {
		expect(await run({ mode: 'a' }, { mode: 'b' })).toEqual([{ mode: 'a' }, { mode: 'b' }]);
	});

	it('takes null for a field that null clears, and rejects it for any other', async () => {
		expect(await run({ additionalFields: { name: null } })).toEqual([{ name: null }]);
		await expect(run({ additionalFields: { other: null } })).rejects.toThrow(
			'other has no value: its expression returned null, which Clerk does not accept here [item 0]',
		);
	});
});

const get = (path: string): ApiRequest => ({ method: 'GET', path });
const patch = (path: string): ApiRequest => ({ method: 'PATCH', path, body: {} });

const fine: Respond = () => response(200, {});

/** Runs a procedure that does `work` for each item. */
async function runProcedure(
	work: (context: OperationContext, name: string) => Promise<IDataObject[] | void>,
	{
		names = ['a'],
		respond = fine,
		options = {},
		prepared = () => ({}),
		...given
	}: {
		names?: string[];
		respond?: Respond;
		options?: IDataObject;
		prepared?: (name: string) => Partial<Prepared>;
	} & Partial<Parameters<typeof scriptedHost>[0]> = {},
) {
	const worker = thingWith({
		form: [text('name', { section: 'form' })],
		options: [IF_NOT_FOUND],
		prepare: ({ values }) => ({
			...prepared(String(values.name)),
			execute: async (context) => ({
				records: (await work(context, String(values.name))) ?? [{}],
			}),
		}),
	});
	const parameters = names.map((name) => ({
		resource: 'thing',
		operation: 'work',
		name,
		options: { maxRetries: 0, ...options },
	}));
	const { host, sent } = scriptedHost({ parameters, ...given }, respond);
	const outcome = await execute(host, { resources: [worker], limits }).then(
		([items]) => ({ json: items.map(({ json }) => json), fault: undefined }),
		(fault: Error & { description?: string }) => ({ json: [], fault }),
	);
	return { ...outcome, lines: sent.map(lineOf) };
}

const missing = () => errorResponse(404, [{ code: 'resource_not_found', message: 'is not there' }]);

describe('runCalls, of an item with several requests', () => {
	it.each([
		['not said to be partly done after a read', get('/things/1'), undefined],
		[
			'said to be partly done after a write',
			patch('/things/1'),
			'Already carried out for this item: PATCH /things/1.',
		],
	])('is %s', async (_, first, note) => {
		const { fault } = await runProcedure(
			async ({ send }) => {
				await send(first);
				await send(patch('/things/2'));
			},
			{ respond: (_sent, count) => (count === 0 ? response(200, {}) : missing()) },
		);
		expect(fault?.message).toBe('is not there [item 0]');
		expect(fault?.description?.includes('Already carried out')).toBe(note !== undefined);
		expect(fault?.description).toContain(note ?? 'From Clerk: ');
	});

	it('names ten of the writes that stay done, and counts the others', async () => {
		const all = Array.from({ length: 12 }, (_, at) => patch(`/things/${at}`));
		const after = async (count: number) => {
			const { fault } = await runProcedure(
				async ({ send }) => {
					for (const request of all.slice(0, count + 1)) await send(request);
				},
				{ respond: (_sent, sent) => (sent < count ? response(200, {}) : missing()) },
			);
			return fault?.description;
		};
		expect(await after(2)).toContain(
			'Already carried out for this item: PATCH /things/0, PATCH /things/1.',
		);
		expect(await after(10)).toContain('PATCH /things/8, PATCH /things/9.');
		expect(await after(11)).toContain('PATCH /things/9 and 1 more.');
		expect(await after(11)).not.toContain('PATCH /things/10');
	});

	it.each([
		['outputs an empty item when the first', 0, [{}]],
		['fails the item when a later', 1, []],
	])(
		'%s record that it reads is missing, with If Not Found set to output an empty item',
		async (_, from, expected) => {
			const { json, fault } = await runProcedure(
				async ({ send }) => {
					await send(get('/things/1'));
					await send(get('/things/2'));
				},
				{
					options: { ifNotFound: 'empty' },
					respond: (_sent, count) => (count >= from ? missing() : response(200, {})),
				},
			);
			expect(json).toEqual(expected);
			expect(fault === undefined).toBe(from === 0);
		},
	);

	it('names the other items that were partly carried out', async () => {
		const { fault } = await runProcedure(
			async ({ send }, name) => {
				if (name === 'a') await fakeClock.wait(1_000);
				if (name === 'b') await send(patch('/things/b'));
				await send(get('/things'));
			},
			{
				names: ['a', 'b'],
				respond: ({ method }) => (method === 'GET' ? missing() : response(200, {})),
			},
		);
		expect(fault?.message).toContain('[item 0]');
		expect(fault?.description).toContain('Partly carried out: items 1.');
	});

	it('has the time, the access policy and the remaining hourly quota in its context', async () => {
		const { json } = await runProcedure(async ({ now, remainingFor, ensureAllowed }) => {
			const invite: ApiRequest = { method: 'POST', path: '/invitations', body: {} };
			ensureAllowed([get('/users'), invite]);
			await Promise.resolve();
			return [
				{
					now: now(),
					name: remainingFor(invite)?.limit.name,
					none: remainingFor(get('/users')) ?? null,
				},
			];
		});
		expect(json).toEqual([
			{ now: fakeClock.now(), name: expect.stringContaining('invitations an hour'), none: null },
		]);
	});

	it('sends nothing when the access policy forbids one of its requests', async () => {
		const { fault, lines } = await runProcedure(
			async ({ send, ensureAllowed }) => {
				ensureAllowed([get('/users'), patch('/users/user_1')]);
				await send(get('/users'));
			},
			{ credential: { ...credential, accessPolicy: 'readOnly' } },
		);
		expect(fault?.message).toContain('Read Only');
		expect(lines).toEqual([]);
	});
});

describe('runCalls, of items with a look-up', () => {
	const things: Respond = ({ qs }) =>
		response(
			200,
			(qs?.name as string[]).map((id) => ({ id })),
		);

	/** Items that name a thing; those with the same first letter name the same. */
	const lookingUp = (
		names: string[],
		check: LookUp['check'] = (found) => String(found[0].id)[0],
	): Parameters<typeof runProcedure> => [
		async ({ send, lookUp }, name) => {
			const again = await lookUp();
			await send(patch(`/things/${name}`));
			return [{ again: again === undefined ? null : again.map(({ id }) => id).join() }];
		},
		{
			names,
			respond: (request, count) =>
				request.method === 'GET' ? things(request, count) : response(200, {}),
			prepared: (name) => ({
				lookUp: {
					kind: 'name',
					value: name,
					request: (values) => ({ ...get('/things'), query: { name: values } }),
					check: (found, changedBefore) =>
						check(
							found.filter(({ id }) => id === name),
							changedBefore,
						),
				},
			}),
		},
	];

	it('sends one request for the look-ups of all items, before the first write', async () => {
		const { json, lines } = await runProcedure(...lookingUp(['a', 'b']));
		expect(lines[0]).toBe('GET /things?name=a&name=b');
		expect(lines.slice(1).sort()).toEqual(['PATCH /things/a', 'PATCH /things/b']);
		expect(json).toEqual([{ again: null }, { again: null }]);
	});

	it('looks up again for a later item of the same target', async () => {
		const { json, lines } = await runProcedure(...lookingUp(['a1', 'a2']));
		expect(lines).toEqual([
			'GET /things?name=a1&name=a2',
			'PATCH /things/a1',
			'GET /things?name=a2',
			'PATCH /things/a2',
		]);
		expect(json).toEqual([{ again: null }, { again: 'a2' }]);
	});

	it('writes nothing for any item if the check of the last one fails', async () => {
		const check: LookUp['check'] = ([{ id }]) => {
			if (id === 'c') throw new InvalidInputError('Name', 'is not clear');
			return String(id);
		};
		const { fault, lines } = await runProcedure(...lookingUp(['a', 'b', 'c'], check));
		expect(fault?.message).toBe('Name is not clear [item 2]');
		expect(lines).toEqual(['GET /things?name=a&name=b&name=c']);
	});

	it('gives each check what those before it planned for the target', async () => {
		const seen: unknown[] = [];
		const check: LookUp['check'] = ([{ id }], changedBefore) => {
			seen.push([id, changedBefore.get('x')?.id]);
			changedBefore.set('x', { id });
			return 'x';
		};
		await runProcedure(...lookingUp(['a', 'b', 'c'], check));
		expect(seen).toEqual([
			['a', undefined],
			['b', 'a'],
			['c', 'b'],
		]);
	});
});

describe('forEachConcurrently', () => {
	type Context = Pick<OperationContext, 'send' | 'forEachConcurrently'>;

	const patchEach = async ({ send, forEachConcurrently }: Context, name: string) => {
		await forEachConcurrently([1, 2, 3, 4, 5, 6], async (thing) => {
			await send(patch(`/things/${name}${thing}`));
		});
	};

	/** The highest number of requests under way at once. */
	const peakOf = async (names: string[], concurrency: number, work = patchEach) => {
		let active = 0;
		let peak = 0;
		await runProcedure(async (context, name) => await work(context, name), {
			names,
			options: { concurrency },
			async respond() {
				peak = Math.max(peak, ++active);
				await fakeClock.wait(100);
				active--;
				return response(200, {});
			},
		});
		return peak;
	};

	it.each([
		['gives one item the whole concurrency', ['a'], 4, 4],
		['gives two items half of it each', ['a', 'b'], 4, 4],
		['lets each item go on when there are more items than that', ['a', 'b', 'c', 'd', 'e'], 4, 4],
	])('%s', async (_, names, concurrency, peak) => {
		expect(await peakOf(names, concurrency)).toBe(peak);
	});

	it.each([
		['one item', ['a'], 4, 4],
		['an item with a concurrency of one', ['a'], 1, 1],
		['two items', ['a', 'b'], 4, 4],
		['more items than that', ['a', 'b', 'c', 'd', 'e', 'f'], 4, 4],
	])(
		'sends no more requests at once where %s read many pages of several lists',
		async (_, names, concurrency, peak) => {
			const readPages = async ({ send, forEachConcurrently }: Context, name: string) => {
				await forEachConcurrently([1, 2, 3], async (list) => {
					const pages = Array.from({ length: 20 }, (__, page) => `/${name}/${list}/${page}`);
					await Promise.all(pages.map(async (path) => await send({ method: 'GET', path })));
				});
			};
			expect(await peakOf(names, concurrency, readPages)).toBe(peak);
		},
	);

	it('keeps the order of things with the same key', async () => {
		const { lines } = await runProcedure(async ({ send, forEachConcurrently }) => {
			await forEachConcurrently(
				['slow', 'slow', 'quick'],
				async (thing) => {
					await send(patch(`/begin/${thing}`));
					await send(patch(`/end/${thing}`));
				},
				(thing) => thing,
			);
		});
		const of = (thing: string) => lines.filter((line) => line.endsWith(thing));
		const slow = ['PATCH /begin/slow', 'PATCH /end/slow'];
		expect(of('slow')).toEqual([...slow, ...slow]);
		expect(of('quick')).toEqual(['PATCH /begin/quick', 'PATCH /end/quick']);
	});

	it('throws the first error once the requests under way have finished', async () => {
		const { fault, lines } = await runProcedure(
			async ({ send, forEachConcurrently }) => {
				await forEachConcurrently(
					[1, 2, 3, 4],
					async (thing) => void (await send(patch(`/things/${thing}`))),
				);
			},
			{
				options: { concurrency: 2 },
				async respond(_sent, count) {
					if (count === 1) return missing();
					await fakeClock.wait(100);
					return response(200, {});
				},
			},
		);
		expect(lines).toEqual(['PATCH /things/1', 'PATCH /things/2']);
		expect(fault?.message).toBe('is not there [item 0]');
		expect(fault?.description).toContain('PATCH /things/1');
	});
});

describe('runCalls', () => {
	it('starts no item after the first that failed, without continue on fail', async () => {
		const { fault, lines } = await runNode(
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

	it.each([1, 3, 50])(
		'runs at most %i items at once, and that many when there are enough',
		async (concurrency) => {
			let active = 0;
			let most = 0;
			const parameters = Array.from({ length: 60 }, (_, index) =>
				getUser({ userId: byId(`user_${index}`), options: { concurrency } }),
			);
			await runNode({ parameters }, async (sent, count) => {
				most = Math.max(most, ++active);
				await fakeClock.wait(10);
				active--;
				return await found(sent, count);
			});
			expect(most).toBe(concurrency);
		},
	);

	it('runs fewer items at once while Clerk responds with server errors', async () => {
		let active = 0;
		const activeAfterErrors: number[] = [];
		const parameters = Array.from({ length: 60 }, (_, index) =>
			getUser({ userId: byId(`user_${index}`), options: { concurrency: 16, maxRetries: 0 } }),
		);
		await runNode({ parameters, continueOnFail: true }, async (_, count) => {
			active++;
			await fakeClock.wait(10);
			active--;
			if (count >= 50) activeAfterErrors.push(active);
			return response(503, '');
		});
		expect(Math.max(...activeAfterErrors)).toBeLessThan(4);
	});

	/** Any items over any users, any time for any response, and faults in between. */
	it('returns items in the order of the input, and changes each record in that order, whatever faults come between', async () => {
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
				const faultsLeft = items.map(({ faults }) => [...faults]);
				const written = new Map<string, number[]>();
				const { json, fault } = await runNode(
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
						const next = faultsLeft[number].shift();
						if (typeof next === 'string') return await Promise.reject(networkError(next));
						if (next !== undefined) return response(next, '{}', { 'retry-after': '1' });
						const user = userIn(sent);
						written.set(user, [...(written.get(user) ?? []), number]);
						return response(200, { id: user, external_id: String(number) });
					},
				);
				expect(fault).toBeUndefined();
				expect(json.map(({ externalId }) => externalId)).toEqual(
					items.map((_, number) => String(number)),
				);
				for (const numbers of written.values()) {
					expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
				}
				expect([...written.values()].flat()).toHaveLength(items.length);
			}),
			{ numRuns: 100 },
		);
	}, 30_000);
});
