import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { choicesOf, createsOrAdds, fieldsByLocation, isProcedure } from '../operation';
import type { Field, Operation, Resource } from '../operation';
import { COLLECTIONS } from './collections';
import * as common from './commonFields';
import { memoize, mergeEqual } from './merge';
import { optionsOf } from './options';
import { hasRecords, OUTPUT_FIELDS } from './outputFields';
import { collectionOf, fieldsIn, formOnlyOutsideCollections, isShownOnForm } from './placement';

/**
 * Builds the properties of the node from its operations. Pure. A property that several operations
 * share is listed once, with all of those operations in its display condition. Resources and operations
 * keep their order in the registry, which is by use: n8n shows the actions of an installed package in
 * this order, without a search field (docs/n8n-notes.md, 51).
 *
 * @param defaultResource - its stored value
 */
export function buildForm(resources: Resource[], defaultResource: string): INodeProperties[] {
	return [
		{
			...common.RESOURCE,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: defaultResource,
		},
		...resources.map(operationList),
		...mergeProperties(resources),
	];
}

const { compare } = new Intl.Collator('en');

const byDisplayName = (a: INodeProperties, b: INodeProperties) =>
	compare(a.displayName, b.displayName);

function operationList({ value: resource, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value, action, description }): INodePropertyOptions => ({
		name,
		value,
		action,
		description,
	}));
	const list = operations.find(isList) ?? operations[0];
	return {
		...common.OPERATION,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: list.value,
	};
}

/**
 * Merges the properties of all operations. All lists share one collection of Options, although they
 * have different fields there: each entry says which lists show it. A collection for each list would
 * repeat all the other options.
 */
function mergeProperties(resources: Resource[]): INodeProperties[] {
	const inOptions = mergeEqual(resources, '/', (operation) => [fieldsInOptions(operation)]);
	return mergeEqual(resources, '', (operation) => groupsOf(operation, inOptions));
}

const isList = (operation: Operation): boolean =>
	!isProcedure(operation) && operation.returns.kind === 'list';

/**
 * Returns the properties of an operation in groups, from the top of the form to the bottom.
 *
 * @param ofLists - the entries that each list has in its Options
 */
const groupsOf = (operation: Operation, ofLists: INodeProperties[]): INodeProperties[][] => [
	operation.notice ? [notice(operation.notice)] : [],
	fieldsOnForm(operation).flatMap(toProperties),
	isList(operation) ? [common.RETURN_ALL, common.LIMIT] : [],
	collections(operation),
	hasRecords(operation) ? [common.OUTPUT, OUTPUT_FIELDS] : [],
	isList(operation) ? [common.OUTPUT_AS] : [],
	[
		collection('options', [
			...optionsOf(operation).map(toProperty),
			...(isList(operation) ? ofLists : []),
		]),
	],
];

const fieldsInOptions = (operation: Operation): INodeProperties[] =>
	fieldsByLocation(operation).flatMap(([, fields]) =>
		fields.filter(({ section }) => section === 'options').map(toProperty),
	);

/** Returns the fields on the form itself, in the order of the operation's file. */
function fieldsOnForm(operation: Operation): Field[] {
	const parts = fieldsByLocation(operation).map(([location, fields]): [string, Field[]] => [
		location,
		fields.filter((field) => isShownOnForm(field, location)),
	]);
	parts.push(['formOnly', formOnlyOutsideCollections(operation)]);
	const keys = Object.keys(operation);
	return parts
		.sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b))
		.flatMap(([, fields]) => fields);
}

function collections(operation: Operation): INodeProperties[] {
	const names = fieldsByLocation(operation).map(([location]) => collectionOf(operation, location));
	return [...new Set(names)]
		.map((name) => {
			const entries = fieldsIn(operation, name).map((field) => toEntry(field, operation));
			return collection(name, entries);
		})
		.filter(({ options }) => options!.length > 0);
}

/**
 * Returns the entry of a field in a collection. When something is created, one that the form itself
 * shows too is only for workflows that have it already: any value is at least an empty text, and a
 * missing one is not (docs/n8n-notes.md, 52; n8n drops at a run what it does not show, 14). Where an
 * existing record is changed, the entry is needed to clear the field.
 */
function toEntry(field: Field, operation: Operation): INodeProperties {
	const property = toProperty(field);
	if (!field.alsoOnForm || isProcedure(operation) || !createsOrAdds(operation)) return property;
	return { ...property, displayOptions: { show: { [field.name]: [{ _cnd: { gte: '' } }] } } };
}

/** From this length on, n8n's lint wants lists sorted by name; shorter ones keep the order of their file. */
const SORTED_FROM = 5;

const collection = (name: string, options: INodeProperties[]): INodeProperties => ({
	...COLLECTIONS[name],
	name,
	type: 'collection',
	default: {},
	options: options.length < SORTED_FROM ? options : options.sort(byDisplayName),
});

/** The keys of a field that n8n lacks. */
const ENGINE_KEYS = [
	'wire',
	'absent',
	'encode',
	'explode',
	'section',
	'alsoOnForm',
	'labelledBy',
	'secret',
	'choices',
	'needs',
	'neverEmpty',
	'emptiedBy',
	'kind',
	'merges',
	'nullable',
	'once',
	'locator',
	'file',
	'signs',
	'templates',
	'listOf',
	'isRunMode',
	'open',
	'nullKeeps',
];

/** Returns a field without the keys that n8n lacks; of a table, its columns too. */
const toProperty = memoize((field: Field): INodeProperties => {
	const entries = Object.entries(field).filter(([key]) => !ENGINE_KEYS.includes(key));
	const property = Object.fromEntries(entries) as unknown as INodeProperties;
	if (field.type !== 'fixedCollection') return property;
	const options = (field.options ?? []).map((group) =>
		'values' in group ? { ...group, values: group.values.map(toProperty) } : group,
	);
	return { ...property, options };
});

/** n8n's notices take HTML, and have a style for lists. */
const toHtmlList = (lines: string[]): string =>
	`<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;

/** Returns a field as n8n's property; one that is labelled by a choice as a property for each choice. */
function toProperties(field: Field, _: number, fields: Field[]): INodeProperties[] {
	const property = toProperty(field);
	const choice = fields.find(({ name }) => name === field.labelledBy?.name);
	if (!choice) return [property];
	return choicesOf(choice).map(({ name, value }) => ({
		...property,
		displayName: name,
		placeholder: field.labelledBy?.placeholders[String(value)],
		displayOptions: { show: { [choice.name]: [value] } },
	}));
}

const notice = (text: string | string[]): INodeProperties => ({
	displayName: Array.isArray(text) ? toHtmlList(text) : text,
	name: 'notice',
	type: 'notice',
	default: '',
});
