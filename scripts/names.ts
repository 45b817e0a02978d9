import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { OUTPUT_FIELDS, outputFieldsOf } from '../nodes/Clerk/engine/form/outputFields';
import { resources } from '../nodes/Clerk/resources';
import { n8n } from '../package.json';
import { ROOT } from './lib/files';

/**
 * Every value that n8n saves in a workflow or a credential, one a line. They are the package's API:
 * a line that goes breaks the workflows that hold it. `npm run names` shows how they differ from the
 * snapshot, `npm run names -- --write` takes them over.
 */

type Place = { resource?: string; operation?: string };
type Form = { name: string; properties: INodeProperties[] };

const SNAPSHOT = join(ROOT, 'test', 'names.snapshot.txt');

function isShownAt({ displayOptions }: Pick<INodeProperties, 'displayOptions'>, place: Place) {
	const show = displayOptions?.show ?? {};
	return (['resource', 'operation'] as const).every((name) => {
		// In a collection, their paths begin at the root.
		const values: unknown[] | undefined = show[name] ?? show[`/${name}`];
		return !values || values.includes(place[name]);
	});
}

/** The choices of one list are loaded when it is shown, and are saved like all others. */
function optionsOf({ name, options = [], typeOptions }: INodeProperties, place: Place): any[] {
	const method = typeOptions?.loadOptionsMethod;
	if (!method) return options;
	if (method !== OUTPUT_FIELDS.typeOptions?.loadOptionsMethod) {
		throw new Error(`The choices of ${name} are not known`);
	}
	const resource = resources.find(({ value }) => value === place.resource);
	const operation = resource?.operations.find(({ value }) => value === place.operation);
	return operation ? outputFieldsOf(operation) : [];
}

/** @param path - with the names of what it is in */
function namesOf(property: INodeProperties, path: string, place: Place): string[] {
	if (property.type === 'notice') return [];
	const nested = optionsOf(property, place).flatMap((option) => {
		// Of a choice, n8n saves only the value; what else is in `options` is properties.
		if ('value' in option) return [`${path} = ${option.value}`];
		if (!isShownAt(option, place)) return [];
		// A fixedCollection holds named groups of properties, a collection the properties themselves.
		return option.values
			? namesWithin(option.values, `${path}.${option.name}.`, place)
			: namesWithin([option], `${path}.`, place);
	});
	return [path, ...(property.modes ?? []).map(({ name }) => `${path} by ${name}`), ...nested];
}

const namesWithin = (properties: INodeProperties[], above: string, place: Place) =>
	properties
		.filter((one) => isShownAt(one, place))
		.flatMap((one) => namesOf(one, `${above}${one.name}`, place));

const choicesOf = (properties: INodeProperties[], name: string, place: Place) =>
	properties
		.filter((one) => one.name === name && isShownAt(one, place))
		.flatMap((one) => optionsOf(one, place).map(({ value }) => String(value)));

/** The names of a node or a credential. */
function namesOfForm({ name, properties }: Form) {
	const places = choicesOf(properties, 'resource', {}).flatMap((resource) =>
		choicesOf(properties, 'operation', { resource }).map((operation) => ({ resource, operation })),
	);
	if (places.length === 0) return [name, ...namesWithin(properties, `${name} `, {})];
	const fields = properties.filter((one) => !['resource', 'operation'].includes(one.name));
	const ofOperations = places.flatMap((place) => {
		const at = `${name} ${place.resource}.${place.operation}`;
		return [at, ...namesWithin(fields, `${at} `, place)];
	});
	return [name, ...ofOperations];
}

/** @param file - of `dist`, with a class that it is named after */
function formIn(file: string): Form {
	const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// With its ending, as `Clerk.node` alone would find `Clerk.node.json`.
	const exported = require(join(ROOT, source));
	const made = new exported[basename(source).split('.')[0]]();
	return made.description ?? made;
}

const readNames = () =>
	[...new Set([...n8n.nodes, ...n8n.credentials].map(formIn).flatMap(namesOfForm))].sort();

/** Returns what to read where the names are not those of the snapshot; nothing where they are. */
export function differenceFromSnapshot() {
	const before = readFileSync(SNAPSHOT, 'utf8').split('\n').filter(Boolean);
	const now = readNames();
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	if (removed.length + added.length === 0) return '';
	return [
		...removed.map((name) => `- ${name}`),
		...added.map((name) => `+ ${name}`),
		'',
		removed.length > 0
			? 'A removed line is a breaking change: saved workflows hold that name. Bring it back, or release a major version.'
			: 'Nothing is removed, so no saved workflow breaks.',
		'If it is as it should be: npm run names -- --write',
	].join('\n');
}

function main() {
	if (process.argv.includes('--write')) {
		writeFileSync(SNAPSHOT, `${readNames().join('\n')}\n`);
		return;
	}
	const difference = differenceFromSnapshot();
	console.log(difference || 'All names are as in the snapshot.');
	process.exitCode = difference ? 1 : 0;
}

if (require.main === module) main();
