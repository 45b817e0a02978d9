import type { IDataObject } from 'n8n-workflow';

import type { RemainingQuota } from '../rateLimit/limit';
import type { Field } from './field';
import type { FormInput, SetInput } from './formInput';
import type { InvalidInputError } from './invalidInput';
import type { LookUp } from './lookUp';
import type { Returns } from './returns';
import type { View } from './view';
import type { ApiRequest, ClerkRecord, QueryValue, Route, Send } from './wire';

/**
 * How resources describe their operations. A mapping is data: `form` builds the properties of the node
 * from it, `request` the requests, `view` the output; a procedure has functions.
 */

/** Records that a destructive request destroys, read from Clerk for a dry run. */
export interface Destroys {
	/** The key in the dry run's output, a plural such as `sessions`. */
	name: string;
	/** A path with the same `{names}` as the request. A list is counted by its `total_count`, a single record shown by its ID. */
	path: string;
	query?: Record<string, QueryValue>;
	/** The field of the response to report: a list is counted, a boolean shown; of an object, the entries that the request would remove or change. */
	within?: string;
	/** Counts only the rows of a list in which the field of this name is true. */
	only?: string;
	/** The path parameter whose ID selects one row; without it all rows are counted. */
	rowId?: string;
	/** Whether a request destroys these records, where not every input does. */
	appliesTo?(request: ApiRequest): boolean;
}

/**
 * How input items share a request: each is one entry of its body. Batches run concurrently; equal
 * entries go into successive batches.
 */
export interface Batch {
	/** The largest number of entries in a request. */
	size: number;
	/** The field of the body that lists the values of the entries; without it the body is the list of entries. */
	list?: string;
	/** The field of a record in the response that identifies its entry. */
	matchBy: string;
}

/** What to do about responses with this status, and with a message like `about` if it is given. */
export interface Advice {
	status: number;
	about?: RegExp;
	text: string;
}

/** The texts of an operation, and the options that every kind of operation can add. */
export interface OperationInfo {
	name: string;
	/** Saved in workflows: never changes. */
	value: string;
	/** In sentence case, with the resource: an AI agent sees "<action> in Clerk" (docs/n8n-notes.md, 25). */
	action: string;
	description: string;
	/** Shown on the form above the fields, several as a list: for what cannot be undone. */
	notice?: string | string[];
	/** What to do about errors of Clerk's for which the general advice says too little. */
	advice?: Advice[];
	/** Fields that it adds to the Options collection. */
	options?: Field[];
}

/** An operation that is one request: each field is sent in the part that lists it. */
export interface Mapping extends OperationInfo {
	/** Method and path as Clerk's OpenAPI document spells them, with its `{names}`. */
	request: Route;
	path?: Field[];
	query?: Field[];
	body?: Field[];
	/** Query values of every request. */
	always?: Record<string, QueryValue>;
	/** Fields that only help to fill in the form, and are not sent. */
	formOnly?: Field[];
	destroys?: Destroys[];
	/** Splits the built request into the requests to send, in order; the last response is the output. */
	split?(request: ApiRequest, options: Record<string, unknown>): ApiRequest[];
	/**
	 * The record that a write changes. Writes to the same target run in the order of the input, all
	 * others concurrently. By default the request's path; for a request that adds to a list, the path of the list.
	 */
	target?(request: ApiRequest): string;
	/** Several input items share a request. */
	batch?: Batch;
	/** The response is text instead of JSON. */
	responseType?: 'text';
	/** Parameters of Clerk's document that the form leaves out, by their name in the API, each with the reason. */
	omitted?: Record<string, string>;
	returns: Returns;
}

/** An operation with a function that sends its requests. */
interface ProcedureBase extends OperationInfo {
	form: Field[];
	/** The filters of the list that it reads, added and named as those of a mapping. */
	query?: Field[];
	/** The view of the records that it outputs, if the form has Output for them. */
	view?: View;
	/** Whether it may change something, so it offers a Dry Run. */
	writes: boolean;
}

/** A procedure that runs for each input item. */
export interface ItemProcedure extends ProcedureBase {
	takes?: 'item';
	/**
	 * Checks the input of an item, before anything is sent for any item.
	 *
	 * @throws InvalidInputError
	 */
	prepare(input: FormInput, resources: Resource[]): Prepared;
}

/** A procedure that runs once for the whole input, because records that are not in it matter too, such as members to remove. One invalid item stops it. */
export interface SetProcedure extends ProcedureBase {
	takes: 'set';
	/** The items are data, so the form is read for the first one only: `prepareAll` gets that, and the rows. */
	takesRows?: true;
	/** @throws InvalidInputError, InvalidItemsError */
	prepareAll(items: FormInput[], resources: Resource[], input: SetInput): Prepared;
}

export type Procedure = ItemProcedure | SetProcedure;

/** What an item reads to be judged together with the other items. */
export interface Review<T = unknown> {
	/** Sends no write. @throws RequestError, CancelledError */
	read(context: OperationContext): Promise<T>;
	/**
	 * Judges what the items have read; called once for all of them. If it throws, no item is carried out.
	 *
	 * @param all - in the order of the input, without the items that could not be read
	 * @throws what is reported of the first of these items
	 */
	check(all: T[]): void;
}

/** An item or a set that is ready to run. */
export interface Prepared {
	/** As `Mapping.target`; absent if it only reads. */
	target?: string;
	/** Looked up and checked first, before the first write of any item. */
	lookUp?: LookUp;
	/** Read and checked before the first write of any item. */
	review?: Review;
	/** In a set that only reads: items that are invalid by themselves. They fail; the others run if the run goes on after a failure. */
	invalid?: Map<number, InvalidInputError>;
	execute(context: OperationContext): Promise<OperationResult>;
}

/** The functions of the engine that a procedure uses. Its requests are subject to rate limits, retries, cancellation and the access policy, as all are. */
export interface OperationContext {
	send: Send;
	/** How many requests of the item may be under way at once. */
	concurrency: number;
	/**
	 * Looks up again if an earlier item of the run may have changed the target.
	 *
	 * @returns what is found now; undefined if what `LookUp.check` got still holds
	 * @throws RequestError, CancelledError
	 */
	lookUp(): Promise<ClerkRecord[] | undefined>;
	/**
	 * Calls `work` for all values concurrently, up to the Concurrency of the form; for values with the
	 * same key in their order. Rejects with the first error, once the started calls have finished.
	 */
	forEachConcurrently<T>(
		values: T[],
		work: (value: T) => Promise<void>,
		orderKeyOf?: (value: T) => string | undefined,
	): Promise<void>;
	/**
	 * Checks requests against the access policy, without sending them.
	 *
	 * @throws RequestError for one that the policy rejects
	 */
	ensureAllowed(requests: ApiRequest[]): void;
	/** Returns the remaining quota of the hourly limit for such a request; undefined where there is no such limit. */
	remainingFor(request: ApiRequest): RemainingQuota | undefined;
	/** Whether the key is that of a production instance. */
	hasLiveKey: boolean;
	/** Unix milliseconds. */
	now(): number;
}

/** The output of an item or of a set. */
export interface OperationResult {
	records: IDataObject[];
	/** In a set: the index of the item that each record is about; the first item where it is undefined. */
	itemIndexes?: Array<number | undefined>;
	/** In a set that only reads: the errors of items, by their index; the other items keep their records. */
	errors?: Map<number, unknown>;
	/** The list has, or may have, more records than the limit. */
	isTruncated?: boolean;
	/** Sentences to show beside the output; equal ones of several items are shown once. */
	hints?: string[];
	/** The labels of the fields that were sent empty. */
	cleared?: string[];
}

export type Operation = Mapping | Procedure;

export interface Resource {
	name: string;
	/** Saved in workflows: never changes. */
	value: string;
	description: string;
	operations: Operation[];
}

/** Defines an operation that is one request. */
export const defineOperation = (operation: Mapping): Mapping => operation;

/** Defines a procedure that runs for each input item. */
export const defineProcedure = (procedure: ItemProcedure): ItemProcedure => procedure;

/** Defines a procedure that runs once for the whole input. */
export const defineSet = (procedure: Omit<SetProcedure, 'takes'>): SetProcedure => ({
	...procedure,
	takes: 'set',
});

/** Defines a resource; `resources/index` lists them all. */
export const defineResource = (resource: Resource): Resource => resource;
