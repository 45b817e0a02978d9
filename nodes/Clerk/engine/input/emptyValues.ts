import { createsOrAdds, InvalidInputError, isProcedure, methodOf } from '../operation';
import type { Field, Operation, Options, ParameterLocation } from '../operation';

/** Rows have holes: what the option Empty Values means for a field without a value. */

/** Whether a field counts as not added, as the item has no value for it. */
export const isLeftOut = (
	{ required, type, encode }: Field,
	value: unknown,
	location: ParameterLocation,
	{ emptyValues }: Options,
): boolean => {
	if (emptyValues !== 'leaveOut' || required || location === 'path') return false;
	// n8n empties a table that an expression stands for (docs/n8n-notes.md, 14), so an empty one is rejected.
	if (type === 'fixedCollection') return false;
	const isList = encode === 'list' || type === 'multiOptions';
	return isHole(value) || (isList && Array.isArray(value) && value.length === 0);
};

/** Whether an item has no value here: undefined, null or empty text, also within a locator. */
function isHole(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	return typeof value === 'object' && 'mode' in value && 'value' in value && isHole(value.value);
}

/** Returns the labels of the optional fields that are sent empty, which clears them. */
export function clearedFields(
	operation: Operation,
	{ options, empty }: { options: Options; empty: string[] },
): string[] {
	const isNew = !isProcedure(operation) && createsOrAdds(operation);
	return options.emptyValues === 'send' && !isNew ? empty : [];
}

/**
 * Rejects an update without anything to write: it would succeed and change nothing.
 *
 * @throws InvalidInputError
 */
export function rejectNothingToWrite(
	operation: Operation,
	{ body, options }: { body: Record<string, unknown>; options: Options },
): void {
	if (isProcedure(operation) || !['PATCH', 'PUT'].includes(methodOf(operation))) return;
	const { body: fields = [] } = operation;
	const isUpdate = fields.length > 0 && fields.every(({ required }) => !required);
	if (!isUpdate || Object.keys(body).length > 0) return;
	const other = options.emptyValues === 'leaveOut' ? ' that has a value' : '';
	throw new InvalidInputError('Nothing to change:', `add a field${other}`);
}
