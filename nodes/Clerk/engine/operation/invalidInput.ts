/** A value that cannot be sent. The message names the field; nothing has been sent. */
export class InvalidInputError extends Error {
	/** @param label - as the form shows it, with its collection in front */
	constructor(
		readonly label: string,
		readonly complaint: string,
	) {
		super(`${label} ${complaint}`);
	}
}

/** Items of a set that cannot be what they say, found once all were read; nothing has been changed. */
export class InvalidItemsError extends Error {
	/** @param byItem - what is wrong, by the item's index */
	constructor(readonly byItem: Map<number, InvalidInputError>) {
		super([...byItem.values()][0]?.message ?? 'No item');
	}
}
