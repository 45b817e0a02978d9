import type { IDataObject } from 'n8n-workflow';

/** A job that a guard stopped, or of which Clerk rejected a part. */
export class IncompleteJobError extends Error {
	/**
	 * @param message - why it stopped, as a sentence
	 * @param report - one row per action, as the job would have output them
	 * @param details - further sentences, for the description
	 */
	constructor(
		message: string,
		readonly report: IDataObject[],
		readonly details: string[] = [],
	) {
		super(message);
	}
}
