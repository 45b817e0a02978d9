import { createsOrAdds, hasOptionalFields, isProcedure, isWrite } from '../operation';
import type { Field, Operation } from '../operation';
import {
	CONCURRENCY,
	DRY_RUN,
	EMPTY_VALUES_LEFT_OUT,
	EMPTY_VALUES_SENT,
	IF_NOT_FOUND,
	MAX_RETRIES,
	MAX_WAIT,
	OFFSET,
} from './commonFields';

/** Returns the fields of an operation's Options. */
export function optionsOf(operation: Operation): Field[] {
	const returns = isProcedure(operation) ? undefined : operation.returns;
	return [
		CONCURRENCY,
		MAX_RETRIES,
		MAX_WAIT,
		...(operation.options ?? []),
		...emptyValuesOf(operation),
		...(returns?.kind === 'list' ? [OFFSET] : []),
		...(returns?.kind === 'one' && returns.ifNotFound ? [IF_NOT_FOUND] : []),
		...(isWrite(operation) && !hasOwnDryRun(operation) ? [DRY_RUN] : []),
	];
}

/** A procedure with fields that can be cleared lists the option itself. */
function emptyValuesOf(operation: Operation): Field[] {
	if (isProcedure(operation) || !isWrite(operation) || !hasOptionalFields(operation)) return [];
	return [createsOrAdds(operation) ? EMPTY_VALUES_LEFT_OUT : EMPTY_VALUES_SENT];
}

/** Jobs have Dry Run on their form, whatever its default. */
const hasOwnDryRun = (operation: Operation): boolean =>
	isProcedure(operation) && operation.form.some(({ name }) => name === DRY_RUN.name);
