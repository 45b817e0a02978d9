import { isProcedure, isWrite } from '../operation';
import type { Field, Operation } from '../operation';
import { CONCURRENCY, DRY_RUN, IF_NOT_FOUND, MAX_RETRIES, MAX_WAIT, OFFSET } from './commonFields';

/** The Options of an operation: which there are. */

/** The fields under Options, in the order in which the form shows them. */
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

/** Where it is on by default, it stands on the form and not among the options. */
const hasOwnDryRun = (operation: Operation): boolean =>
	isProcedure(operation) && operation.form.some(({ name }) => name === DRY_RUN.name);
