import digest from '../../spec/digest.json';
import { digestOf } from '../../scripts/lib/digest';
import { differencesOf } from '../../scripts/lib/specDiff';
import { documentWith, readDocument, runDiff } from '../support/spec';

/** `npm run spec:digest` and `npm run spec:watch`: the facts of Clerk's document, and the changes of a new version. */

const before = digestOf(documentWith());

describe('digestOf', () => {
	it('returns the facts of each operation, with nested fields of its body', () => {
		expect(before.operations['POST /things']).toEqual({
			sends: 'json',
			body: {
				name: { type: 'string', maxLength: 10, required: true },
				kind: { type: 'string', enum: ['a', 'b'], nullable: true },
				parts: { type: 'array', items: 'object' },
				'parts.size': { type: 'integer', minimum: 1, required: true },
			},
			response: 'Thing',
		});
	});

	it('returns the shape and the query parameters of a list', () => {
		expect(before.operations['GET /things']).toEqual({
			query: {
				limit: { type: 'integer', maximum: 500 },
				color: { type: 'array', items: 'string', explode: false },
				order_by: { type: 'string', default: '-created_at', sorts: ['color', 'created_at'] },
			},
			list: 'data',
			response: 'Thing',
		});
	});

	it('returns each record once, also a recursive one', () => {
		expect(before.records.Thing).toEqual({
			id: { type: 'string', required: true },
			parent: { type: 'object', nullable: true, record: 'Thing' },
		});
	});

	it('returns responseType: nothing for a response without JSON', () => {
		expect(before.operations['DELETE /things/{id}']).toEqual({
			deprecated: true,
			path: { id: { type: 'string', required: true } },
			responseType: 'nothing',
		});
	});

	it('says where further fields are refused', () => {
		const inner = { type: 'object', additionalProperties: false, properties: { b: {} } };
		const schema = { ...inner, properties: { a: inner, list: { type: 'array', items: inner } } };
		const { operations } = digestOf(
			JSON.stringify({
				info: { version: '1' },
				paths: {
					'/a': {
						post: {
							requestBody: { content: { 'application/json': { schema } } },
							responses: { 204: {} },
						},
						put: {
							requestBody: {
								content: {
									'application/json': { schema: { ...schema, additionalProperties: true } },
								},
							},
							responses: { 204: {} },
						},
					},
				},
			}),
		);
		expect(operations['POST /a']).toMatchObject({
			closed: true,
			body: { a: { closed: true }, list: { closed: true } },
		});
		expect(operations['PUT /a']).not.toHaveProperty('closed');
	});

	it("has copied none of the document's sentences", () => {
		expect(JSON.stringify(digest).match(/"[^" ]+ [^" ]+ [^"]+"/g) ?? []).toEqual([]);
	});
});

describe('differencesOf', () => {
	it('returns nothing when only sentences changed', () => {
		expect(differencesOf(before, digestOf(documentWith({ words: 'Other' })))).toEqual([]);
	});

	it('returns a line for each changed operation and field', () => {
		const after = digestOf(documentWith({ isChanged: true }));
		expect(differencesOf(before, after)).toEqual([
			'- GET /things query color',
			'~ POST /things: deprecated was nothing, is true',
			'~ POST /things body name: maxLength was 10, is 20',
			'~ POST /things body kind: enum was ["a","b"], is ["a","b","c"]',
			'+ POST /things body note (string, required)',
			'- DELETE /things/{id}',
			'+ GET /things/{id}',
			'+ record Thing label (string)',
		]);
	});

	it('decides the exit code of the command', async () => {
		expect(await runDiff('{}')).toMatchObject({ code: 2 });
		const changed = await runDiff(documentWith());
		expect(changed.code).toBe(1);
		expect(changed.output).toContain('+ GET /things\n');
		expect(changed.output).toContain('- GET /users\n');
	});
});

const document = readDocument();

if (!document) {
	test.skip("the digest is that of Clerk's document (set CLERK_OPENAPI_FILE to its file)", () => {});
} else {
	test("the digest is that of Clerk's document", async () => {
		expect(digestOf(document)).toEqual(digest);
		expect(await runDiff(document)).toEqual({ code: 0, output: '0 differences\n' });
	});
}
