import additions from '../../spec/additions.json';
import type { Addition } from '../../scripts/lib/additions';
import { digestOf } from '../../scripts/lib/digest';
import { withAdditions } from '../support/additions';
import { withAdditionsInDocument } from '../support/documentAdditions';
import { documentWith } from '../support/spec';

const digest = digestOf(documentWith());

const add = (...given: Array<Partial<Addition>>) =>
	withAdditions(
		digest,
		given.map((one) => ({ facts: {}, source: 'a source', date: '2026-01-01', ...one })),
	);

const string = { type: 'string' };

describe('withAdditions', () => {
	it('adds routes, records, fields of either, and values', () => {
		const { api, stale } = add(
			{ operation: 'PUT /things/{id}', facts: { response: 'Thing' } },
			{ operation: 'POST /things', field: 'body color', facts: string },
			{ operation: 'POST /things', field: 'query draft', facts: string },
			{ operation: 'POST /things', field: 'body parts.weight', facts: string },
			{ operation: 'POST /things', field: 'body kind', facts: { enum: ['z'] } },
			{ record: 'Owner', facts: { id: string } },
			{ record: 'Thing', field: 'owner', facts: { type: 'object', record: 'Owner' } },
		);
		expect(stale).toEqual([]);
		expect(api.operations['PUT /things/{id}']).toEqual({ response: 'Thing' });
		const { body, query } = api.operations['POST /things'];
		expect(body).toMatchObject({ color: string, 'parts.weight': string });
		expect(body?.kind.enum).toEqual(['a', 'b', 'z']);
		expect(query).toEqual({ draft: string });
		expect(api.records.Owner).toEqual({ id: string });
		expect(api.records.Thing.owner).toEqual({ type: 'object', record: 'Owner' });
		expect(digest.operations['PUT /things/{id}']).toBeUndefined();
		expect(digest.operations['POST /things'].body?.kind.enum).toEqual(['a', 'b']);
	});

	it.each<[string, Partial<Addition>, string]>([
		[
			'a route that the document has',
			{ operation: 'DELETE /things/{id}' },
			"DELETE /things/{id} is in Clerk's document now: remove it",
		],
		[
			'a field that the document has',
			{ operation: 'POST /things', field: 'body name', facts: string },
			"POST /things body name is in Clerk's document now: remove it",
		],
		[
			'a field of a record that the document has',
			{ record: 'Thing', field: 'parent', facts: string },
			"record Thing parent is in Clerk's document now: remove it",
		],
		[
			'values that the document has',
			{ operation: 'POST /things', field: 'body kind', facts: { enum: ['a', 'b'] } },
			"POST /things body kind is in Clerk's document now: remove it",
		],
		[
			'values of which the document has some',
			{ operation: 'POST /things', field: 'body kind', facts: { enum: ['a', 'c'] } },
			"POST /things body kind is partly in Clerk's document now: leave only c",
		],
		[
			'a field of a route that is gone',
			{ operation: 'POST /gone', field: 'body name', facts: string },
			'POST /gone body name is to be added to something that the API does not have',
		],
	])('reports %s', (_, addition, line) => {
		expect(add(addition).stale).toEqual([`spec/additions.json: ${line}`]);
	});
});

test('each addition names its source and the day it was published', () => {
	for (const { source, date } of additions) {
		expect(source).toMatch(/\S/);
		expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
	}
});

test('the document that responses are validated against gets an added query parameter once', () => {
	const draft = { operation: 'POST /things', field: 'query draft', facts: string };
	const given = [draft, draft].map((one) => ({ ...one, source: 'a source', date: '2026-01-01' }));
	const document = { paths: { '/things': { post: {} } } };
	const { parameters } = withAdditionsInDocument(document, given).paths['/things'].post;
	const added = { in: 'query', name: 'draft', schema: string };
	expect(parameters.filter(({ name }: { name: string }) => name === 'draft')).toEqual([added]);
});
