import { defineOperation, list, one } from '../../nodes/Clerk/engine/operation';
import type { Field, Mapping, Paging, ViewField } from '../../nodes/Clerk/engine/operation';
import { called, each, view } from '../../nodes/Clerk/engine/operation/view';
import type { Facts, OperationFacts } from '../../scripts/lib/digest';
import { Judge } from '../support/conformance';
import type { OpenUrl } from '../support/judge/responses';

/** The lines of the judge that `conformance.test.ts` uses, for operations that differ from the API. */

const field = (overrides: Partial<Field>): Field => ({
	displayName: 'Thing',
	name: 'thing',
	type: 'string',
	default: '',
	...overrides,
});

interface Case {
	facts?: OperationFacts;
	operation?: Partial<Mapping>;
	records?: Record<string, Facts>;
	openUrls?: OpenUrl[];
}

const judgeOf = ({ facts = {}, operation = {}, records = {}, openUrls = [] }: Case) => {
	const made = defineOperation({
		name: 'Do',
		value: 'do',
		action: 'Do thing',
		description: 'Do a thing',
		request: 'POST /things',
		returns: one(view('things', ['id'])),
		...operation,
	});
	const digest = { version: '', sha256: '', operations: { [made.request]: facts }, records };
	return { made, judge: new Judge(digest, { openUrls }) };
};

const lines = (given: Case) => {
	const { made, judge } = judgeOf(given);
	return judge.disagreements('thing', made).map((line) => line.replace('thing.do: ', ''));
};

const ofBody = (body: Facts, fields: Field[]) =>
	lines({ facts: { body }, operation: { body: fields } });

const number = (typeOptions: Field['typeOptions']) => field({ type: 'number', typeOptions });
const choice = (...values: string[]) =>
	field({ type: 'options', options: values.map((value) => ({ name: value, value })) });

describe('Judge.disagreements, fields', () => {
	it.each<[Field, Facts[string], string | undefined]>([
		[field({}), { type: 'string', enum: ['a'] }, 'is free text; the API takes certain values'],
		[
			field({ encode: 'list' }),
			{ type: 'array', items: 'string', enum: ['a'] },
			'is free text; the API takes certain values',
		],
		[
			field({ encode: 'list', choices: ['a'] }),
			{ type: 'array', items: 'string', enum: ['a', 'b'] },
			'does not offer b',
		],
		[field({ encode: 'list', choices: ['a'] }), { type: 'array', enum: ['a'] }, undefined],
		[choice('a', 'b'), { type: 'string', enum: ['a'] }, 'offers b, which the API does not know'],
		[choice('a'), { type: 'string', enum: ['a', 'b'] }, 'does not offer b'],
		[number({}), { type: 'integer' }, 'takes fractions; the API takes integers'],
		[number({ numberPrecision: 0 }), { type: 'number' }, 'takes no fractions; the API does'],
		[number({ numberPrecision: 0 }), { type: 'integer' }, undefined],
		[number({}), { type: 'number' }, undefined],
		[
			number({}),
			{ type: 'number', minimum: 1 },
			'allows any number below; the API takes 1 and more',
		],
		[number({ minValue: 0 }), { type: 'number', minimum: 1 }, 'allows 0; the API takes 1 and more'],
		[
			number({ minValue: 0 }),
			{ type: 'number', minimum: 0, exclusiveMinimum: true },
			'allows 0; the API takes 1 and more',
		],
		[
			number({ minValue: 2 }),
			{ type: 'number', minimum: 1 },
			'refuses less than 2; the API takes 1',
		],
		[number({ minValue: 2 }), { type: 'number' }, 'refuses less than 2; the API takes any number'],
		[number({}), { type: 'number', maximum: 5 }, 'has no bound of 5, which the API has'],
		[
			number({ maxValue: 4 }),
			{ type: 'number', maximum: 5 },
			'refuses more than 4; the API takes 5',
		],
		[number({ maxValue: 4 }), { type: 'number' }, 'refuses more than 4; the API takes any number'],
		[
			field({ encode: 'list' }),
			{ type: 'array', minItems: 1 },
			'may be empty; the API takes one and more',
		],
		[field({ encode: 'list', neverEmpty: true }), { type: 'array', minItems: 1 }, undefined],
	])('returns for the field %j and the fact %j: %s', (formField, fact, line) => {
		const at = 'additionalFields.thing (body thing) ';
		expect(ofBody({ thing: fact }, [formField])).toEqual(
			line === undefined ? [] : [`${at}${line}`],
		);
	});

	it('names a field whose object requires another one', () => {
		const body: Facts = {
			hint: { type: 'object' },
			'hint.mode': { type: 'string', required: true },
			'hint.source': { type: 'string' },
		};
		const mode = field({ name: 'mode', wire: 'hint.mode' });
		const source = field({ name: 'source', wire: 'hint.source' });
		expect(ofBody(body, [mode, source])).toEqual([
			'additionalFields.source goes without hint.mode, which the API then requires',
		]);
		expect(ofBody(body, [mode, { ...source, needs: 'mode' }])).toEqual([]);
	});

	it.each<[string, Field[], string[]]>([
		['accepts a required field', [field({ required: true })], []],
		['names a missing field', [], ['path thing is neither on the form nor omitted']],
		[
			'names a field that is not in the path',
			[field({ required: true }), field({ name: 'other', required: true })],
			['other (path other) is unknown to the API'],
		],
		[
			'names a field that is not required',
			[field({})],
			['thing (path thing) is required in the API'],
		],
	])('%s, in a path', (_, path, expected) => {
		const facts: OperationFacts = { path: { thing: { type: 'string', required: true } } };
		const operation = { request: 'GET /things/{thing}', path } as const;
		expect(lines({ facts, operation })).toEqual(expected);
	});

	it('names a parameter that the form sends in another part of the request', () => {
		const facts: OperationFacts = {
			query: { thing: { type: 'string' } },
			body: { thing: { type: 'string' } },
		};
		expect(lines({ facts, operation: { body: [field({})] } })).toEqual([
			'query thing is neither on the form nor omitted',
		]);
		expect(lines({ facts, operation: { body: [field({})], always: { thing: 1 } } })).toEqual([]);
	});
});

describe('Judge.disagreements, orders', () => {
	const record: Facts = {
		id: { type: 'string' },
		created_at: { type: 'integer' },
		name: { type: 'string' },
	};
	const orders = (...values: string[]) => ({ ...choice(...values), name: 'orderBy' });
	const sorted = (order: Paging['order'], offered: Field[], sorts = ['created_at']) =>
		lines({
			facts: {
				list: 'data',
				response: 'Thing',
				query: {
					limit: { type: 'integer' },
					order_by: { type: 'string', default: '+created_at', sorts },
					...(offered.length > 1 && { thing: { type: 'array' } }),
				},
			},
			operation: {
				request: 'GET /things',
				query: offered,
				returns: list(view('things', ['id', 'createdAt', 'name']), {
					pageSize: 10,
					shape: 'data',
					order,
				}),
			},
			records: { Thing: record },
		});
	const oldest = { parameter: 'order_by', default: '+created_at', sortable: ['created_at'] };
	const both = orders('+created_at', '-created_at');

	it.each<[string, string[], string[]]>([
		['returns nothing for the right order', sorted(oldest, [both]), []],
		[
			'names another default order',
			sorted({ ...oldest, default: '-created_at' }, [both]),
			['is ordered by +created_at in the API, not by -created_at'],
		],
		[
			'names missing and unknown orders',
			sorted(oldest, [orders('+created_at', '-created_at', '+size')], ['created_at', 'name']),
			[
				'does not offer the order +name, -name',
				'offers the order +size, which the API does not know',
			],
		],
		[
			'names a field that records cannot be sorted by',
			sorted({ ...oldest, sortable: ['created_at', 'name'] }, [both]),
			['puts records in order by name, which is no number in them'],
		],
		[
			'reports long lists that are split without an order',
			sorted(undefined, [both, field({ encode: 'list' })]),
			['splits long lists without a word on their order'],
		],
	])('%s', (_, found, expected) => {
		expect(found).toEqual(expected);
	});
});

describe('Judge, outputs', () => {
	const records: Record<string, Facts> = {
		Thing: {
			id: { type: 'string' },
			parts: { type: 'array', record: 'Part' },
			url: { type: 'string' },
		},
		Part: { size: { type: 'integer' }, weight: { type: 'integer' } },
	};
	const shown = (fields: ViewField[], openUrls?: OpenUrl[]) =>
		lines({
			facts: { response: 'Thing' },
			operation: { returns: one(view('things', fields)) },
			records,
			openUrls,
		});

	it('names fields that the output or the response lacks, in nested lists too', () => {
		expect(shown(['id', each('parts', ['size', 'color'])])).toEqual([
			'leaves url of the response (Thing) out of things, without a reason',
			'outputs color in things.parts; the response (Part) has none',
			'leaves weight of the response (Part) out of things.parts, without a reason',
		]);
		expect(shown(['id', 'parts', 'url'])).toEqual([]);
	});

	it('reports a login link whose name is not marked as secret', () => {
		const openUrls = [{ record: 'Thing', as: 'signInUrl', reason: '' }];
		expect(shown(['id', 'parts', 'url'], openUrls)).toEqual([
			'outputs a login link as url, not as signInUrl',
		]);
		expect(shown(['id', 'parts', called('signInUrl', 'url')], openUrls)).toEqual([]);
	});

	it.each<[OpenUrl[], string[]]>([
		[[], ['url']],
		[[{ record: 'Thing', reason: '' }], []],
		[[{ record: 'Thing', as: 'signInUrl', reason: '' }], ['signInUrl']],
	])('secretOutputs returns the links to mark, with openUrls %j', (openUrls, marked) => {
		const { made, judge } = judgeOf({ facts: { response: 'Thing' }, records, openUrls });
		expect(judge.secretOutputs(made)).toEqual(marked);
	});
});
