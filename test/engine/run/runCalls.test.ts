import { fakeClock } from '../../support/fakeClock';
import type { IDataObject } from 'n8n-workflow';

import { IF_NOT_FOUND } from '../../../nodes/Clerk/engine/form/commonFields';
import { execute } from '../../../nodes/Clerk/engine/execute';
import { defineProcedure, defineResource } from '../../../nodes/Clerk/engine/operation';
import type {
	ApiRequest,
	ItemProcedure,
	Prepared,
	OperationContext,
} from '../../../nodes/Clerk/engine/operation';
import { limits } from '../../../nodes/Clerk/resources/limits';
import { answer, credential, lineOf, refusal, scriptedHost } from '../../support/scripted';
import type { Answer } from '../../support/scripted';

beforeEach(async () => await fakeClock.wait(3_600_000));

/** What a procedure reads of each item's form, and what it works with. */

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
	const { host } = scriptedHost({ parameters }, () => answer(200, {}));
	const [output] = await execute(host, { resources: [thing], limits });
	return output.map(({ json }) => json);
}

describe('a procedure for each item', () => {
	it('reads all of its form for every item: what a set reads once, too', async () => {
		expect(await run({ mode: 'a' }, { mode: 'b' })).toEqual([{ mode: 'a' }, { mode: 'b' }]);
	});

	it('takes null where a field says that it clears, and refuses it elsewhere', async () => {
		expect(await run({ additionalFields: { name: null } })).toEqual([{ name: null }]);
		await expect(run({ additionalFields: { other: null } })).rejects.toThrow(
			'other has no value: its expression gave null [item 0]',
		);
	});
});

const get = (path: string): ApiRequest => ({ method: 'GET', path });
const patch = (path: string): ApiRequest => ({ method: 'PATCH', path, body: {} });

const fine: Answer = () => answer(200, {});

/** Runs an operation that does `work` for each item. */
async function runProcedure(
	work: (tools: OperationContext, name: string) => Promise<IDataObject[] | void>,
	{
		names = ['a'],
		answers = fine,
		options = {},
		prepared = () => ({}),
		...given
	}: {
		names?: string[];
		answers?: Answer;
		options?: IDataObject;
		prepared?: (name: string) => Partial<Prepared>;
	} & Partial<Parameters<typeof scriptedHost>[0]> = {},
) {
	const worker = thingWith({
		form: [text('name', { section: 'form' })],
		options: [IF_NOT_FOUND],
		prepare: ({ values }) => ({
			...prepared(String(values.name)),
			execute: async (tools) => ({
				records: (await work(tools, String(values.name))) ?? [{}],
			}),
		}),
	});
	const parameters = names.map((name) => ({
		resource: 'thing',
		operation: 'work',
		name,
		options: { maxRetries: 0, ...options },
	}));
	const { host, sent } = scriptedHost({ parameters, ...given }, answers);
	const outcome = await execute(host, { resources: [worker], limits }).then(
		([items]) => ({ json: items.map(({ json }) => json), fault: undefined }),
		(fault: Error & { description?: string }) => ({ json: [], fault }),
	);
	return { ...outcome, lines: sent.map(lineOf) };
}

const missing = () => refusal(404, [{ code: 'resource_not_found', message: 'is not there' }]);

describe('an item of several requests', () => {
	it.each([
		['not half done after a read', get('/things/1'), undefined],
		[
			'half done after a write',
			patch('/things/1'),
			'Already carried out for this item: PATCH /things/1.',
		],
	])('is %s', async (_, first, note) => {
		const { fault } = await runProcedure(
			async ({ send }) => {
				await send(first);
				await send(patch('/things/2'));
			},
			{ answers: (_sent, count) => (count === 0 ? answer(200, {}) : missing()) },
		);
		expect(fault?.message).toBe('is not there [item 0]');
		expect(fault?.description?.includes('Already carried out')).toBe(note !== undefined);
		expect(fault?.description).toContain(note ?? 'Clerk said');
	});

	it('names ten of the requests that stay done, and counts the others', async () => {
		const all = Array.from({ length: 12 }, (_, at) => patch(`/things/${at}`));
		const after = async (count: number) => {
			const { fault } = await runProcedure(
				async ({ send }) => {
					for (const request of all.slice(0, count + 1)) await send(request);
				},
				{ answers: (_sent, sent) => (sent < count ? answer(200, {}) : missing()) },
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
		['is empty where the first', 0, [{}]],
		['fails where a later one', 1, []],
	])('%s that it asks for is not there', async (_, from, expected) => {
		const { json, fault } = await runProcedure(
			async ({ send }) => {
				await send(get('/things/1'));
				await send(get('/things/2'));
			},
			{
				options: { ifNotFound: 'empty' },
				answers: (_sent, count) => (count >= from ? missing() : answer(200, {})),
			},
		);
		expect(json).toEqual(expected);
		expect(fault === undefined).toBe(from === 0);
	});

	it('says of the others which were carried out in part', async () => {
		const { fault } = await runProcedure(
			async ({ send }, name) => {
				if (name === 'a') await fakeClock.wait(1_000);
				if (name === 'b') await send(patch('/things/b'));
				await send(get('/things'));
			},
			{
				names: ['a', 'b'],
				answers: ({ method }) => (method === 'GET' ? missing() : answer(200, {})),
			},
		);
		expect(fault?.message).toContain('[item 0]');
		expect(fault?.description).toContain('Partly carried out: items 1.');
	});

	it('knows the time, what the policy allows, and what an hour does', async () => {
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

	it('is refused whole where the policy forbids one of its requests', async () => {
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

describe('what items begin with', () => {
	it('is read for all of them at once', async () => {
		const { json, lines } = await runProcedure(
			async ({ lookUp }) => (await lookUp()).map(({ id }) => ({ id: String(id) })),
			{
				names: ['a', 'b'],
				answers: ({ qs }) =>
					answer(
						200,
						(qs?.name as string[]).map((id) => ({ id })),
					),
				prepared: (name) => ({
					target: name,
					lookUp: {
						by: 'name',
						value: name,
						request: (values) => ({ ...get('/things'), query: { name: values } }),
					},
				}),
			},
		);
		expect(lines).toEqual(['GET /things?name=a&name=b']);
		expect(json).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'b' }]);
	});
});

describe('things worked on side by side', () => {
	/** How many requests were under way at once. */
	const most = async (names: string[], concurrency: number) => {
		let active = 0;
		let peak = 0;
		await runProcedure(
			async ({ send, forEachConcurrently }, name) => {
				await forEachConcurrently([1, 2, 3, 4, 5, 6], async (thing) => {
					await send(patch(`/things/${name}${thing}`));
				});
			},
			{
				names,
				options: { concurrency },
				async answers() {
					peak = Math.max(peak, ++active);
					await fakeClock.wait(100);
					active--;
					return answer(200, {});
				},
			},
		);
		return peak;
	};

	it.each([
		['one item has the whole concurrency', ['a'], 4, 4],
		['two have as much together', ['a', 'b'], 4, 4],
		['each goes on where there are more of them', ['a', 'b', 'c', 'd', 'e'], 4, 4],
	])('%s', async (_, names, concurrency, peak) => {
		expect(await most(names, concurrency)).toBe(peak);
	});

	it('keep their order within a lane', async () => {
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

	it('end with the first that is refused, once what is under way has finished', async () => {
		const { fault, lines } = await runProcedure(
			async ({ send, forEachConcurrently }) => {
				await forEachConcurrently(
					[1, 2, 3, 4],
					async (thing) => void (await send(patch(`/things/${thing}`))),
				);
			},
			{
				options: { concurrency: 2 },
				async answers(_sent, count) {
					if (count === 1) return missing();
					await fakeClock.wait(100);
					return answer(200, {});
				},
			},
		);
		expect(lines).toEqual(['PATCH /things/1', 'PATCH /things/2']);
		expect(fault?.message).toBe('is not there [item 0]');
		expect(fault?.description).toContain('PATCH /things/1');
	});
});
