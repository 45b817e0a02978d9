import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { withIds } from '../input/reference';
import { isProcedure, isSet, isWrite, methodOf } from '../operation';
import type {
	ApiRequest,
	FormInput,
	Mapping,
	Operation,
	Prepared,
	Resource,
	SetProcedure,
} from '../operation';
import { buildRequest } from '../request/buildRequest';
import { splitLongLists } from '../request/longLists';
import { runOperation } from './runOperation';

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
	operation: Operation,
	values: FormValues,
	output: OutputOptions,
	resources: Resource[],
	index: number,
): PreparedItem {
	if (isSet(operation)) return prepareSet(operation, [values], output, resources);
	if (isProcedure(operation)) {
		const prepared = operation.prepare(toFormInput(values, index), resources);
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
		execute: async (context) => await runOperation(operation, values, output, requests, context),
	};
}

/** Prepares the whole input as one item; sends nothing. @throws InvalidInputError, InvalidItemsError */
export function prepareSet(
	operation: SetProcedure,
	valuesOfItems: FormValues[],
	output: OutputOptions,
	resources: Resource[],
): PreparedItem {
	const prepared = operation.prepareAll(valuesOfItems.map(toFormInput), resources);
	return { values: valuesOfItems[0], output, requests: [], ...prepared };
}

const toFormInput = (values: FormValues, item: number): FormInput => ({
	values: withIds(values.procedure),
	options: values.options,
	item,
});

/** A POST whose path names no record creates one, so its items have no order to keep. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');
