import type { IDataObject } from 'n8n-workflow';

import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { withIds } from '../input/reference';
import { isProcedure, isWrite, methodOf } from '../operation';
import type {
	ApiRequest,
	FormInput,
	ItemProcedure,
	Mapping,
	Prepared,
	Procedure,
	Resource,
	SetProcedure,
} from '../operation';
import { buildRequest } from '../request/buildRequest';
import { splitLongLists } from '../request/longLists';
import { toRow } from './runList';
import { runMapping } from './runMapping';

/** One item's form values → its requests, and how to run them. */

/** An item that is checked, with every ID known. */
export interface PreparedItem extends Prepared {
	values: FormValues;
	output: OutputOptions;
	/** The encoded path of a mapping's request; undefined for a procedure. */
	path?: string;
	/** In the order of sending; empty for a procedure, which builds its own. */
	requests: ApiRequest[];
}

/**
 * Prepares one item of the input; sends nothing.
 *
 * @param index - of the item, from 0
 * @throws InvalidInputError
 */
export function prepareItem(
	operation: Mapping | ItemProcedure,
	values: FormValues,
	output: OutputOptions,
	resources: Resource[],
	index: number,
): PreparedItem {
	if (isProcedure(operation)) {
		const prepared = operation.prepare(toFormInput(operation, output)(values, index), resources);
		return { values, output, requests: [], ...prepared };
	}
	const request = buildRequest(operation, values);
	const { path } = request;
	const requests = operation.split?.(request, values.options) ?? splitLongLists(request, operation);
	return {
		values,
		output,
		path,
		requests,
		target: keepsOrder(operation) ? (operation.target?.(request) ?? path) : undefined,
		execute: async (context) => await runMapping(operation, values, output, requests, context),
	};
}

/** Prepares the whole input as one item; sends nothing. @throws InvalidInputError, InvalidItemsError */
export function prepareSet(
	operation: SetProcedure,
	valuesOfItems: FormValues[],
	output: OutputOptions,
	resources: Resource[],
): PreparedItem {
	const prepared = operation.prepareAll(
		valuesOfItems.map(toFormInput(operation, output)),
		resources,
	);
	return { values: valuesOfItems[0], output, requests: [], ...prepared };
}

const toFormInput =
	({ view }: Procedure, output: OutputOptions) =>
	(values: FormValues, itemIndex: number): FormInput => ({
		values: withIds(values.procedure),
		options: values.options,
		itemIndex,
		toRow: (record) => (view ? toRow(record, view, output) : (record as IDataObject)),
	});

/** A POST whose path names no record creates one, so its items have no order to keep. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');
