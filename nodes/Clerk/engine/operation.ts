import type { Field } from './field';
import type { Procedure, SetProcedure } from './procedure';
import type { ApiRequest, ClerkRecord, Method, QueryValue, Route } from './wire';

export type { Field, Finder, Locator, SearchQuery, SearchResult } from './field';
export { defineProcedure, defineSet } from './procedure';
export type {
	FilledIn,
	ItemProcedure,
	LookUp,
	Performed,
	Prepared,
	Procedure,
	SetProcedure,
	Tools,
} from './procedure';
export type { ApiRequest, ClerkRecord, Method, QueryValue, Route, Send } from './wire';

/**
 * The words in which resources describe themselves. Everything here is data: `form` draws it,
 * `request` sends it, `views` shows what comes back.
 */

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
export interface Described {
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

export type Operation = Mapping | Procedure;

export interface Resource {
	name: string;
	/** Saved in workflows: never changes. */
	value: string;
	description: string;
	operations: Operation[];
}

/** An operation that is one request of Clerk's. */
export const defineOperation = (operation: Mapping): Mapping => operation;

/** Whether it is several requests, or one that no form of fields maps to. */
export const isProcedure = (operation: Operation): operation is Procedure => 'form' in operation;

/** Whether it takes the whole input as one. */
export const isSet = (operation: Operation): operation is SetProcedure =>
	isProcedure(operation) && operation.takes === 'set';

/** A resource of the form; its place is in `resources/index`. */
export const defineResource = (resource: Resource): Resource => resource;

/** A single record. `ifNotFound` offers to go on with an empty item when Clerk has none. */
export const one = (view: View, words: { ifNotFound?: boolean } = {}): Returns => ({
	kind: 'one',
	view,
	ifNotFound: words.ifNotFound ?? false,
});

/** Records, one page after the other. */
export const list = (view: View, paging: Paging): Returns => ({ kind: 'list', view, paging });

/** Those of a resource's operations that are one request. */
export const mappingsIn = ({ operations }: Resource): Mapping[] =>
	operations.flatMap((operation) => (isProcedure(operation) ? [] : [operation]));

/** The HTTP method; a procedure has none of its own. */
export const methodOf = ({ request }: Mapping): Method =>
	request.slice(0, request.indexOf(' ')) as Method;

/** The path with Clerk's `{names}`. */
export const pathOf = ({ request }: Mapping): string => request.slice(request.indexOf(' ') + 1);

/** Whether it changes something in Clerk; GET alone never does. */
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

/** What Clerk calls a field; with dots where it stands within an object. */
export const wireName = (field: Field): string => field.wire ?? snakeCase(field.name);
