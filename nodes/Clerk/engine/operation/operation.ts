import type { IDataObject } from 'n8n-workflow';

import type { RemainingQuota } from '../rateLimit/slidingWindow';
import type { Field } from './field';
import type { Returns } from './view';
import type { ApiRequest, ClerkRecord, QueryValue, Route, Send } from './wire';

/**
 * The words in which resources describe themselves. Everything here is data: `form` draws it,
 * `request` sends it, `views` shows what comes back.
 */

/** What a destructive request takes with it, read from Clerk for a dry run. */
export interface Destroys {
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
	matchBy: string;
}

/** What people read of an operation, whatever it does. */
export interface OperationInfo {
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
export interface Mapping extends OperationInfo {
	/** Method and path as Clerk's document spells them, with its `{names}`. */
	request: Route;
	path?: Field[];
	query?: Field[];
	body?: Field[];
	/** Query values that every request carries. */
	always?: Record<string, QueryValue>;
	/** Fields that only help to fill in the form, and are not sent. */
	aids?: Field[];
	destroys?: Destroys[];
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
	responseType?: 'text';
	/** Fields of Clerk's document that the form leaves out, by wire name, each with the reason. */
	omitted?: Record<string, string>;
	returns: Returns;
}

/** An operation that is no plain mapping: it reads its form, and sends what it takes. */
interface ProcedureBase extends OperationInfo {
	form: Field[];
	/** Whether it may change something, and so offers a Dry Run. */
	writes: boolean;
}

/** Each item of the input on its own. */
export interface ItemProcedure extends ProcedureBase {
	takes?: 'item';
	/**
	 * Checks what the form holds, before anything is sent for any item.
	 *
	 * @throws InvalidInputError
	 */
	prepare(filled: FormInput, resources: Resource[]): Prepared;
}

/**
 * The whole input as one: what is wanted is all of the items together, and what is not among them is
 * not wanted. One item that cannot be read stops it.
 */
export interface SetProcedure extends ProcedureBase {
	takes: 'set';
	/** @throws InvalidInputError, InvalidItemsError */
	prepareAll(items: FormInput[], resources: Resource[]): Prepared;
}

export type Procedure = ItemProcedure | SetProcedure;

/** What a procedure reads of an item's form: by the names of its fields, with ids looked up. */
export interface FormInput {
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
	execute(tools: OperationContext): Promise<OperationResult>;
}

/** What a procedure works with: paced, repeated, cancelled and refused by the access policy as every request is. */
export interface OperationContext {
	send: Send;
	/**
	 * What the item's look-up found, among what others found that shared its call.
	 *
	 * @throws RequestError, CancelledError
	 */
	lookUp(): Promise<ClerkRecord[]>;
	/**
	 * Works on things side by side, as many at once as the form allows; those of one lane in their
	 * order. The first `work` that throws ends it, once what is under way has finished.
	 */
	forEachConcurrently<T>(
		things: T[],
		work: (thing: T) => Promise<void>,
		laneOf?: (thing: T) => string | undefined,
	): Promise<void>;
	/**
	 * Whether the access policy lets all of these through; nothing is sent.
	 *
	 * @throws RequestError
	 */
	ensureAllowed(requests: ApiRequest[]): void;
	/** What a limit that holds for an hour still lets through of such requests; undefined where none does. */
	remainingFor(request: ApiRequest): RemainingQuota | undefined;
	/** Unix milliseconds. */
	now(): number;
}

/** What an item, or a set of them, gives. */
export interface OperationResult {
	records: IDataObject[];
	/** Of a set: which item each record is about; the first one where none is named. */
	items?: Array<number | undefined>;
	/** A list had more, or may have had, than the limit asked for. */
	isTruncated?: boolean;
}

/** What stands under Options of a form. */
export interface Options {
	concurrency: number;
	maxRetries: number;
	/** Seconds. */
	maxWait: number;
	offset: number;
	dryRun: boolean;
	ifNotFound: 'fail' | 'empty';
	[ofTheOperation: string]: unknown;
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

/** An operation that is several requests, carried out for each item on its own. */
export const defineProcedure = (procedure: ItemProcedure): ItemProcedure => procedure;

/** An operation that is several requests, carried out once for the whole input. */
export const defineSet = (procedure: Omit<SetProcedure, 'takes'>): SetProcedure => ({
	...procedure,
	takes: 'set',
});

/** A resource of the form; its place is in `resources/index`. */
export const defineResource = (resource: Resource): Resource => resource;
