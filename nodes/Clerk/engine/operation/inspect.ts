import type { Field, ParameterLocation } from './field';
import type { Mapping, Operation, Procedure, Resource, SetProcedure } from './operation';
import type { Method } from './wire';

/** What can be read off an operation. */

/** Whether it is several requests, or one that no form of fields maps to. */
export const isProcedure = (operation: Operation): operation is Procedure => 'form' in operation;

/** Whether it takes the whole input as one. */
export const isSet = (operation: Operation): operation is SetProcedure =>
	isProcedure(operation) && operation.takes === 'set';

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

const SENT: ParameterLocation[] = ['path', 'query', 'body'];

/** An operation's fields by their places, without those that only help to fill in the form. */
export const fieldsByLocation = (
	operation: Operation,
): Array<[place: ParameterLocation, fields: Field[]]> =>
	isProcedure(operation)
		? [['procedure', operation.form]]
		: SENT.map((place) => [place, operation[place as 'path'] ?? []]);
