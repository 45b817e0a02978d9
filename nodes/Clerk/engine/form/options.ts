import { createsOrAdds, hasOptionalFields, isProcedure, isWrite } from '../operation';
import type { Field, Operation } from '../operation';
import {
	CONCURRENCY,
	DATE_FORMAT,
	DRY_RUN,
	EMPTY_VALUES_LEFT_OUT,
	EMPTY_VALUES_SENT,
	IF_NOT_FOUND,
	MAX_RETRIES,
	MAX_WAIT,
	OFFSET,
} from './commonFields';
import { hasRecords } from './outputFields';

/** Returns the options of an operation, by use; fields of its request that are shown there are not included. */
export function optionsOf(operation: Operation): Field[] {
	const returns = isProcedure(operation) ? undefined : operation.returns;
	return [
		...(isWrite(operation) && !hasRunMode(operation) ? [DRY_RUN] : []),
		...(operation.options ?? []),
		...emptyValuesOf(operation),
		...(hasRecords(operation) ? [DATE_FORMAT] : []),
		...(returns?.kind === 'one' && returns.ifNotFound ? [IF_NOT_FOUND] : []),
		CONCURRENCY,
		MAX_RETRIES,
		MAX_WAIT,
		...(returns?.kind === 'list' ? [OFFSET] : []),
	];
}

/** A procedure with fields that can be cleared lists the option itself. */
function emptyValuesOf(operation: Operation): Field[] {
	if (isProcedure(operation) || !isWrite(operation) || !hasOptionalFields(operation)) return [];
	return [createsOrAdds(operation) ? EMPTY_VALUES_LEFT_OUT : EMPTY_VALUES_SENT];
}

/** A job has a Run Mode on its form, and no second switch beside it. */
const hasRunMode = (operation: Operation): boolean =>
	isProcedure(operation) && operation.form.some(({ isRunMode }) => isRunMode);
