import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord, Send } from './wire';

/** The fields of a form, and the records that they can point at. */

/**
 * The kind of value that identifies something. Each has one spelling that Clerk keeps, and a form that
 * an entry must have (input/kinds.ts).
 *
 * With `id`: an ID of Clerk's that begins with this prefix, such as `user_`; `noun` names its record: `user`.
 * `others` says what IDs with other prefixes are, for a message: `{ org_: "an organization's ID" }`;
 * `or` allows text of another kind that begins with no such prefix.
 *
 * `role` is a key, or another spelling that is looked up. `identifier` is what lists of people hold: an
 * email address, all addresses of a domain, a phone number, or a wallet.
 */
export type ValueKind =
	| 'emailAddress'
	| 'phoneNumber'
	| 'domain'
	| 'ipAddress'
	| 'identifier'
	| 'role'
	| 'permission'
	| 'metadataKey'
	| 'metadataRule'
	| 'externalId'
	| 'username'
	| 'slug'
	| 'certificate'
	| { id: string; noun: string; others?: Record<string, string>; or?: 'slug' };

/**
 * A field of a form: an n8n property with a few keys that n8n lacks. It is sent in the part of the
 * request (`path`, `query`, `body`) that lists it.
 */
export type Field = INodeProperties & {
	/** Its name in the API; by default the snake_case of `name`. In a body, dots stand for nested objects: `saml.idp_entity_id`. */
	wire?: string;
	/** In Options: what leaving it out means, where that is not its `default`, which the editor fills in when the field is added. */
	absent?: unknown;
	/**
	 * - `list`: text with commas, or an array, becomes an array.
	 * - `order`: a field to sort by; ascending without a sign.
	 * - `isoDate`: a date is sent as ISO text instead of Unix milliseconds.
	 * - `object`: JSON that must be an object.
	 * - `map`: a table of two columns becomes an object.
	 * - `asIs`: of any type, as its expression gives it; checked by the procedure.
	 * - `exact`: text of a kind that another field names, read by the procedure; a number that lost digits is rejected.
	 */
	encode?: 'list' | 'order' | 'isoDate' | 'object' | 'map' | 'exact' | 'asIs';
	/** Clerk may have added to its options: a value of an expression that may be such an addition is sent, with a hint. */
	open?: true;
	/** What its value, or each entry of its list, must look like. */
	kind?: ValueKind;
	/** Entries of its list may begin with `+` or `-`: values to include or to leave out. */
	signs?: true;
	/** `false` sends a list as one value with commas, instead of repeating its key. */
	explode?: false;
	/** Its text has placeholders in double braces, which Clerk fills in, so they are not an expression of n8n's. */
	templates?: true;
	/** Shown on the form itself, although it is not required; or, in the query of a list, among the Options. */
	section?: 'form' | 'options';
	/** In a collection: shown on the form itself too, where it is sent if it is filled in. */
	alsoOnForm?: true;
	/** Its label is that of the choice in the field of this name; a placeholder for each choice. */
	labelledBy?: { name: string; placeholders: Record<string, string> };
	/** Gives access to something, so a dry run masks it whole, as it does password fields. */
	secret?: boolean;
	/** Allowed entries of a list that cannot be multiOptions, because order matters or entries repeat. */
	choices?: string[];
	/** The `name` of another field that this one needs. Within the same object an emptied field needs it too. */
	needs?: string;
	/** Clerk takes null for it, which clears the value. In any other field null is rejected. */
	nullable?: boolean;
	/** Null leaves the stored value as it is, so it is not counted among the fields that a run clears. */
	nullKeeps?: true;
	/** Rejected when empty: the API cannot clear it. A text replaces 'would change nothing' in the message. */
	neverEmpty?: boolean | string;
	/** In a PATCH Clerk merges its object into the stored one, so an empty object changes nothing. */
	merges?: true;
	/**
	 * In a table that Clerk replaces whole: the `name` of the switch, one of the `formOnly` fields, that
	 * lets it be empty. With the switch off an empty table is rejected, since its expression may have
	 * found nothing. The switch is on the form if the table is required, otherwise in its collection.
	 */
	emptiedBy?: string;
	/** How far a job goes, in place of Dry Run among the Options. */
	isRunMode?: true;
	/** In a set: read from the first item only, as it applies to all of them. */
	once?: boolean;
	/** The kind of record that an ID field points at. */
	locator?: Locator;
	/** The kind of record that each entry of a list points at: by ID, or as a finder recognizes it. */
	listOf?: Locator;
	/** The field names a binary field of the item, whose file is sent as multipart. */
	file?: FileRules;
};

/** The files that Clerk accepts, so that others are rejected before anything is sent. */
export interface FileRules {
	/** MIME types. */
	types: string[];
	maxBytes: number;
}

/** A way to find a record other than by its ID, such as a user's email address. */
export interface Finder {
	mode: INodePropertyMode;
	/** The number of values that one request can ask for. */
	batch: number;
	/** What a value of this mode must look like. */
	kind?: ValueKind;
	/** Whether `value` is clearly of this kind, so that this finder is used for it where an ID or a choice of the list is expected. */
	recognizes?(value: string): boolean;
	request(values: string[]): ApiRequest;
	/** Whether `record`, one of the response, is the one that `value` names. */
	matches(record: ClerkRecord, value: string): boolean;
	/** Names `matches` in a message: "there is no user with the ⟨criterion⟩ …". */
	criterion: string;
	/** Returns what identifies the record in requests; by default its ID. */
	idOf?(record: ClerkRecord): unknown;
	/** The request lists all records, so that a message can name them; these if Clerk does not show the list. */
	whole?: { fallback: ClerkRecord[] };
}

/** The input of a locator's search: the text typed, the page, and the values of other fields. */
export interface SearchQuery {
	filter?: string;
	page?: string;
	/** Returns the value of another field; of a locator, the ID. */
	chosen(parameter: string): Promise<string>;
	send: Send;
}

export interface SearchResult {
	results: Array<{ name: string; value: string; url?: string }>;
	paginationToken?: string;
}

/** A kind of record that a form can point at: how to list the records, and how to find one. */
export interface Locator {
	/** As messages name it: `user`. */
	noun: string;
	displayName: string;
	/** Used where the operation gives no description of its own. */
	description?: string;
	/** The name of the parameter, unless the operation gives another. */
	parameter: string;
	/** The mode for IDs; where the API has none, for its `key`, `slug` or `name`. */
	idMode: INodePropertyMode;
	/** The prefix of its IDs, and what IDs with other prefixes are, to say so: `{ org_: "an organization's ID" }`. */
	ids?: { prefix: string; others: Record<string, string> };
	/** The search, under its name in n8n's `searchListMethod`. Without it the records cannot be listed. */
	search?: { method: string; title: string; run(query: SearchQuery): Promise<SearchResult> };
	finders?: Finder[];
	/** The route of one record, `{id}` its ID, and how a sentence names the record. */
	record?: { path: string; label(record: ClerkRecord): string };
}

/** The part of an operation that lists a field. The first three are parts of the request; `procedure` is the `form` of a procedure, which is not sent as such. */
export type ParameterLocation = 'path' | 'query' | 'body' | 'procedure';

/** Returns the field for an operation in which Clerk takes null for it. */
export const orNull = (field: Field): Field => ({ ...field, nullable: true });

/** Returns the optional field for an operation that shows it on the form itself, as most people fill it in. */
export const alsoOnForm = (field: Field): Field => ({ ...field, alsoOnForm: true });

/** Returns a name as Clerk's API spells it: `emailAddress` → `email_address`. */
export const snakeCase = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Returns the name of a field in Clerk's API, with dots for nested objects. */
export const wireName = (field: Field): string => field.wire ?? snakeCase(field.name);
