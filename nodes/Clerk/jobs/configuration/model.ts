import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord, Paging } from '../../engine/operation';
import type { Action } from '../shared/actions';

/** The words of an instance's configuration: kinds of records, their fields, and what is wanted of them. */

/** The value of a record in an export: its fields in camelCase, without those that identify it. */
export type ConfigurationValue = Readonly<Record<string, unknown>>;

/**
 * - `set`: a list of texts whose order does not matter.
 * - `words`: the same as one text, with blanks between.
 */
export type FieldType = 'text' | 'flag' | 'number' | 'set' | 'words' | 'object';

/** A field that is exported, compared and written. */
export interface ConfigurationField {
	name: string;
	type: FieldType;
	/** Its name in requests, if that is not the snake_case of `name`. */
	wire?: string;
	/** Returns its value in a record of Clerk's, by default that of the snake_case of `name`; undefined if there is none. */
	read?(record: ClerkRecord): unknown;
	/** Its value is the key of such a record, or a set of keys. */
	refersTo?: KindName;
	/** Requests hold the IDs of those records instead of their keys. */
	sendsIds?: true;
	/** Nothing removes entries from the set: a record with more of them is as wanted. */
	onlyGrows?: true;
	/** Compared only if this is wanted, since other values cannot be set. */
	onlySettable?: string;
	/** A new record must have it. */
	required?: true;
}

export type KindName =
	| 'organizationPermission'
	| 'organizationRole'
	| 'roleSet'
	| 'organizationSettings'
	| 'oauthApplicationSettings'
	| 'communication'
	| 'protect'
	| 'allowedOrigins'
	| 'jwtTemplate'
	| 'redirectUrl'
	| 'allowlistIdentifier'
	| 'blocklistIdentifier'
	| 'oauthApplication'
	| 'machine'
	| 'machineScope';

/** How requests name records that others refer to: by IDs, which exist only once a record is there. */
export interface Ids {
	/** @throws MissingReferenceError */
	of(kind: KindName, key: string): string;
}

/** A kind of record: what is data about it, and how it is written. */
export interface Kind {
	/** Saved in exports and workflows: never changes. */
	name: KindName;
	/** On the form. */
	label: string;
	/** As sentences name one record. */
	noun: string;
	path: string;
	/** Of a list; without it, the path has the one record of the kind. */
	paging?: Paging;
	/** Returns the records of this kind in a row of the list, if that is not the row. */
	recordsIn?(row: ClerkRecord): ClerkRecord[];
	/** Returns what identifies a record among those of its kind; without it, there is one record. */
	recordKey?(record: ClerkRecord): string;
	/** Returns the key that the value of a record implies. */
	keyIn?(value: ConfigurationValue): string;
	/** *Replace in Values* applies to the key too. */
	isKeyReplaced?: true;
	/** Whether a record is configuration; others can only be referred to. */
	isOwn?(record: ClerkRecord): boolean;
	fields: ConfigurationField[];
	/** Returns the requests that create a record. @param body - of the value, in Clerk's names */
	create?(record: NewRecord, ids: Ids): ApiRequest[];
	/** Returns the requests that change a record. @param body - of the fields that differ */
	change?(record: ChangedRecord, ids: Ids): ApiRequest[];
	/** Kinds that tell whether a record is in use, and must not be deleted. */
	usedBy?: KindName[];
	/** Absent where records are never deleted. */
	remove?(record: StoredRecord, ids: Ids): ApiRequest;
	/** Returns why a record cannot be written as wanted. @param stored - undefined for a new one */
	reasonNotToWrite?(
		wanted: ConfigurationValue,
		stored: ConfigurationValue | undefined,
	): string | undefined;
}

export interface NewRecord {
	key: string;
	body: IDataObject;
	value: ConfigurationValue;
}

export interface ChangedRecord extends NewRecord {
	stored: StoredRecord;
	/** Returns all fields of the value, not only those that differ. */
	wholeBody(): IDataObject;
}

/** A record of an instance. */
export interface StoredRecord {
	id: string;
	key: string;
	value: ConfigurationValue;
	/** As Clerk sends it. */
	record: ClerkRecord;
}

/** The records of one kind in an instance. */
export interface KindState {
	kind: Kind;
	records: Map<string, StoredRecord>;
	/** How many records share a key that should tell them apart. */
	ambiguous: Map<string, number>;
	/** IDs by key, of records that are not configuration too; undefined for a key that several share. */
	ids: Map<string, string | undefined>;
	/** Why Clerk does not show the kind. */
	unavailable?: string;
}

export interface InstanceState {
	id: string;
	/** As Clerk calls it: `development`, `production`. */
	environment: string;
	isProduction: boolean;
	kinds: Map<KindName, KindState>;
}

/** A record that the input wants. */
export interface WantedRecord {
	kind: Kind;
	key: string;
	/** A field that is not in it is left as it is. */
	value: ConfigurationValue;
	/** Index of its input item. */
	item: number;
}

/** What the export had of a kind. */
export interface Exported {
	count: number;
	/** Keys of the records that the input has no row for; undefined if the export does not list its keys. */
	lost?: string[];
}

/** The wanted configuration. */
export interface WantedConfiguration {
	instanceId: string;
	records: WantedRecord[];
	/** Undefined without the first row of the export. */
	exported?: Map<KindName, Exported>;
	/** Why the source did not show a kind: its records are not known. */
	notShown: Map<KindName, string>;
}

/** What a write sends, before the IDs in it are known. */
export type Write = (ids: Ids) => ApiRequest[];

export interface ConfigurationAction extends Action {
	recordKind: Kind;
	/** Absent if it is skipped. */
	write?: Write;
}
