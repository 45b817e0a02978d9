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
	Resource,
	SetInput,
	SetProcedure,
	View,
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
		execute: async (context) => await runMapping(operation, values, output, requests, context),
	};
}

/** Prepares the whole input as one item; sends nothing. @throws InvalidInputError, InvalidItemsError */
export function prepareSet(
	operation: SetProcedure,
	valuesOfItems: FormValues[],
	output: OutputOptions,
	resources: Resource[],
	input: Pick<SetInput, 'rows' | 'timezone'>,
): PreparedItem {
	const prepared = operation.prepareAll(valuesOfItems.map(toFormInput), resources, {
		...input,
		toOutput: (record) => toRow(record, operation.view ?? NO_VIEW, output),
	});
	return { values: valuesOfItems[0], output, requests: [], ...prepared };
}

const NO_VIEW: View = { plural: '', fields: [] };

const toFormInput = (values: FormValues, itemIndex: number): FormInput => ({
	values: withIds(values.procedure),
	query: withIds(values.query),
	options: values.options,
	itemIndex,
});

/** A POST whose path names no record creates one, so its items have no order to keep. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');
