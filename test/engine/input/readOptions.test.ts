import {
	readBoolean,
	readOptions,
	readWholeNumber,
} from '../../../nodes/Clerk/engine/input/readOptions';
import { defineOperation, one } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const things = view('things', ['id']);
const texts = { name: 'It', value: 'it', action: 'Do it', description: 'It' };

const getOne = defineOperation({
	...texts,
	request: 'GET /things/{id}',
	returns: one(things, { ifNotFound: true }),
});
const create = defineOperation({ ...texts, request: 'POST /things', returns: one(things) });

describe('readOptions', () => {
	const read = (options: object) =>
		readOptions(create, (name) => (name === 'options' ? options : undefined));

	it('returns the defaults when no option was added; of Dry Run that it is off, although adding it turns it on', () => {
		expect(read({})).toEqual({
			concurrency: 100,
			dateFormat: 'unix',
			maxRetries: 5,
			maxWait: 60,
			offset: 0,
			dryRun: false,
			ifNotFound: 'fail',
		});
		expect(readOptions(getOne, () => ({}))).toMatchObject({ dryRun: false, ifNotFound: 'fail' });
	});

	it('returns the values of the options that were added', () => {
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
	])('rejects %j', (options, reason) => {
		expect(() => read(options)).toThrow(reason);
	});
});

describe('readBoolean', () => {
	it.each([true, 'true', ' True\n'])('reads %j as true', (value) => {
		expect(readBoolean('It', value)).toBe(true);
	});

	it.each([false, 'false', 'FALSE '])('reads %j as false', (value) => {
		expect(readBoolean('It', value)).toBe(false);
	});

	it.each([
		['', '""'],
		['yes', '"yes"'],
		[1, '1'],
		[10n, '10'],
		[undefined, 'nothing'],
		[[true], 'a list'],
	])('rejects %p', (value, got) => {
		expect(() => readBoolean('It', value)).toThrow(`It needs true or false, but got ${got}`);
	});
});

describe('readWholeNumber', () => {
	it.each([
		[0, 0],
		['12', 12],
		[' 3 ', 3],
	])('reads %j', (value, expected) => {
		expect(readWholeNumber('It', value, 0)).toBe(expected);
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
	])('rejects %j', (value, got) => {
		expect(() => readWholeNumber('It', value, 0)).toThrow(
			`It needs a whole number from 0, but got ${got}`,
		);
	});
});
