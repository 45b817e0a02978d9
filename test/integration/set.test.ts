import type { IDataObject } from 'n8n-workflow';

import { execute } from '../../nodes/Clerk/engine/execute';
import {
	defineResource,
	defineSet,
	InvalidInputError,
	InvalidItemsError,
} from '../../nodes/Clerk/engine/operation';
import type { FormInput, Prepared } from '../../nodes/Clerk/engine/operation';
import { IncompleteJobError } from '../../nodes/Clerk/engine/run/incompleteJob';
import { limits } from '../../nodes/Clerk/resources/limits';
import { response, scriptedHost } from '../support/scripted';

/** The whole input as one: read once, rejected as a whole, run once. */

const text = (name: string, words = {}) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
	section: 'form' as const,
	description: name,
	...words,
});

const setOf = (prepareAll: (items: FormInput[]) => Prepared) =>
	defineResource({
		name: 'Thing',
		value: 'thing',
		description: 'x',
		operations: [
			defineSet({
				name: 'Sync',
				value: 'sync',
				action: 'Sync thing',
				description: 'x',
				writes: true,
				form: [text('mode', { once: true }), text('member', { required: true })],
				prepareAll,
			}),
		],
	});

const run = async (
	prepareAll: (items: FormInput[]) => Prepared,
	members: unknown[],
	continueOnFail = false,
	onError?: 'continueErrorOutput',
) => {
	const parameters = members.map((member, at) => ({
		resource: 'thing',
		operation: 'sync',
		mode: at === 0 ? 'first' : 'other',
		member,
		options: {},
	}));
	const { host, lines } = scriptedSet({ parameters, continueOnFail, node: { onError } });
	const api = { resources: [setOf(prepareAll)], limits };
	const outcome = await execute(host, api).then(
		([items]) => ({ items, fault: undefined }),
		(fault: Error & { description?: string }) => ({ items: [], fault }),
	);
	return {
		...outcome,
		hints: host.hints.map(({ message }: { message: string }) => message) as string[],
		lines: lines(),
	};
};

const scriptedSet = (given: Omit<Parameters<typeof scriptedHost>[0], 'credential'>) => {
	const { host, sent } = scriptedHost(given, () => response(200, {}));
	return { host, lines: () => sent.map(({ method, url }) => `${method} ${url}`) };
};

const report = (items: FormInput[]): Prepared => ({
	async execute({ send, forEachConcurrently }) {
		const seen: string[] = [];
		await forEachConcurrently(items, async ({ values }) => {
			await send({ method: 'PATCH', path: `/things/${String(values.member)}`, body: {} });
			seen.push(String(values.member));
		});
		return {
			records: items.map(({ values }) => ({ ...values }) as IDataObject),
			itemIndexes: items.map(({ itemIndex }) => itemIndex),
		};
	},
});

const messagesOf = (fault?: Error & { description?: string }) => [
	fault?.message,
	fault?.description,
];

describe('a set', () => {
	it('runs once, and links each row of its report to its item', async () => {
		const { items, lines } = await run(report, ['a', 'b', 'c']);
		expect(items).toEqual([
			{ json: { mode: 'first', member: 'a' }, pairedItem: { item: 0 } },
			{ json: { member: 'b' }, pairedItem: { item: 1 } },
			{ json: { member: 'c' }, pairedItem: { item: 2 } },
		]);
		expect(lines).toHaveLength(3);
	});

	it('sends nothing when one item is invalid, and throws the error of that item', async () => {
		const { fault, lines } = await run(report, ['a', '', 'c']);
		expect(messagesOf(fault)[0]).toBe('member is empty [item 1]');
		expect(messagesOf(fault)[1]).toContain('No other item was carried out.');
		expect(lines).toEqual([]);
	});

	it('sends nothing when one item is invalid, and fails all items, with continue on fail', async () => {
		const { items, lines } = await run(report, ['a', '', 'c'], true);
		expect(items.map(({ json }) => json.error)).toEqual([
			'Not carried out, because other items of the input were refused [item 0]',
			'member is empty [item 1]',
			'Not carried out, because other items of the input were refused [item 2]',
		]);
		expect(lines).toEqual([]);
	});

	const contradiction = () => {
		throw new InvalidItemsError(new Map([[2, new InvalidInputError('member', 'is there twice')]]));
	};

	it.each([
		['when it is prepared', contradiction],
		['while it runs', () => ({ execute: async () => await Promise.resolve().then(contradiction) })],
	])('fails the items that contradict others, %s', async (_, prepareAll) => {
		const { fault } = await run(prepareAll, ['a', 'b', 'a']);
		expect(messagesOf(fault)[0]).toBe('member is there twice [item 2]');
		const { items } = await run(prepareAll, ['a', 'b', 'a'], true);
		expect(items.map(({ json }) => String(json.error).slice(0, 15))).toEqual([
			'Not carried out',
			'Not carried out',
			'member is there',
		]);
	});

	it('fails its first item and sends nothing when it cannot be prepared', async () => {
		const invalid = () => {
			throw new InvalidInputError('mode', 'is unknown');
		};
		const { fault, lines } = await run(invalid, ['a', 'b']);
		expect(messagesOf(fault)[0]).toBe('mode is unknown [item 0]');
		const { items } = await run(invalid, ['a', 'b'], true);
		expect(items.map(({ json }) => json.error)).toEqual([
			'mode is unknown [item 0]',
			'Not carried out, because other items of the input were refused [item 1]',
		]);
		expect(lines).toEqual([]);
	});

	const members = (items: FormInput[]) => items.map(({ values }) => String(values.member));

	/** Finds no `none`, and rejects `bad`. */
	const finding = (items: FormInput[]): Prepared => {
		const failed = (which: string, reason: string) =>
			new Map(
				[...members(items).entries()]
					.filter(([, member]) => member === which)
					.map(([at]) => [at, new InvalidInputError('member', reason)]),
			);
		const invalid = failed('bad', 'is invalid');
		return {
			invalid,
			async execute({ send }) {
				await send({ method: 'GET', path: '/things' });
				const found = items.filter((__, at) => members(items)[at] === 'two');
				return {
					records: found.flatMap(() => [{ one: 1 }, { two: 2 }]),
					itemIndexes: found.flatMap(({ itemIndex }) => [itemIndex, itemIndex]),
					hints: ['A hint'],
					errors: new Map([...failed('none', 'was not found'), ...invalid]),
				};
			},
		};
	};

	it('fails the items one by one, where the set only reads, with continue on fail', async () => {
		const given = ['none', 'two', 'bad', 'two'];
		const { items, hints, lines } = await run(finding, given, true);
		expect(items.map(({ json, pairedItem }) => [pairedItem, json.error ?? json])).toEqual([
			[{ item: 0 }, 'member was not found [item 0]'],
			[{ item: 1 }, { one: 1 }],
			[{ item: 1 }, { two: 2 }],
			[{ item: 2 }, 'member is invalid [item 2]'],
			[{ item: 3 }, { one: 1 }],
			[{ item: 3 }, { two: 2 }],
		]);
		expect(hints).toEqual(['A hint']);
		expect(lines).toHaveLength(1);
		expect((await run(finding, ['none', 'bad'], true)).items).toHaveLength(2);
	});

	it('sends nothing when one item is invalid and the set only reads, and throws the first that failed', async () => {
		const invalid = await run(finding, ['two', 'none', 'bad']);
		expect(messagesOf(invalid.fault)[0]).toBe('member is invalid [item 2]');
		expect(invalid.lines).toEqual([]);
		const none = await run(finding, ['two', 'none', 'none']);
		expect(messagesOf(none.fault)[0]).toBe('member was not found [item 1]');
		expect(messagesOf(none.fault)[1]).toContain('Refused as well: items 2.');
		expect(none.lines).toHaveLength(1);
	});

	const stopped = () => ({
		execute: async () => {
			await Promise.resolve();
			throw new IncompleteJobError(
				'3 of 4 would go',
				[{ target: 'a', status: 'planned' }],
				['At most 2 may.'],
			);
		},
	});

	it('throws when a guard stops it, and outputs its report with continue on fail', async () => {
		const { fault } = await run(stopped, ['a', 'b']);
		expect(messagesOf(fault)[0]).toContain('3 of 4 would go');
		expect(messagesOf(fault)[1]).toContain('At most 2 may.');
		const { items } = await run(stopped, ['a', 'b'], true);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ report: [{ target: 'a', status: 'planned' }] });
		expect(items[0].error).toBeUndefined();
	});

	it('outputs an item that n8n takes to the error output, with the report in its message', async () => {
		const { items } = await run(stopped, ['a', 'b'], true, 'continueErrorOutput');
		expect(items[0].json).toEqual({
			error: '3 of 4 would go [item 0]',
			message: 'At most 2 may.\nReport: [{"target":"a","status":"planned"}]',
		});
		expect(items[0].error).toBeUndefined();
	});

	it('outputs nothing but the error when it fails without a report', async () => {
		const broken = () => ({ execute: async () => await Promise.reject(new Error('no')) });
		const { items } = await run(broken, ['a', 'b'], true);
		expect(items[0].json).toEqual({ error: expect.stringContaining('no') });
		expect(items[0].error).toBeUndefined();
	});
});
