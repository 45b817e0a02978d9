import type { IDataObject, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { Options } from './options';
import type { FileRules } from './upload';

/**
 * The words in which resources describe themselves. Everything here is data: `form` draws it,
 * `request` sends it, `views` shows what comes back.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Route = `${Method} /${string}`;

/** A record as Clerk sends it: snake_case keys, times in Unix milliseconds. */
export type ClerkRecord = { readonly [key: string]: unknown };

/** One request, complete but for the API's address and the key. `path` is already encoded. */
export interface ApiRequest {
	method: Method;
	path: string;
	query?: Record<string, QueryValue>;
	/** Absent: no body is sent. `{}` is sent as `{}`. */
	body?: IDataObject;
	/** Where the answer is text; elsewhere text is taken for something that is not the API. */
	accept?: 'text';
	/** Asks for another version of the API than the one the node is made for. */
	apiVersion?: string;
	/** Of a POST that only says how things shall be: twice is the same as once. */
	isRepeatable?: boolean;
	/**
	 * Of a POST: what lists something only once it was carried out. Without it or `isRepeatable`, one of
	 * which nobody knows the outcome is not sent again.
	 */
	check?: ApiRequest;
}

/** Sends a request and gives Clerk's answer: parsed JSON, text, or undefined where there is no content. */
export type Send = (request: ApiRequest) => Promise<unknown>;

/** An array repeats its key on the wire: `email_address=a&email_address=b`. */
export type QueryValue = string | number | boolean | string[];

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
	/** The API has no way to clear it, and takes an empty value for "no change": refused when emptied. */
	neverEmpty?: boolean;
	/** Of a required table: the `name` of the aid, a yes or no, that empties it; without a yes there it is refused when empty, as an expression that found nothing may be. */
	emptiedBy?: string;
	/** Of a set: read from the first item, as it is about all of them. */
	once?: boolean;
	/** What an id field can be found by. */
	locator?: Locator;
	/** The field names a binary field of the item; its file is sent, as multipart. */
	file?: FileRules;
};

/** Another way than its id to name a record, such as a user's e-mail address. */
export interface Finder {
	mode: INodePropertyMode;
	/** How many values one request can ask for. */
	batch: number;
	request(values: string[]): ApiRequest;
	/** Whether `record`, one of those that came back, is the one that `value` names. */
	matches(record: ClerkRecord, value: string): boolean;
	/** What a record must be for `matches` to count, as an ending of "No user …"; for the message. */
	described: string;
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

/** One field of an output: a name in camelCase, or a name with what it is made of. `wire`: the name in the API. */
export type ViewField =
	| string
	| { name: string; wire: string }
	| { name: string; from: (record: ClerkRecord) => unknown }
	| { name: string; each: View; wire: string };

/** Clerk's record → the documented output: the fields in their order, under their names. */
export interface View {
	/** The resource's plural in camelCase: the key of an envelope. */
	plural: string;
	fields: ViewField[];
}

/** How a list is read to its end; see `paging`. */
export interface Paging {
	/** Largest page the API gives. */
	pageSize: number;
	/** The API gives all there is at once, and takes neither a limit nor an offset. */
	whole?: boolean;
	/** Sent with every page, such as `paginated=true`. */
	always?: Record<string, QueryValue>;
	/** `sortable`: the fields whose order can be made again, because records hold them as numbers. */
	order?: { parameter: string; default: string; sortable: string[] };
	/** Where a cursor walks the list, and under which orders it may. Elsewhere pages go by offset. */
	cursor?: { parameter: string; orders: string[] };
	/** Where the total is asked for when answers do not carry it. */
	countPath?: string;
	/** `array`, or the field of the answer that holds the rows; for those who read the registry. */
	shape: string;
}

export type Returns =
	{ kind: 'one'; view: View; ifNotFound: boolean } | { kind: 'list'; view: View; paging: Paging };

/** What a destructive request takes with it, read from Clerk for a dry run. */
export interface Destroyed {
	/** The name in the dry run's answer: the plural of what is counted, as in "3 sessions". */
	name: string;
	/** Path with the same `{names}` as the request; counted by its `total_count`, and a single record told by its ID. */
	path: string;
	query?: Record<string, QueryValue>;
	/** The field of the answer that holds it: a list is counted, a yes or no is told, and an object's entries that the request does not keep. */
	within?: string;
	/** Of a list, only the rows whose field of this name says yes count. */
	only?: string;
	/** The `{name}` of the path that picks one row by its id; without it, all rows count. */
	row?: string;
	/** Which of the requests takes it along, where not every form does. */
	by?(request: ApiRequest): boolean;
}

/**
 * How input items share a call: each is one entry of its body. Calls go side by side; of entries that
 * are the same, each goes in a later call than the one before.
 */
export interface Batch {
	/** How many entries a call takes. */
	size: number;
	/** The body's field that lists the entries' values; without it the body is the list of entries. */
	list?: string;
	/** What an entry and its record in the answer have in common: the name of the record's field. */
	tiedBy: string;
}

/** What people read of an operation, whatever it does. */
interface Described {
	name: string;
	/** Saved in workflows: never changes. */
	value: string;
	/** Sentence case, names the resource: an AI agent sees "<action> in Clerk". */
	action: string;
	description: string;
	/** Shown on the form above the fields, where something cannot be undone. */
	notice?: string;
	/** Further fields of the Options collection. */
	options?: Field[];
}

/** An operation that is one request of Clerk's: each field is sent where it is listed. */
export interface Mapping extends Described {
	/** Method and path as Clerk's document spells them, with its `{names}`. */
	request: Route;
	path?: Field[];
	query?: Field[];
	body?: Field[];
	/** Query values that every request carries. */
	always?: Record<string, QueryValue>;
	/** Fields that only help to fill in the form, and are not sent. */
	aids?: Field[];
	destroys?: Destroyed[];
	/** Turns the built request into the requests to send, in order; the last answer is the output. */
	split?(request: ApiRequest, options: Record<string, unknown>): ApiRequest[];
	/**
	 * What a write changes: writes to the same target keep their order, all others go side by side.
	 * Without it, the request's path, which for what is added to a list would be the list.
	 */
	target?(request: ApiRequest): string;
	/** Where one call carries several items. */
	batch?: Batch;
	/** The answer is text, and no JSON. */
	answers?: 'text';
	/** Fields of Clerk's document that the form leaves out, by wire name, each with the reason. */
	omitted?: Record<string, string>;
	returns: Returns;
}

/** An operation that is no plain mapping: it reads its form, and sends what it takes. */
interface OwnWay extends Described {
	form: Field[];
	/** Whether it may change something, and so offers a Dry Run. */
	writes: boolean;
}

/** Each item of the input on its own. */
export interface ItemProcedure extends OwnWay {
	takes?: 'item';
	/**
	 * Checks what the form holds, before anything is sent for any item.
	 *
	 * @throws InvalidInput
	 */
	prepare(filled: FilledIn, resources: Resource[]): Prepared;
}

/**
 * The whole input as one: what is wanted is all of the items together, and what is not among them is
 * not wanted. One item that cannot be read stops it.
 */
export interface SetProcedure extends OwnWay {
	takes: 'set';
	/** @throws InvalidInput, RefusedItems */
	prepareAll(items: FilledIn[], resources: Resource[]): Prepared;
}

export type Procedure = ItemProcedure | SetProcedure;

/** What a procedure reads of an item's form: by the names of its fields, with ids looked up. */
export interface FilledIn {
	/** Of a set's further items without the fields that are read once. */
	values: Record<string, unknown>;
	options: Options;
	/** Which item of the input it is, from 0. */
	item: number;
}

/** A read that each item needs for a value of its own, and that many of them can share. */
export interface LookUp {
	/** What the value is; those of the same kind share calls. */
	by: string;
	value: string;
	/** Asks for all of the values. If it gives as many rows as its limit, there may be more. */
	request(values: string[]): ApiRequest;
}

/** What is ready to be carried out. */
export interface Prepared {
	/** What it changes; absent where it only reads. */
	target?: string;
	/** What it begins with. */
	lookUp?: LookUp;
	carryOut(tools: Tools): Promise<Performed>;
}

/** What a procedure works with: paced, repeated, cancelled and refused by the access policy as every request is. */
export interface Tools {
	send: Send;
	/**
	 * What the item's look-up found, among what others found that shared its call.
	 *
	 * @throws RequestFailed, Cancelled
	 */
	lookUp(): Promise<ClerkRecord[]>;
	/**
	 * Works on things side by side, as many at once as the form allows; those of one lane in their
	 * order. The first `work` that throws ends it, once what is under way has finished.
	 */
	together<T>(
		things: T[],
		work: (thing: T) => Promise<void>,
		laneOf?: (thing: T) => string | undefined,
	): Promise<void>;
	/**
	 * Whether the access policy lets all of these through; nothing is sent.
	 *
	 * @throws RequestFailed
	 */
	ensureAllowed(requests: ApiRequest[]): void;
	/** Unix milliseconds. */
	now(): number;
}

/** What an item, or a set of them, gives. */
export interface Performed {
	records: IDataObject[];
	/** Of a set: which item each record is about; the first one where none is named. */
	items?: Array<number | undefined>;
	/** A list had more, or may have had, than the limit asked for. */
	cut?: boolean;
}

export type Operation = Mapping | Procedure;

export interface Resource {
	name: string;
	/** Saved in workflows: never changes. */
	value: string;
	description: string;
	operations: Operation[];
}

export const defineOperation = (operation: Mapping): Mapping => operation;

export const defineProcedure = (procedure: ItemProcedure): ItemProcedure => procedure;

export const defineSet = (procedure: Omit<SetProcedure, 'takes'>): SetProcedure => ({
	...procedure,
	takes: 'set',
});

export const isProcedure = (operation: Operation): operation is Procedure => 'form' in operation;

export const isSet = (operation: Operation): operation is SetProcedure =>
	isProcedure(operation) && operation.takes === 'set';

export const defineResource = (resource: Resource): Resource => resource;

/** A single record. `ifNotFound` offers to go on with an empty item when Clerk has none. */
export const one = (view: View, words: { ifNotFound?: boolean } = {}): Returns => ({
	kind: 'one',
	view,
	ifNotFound: words.ifNotFound ?? false,
});

export const list = (view: View, paging: Paging): Returns => ({ kind: 'list', view, paging });

/** Those of a resource's operations that are one request. */
export const mappingsIn = ({ operations }: Resource): Mapping[] =>
	operations.flatMap((operation) => (isProcedure(operation) ? [] : [operation]));

export const methodOf = ({ request }: Mapping): Method =>
	request.slice(0, request.indexOf(' ')) as Method;

/** The path with Clerk's `{names}`. */
export const pathOf = ({ request }: Mapping): string => request.slice(request.indexOf(' ') + 1);

export const isWrite = (operation: Operation): boolean =>
	isProcedure(operation) ? operation.writes : methodOf(operation) !== 'GET';

/** Where a field is listed, and so where it is sent; what stands in `form` is not. */
export type Place = 'path' | 'query' | 'body' | 'form';

const SENT: Place[] = ['path', 'query', 'body'];

/** An operation's fields by their places, without those that only help to fill in the form. */
export const placesOf = (operation: Operation): Array<[place: Place, fields: Field[]]> =>
	isProcedure(operation)
		? [['form', operation.form]]
		: SENT.map((place) => [place, operation[place as 'path'] ?? []]);

/** `emailAddress` → `email_address`; the names of Clerk's API. */
export const snakeCase = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const wireName = (field: Field): string => field.wire ?? snakeCase(field.name);
