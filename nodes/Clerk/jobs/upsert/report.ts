import type { IDataObject } from 'n8n-workflow';

import type { ClerkRecord, Field, Send } from '../../engine/operation';
import { previewRequests } from '../../engine/run/dryRun';
import type { UpsertPlan } from './plan';

/**
 * Returns the record of a dry run, with the secrets of the fields masked.
 *
 * @param value - names a user who does not exist yet
 * @param body - the fields of the form that may be secret
 */
export async function previewUpsert(
	{ action, requests }: UpsertPlan,
	value: string,
	found: ClerkRecord | undefined,
	body: Field[],
	send: Send,
): Promise<IDataObject> {
	const row = {
		action,
		target: String(found?.id ?? value),
		status: requests.length > 0 ? 'planned' : 'skipped',
	};
	if (requests.length === 0) return { ...row, dryRun: true };
	return { ...row, ...(await previewRequests({ body }, {}, requests, send)) };
}
