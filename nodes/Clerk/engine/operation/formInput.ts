import type { IDataObject } from 'n8n-workflow';

import type { DateFormat } from './dates';
import type { ClerkRecord } from './wire';

/** What a procedure gets of a run's input. */

/** The input of a procedure: the values of an item by the names of the fields, each reference as an ID. */
export interface FormInput {
	/** In a set, only the first item has the fields that are marked `once`. */
	values: Record<string, unknown>;
	/** The values of its filters, by their names in the API. */
	query: Record<string, unknown>;
	options: Options;
	/** The index of the input item. */
	itemIndex: number;
}

/** The input of a set beside its form. */
export interface SetInput {
	/** The JSON of all items, in their order. */
	rows: IDataObject[];
	/** Of dates without an offset. */
	timezone: string;
	/** Returns a record of the procedure's view as its Output asks for it. */
	toOutput(record: ClerkRecord): IDataObject;
}

/** The Options of a form. */
export interface Options {
	concurrency: number;
	maxRetries: number;
	/** Seconds. */
	maxWait: number;
	offset: number;
	dryRun: boolean;
	ifNotFound: 'fail' | 'empty';
	/** Only where the operation has fields that are not required. */
	emptyValues?: 'leaveOut' | 'send';
	/** Only where the operation outputs records. */
	dateFormat?: DateFormat;
	[operationOption: string]: unknown;
}
