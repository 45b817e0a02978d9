import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { fieldsByLocation, isProcedure } from '../operation';
import type { Field, Mapping, Operation, Resource, View } from '../operation';
import { fieldName } from '../operation/view';
import { COLLECTIONS } from './collections';
import * as common from './commonFields';
import { collectionOf, isOnForm } from './layout';
import { optionsOf } from './options';
import { titleCase } from './titleCase';

/**
 * Builds the properties of the node from its operations. Pure. A property that several operations
 * share is listed once, with all of those operations in its display condition.
 *
 * @param first - the default resource
 */
export function buildForm(resources: Resource[], first: string): INodeProperties[] {
	const sorted = [...resources].sort(byName);
	return [
		{
			...common.RESOURCE,
			options: sorted.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
		},
		...sorted.map(operationList),
		...mergeProperties(sorted),
	];
}

/** Operations share fields and views, so each is converted once for all of them. */
function memoize<In extends object, Out>(convert: (input: In) => Out): (input: In) => Out {
	const results = new WeakMap<In, Out>();
	return (input) => {
		const known = results.get(input);
		if (known !== undefined) return known;
		const result = convert(input);
		results.set(input, result);
		return result;
	};
}

const { compare } = new Intl.Collator('en');

const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name);

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
		options: options.sort(byName),
		default: list.value,
	};
}

/** Merges the equal properties of all operations, in the order of the form. */
function mergeProperties(resources: Resource[]): INodeProperties[] {
	const merged = new Map<string, { group: number; property: INodeProperties; shows: Shows }>();
	const numberOf = numberProperties();
	for (const resource of resources) {
		for (const operation of resource.operations) {
			groupsOf(operation).forEach((properties, group) => {
				for (const property of properties) {
					const key = `${group} ${numberOf(property)}`;
					const entry = merged.get(key) ?? { group, property, shows: new Map() };
					merged.set(key, entry);
					const operations = entry.shows.get(resource.value) ?? [];
					entry.shows.set(resource.value, [...operations, operation.value]);
				}
			});
		}
	}
	const all: Shows = new Map(
		resources.map(({ value, operations }) => [value, operations.map((one) => one.value)]),
	);
	return [...merged.values()]
		.sort((a, b) => a.group - b.group)
		.flatMap(({ property, shows }) =>
			mergeConditions(shows, all).map(([resource, operation]) => ({
				...property,
				displayOptions: {
					...property.displayOptions,
					show: { resource, operation, ...property.displayOptions?.show },
				},
			})),
		);
}

/**
 * Returns a function that gives equal properties the same number. The fields of a collection are
 * compared by their numbers, as most are shared: n8n builds the form while it starts
 * (docs/n8n-notes.md, 36), so this must be fast.
 */
function numberProperties(): (property: INodeProperties) => number {
	const known = new Map<string, number>();
	const numberOf = memoize((property: INodeProperties): number => {
		const text = property.type === 'collection' ? shorten(property) : JSON.stringify(property);
		const number = known.get(text) ?? known.size;
		known.set(text, number);
		return number;
	});
	const shorten = ({ options, ...frame }: INodeProperties) =>
		`${JSON.stringify(frame)}${(options as INodeProperties[]).map(numberOf).join()}`;
	return numberOf;
}

/** Resource → its operations that show a property, or all its operations. */
type Shows = Map<string, string[]>;

/**
 * Returns the display conditions of a property. Resources share a condition when each of them shows
 * the property for all operations of the condition that the resource has.
 */
function mergeConditions(
	shows: Shows,
	all: Shows,
): Array<[resources: string[], operations: string[]]> {
	const groups: Array<{ resources: string[]; operations: Set<string> }> = [];
	const fits = (resource: string, operations: Set<string>) =>
		all.get(resource)!.every((one) => !operations.has(one) || shows.get(resource)!.includes(one));
	for (const [resource, own] of shows) {
		const group = groups.find(({ resources, operations }) => {
			const union = new Set([...operations, ...own]);
			return [resource, ...resources].every((one) => fits(one, union));
		});
		if (!group) groups.push({ resources: [resource], operations: new Set(own) });
		group?.resources.push(resource);
		for (const operation of own) group?.operations.add(operation);
	}
	return groups.map(({ resources, operations }) => [resources, [...operations]]);
}

const isList = (operation: Operation): boolean =>
	!isProcedure(operation) && operation.returns.kind === 'list';

/** A response without fields, such as text, has one output only. */
const hasRecords = (operation: Operation): operation is Mapping =>
	!isProcedure(operation) && operation.returns.view.fields.length > 0;

/** Returns the properties of an operation in groups, from the top of the form to the bottom. */
const groupsOf = (operation: Operation): INodeProperties[][] => [
	operation.notice ? [notice(operation.notice)] : [],
	...fieldsOnForm(operation).map((fields) => fields.map(toProperty)),
	isList(operation) ? [common.RETURN_ALL, common.LIMIT] : [],
	collections(operation),
	hasRecords(operation) ? [common.OUTPUT, outputFields(operation.returns.view)] : [],
	isList(operation) ? [common.OUTPUT_AS] : [],
	[collection('options', optionsOf(operation).map(toProperty))],
];

/** Returns the fields that identify the record, and the other fields on the form. */
function fieldsOnForm(operation: Operation): [Field[], Field[]] {
	const aids = isProcedure(operation) ? [] : (operation.aids ?? []);
	const onForm = (isInPath: boolean) =>
		fieldsByLocation(operation)
			.filter(([location]) => (location === 'path') === isInPath)
			.flatMap(([location, fields]) => fields.filter((field) => isOnForm(field, location)));
	const others = onForm(false);
	// A procedure has no path: the locators at the start of its form identify the record.
	const pointsAtRecord = ({ locator, required }: Field) =>
		locator !== undefined && required === true;
	const end = isProcedure(operation) ? others.findIndex((field) => !pointsAtRecord(field)) : 0;
	const records = others.slice(0, end < 0 ? others.length : end);
	return [[...aids, ...onForm(true), ...records], others.slice(records.length)];
}

function collections(operation: Operation): INodeProperties[] {
	const byCollection = new Map<string, INodeProperties[]>();
	for (const [location, listed] of fieldsByLocation(operation)) {
		const fields = listed.filter((field) => !isOnForm(field, location));
		const name = collectionOf(operation, location);
		const known = byCollection.get(name) ?? [];
		if (fields.length > 0) byCollection.set(name, [...known, ...fields.map(toProperty)]);
	}
	return [...byCollection].map(([name, options]) => collection(name, options));
}

const collection = (name: string, options: INodeProperties[]): INodeProperties => ({
	...COLLECTIONS[name],
	name,
	type: 'collection',
	default: {},
	options: options.sort(byDisplayName),
});

/** The keys of a field that n8n lacks. */
const ENGINE_KEYS = [
	...['wire', 'encode', 'explode', 'section', 'secret', 'choices', 'needs', 'neverEmpty'],
	...['emptiedBy', 'nullable', 'once', 'locator', 'file'],
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

const notice = (text: string): INodeProperties => ({
	displayName: text,
	name: 'notice',
	type: 'notice',
	default: '',
});

const outputFields = memoize(({ fields }: View): INodeProperties => {
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
});
