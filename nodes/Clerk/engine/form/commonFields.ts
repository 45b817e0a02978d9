import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../operation/field';

/** Fields that the form shows for every operation, every list or every write. */

export const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: '',
};

export const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

export const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const LIMIT: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

export const OUTPUT: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The most useful fields, in camelCase',
		},
		{
			name: 'Raw',
			value: 'raw',
			description: "Clerk's JSON, unchanged",
		},
		{
			name: 'Selected Fields',
			value: 'selectedFields',
			description: 'Only the simplified fields you choose',
		},
	],
	default: 'simplified',
	description: 'How much of each record to output',
};

export const OUTPUT_AS: INodeProperties = {
	displayName: 'List As',
	name: 'outputAs',
	type: 'options',
	options: [
		{
			name: 'One Item per Record',
			value: 'items',
			description: 'The next node runs once for each record',
		},
		{
			name: 'One Item With a List',
			value: 'envelope',
			description: 'All records in one item, with their total count',
		},
	],
	default: 'items',
	description: 'How records are split into items',
};

export const CONCURRENCY: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: 'How many items to process at once',
};

export const MAX_RETRIES: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description: 'How often to retry a failed request, if that is safe',
};

export const MAX_WAIT: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 60,
	description: 'How long to wait for the rate limit before items fail',
};

export const OFFSET: INodeProperties = {
	displayName: 'Offset',
	name: 'offset',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many results to skip. Ignored when Return All is on.',
};

/** Unix time is what Clerk and the documented tables have; people, tables and AI agents read ISO 8601. */
export const DATE_FORMAT: Field = {
	displayName: 'Date Format',
	name: 'dateFormat',
	type: 'options',
	options: [
		{ name: 'ISO 8601', value: 'iso' },
		{ name: 'Unix Milliseconds', value: 'unix' },
	],
	default: 'iso',
	absent: 'unix',
	description: 'How to write dates, except in Raw output',
};

export const DRY_RUN: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	absent: false,
	description: 'Whether to show what would be done without changing anything',
};

/** For operations that create or add: rows to create records from have holes. */
export const EMPTY_VALUES_LEFT_OUT: Field = {
	displayName: 'Empty Values',
	name: 'emptyValues',
	type: 'options',
	options: [
		{
			name: 'Leave Out',
			value: 'leaveOut',
			description: 'As if you had not added it',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Clear the value in Clerk',
		},
	],
	default: 'send',
	absent: 'leaveOut',
	description: 'How to treat empty values. By default, they are left out.',
};

/** For all other writes: empty values clear fields. */
export const EMPTY_VALUES_SENT: Field = {
	...EMPTY_VALUES_LEFT_OUT,
	default: 'leaveOut',
	absent: 'send',
	description: 'How to treat empty values. By default, they clear the value in Clerk.',
};

export const IF_NOT_FOUND: INodeProperties = {
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Stop, or use the error output' },
		{
			name: 'Return an Empty Item',
			value: 'empty',
			description: 'Continue with an empty item',
		},
	],
	default: 'fail',
	description: 'What to do if the record does not exist',
};
