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

/** One item's form values → the requests it takes. */

/** An item ready to be carried out: checked, and with every id known. */
export interface PreparedItem extends Prepared {
	form: FormValues;
	output: OutputOptions;
	/** Of an operation that is one request; encoded. */
	path?: string;
	/** In the order of sending; empty where a procedure makes them. */
	requests: ApiRequest[];
}

/** One item of the input, ready to be carried out; nothing is sent yet. @throws InvalidInputError */
export function prepareItem(
	operation: Operation,
	form: FormValues,
	output: OutputOptions,
	resources: Resource[],
	item: number,
): PreparedItem {
	if (isSet(operation)) return prepareSet(operation, [form], output, resources);
	if (isProcedure(operation)) {
		const prepared = operation.prepare(toFormInput(form, item), resources);
		return { form, output: output, requests: [], ...prepared };
	}
	const request = buildRequest(operation, form);
	const { path } = request;
	const requests = operation.split?.(request, form.options) ?? splitLongLists(request, operation);
	return {
		form,
		output: output,
		path,
		requests,
		target: keepsOrder(operation) ? (operation.target?.(request) ?? path) : undefined,
		execute: async ({ send }) => await runOperation(operation, form, output, requests, send),
	};
}

/** The whole input as one item. @throws InvalidInputError, InvalidItemsError */
export function prepareSet(
	operation: SetProcedure,
	forms: FormValues[],
	output: OutputOptions,
	resources: Resource[],
): PreparedItem {
	const prepared = operation.prepareAll(forms.map(toFormInput), resources);
	return { form: forms[0], output, requests: [], ...prepared };
}

const toFormInput = (form: FormValues, item: number): FormInput => ({
	values: withIds(form.procedure),
	options: form.options,
	item,
});

/** Writes that name no record create one, and have no order to keep; others change what there is once. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');
