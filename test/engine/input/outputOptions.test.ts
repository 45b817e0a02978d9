import {
	defineOperation,
	defineProcedure,
	InvalidInputError,
	list,
	one,
} from '../../../nodes/Clerk/engine/operation';
import type { Operation } from '../../../nodes/Clerk/engine/operation';
import { readForm } from '../../../nodes/Clerk/engine/input/readForm';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { readOutputOptions } from '../../../nodes/Clerk/engine/input/outputOptions';

const things = view('things', ['id', 'name', 'size']);
const texts = { name: 'It', value: 'it', action: 'Do it', description: 'It' };

const get = defineOperation({ ...texts, request: 'GET /things', returns: one(things) });
const getAll = defineOperation({
	...texts,
	request: 'GET /things',
	returns: list(things, { shape: 'data', pageSize: 100 }),
});
const procedure = defineProcedure({
	...texts,
	form: [],
	writes: false,
	prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
});

const readFrom = (operation: Operation, parameters: Record<string, unknown> = {}) => {
	const read = (name: string, fallback: unknown) =>
		Object.hasOwn(parameters, name) ? parameters[name] : fallback;
	const openFile = () => {
		throw new Error('no file');
	};
	return readOutputOptions(operation, readForm(operation, read, 'UTC', openFile), read);
};

describe('readOutputOptions', () => {
	it('returns fifty simplified records, one item each, for a list by default', () => {
		expect(readFrom(getAll)).toEqual({
			output: 'simplified',
			dateFormat: 'unix',
			outputAs: 'items',
			range: { limit: 50, offset: 0 },
		});
	});

	it('returns the options of the form for a list', () => {
		const options = { offset: 10, dateFormat: 'iso' };
		expect(readFrom(getAll, { output: 'raw', outputAs: 'envelope', limit: 3, options })).toEqual({
			output: 'raw',
			dateFormat: 'iso',
			outputAs: 'envelope',
			range: { limit: 3, offset: 10 },
		});
		// Return All hides the limit, so it is not read.
		expect(readFrom(getAll, { returnAll: 'true', limit: 'x', options })).toEqual({
			output: 'simplified',
			dateFormat: 'iso',
			outputAs: 'items',
			range: {},
		});
	});

	it('ignores the options of lists for a single record', () => {
		expect(readFrom(get, { returnAll: 'x', limit: 'x', outputAs: 'x' })).toEqual({
			output: 'simplified',
			dateFormat: 'unix',
			outputAs: 'items',
			range: {},
		});
	});

	it('returns raw output for a procedure, whose report is the output', () => {
		expect(readFrom(procedure, { output: 'x', fields: 'x' })).toEqual({
			output: 'raw',
			dateFormat: 'unix',
			outputAs: 'items',
			range: {},
		});
	});

	it.each([
		[{ output: 'some' }, 'Output needs one of simplified, raw, selectedFields, but got "some"'],
		[{ outputAs: 'some' }, 'List As needs one of items, envelope, but got "some"'],
		[{ limit: 0 }, 'Limit needs a whole number from 1, but got 0'],
		[{ returnAll: 'yes' }, 'Return All needs true or false, but got "yes"'],
	])('rejects %j', (parameters, reason) => {
		expect(() => readFrom(getAll, parameters)).toThrow(reason);
	});
});

describe('readOutputOptions, selected fields', () => {
	const select = (fields?: unknown) =>
		readFrom(get, { output: 'selectedFields', ...(fields !== undefined && { fields }) });

	it.each([
		[['size', 'id']],
		['size,id'],
		[' size , id ,'],
		[['size', ' id', '']],
		['["size","id"]'],
	])('returns %j in the order chosen', (fields) => {
		expect(select(fields).selected).toEqual({ plural: 'things', fields: ['size', 'id'] });
	});

	it.each([[undefined], [[]], [''], [' , '], [null], [['']]])('rejects %j as empty', (fields) => {
		expect(() => select(fields)).toThrow(InvalidInputError);
		expect(() => select(fields)).toThrow('Output Field Names or IDs is empty. Choose at least one');
	});

	it('rejects an unknown field', () => {
		expect(() => select('id, weight')).toThrow(
			'Output Field Names or IDs has no field "weight". There are: id, name, size',
		);
	});

	it('ignores them when the output is not Selected Fields', () => {
		expect(readFrom(get, { output: 'raw', fields: 'weight' }).selected).toBeUndefined();
	});
});
