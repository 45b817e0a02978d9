import { DRY_RUN } from '../../../nodes/Clerk/engine/form/commonFields';
import { defineOperation, list, one } from '../../../nodes/Clerk/engine/operation';
import type { Operation } from '../../../nodes/Clerk/engine/operation';
import { readOptions, readSwitch, readWhole } from '../../../nodes/Clerk/engine/input/readOptions';
import { optionsOf } from '../../../nodes/Clerk/engine/form/options';
import { defineProcedure } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const things = view('things', ['id']);
const words = { name: 'It', value: 'it', action: 'Do it', description: 'It' };
const paging = { shape: 'data', pageSize: 100 } as const;

const getOne = defineOperation({
	...words,
	request: 'GET /things/{id}',
	returns: one(things, { ifNotFound: true }),
});
const getAll = defineOperation({
	...words,
	request: 'GET /things',
	returns: list(things, paging),
});
const create = defineOperation({ ...words, request: 'POST /things', returns: one(things) });
const procedure = (form: Parameters<typeof defineProcedure>[0]['form'], writes = true) =>
	defineProcedure({
		...words,
		form,
		writes,
		prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
	});

const GENERAL = ['concurrency', 'maxRetries', 'maxWait'];
const namesOf = (operation: Operation) => optionsOf(operation).map(({ name }) => name);

it.each<[string, Operation, string[]]>([
	['one record', getOne, ['ifNotFound']],
	['a list', getAll, ['offset']],
	['a write', create, ['dryRun']],
	['a procedure that writes', procedure([]), ['dryRun']],
	['a procedure that only reads', procedure([], false), []],
	['a procedure with a Dry Run on its form', procedure([DRY_RUN]), []],
	[
		'a procedure with another field and a Dry Run on its form',
		procedure([{ ...DRY_RUN, name: 'other' }, DRY_RUN]),
		[],
	],
	[
		'a procedure with another switch on its form',
		procedure([{ ...DRY_RUN, name: 'other' }]),
		['dryRun'],
	],
])('the options of %s', (_, operation, more) => {
	expect(namesOf(operation)).toEqual([...GENERAL, ...more]);
});

describe('what a form says', () => {
	const read = (options: object) =>
		readOptions(create, (name) => (name === 'options' ? options : undefined));

	it('in no option is the default, and Dry Run is off', () => {
		expect(read({})).toEqual({
			concurrency: 100,
			maxRetries: 5,
			maxWait: 60,
			offset: 0,
			dryRun: false,
			ifNotFound: 'fail',
		});
		expect(readOptions(getOne, () => ({}))).toMatchObject({ dryRun: false, ifNotFound: 'fail' });
	});

	it('in an option counts', () => {
		expect(read({ concurrency: '7', maxRetries: 0, dryRun: 'TRUE ' })).toMatchObject({
			concurrency: 7,
			maxRetries: 0,
			dryRun: true,
		});
	});

	it.each([
		[{ concurrency: 0 }, 'Concurrency needs a whole number from 1, but got 0'],
		[{ maxRetries: -1 }, 'Max Retries needs a whole number from 0, but got -1'],
		[{ maxWait: '' }, 'Max Wait (Seconds) needs a whole number from 0, but got ""'],
		[{ dryRun: null }, 'Dry Run needs true or false, but got null'],
	])('%j is refused', (options, complaint) => {
		expect(() => read(options)).toThrow(complaint);
	});
});

describe('a switch', () => {
	it.each([true, 'true', ' True\n'])('may be %j', (value) => {
		expect(readSwitch('It', value)).toBe(true);
	});

	it.each([false, 'false', 'FALSE '])('may be %j', (value) => {
		expect(readSwitch('It', value)).toBe(false);
	});

	it.each([
		['', '""'],
		['yes', '"yes"'],
		[1, '1'],
		[10n, '10'],
		[undefined, 'nothing'],
		[[true], 'a list'],
	])('must not be %p', (value, named) => {
		expect(() => readSwitch('It', value)).toThrow(`It needs true or false, but got ${named}`);
	});
});

describe('a whole number', () => {
	it.each([
		[0, 0],
		['12', 12],
		[' 3 ', 3],
	])('may be %j', (value, expected) => {
		expect(readWhole('It', value, 0)).toBe(expected);
	});

	it.each([
		[-1, '-1'],
		[1.5, '1.5'],
		['  ', '"  "'],
		['', '""'],
		['1,5', '"1,5"'],
		[true, 'true'],
		[null, 'null'],
		[undefined, 'nothing'],
		[{ secret: 1 }, 'an object'],
	])('must not be %j', (value, named) => {
		expect(() => readWhole('It', value, 0)).toThrow(
			`It needs a whole number from 0, but got ${named}`,
		);
	});
});
