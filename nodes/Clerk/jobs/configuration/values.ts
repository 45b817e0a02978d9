import type { IDataObject } from 'n8n-workflow';

import { snakeCase } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { isObject, isSame } from '../../engine/operation/values';
import type { ConfigurationField, ConfigurationValue, Ids, Kind } from './model';

/** Values of records: Clerk's record → the value in an export → the body of a request. Pure. */

const readField = ({ name, read }: ConfigurationField, record: ClerkRecord): unknown =>
	read ? read(record) : record[snakeCase(name)];

/** Returns the fields of a record of Clerk's that hold another type than they should: its value lacks them. */
export const unreadableFields = ({ fields }: Kind, record: ClerkRecord): ConfigurationField[] =>
	fields.filter((field) => {
		const read = readField(field, record) ?? undefined;
		return read !== undefined && normalize(field, read) === undefined;
	});

/** Returns the value of a record of Clerk's. */
export function toExportValue({ fields }: Kind, record: ClerkRecord): ConfigurationValue {
	const entries = fields.flatMap((field): Array<[string, unknown]> => {
		const read = readField(field, record);
		const value = read === undefined ? undefined : normalize(field, read);
		return value === undefined ? [] : [[field.name, value]];
	});
	return Object.fromEntries(entries);
}

const NEEDS: Record<ConfigurationField['type'], string> = {
	text: 'text',
	flag: 'true or false',
	number: 'a whole number',
	set: 'a list of texts',
	words: 'text',
	object: 'an object',
};

/** Returns what a field needs, for a message. */
export const needOf = ({ type }: ConfigurationField): string => NEEDS[type];

/** Returns a value in the one spelling that comparisons take; undefined if the field cannot hold it. */
export function normalize({ type }: ConfigurationField, value: unknown): unknown {
	switch (type) {
		case 'text':
			return value === null ? '' : ofType('string', value);
		case 'words':
			return typeof value === 'string'
				? sorted(value.split(/\s+/).filter(Boolean)).join(' ')
				: undefined;
		case 'flag':
			return ofType('boolean', value);
		case 'number':
			return Number.isSafeInteger(value) ? value : undefined;
		case 'set':
			if (value === null) return [];
			return Array.isArray(value) && value.every((one) => typeof one === 'string')
				? sorted(value as string[])
				: undefined;
		case 'object':
			return isObject(value) ? value : undefined;
	}
}

const ofType = (type: 'string' | 'boolean', value: unknown): unknown =>
	typeof value === type ? value : undefined;

const sorted = (texts: string[]): string[] => [...new Set(texts)].sort();

/** Returns the fields of a wanted value that differ from the stored one. */
export const differences = (
	{ fields }: Kind,
	wanted: ConfigurationValue,
	stored: ConfigurationValue,
): ConfigurationField[] =>
	fields.filter((field) => {
		const { name, onlyGrows, onlySettable } = field;
		if (wanted[name] === undefined) return false;
		if (onlySettable !== undefined && wanted[name] !== onlySettable) return false;
		if (onlyGrows) return missingEntries(field, wanted, stored).length > 0;
		return !isSame(wanted[name], stored[name]);
	});

/** Returns the entries of a wanted set that the stored one lacks. */
export function missingEntries(
	{ name }: ConfigurationField,
	wanted: ConfigurationValue,
	stored: ConfigurationValue,
): string[] {
	const has = new Set((stored[name] ?? []) as string[]);
	return ((wanted[name] ?? []) as string[]).filter((entry) => !has.has(entry));
}

/** Returns the keys of other records that a field of a value names. */
export const keysIn = ({ name }: ConfigurationField, value: ConfigurationValue): string[] =>
	[value[name] ?? []].flat() as string[];

/** Returns the named fields of a value, in the order of its kind. */
export const pick = (fields: ConfigurationField[], value: ConfigurationValue): IDataObject =>
	Object.fromEntries(
		fields.flatMap(({ name }) => (value[name] === undefined ? [] : [[name, value[name]]])),
	) as IDataObject;

/** Returns fields of a value in Clerk's names, with the IDs of the records that they refer to. @throws MissingReferenceError */
export const toBody = (
	fields: ConfigurationField[],
	value: ConfigurationValue,
	ids: Ids,
): IDataObject =>
	Object.fromEntries(
		fields
			.filter(({ name }) => value[name] !== undefined)
			.map((field) => {
				const { name, wire, refersTo, sendsIds } = field;
				const own = value[name];
				if (!refersTo || !sendsIds) return [wire ?? snakeCase(name), own];
				const idsOfKeys = keysIn(field, value).map((key) => ids.of(refersTo, key));
				return [wire ?? snakeCase(name), Array.isArray(own) ? idsOfKeys : idsOfKeys[0]];
			}),
	) as IDataObject;
