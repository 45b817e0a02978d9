import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord, Send } from './wire';

/** The words in which a form describes its fields, and the records that they can point at. */

/**
 * A field of a form: an n8n property, plus the words n8n lacks.
 * Where it is listed (`path`, `query`, `body`) is where it is sent.
 */
export type Field = INodeProperties & {
	/** Name in the API; without it, the snake_case of `name`. In a body, dots lead into objects: `saml.idp_entity_id`. */
	wire?: string;
	/** `list`: text with commas, or an array, becomes an array. `address`: an e-mail address, around which blanks say nothing. `order`: a field to sort by, without a sign upwards. `isoDate`: a date goes as ISO text instead of Unix milliseconds. `object`: JSON that must be an object. `map`: a table of two columns becomes an object. */
	encode?: 'list' | 'address' | 'order' | 'isoDate' | 'object' | 'map';
	/** Where false, a list goes as one value with commas, instead of repeating its key. */
	explode?: false;
	/** Stands on the form itself although it is not required. */
	section?: 'form';
	/** Holds what gives access to something: masked whole in a dry run, as password fields are. */
	secret?: boolean;
	/** Of a list: what its entries may be, where their order counts, or one may stand there twice. */
	choices?: string[];
	/** The `name` of another field without which this one says nothing; within the same object, not even emptied. */
	needs?: string;
	/** Of a procedure: null clears, as it does in a body. */
	nullable?: boolean;
	/** Refused when emptied: the API has no way to clear it, and takes an empty value for "no change". Or what else an empty value would do, such as `would except nobody`. */
	neverEmpty?: boolean | string;
	/** Of a required table: the `name` of the aid, a yes or no, that empties it; without a yes there it is refused when empty, as an expression that found nothing may be. */
	emptiedBy?: string;
	/** Of a set: read from the first item, as it is about all of them. */
	once?: boolean;
	/** What an id field can be found by. */
	locator?: Locator;
	/** The field names a binary field of the item; its file is sent, as multipart. */
	file?: FileRules;
};

/** What Clerk takes for a file, so that it can be said before anything is sent. */
export interface FileRules {
	types: string[];
	maxBytes: number;
}

/** Another way than its id to name a record, such as a user's e-mail address. */
export interface Finder {
	mode: INodePropertyMode;
	/** How many values one request can ask for. */
	batch: number;
	/** Whether `value` can be nothing else, so that it is found although no way of naming was chosen. */
	recognizes?(value: string): boolean;
	request(values: string[]): ApiRequest;
	/** Whether `record`, one of those that came back, is the one that `value` names. */
	matches(record: ClerkRecord, value: string): boolean;
	/** What a record must be for `matches` to count, as an ending of "No user …"; for the message. */
	criterion: string;
}

/** What a search of a locator's list needs: the text typed, the page, and the values of other fields. */
export interface SearchQuery {
	filter?: string;
	page?: string;
	/** The id that the form holds in another locator. */
	chosen(parameter: string): Promise<string>;
	fetch: Send;
}

export interface SearchResult {
	results: Array<{ name: string; value: string; url?: string }>;
	paginationToken?: string;
}

/** A kind of record that a form can point at: how to list it, and how to find one. */
export interface Locator {
	/** As in "No user with …". */
	noun: string;
	displayName: string;
	/** Said of it where the operation says nothing else. */
	description?: string;
	/** The parameter's name, if the operation says no other. */
	parameter: string;
	idMode: INodePropertyMode;
	/** The name n8n calls the search by, and the search; without them an id cannot be listed. */
	search?: { method: string; title: string; run(query: SearchQuery): Promise<SearchResult> };
	finders?: Finder[];
}

/** Where a field is listed, and so where it is sent; what stands in `form` is not. */
export type ParameterLocation = 'path' | 'query' | 'body' | 'procedure';

/** `emailAddress` → `email_address`; the names of Clerk's API. */
export const snakeCase = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What Clerk calls a field; with dots where it stands within an object. */
export const wireName = (field: Field): string => field.wire ?? snakeCase(field.name);
