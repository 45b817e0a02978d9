import { DRY_RUN } from '../../../nodes/Clerk/engine/form/commonFields';
import { optionsOf } from '../../../nodes/Clerk/engine/form/options';
import { defineOperation, defineProcedure, list, one } from '../../../nodes/Clerk/engine/operation';
import type { Operation } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const things = view('things', ['id']);
const texts = { name: 'It', value: 'it', action: 'Do it', description: 'It' };
const paging = { shape: 'data', pageSize: 100 } as const;

const getOne = defineOperation({
	...texts,
	request: 'GET /things/{id}',
	returns: one(things, { ifNotFound: true }),
});
const getAll = defineOperation({
	...texts,
	request: 'GET /things',
	returns: list(things, paging),
});
const create = defineOperation({ ...texts, request: 'POST /things', returns: one(things) });
const withFields = (required: boolean, value = 'it') =>
	defineOperation({
		...create,
		value,
		body: [{ displayName: 'Name', name: 'name', type: 'string', default: '', required }],
	});
const procedure = (form: Parameters<typeof defineProcedure>[0]['form'], writes = true) =>
	defineProcedure({
		...texts,
		form,
		writes,
		prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
	});

const COMMON = ['concurrency', 'maxRetries', 'maxWait'];
const namesOf = (operation: Operation) => optionsOf(operation).map(({ name }) => name);

it.each<[string, Operation, string[], string[]?]>([
	['one record', getOne, ['dateFormat', 'ifNotFound']],
	['a list', getAll, ['dateFormat'], ['offset']],
	['a write', create, ['dryRun', 'dateFormat']],
	[
		'a write with a field that is not required',
		withFields(false),
		['dryRun', 'emptyValues', 'dateFormat'],
	],
	['a write with required fields', withFields(true), ['dryRun', 'dateFormat']],
	['a procedure that writes', procedure([]), ['dryRun']],
	['a procedure that only reads', procedure([], false), []],
	['a job with a Run Mode', procedure([{ ...DRY_RUN, isRunMode: true }]), []],
	[
		'a job with another field and a Run Mode',
		procedure([
			{ ...DRY_RUN, name: 'other' },
			{ ...DRY_RUN, isRunMode: true },
		]),
		[],
	],
	[
		'a procedure with another switch on its form',
		procedure([{ ...DRY_RUN, name: 'other' }]),
		['dryRun'],
	],
])('optionsOf returns the options of %s', (_, operation, before, after = []) => {
	// Those about how requests are sent come after what an operation adds, and Offset last.
	expect(namesOf(operation)).toEqual([...before, ...COMMON, ...after]);
});

it.each([
	['create', 'leaveOut'],
	['createMany', 'leaveOut'],
	['addRoles', 'leaveOut'],
	['upsert', 'leaveOut'],
	['update', 'send'],
	['revoke', 'send'],
])('without the option, %s has its empty values %s', (value, absent) => {
	const option = optionsOf(withFields(false, value)).find(({ name }) => name === 'emptyValues');
	expect(option?.absent).toBe(absent);
	// Adding the option changes something.
	expect(option?.default).not.toBe(absent);
});
