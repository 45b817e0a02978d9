import {
	defineOperation,
	list,
	one,
	InvalidInputError,
} from '../../../nodes/Clerk/engine/operation';
import type { Operation } from '../../../nodes/Clerk/engine/operation';
import { defineProcedure } from '../../../nodes/Clerk/engine/operation';
import { readForm } from '../../../nodes/Clerk/engine/input/readForm';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { readOutputOptions } from '../../../nodes/Clerk/engine/input/outputOptions';

const things = view('things', ['id', 'name', 'size']);
const words = { name: 'It', value: 'it', action: 'Do it', description: 'It' };

const get = defineOperation({ ...words, request: 'GET /things', returns: one(things) });
const getAll = defineOperation({
	...words,
	request: 'GET /things',
	returns: list(things, { shape: 'data', pageSize: 100 }),
});
const procedure = defineProcedure({
	...words,
	form: [],
	writes: false,
	prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
});

const wantedOf = (operation: Operation, parameters: Record<string, unknown> = {}) => {
	const read = (name: string, fallback: unknown) =>
		Object.hasOwn(parameters, name) ? parameters[name] : fallback;
	const openFile = () => {
		throw new Error('no file');
	};
	return readOutputOptions(operation, readForm(operation, read, 'UTC', openFile), read);
};

describe('what is wanted', () => {
	it('of a list nobody said anything about are fifty simplified records, an item each', () => {
		expect(wantedOf(getAll)).toEqual({
			output: 'simplified',
			outputAs: 'items',
			range: { limit: 50, offset: 0 },
		});
	});

	it('of a list is what the form says', () => {
		const options = { offset: 10 };
		expect(wantedOf(getAll, { output: 'raw', outputAs: 'envelope', limit: 3, options })).toEqual({
			output: 'raw',
			outputAs: 'envelope',
			range: { limit: 3, offset: 10 },
		});
		// What Return All hides is not read.
		expect(wantedOf(getAll, { returnAll: 'true', limit: 'x', options })).toEqual({
			output: 'simplified',
			outputAs: 'items',
			range: {},
		});
	});

	it('of one record takes no notice of what only lists have', () => {
		expect(wantedOf(get, { returnAll: 'x', limit: 'x', outputAs: 'x' })).toEqual({
			output: 'simplified',
			outputAs: 'items',
			range: {},
		});
	});

	it('of a procedure is its own report', () => {
		expect(wantedOf(procedure, { output: 'x', fields: 'x' })).toEqual({
			output: 'raw',
			outputAs: 'items',
			range: {},
		});
	});

	it.each([
		[{ output: 'some' }, 'Output needs one of simplified, raw, selectedFields, but got "some"'],
		[{ outputAs: 'some' }, 'Output As needs one of items, envelope, but got "some"'],
		[{ limit: 0 }, 'Limit needs a whole number from 1, but got 0'],
		[{ returnAll: 'yes' }, 'Return All needs true or false, but got "yes"'],
	])('is not %j', (parameters, complaint) => {
		expect(() => wantedOf(getAll, parameters)).toThrow(complaint);
	});
});

describe('selected fields', () => {
	const select = (fields?: unknown) =>
		wantedOf(get, { output: 'selectedFields', ...(fields !== undefined && { fields }) });

	it.each([[['size', 'id']], ['size,id'], [' size , id ,'], [['id', ' size', '']]])(
		'%j come in the order of the record',
		(fields) => {
			expect(select(fields).selected).toEqual({ plural: 'things', fields: ['id', 'size'] });
		},
	);

	it.each([[undefined], [[]], [''], [' , '], [null], [['']]])('%j are none', (fields) => {
		expect(() => select(fields)).toThrow(InvalidInputError);
		expect(() => select(fields)).toThrow('Output Fields is empty. Choose at least one');
	});

	it('are fields that there are', () => {
		expect(() => select('id, weight')).toThrow(
			'Output Fields has no field "weight". There are: id, name, size',
		);
	});

	it('are read only where they are wanted', () => {
		expect(wantedOf(get, { output: 'raw', fields: 'weight' }).selected).toBeUndefined();
	});
});
