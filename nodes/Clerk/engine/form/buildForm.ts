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
 * Descriptors → the form that n8n shows. Pure. Properties that several operations share stand in
 * the description once, with all of those operations in their display condition.
 *
 * @param first - the resource that a node shows when it was just added
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
		...shared(sorted),
	];
}

/** Operations share their fields and views: what is drawn once is drawn for all of them. */
function once<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
	const made = new WeakMap<From, Made>();
	return (from) => {
		const known = made.get(from);
		if (known !== undefined) return known;
		const fresh = make(from);
		made.set(from, fresh);
		return fresh;
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

/** Properties in the order of the form, each with where it shows. */
function shared(resources: Resource[]): INodeProperties[] {
	const found = new Map<string, { stage: number; property: INodeProperties; shows: Shows }>();
	const numberOf = numbers();
	for (const resource of resources) {
		for (const operation of resource.operations) {
			stagesOf(operation).forEach((properties, stage) => {
				for (const property of properties) {
					const key = `${stage} ${numberOf(property)}`;
					const entry = found.get(key) ?? { stage, property, shows: new Map() };
					found.set(key, entry);
					const operations = entry.shows.get(resource.value) ?? [];
					entry.shows.set(resource.value, [...operations, operation.value]);
				}
			});
		}
	}
	const has: Shows = new Map(
		resources.map(({ value, operations }) => [value, operations.map((one) => one.value)]),
	);
	return [...found.values()]
		.sort((a, b) => a.stage - b.stage)
		.flatMap(({ property, shows }) =>
			alike(shows, has).map(([resource, operation]) => ({
				...property,
				displayOptions: {
					...property.displayOptions,
					show: { resource, operation, ...property.displayOptions?.show },
				},
			})),
		);
}

/**
 * The same number for properties that are alike. Most of a form stands in collections, and most of
 * what stands in those is the same in all: n8n waits for this while it starts.
 */
function numbers(): (property: INodeProperties) => number {
	const known = new Map<string, number>();
	const numberOf = once((property: INodeProperties): number => {
		const text = property.type === 'collection' ? short(property) : JSON.stringify(property);
		const number = known.get(text) ?? known.size;
		known.set(text, number);
		return number;
	});
	const short = ({ options, ...frame }: INodeProperties) =>
		`${JSON.stringify(frame)}${(options as INodeProperties[]).map(numberOf).join()}`;
	return numberOf;
}

/** Resource → its operations that show a property; or all that it has. */
type Shows = Map<string, string[]>;

/**
 * Conditions that show a property where it belongs. Resources share one when each of them shows the
 * property for all the operations of the condition that it has; those it does not have cost nothing.
 */
function alike(shows: Shows, has: Shows): Array<[resources: string[], operations: string[]]> {
	const groups: Array<{ resources: string[]; operations: Set<string> }> = [];
	const fits = (resource: string, operations: Set<string>) =>
		has.get(resource)!.every((one) => !operations.has(one) || shows.get(resource)!.includes(one));
	for (const [resource, own] of shows) {
		const group = groups.find(({ resources, operations }) => {
			const together = new Set([...operations, ...own]);
			return [resource, ...resources].every((one) => fits(one, together));
		});
		if (!group) groups.push({ resources: [resource], operations: new Set(own) });
		group?.resources.push(resource);
		for (const operation of own) group?.operations.add(operation);
	}
	return groups.map(({ resources, operations }) => [resources, [...operations]]);
}

const isList = (operation: Operation): boolean =>
	!isProcedure(operation) && operation.returns.kind === 'list';

/** An answer without fields, such as a text, can be shown in one way only. */
const hasRecords = (operation: Operation): operation is Mapping =>
	!isProcedure(operation) && operation.returns.view.fields.length > 0;

/** What an operation puts on the form, from top to bottom. */
const stagesOf = (operation: Operation): INodeProperties[][] => [
	operation.notice ? [notice(operation.notice)] : [],
	...fieldsOnForm(operation).map((fields) => fields.map(toProperty)),
	isList(operation) ? [common.RETURN_ALL, common.LIMIT] : [],
	collections(operation),
	hasRecords(operation) ? [common.OUTPUT, outputFields(operation.returns.view)] : [],
	isList(operation) ? [common.OUTPUT_AS] : [],
	[collection('options', optionsOf(operation).map(toProperty))],
];

/** First what says which record it is, then what is sent for it. */
function fieldsOnForm(operation: Operation): [Field[], Field[]] {
	const aids = isProcedure(operation) ? [] : (operation.aids ?? []);
	const places = fieldsByLocation(operation);
	const at = (wanted: (place: string) => boolean) =>
		places
			.filter(([place]) => wanted(place))
			.flatMap(([place, fields]) => fields.filter((field) => isOnForm(field, place)));
	const others = at((place) => place !== 'path');
	// What a procedure's form begins with names its record, as a path does elsewhere.
	const isName = ({ locator, required }: Field) => locator !== undefined && required === true;
	const end = isProcedure(operation) ? others.findIndex((field) => !isName(field)) : 0;
	const names = others.slice(0, end < 0 ? others.length : end);
	return [[...aids, ...at((place) => place === 'path'), ...names], others.slice(names.length)];
}

function collections(operation: Operation): INodeProperties[] {
	const byCollection = new Map<string, INodeProperties[]>();
	for (const [place, listed] of fieldsByLocation(operation)) {
		const fields = listed.filter((field) => !isOnForm(field, place));
		const name = collectionOf(operation, place);
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

const OWN_WORDS = [
	...['wire', 'encode', 'explode', 'section', 'secret', 'choices', 'needs', 'neverEmpty'],
	...['emptiedBy', 'kind', 'nullable', 'once', 'locator', 'file', 'signs', 'templates'],
];

/** A field without the words that n8n does not know; in a table, its columns too. */
const toProperty = once((field: Field): INodeProperties => {
	const words = Object.entries(field).filter(([word]) => !OWN_WORDS.includes(word));
	const property = Object.fromEntries(words) as unknown as INodeProperties;
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

const outputFields = once(({ fields }: View): INodeProperties => {
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
