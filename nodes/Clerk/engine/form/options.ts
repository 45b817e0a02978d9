import { isProcedure, isWrite } from '../operation';
import type { Field, Operation } from '../operation';
import { CONCURRENCY, DRY_RUN, IF_NOT_FOUND, MAX_RETRIES, MAX_WAIT, OFFSET } from './commonFields';

/** Returns the fields of an operation's Options. */
export function optionsOf(operation: Operation): Field[] {
	const returns = isProcedure(operation) ? undefined : operation.returns;
	return [
		CONCURRENCY,
		MAX_RETRIES,
		MAX_WAIT,
		...(operation.options ?? []),
		...(returns?.kind === 'list' ? [OFFSET] : []),
		...(returns?.kind === 'one' && returns.ifNotFound ? [IF_NOT_FOUND] : []),
		...(isWrite(operation) && !hasOwnDryRun(operation) ? [DRY_RUN] : []),
	];
}

/** A procedure with a Dry Run that is on by default has it on its form. */
const hasOwnDryRun = (operation: Operation): boolean =>
	isProcedure(operation) && operation.form.some(({ name }) => name === DRY_RUN.name);
