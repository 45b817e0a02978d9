import type { IDataObject } from 'n8n-workflow';

import type { ClerkRecord, Field, Send } from '../../engine/operation';
import { previewRequests } from '../../engine/run/dryRun';
import { personOf } from '../shared/people';
import { toResult } from '../shared/report';
import type { Layout } from '../shared/report';
import { NEW_ID, userAfter } from './after';
import { planUpsert } from './plan';
import type { WantedUser } from './plan';

const LAYOUT: Layout = {
	details: ['method', 'path', 'query', 'body', 'followedBy'],
	ids: ['userId'],
	isApprovable: false,
};

const REASONS = {
	created: 'There is no such user',
	updated: 'The user differs',
	unchanged: 'The user already matches',
};

/**
 * Returns the row of a plan, with the secrets of the fields masked. A user whom an item before creates
 * has no ID yet, so the requests that follow are not shown.
 *
 * @param found - the user as the items before leave it
 * @param isChangedBefore - whether one of them changes it
 * @param body - the fields of the form that may be secret
 */
export async function previewUpsert(
	wanted: WantedUser,
	found: ClerkRecord | undefined,
	isChangedBefore: boolean,
	body: Field[],
	send: Send,
): Promise<IDataObject> {
	const { action, requests } = planUpsert(wanted, found);
	const isNew = found === undefined || found.id === NEW_ID;
	const isShown = requests.length > 0 && found?.id !== NEW_ID;
	const preview = isShown ? await previewRequests({ body }, {}, requests, send) : {};
	const before = isChangedBefore ? '. An earlier item is for the same user' : '';
	const { records } = toResult(
		[
			{
				action,
				target: isNew ? wanted.value : String(found.id),
				status: requests.length > 0 ? 'planned' : 'skipped',
				reason: `${REASONS[action]}${before}`,
				columns: {
					...preview,
					...personOf(userAfter(wanted, found)),
					userId: isNew ? null : String(found.id),
				},
			},
		],
		{ layout: LAYOUT, isDryRun: true },
	);
	return records[0];
}
