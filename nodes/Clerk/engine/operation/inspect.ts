import type { INodePropertyOptions } from 'n8n-workflow';

import type { Field, ParameterLocation } from './field';
import type { Mapping, Operation, Procedure, Resource, SetProcedure } from './operation';
import type { View } from './view';
import type { Method } from './wire';

/** Questions about an operation. */

/** Whether an operation has a function that sends its requests, instead of a mapping to one request. */
export const isProcedure = (operation: Operation): operation is Procedure => 'form' in operation;

/** Whether an operation runs once for the whole input. */
export const isSet = (operation: Operation): operation is SetProcedure =>
	isProcedure(operation) && operation.takes === 'set';

/** Whether the items of an operation are data, with one form for all of them. */
export const takesRows = (operation: Operation): boolean =>
	isSet(operation) && operation.takesRows === true;

/** Returns the view of the records that an operation outputs; undefined for a report without records. */
export const viewOf = (operation: Operation): View | undefined =>
	isProcedure(operation) ? operation.view : operation.returns.view;

/** Returns the operations of a resource that are mappings. */
export const mappingsIn = ({ operations }: Resource): Mapping[] =>
	operations.flatMap((operation) => (isProcedure(operation) ? [] : [operation]));

/** Returns the HTTP method of a mapping. */
export const methodOf = ({ request }: Mapping): Method =>
	request.slice(0, request.indexOf(' ')) as Method;

/** Returns the path of a mapping, with Clerk's `{names}`. */
export const pathOf = ({ request }: Mapping): string => request.slice(request.indexOf(' ') + 1);

/** Whether an operation may change something in Clerk. Of the methods only GET never does. */
export const isWrite = (operation: Operation): boolean =>
	isProcedure(operation) ? operation.writes : methodOf(operation) !== 'GET';

/** Whether an operation writes fields that are not required. */
export const hasOptionalFields = ({ query = [], body = [] }: Mapping): boolean =>
	[...query, ...body].some(({ required }) => !required);

/** Whether an operation makes something new, so a field without a value has nothing to clear. */
export const createsOrAdds = ({ value }: Operation): boolean => /^(create|add|upsert)/.test(value);

const REQUEST_PARTS = ['path', 'query', 'body'] as const;

/** Returns the fields of an operation that are not sent. */
export const formOnlyFieldsOf = (operation: Operation): Field[] =>
	isProcedure(operation) ? [] : (operation.formOnly ?? []);

/** Returns the fields of an operation by their location, without the form-only ones. */
export function fieldsByLocation(
	operation: Operation,
): Array<[location: ParameterLocation, fields: Field[]]> {
	if (!isProcedure(operation)) {
		return REQUEST_PARTS.map((location) => [location, operation[location] ?? []]);
	}
	const { form, query } = operation;
	return query
		? [
				['procedure', form],
				['query', query],
			]
		: [['procedure', form]];
}

/** Returns the choices of a field. */
export const choicesOf = ({ options = [] }: Field): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

/** Returns a field with the label of its choice, where it has one for each. @param valueFor - returns the value of another field */
export function labelledField(
	field: Field,
	fields: Field[],
	valueFor: (field: Field) => unknown,
): Field {
	const choice = fields.find(({ name }) => name === field.labelledBy?.name);
	if (!choice) return field;
	const value = valueFor(choice);
	const chosen = choicesOf(choice).find((option) => option.value === value);
	return chosen ? { ...field, displayName: chosen.name } : field;
}
