import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isWrite } from './operation';
import type { Field, Operation, Resource, View } from './operation';
import { collectionOf, isOnForm } from './request';
import { fieldName } from './views';

/**
 * Descriptors → the form that n8n shows. Pure. Properties that several operations share stand in
 * the description once, with all of those operations in their display condition.
 *
 * @param first - the resource that a node shows when it was just added
 */
export function buildForm(resources: Resource[], first: string): INodeProperties[] {
	const sorted = [...resources].sort(byName);
	return [
		{
			...RESOURCE,
			options: sorted.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
		},
		...sorted.map(operationList),
		...shared(sorted),
	];
}

const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: '',
};

const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en');

const byDisplayName = (a: INodeProperties, b: INodeProperties) =>
	a.displayName.localeCompare(b.displayName, 'en');

function operationList({ value: resource, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value, action, description }): INodePropertyOptions => ({
		name,
		value,
		action,
		description,
	}));
	const list = operations.find(({ returns }) => returns.kind === 'list') ?? operations[0];
	return {
		...OPERATION,
		displayOptions: { show: { resource: [resource] } },
		options: options.sort(byName),
		default: list.value,
	};
}

/** Properties in the order of the form, each with where it shows. */
function shared(resources: Resource[]): INodeProperties[] {
	const found = new Map<string, { stage: number; property: INodeProperties; shows: Shows }>();
	for (const resource of resources) {
		for (const operation of resource.operations) {
			stagesOf(operation).forEach((properties, stage) => {
				for (const property of properties) {
					const key = `${stage} ${JSON.stringify(property)}`;
					const entry = found.get(key) ?? { stage, property, shows: new Map() };
					found.set(key, entry);
					const operations = entry.shows.get(resource.value) ?? [];
					entry.shows.set(resource.value, [...operations, operation.value]);
				}
			});
		}
	}
	return [...found.values()]
		.sort((a, b) => a.stage - b.stage)
		.flatMap(({ property, shows }) =>
			alike(shows).map(([resource, operation]) => ({
				...property,
				displayOptions: { show: { resource, operation, ...property.displayOptions?.show } },
			})),
		);
}

/** Resource → its operations that show a property. */
type Shows = Map<string, string[]>;

/** Resources that show a property for equally named operations share one condition. */
function alike(shows: Shows): Array<[resources: string[], operations: string[]]> {
	const groups = new Map<string, [string[], string[]]>();
	for (const [resource, operations] of shows) {
		const key = operations.join();
		const group = groups.get(key);
		if (group) group[0].push(resource);
		else groups.set(key, [[resource], operations]);
	}
	return [...groups.values()];
}

/** What an operation puts on the form, from top to bottom. */
function stagesOf(operation: Operation): INodeProperties[][] {
	const { returns } = operation;
	const isList = returns.kind === 'list';
	return [
		operation.notice ? [notice(operation.notice)] : [],
		[...(operation.aids ?? []), ...(operation.path ?? [])].map(toProperty),
		onForm(operation),
		isList ? [RETURN_ALL, LIMIT] : [],
		collections(operation),
		[OUTPUT, outputFields(returns.view)],
		isList ? [OUTPUT_AS] : [],
		[optionsOf(operation)],
	];
}

const onForm = (operation: Operation): INodeProperties[] =>
	(['query', 'body'] as const).flatMap((place) =>
		(operation[place] ?? []).filter((field) => isOnForm(field, place)).map(toProperty),
	);

const COLLECTIONS: Record<string, { displayName: string; placeholder: string }> = {
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
};

function collections(operation: Operation): INodeProperties[] {
	const byCollection = new Map<string, INodeProperties[]>();
	for (const place of ['query', 'body'] as const) {
		const fields = (operation[place] ?? []).filter((field) => !isOnForm(field, place));
		const name = collectionOf(operation, place);
		const known = byCollection.get(name) ?? [];
		if (fields.length > 0) byCollection.set(name, [...known, ...fields.map(toProperty)]);
	}
	return [...byCollection].map(([name, options]) => collection(name, COLLECTIONS[name], options));
}

const collection = (
	name: string,
	words: { displayName: string; placeholder: string },
	options: INodeProperties[],
): INodeProperties => ({
	...words,
	name,
	type: 'collection',
	default: {},
	options: options.sort(byDisplayName),
});

const OWN_WORDS = ['wire', 'encode', 'section', 'locator'];

/** A field without the words that n8n does not know. */
function toProperty(field: Field): INodeProperties {
	const property = Object.entries(field).filter(([word]) => !OWN_WORDS.includes(word));
	return Object.fromEntries(property) as unknown as INodeProperties;
}

const notice = (text: string): INodeProperties => ({
	displayName: text,
	name: 'notice',
	type: 'notice',
	default: '',
});

const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const LIMIT: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

const OUTPUT: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The fields people need, in camelCase, the same ones every time',
		},
		{
			name: 'Raw',
			value: 'raw',
			description: "Everything, as Clerk's API answers it",
		},
		{
			name: 'Selected Fields',
			value: 'selectedFields',
			description: 'Only the fields you choose of the simplified output',
		},
	],
	default: 'simplified',
	description: 'How much of each record to output',
};

function outputFields({ fields }: View): INodeProperties {
	const names = fields.map(fieldName);
	return {
		displayName: 'Output Fields',
		name: 'fields',
		type: 'multiOptions',
		displayOptions: { show: { output: ['selectedFields'] } },
		options: names.map((value) => ({ name: titleCase(value), value })).sort(byName),
		default: [],
		description: 'The fields each item will have',
	};
}

const ABBREVIATIONS: Record<string, string> = { id: 'ID', url: 'URL', totp: 'TOTP' };

/** `primaryEmailAddressId` → `Primary Email Address ID`. */
const titleCase = (name: string): string =>
	name
		.replace(/([A-Z])/g, ' $1')
		.toLowerCase()
		.split(' ')
		.map((word) => ABBREVIATIONS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');

const OUTPUT_AS: INodeProperties = {
	displayName: 'Output As',
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
	description: 'Whether each record becomes an item, or all of them one',
};

const CONCURRENCY: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 20,
	description:
		"How many items may be worked on at once. Fewer are when Clerk is in trouble; Clerk's rate limit is kept in any case.",
};

const MAX_RETRIES: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description:
		'How often a request is repeated after a server fault, a lost connection or a rate limit. What may create something twice is never repeated.',
};

const MAX_WAIT: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 60,
	description:
		"How long to wait at a stretch for Clerk's rate limit. If it would take longer, the remaining items are not sent.",
};

const OFFSET: INodeProperties = {
	displayName: 'Offset',
	name: 'offset',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many results to skip. Ignored when Return All is on.',
};

const DRY_RUN: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to only show the request that would be sent, and what it would destroy, and change nothing',
};

const IF_NOT_FOUND: INodeProperties = {
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Stop, or use the error output of the node' },
		{
			name: 'Return an Empty Item',
			value: 'empty',
			description: 'Go on with an item that has no fields',
		},
	],
	default: 'fail',
	description: 'What to do when Clerk has no such record',
};

function optionsOf(operation: Operation): INodeProperties {
	const { returns } = operation;
	const options = [
		CONCURRENCY,
		MAX_RETRIES,
		MAX_WAIT,
		...(operation.options ?? []).map(toProperty),
	];
	if (returns.kind === 'list') options.push(OFFSET);
	else if (returns.ifNotFound) options.push(IF_NOT_FOUND);
	if (isWrite(operation)) options.push(DRY_RUN);
	return collection('options', { displayName: 'Options', placeholder: 'Add Option' }, options);
}
