/** A value that cannot be sent. The message is the label of the field and the reason; nothing has been sent. */
export class InvalidInputError extends Error {
	/**
	 * @param label - the field as the form shows it, with the row in front for a table
	 * @param reason - the rest of the sentence, such as "is empty"
	 */
	constructor(
		readonly label: string,
		readonly reason: string,
	) {
		super(`${label} ${reason}`);
	}
}

/** Items of a set that are invalid together, such as two that contradict each other; nothing has been changed. */
export class InvalidItemsError extends Error {
	/** @param byItem - the errors, by the index of the item */
	constructor(readonly byItem: Map<number, InvalidInputError>) {
		super([...byItem.values()][0]?.message ?? 'No item');
	}
}
