import type { ApiRequest, ClerkRecord } from './wire';

/** A value that identifies a record the item looks for. Items share the requests. */
export interface LookUp {
	/** The kind of value; values of the same kind share requests. */
	kind: string;
	value: string;
	/** Builds the request for several values. If it returns as many rows as its limit, there may be more. */
	request(values: string[]): ApiRequest;
	/**
	 * Checks what was found, before the first write of any item; called in the order of the input.
	 *
	 * @param found - the records of the item, and of those that shared its request
	 * @param changedBefore - by target: the record as the items before leave it; takes the one of this item
	 * @returns the target that the item changes, in place of the one it was prepared with
	 * @throws InvalidInputError
	 */
	check(found: ClerkRecord[], changedBefore: Map<string, ClerkRecord>): string;
}
