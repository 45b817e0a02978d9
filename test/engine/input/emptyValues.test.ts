import { clearedFields, rejectNothingToWrite } from '../../../nodes/Clerk/engine/input/emptyValues';
import type { Field, Operation, Options } from '../../../nodes/Clerk/engine/operation';

const field = (name: string, words: Partial<Field> = {}) =>
	({ displayName: name, name, type: 'string', default: '', ...words }) as Field;

const optionsWith = (words: Partial<Options> = {}) => words as Options;

const NAME = field('name');
const NOTE = field('note', { displayName: 'Note', wire: 'profile.note' });
const METADATA = field('metadata', { displayName: 'Metadata', merges: true });

describe('rejectNothingToWrite', () => {
	const reject = (
		request: string,
		fields: Field[] | undefined,
		body: Record<string, unknown>,
		options: Partial<Options> = {},
	) =>
		rejectNothingToWrite({ request, body: fields } as Operation, {
			body,
			options: optionsWith(options),
		});

	it.each<[string, Parameters<typeof reject>]>([
		['a field', ['PATCH /users/{id}', [NAME], { name: '' }]],
		['a key', ['PATCH /users/{id}', [METADATA], { metadata: { a: 1 } }]],
		[
			'{} that replaces',
			['PATCH /users/{id}', [METADATA], { metadata: {} }, { metadataMode: 'replace' }],
		],
		['{} in a PUT', ['PUT /users/{id}', [METADATA], { metadata: {} }]],
		['no field in a POST', ['POST /users', [NAME], {}]],
		['no field where there is none', ['PATCH /users/{id}/touch', [], {}]],
		['no field where there is no body', ['PATCH /users/{id}/touch', undefined, {}]],
		[
			'no field where one is required',
			['PATCH /users/{id}', [field('role', { required: true }), NAME], {}],
		],
	])('accepts %s', (_, given) => {
		expect(() => reject(...given)).not.toThrow();
	});

	it('asks for a field', () => {
		expect(() => reject('PATCH /users/{id}', [NAME], {})).toThrow('Nothing to change: add a field');
		const options = { emptyValues: 'leaveOut' } as const;
		expect(() => reject('PUT /users/{id}', [NAME], {}, options)).toThrow(
			'add a field that has a value',
		);
	});

	it('asks for a key where {} would be merged', () => {
		expect(() => reject('PATCH /users/{id}', [NAME, METADATA], { metadata: {} })).toThrow(
			'Metadata is {}, and a merge keeps the other keys',
		);
	});
});

describe('clearedFields', () => {
	const cleared = (empty: Field[], body: object, words: object = {}) =>
		clearedFields({ options: optionsWith({ emptyValues: 'send' }), empty }, [
			{ method: 'PATCH', path: '/users/user_1', body: body as never, ...words },
		]);

	it.each([
		['name', { name: '' }, true],
		['name', { name: null }, true],
		['name', { name: [] }, true],
		['name', { name: 'Ada' }, false],
		['name', {}, false],
		['toString', {}, false],
	])('has %s after %j: %s', (name, body, isCleared) => {
		expect(cleared([field(name)], body)).toEqual(isCleared ? [name] : []);
	});

	it('finds a field within an object', () => {
		expect(cleared([NOTE], { profile: { note: '' } })).toEqual(['Note']);
		for (const body of [{ profile: { note: 'a' } }, { profile: '' }, { profile: null }, {}]) {
			expect(cleared([NOTE], body)).toEqual([]);
		}
	});

	it('has none after a POST, or where empty values are left out', () => {
		expect(cleared([NAME], { name: '' }, { method: 'POST' })).toEqual([]);
		const request = { method: 'PATCH' as const, path: '/users/user_1', body: { name: '' } };
		const options = optionsWith({ emptyValues: 'leaveOut' });
		expect(clearedFields({ options, empty: [NAME] }, [request])).toEqual([]);
	});
});
