import { sortRecords, splitLongLists } from '../../../nodes/Clerk/engine/request/longLists';
import {
	defineOperation,
	list,
	one,
	InvalidInputError,
} from '../../../nodes/Clerk/engine/operation';
import type { Field, Mapping, Paging } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const filter = (displayName: string, name: string): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	encode: 'list',
});

const things = view('things', ['id']);
const unordered: Paging = { shape: 'array', pageSize: 500 };
const paging: Paging = {
	...unordered,
	order: { parameter: 'order_by', default: '-created_at', sortable: ['created_at', 'updated_at'] },
};
const getMany = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many things',
	description: 'x',
	request: 'GET /things' as const,
	query: [filter('Name', 'name'), filter('Size', 'size')],
};
const getAll = defineOperation({ ...getMany, returns: list(things, paging) });

const numbered = (count: number, prefix = 'v') =>
	Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const split = (query: Record<string, string | string[]>, operation: Mapping = getAll) =>
	splitLongLists({ method: 'GET', path: '/things', query }, operation);

const namesIn = (query: Record<string, string | string[]>) =>
	split(query).map((request) => request.query?.name);

describe('splitLongLists', () => {
	it('returns one request for 100 values', () => {
		expect(namesIn({ name: numbered(100) })).toEqual([numbered(100)]);
		expect(namesIn({ name: numbered(100, '-out') })).toEqual([numbered(100, '-out')]);
		expect(split({ name: 'x'.repeat(500) })).toHaveLength(1);
	});

	it('splits more values, and repeats the rest of the query in each request', () => {
		const all = numbered(101);
		expect(split({ name: all, size: ['1'] })).toEqual([
			{ method: 'GET', path: '/things', query: { name: all.slice(0, 100), size: ['1'] } },
			{ method: 'GET', path: '/things', query: { name: ['v100'], size: ['1'] } },
		]);
	});

	it('repeats excluded values in each request', () => {
		const out = numbered(60, '-out');
		const all = numbered(41);
		expect(namesIn({ name: [...out, ...all] })).toEqual([
			[...all.slice(0, 40), ...out],
			['v40', ...out],
		]);
		const most = numbered(99, '-out');
		expect(namesIn({ name: ['a', ...most, 'b-'] })).toEqual([
			['a', ...most],
			['b-', ...most],
		]);
	});

	it.each<[string, Record<string, string | string[]>, string, Mapping]>([
		[
			'100 excluded values beside others',
			{ name: [...numbered(100, '-out'), 'a'] },
			'Name takes at most 99 values to leave out beside others',
			getAll,
		],
		[
			'101 excluded values alone',
			{ name: numbered(101, '-out') },
			'Name takes at most 100 values to leave out',
			getAll,
		],
		[
			'two long filters',
			{ name: numbered(101), size: numbered(101) },
			'Name and Size both have more than 100 values; only one filter can',
			getAll,
		],
		[
			'an order that cannot be kept',
			{ name: numbered(101), order_by: '-email' },
			'Name has more than 100 values, which take several calls; across them only the order by created_at, updated_at can be kept',
			getAll,
		],
		[
			'an operation that returns no list',
			{ name: numbered(101) },
			'Name takes at most 100 values',
			defineOperation({ ...getMany, returns: one(things) }),
		],
	])('rejects %s', (_, query, reason, operation) => {
		expect(() => split(query, operation)).toThrow(InvalidInputError);
		expect(() => split(query, operation)).toThrow(reason);
	});

	it.each(['updated_at', '+updated_at', '-created_at'])(
		'splits a list with the order %s',
		(order) => {
			expect(split({ name: numbered(150), order_by: order })).toHaveLength(2);
		},
	);

	it('splits a list that has no order', () => {
		const operation = defineOperation({ ...getMany, returns: list(things, unordered) });
		expect(split({ name: numbered(150) }, operation)).toHaveLength(2);
	});
});

describe('sortRecords', () => {
	const rows = [
		{ id: 'none' },
		{ id: 'b', created_at: 2 },
		{ id: 'c', created_at: 30 },
		{ id: 'never', created_at: null },
		{ id: 'a', created_at: 1 },
		{ id: 'b2', created_at: 2 },
	];
	const idsBy = (order: string) => sortRecords(rows, order).map(({ id }) => id);

	it('returns records in the given order, those without the time last', () => {
		expect(idsBy('created_at')).toEqual(['a', 'b', 'b2', 'c', 'none', 'never']);
		expect(idsBy('+created_at')).toEqual(['a', 'b', 'b2', 'c', 'none', 'never']);
		expect(idsBy('-created_at')).toEqual(['c', 'b', 'b2', 'a', 'none', 'never']);
		expect(rows[0].id).toBe('none');
	});
});
