import type { IDataObject } from 'n8n-workflow';

/** A job that a guard stopped, or of which a part was refused. */
export class IncompleteJobError extends Error {
	/**
	 * @param message - a sentence: what stopped it
	 * @param report - a row for each action, as the job would have output them
	 * @param details - what else to say of it, a sentence each
	 */
	constructor(
		message: string,
		readonly report: IDataObject[],
		readonly details: string[] = [],
	) {
		super(message);
	}
}
