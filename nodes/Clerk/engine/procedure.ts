import type { IDataObject } from 'n8n-workflow';

import type { Room } from './budget';
import type { Field } from './field';
import type { Described, Resource } from './operation';
import type { Options } from './options';
import type { ApiRequest, ClerkRecord, Send } from './wire';

/** The words of an operation that is more than one request: it checks its form, and carries itself out. */

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
	/** What a limit that holds for an hour still lets through of such requests; undefined where none does. */
	roomFor(request: ApiRequest): Room | undefined;
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

/** An operation that is several requests, carried out for each item on its own. */
export const defineProcedure = (procedure: ItemProcedure): ItemProcedure => procedure;

/** An operation that is several requests, carried out once for the whole input. */
export const defineSet = (procedure: Omit<SetProcedure, 'takes'>): SetProcedure => ({
	...procedure,
	takes: 'set',
});
