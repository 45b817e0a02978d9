import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { COLLECTIONS } from './collections';
import * as common from './commonFields';
import { optionsOf } from './options';
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
			...common.RESOURCE,
			options: sorted.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
		},
		...sorted.map(operationList),
		...shared(sorted),
	];
}

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
		...common.OPERATION,
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
		isList ? [common.RETURN_ALL, common.LIMIT] : [],
		collections(operation),
		[common.OUTPUT, outputFields(returns.view)],
		isList ? [common.OUTPUT_AS] : [],
		[collection('options', optionsOf(operation).map(toProperty))],
	];
}

const onForm = (operation: Operation): INodeProperties[] =>
	(['query', 'body'] as const).flatMap((place) =>
		(operation[place] ?? []).filter((field) => isOnForm(field, place)).map(toProperty),
	);

function collections(operation: Operation): INodeProperties[] {
	const byCollection = new Map<string, INodeProperties[]>();
	for (const place of ['query', 'body'] as const) {
		const fields = (operation[place] ?? []).filter((field) => !isOnForm(field, place));
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

const OWN_WORDS = ['wire', 'encode', 'section', 'secret', 'needs', 'locator', 'file'];

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

/** As people write them, by what stands in the name of a field. */
const ABBREVIATIONS = new Map(
	[
		...['API', 'ID', 'IDs', 'IdP', 'IP', 'JWKS', 'JWT', 'M2M', 'MFA', 'OAuth', 'OIDC', 'PKCE'],
		...['SAML', 'SCIM', 'SSO', 'TOTP', 'TTL', 'URI', 'URIs', 'URL', 'URLs'],
	].map((written) => [written.toLowerCase(), written]),
);

/** `primaryEmailAddressId` → `Primary Email Address ID`. */
const titleCase = (name: string): string =>
	name
		.replace(/([A-Z])/g, ' $1')
		.toLowerCase()
		.split(' ')
		.map((word) => ABBREVIATIONS.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
