import type { ClerkError } from '../http/outcome';
import { fieldsByLocation, isProcedure, pathOf, wireName } from '../operation';
import type { ApiRequest, Field, Operation } from '../operation';

/** Clerk's errors → titles in the words of the form, and what to do where that depends on its fields. */

/** Returns the title of Clerk's first error, with the labels of the form's fields. */
export function titleOf(
	entry: ClerkError,
	request: ApiRequest,
	operation: Operation | undefined,
): string {
	const record = missingRecord(entry, request, operation);
	if (record) return `${record.label} not found: ${record.id}`;
	const missing = missingFields(entry, operation);
	if (missing.length > 0) return `Your instance requires ${inWords(missing)}`;
	const label = labelOf(entry, operation);
	const message = messageOf(entry).replace(/\.$/, '');
	if (!label) return message;
	const sentence = entry.long_message?.replace(/\.$/, '') ?? '';
	const parameter = `${entry.meta?.param_name} `;
	return sentence.startsWith(parameter)
		? `${label} ${sentence.slice(parameter.length)}`
		: `${label}: ${message}`;
}

/** Returns what to do where the fields of the form decide that; '' where they do not. */
export function adviceOn(
	entry: ClerkError,
	request: ApiRequest,
	operation: Operation | undefined,
): string {
	if (missingRecord(entry, request, operation)) {
		return 'Check the ID, and that the secret key belongs to the same instance.';
	}
	const missing = missingFields(entry, operation);
	if (missing.length === 0) return '';
	const fields = operation ? fieldsOf(operation) : [];
	const skips = missing
		.flatMap((label) => fields.filter((field) => field.displayName === label))
		.flatMap(({ name }) => fields.filter((field) => field.name === skipOf(name)))
		.map(({ displayName }) => `, or add '${displayName}'`);
	return `Fill in ${inWords(missing)}${skips.join('')}.`;
}

/** Returns the name of the switch that creates a record without a field that the instance requires. */
const skipOf = (name: string): string => `skip${name[0].toUpperCase()}${name.slice(1)}Requirement`;

/** Returns an error of Clerk's with the field that it is about. */
export function sentenceOf(entry: ClerkError, operation: Operation | undefined): string {
	const facts = [labelOf(entry, operation), ...factsOf(entry)].filter(Boolean);
	const message = messageOf(entry).replace(/\.$/, '');
	return facts.length > 0 ? `${message} (${facts.join(', ')})` : message;
}

/** Returns the parameter and the code of an error of Clerk's. */
export const factsOf = ({ meta, code }: ClerkError): string[] => [
	...(meta?.param_name ? [`parameter ${meta.param_name}`] : []),
	...(code ? [`code ${code}`] : []),
];

/** Returns Clerk's long message, with the short one ("not found") in front if the long one does not contain it. */
function messageOf({ long_message: long, message: short, code }: ClerkError): string {
	if (!long || !short) return long || short || code || 'no reason given';
	return long.toLowerCase().includes(short.toLowerCase()) ? long : `${short}: ${long}`;
}

/** Returns the record of the path that Clerk does not have: the one that it names, or the only one. */
function missingRecord(
	{ code, long_message: long = '' }: ClerkError,
	{ path }: ApiRequest,
	operation: Operation | undefined,
): { label: string; id: string } | undefined {
	if (code !== 'resource_not_found' || !operation || isProcedure(operation)) return undefined;
	const segments = path.split('/').map(decodeURIComponent);
	const names = pathOf(operation).split('/');
	const records = (operation.path ?? []).flatMap((field) => {
		const id = segments[names.indexOf(`{${wireName(field)}}`)];
		return id === undefined ? [] : [{ label: field.displayName, id }];
	});
	return (
		records.find(({ id }) => long.includes(id)) ?? (records.length === 1 ? records[0] : undefined)
	);
}

/** Returns the labels of the fields that the instance requires and that were not sent. */
function missingFields(
	{ code, long_message: long = '' }: ClerkError,
	operation: Operation | undefined,
): string[] {
	if (code !== 'form_data_missing') return [];
	const names = [...long.matchAll(/["'`]([a-z][a-z\d_]*)["'`]/g)].map(([, name]) => name);
	return names.map((name) => labelBy(name, operation) ?? name);
}

const fieldsOf = (operation: Operation): Field[] =>
	fieldsByLocation(operation).flatMap(([, fields]) => fields);

const labelBy = (name: string | undefined, operation: Operation | undefined): string | undefined =>
	operation && fieldsOf(operation).find((field) => wireName(field) === name)?.displayName;

const labelOf = ({ meta }: ClerkError, operation: Operation | undefined): string | undefined =>
	labelBy(meta?.param_name, operation);

const inWords = (words: string[]): string =>
	words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
