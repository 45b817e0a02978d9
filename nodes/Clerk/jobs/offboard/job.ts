import type { FormInput, Prepared } from '../../engine/operation';
import { prepareItemJob } from '../shared/itemJob';
import { applyPhases } from './apply';
import { planOffboarding } from './plan';
import type { OffboardOptions } from './plan';
import { readLeaver } from './read';
import type { Revocable } from './read';
import { OFFBOARD_LAYOUT, summarize } from './report';

/**
 * Ends the access of a user: read → plan → approval → apply → report.
 *
 * @param revoked - the kinds of records to revoke
 * @throws InvalidInputError for an approval that is not valid
 */
export const prepareOffboarding = (
	input: FormInput,
	userId: string,
	options: OffboardOptions,
	revoked: Revocable[],
): Prepared =>
	prepareItemJob(input, {
		operation: 'user.offboard',
		modeParameter: 'offboardMode',
		layout: OFFBOARD_LAYOUT,
		// One target for all items: of two admins who leave at once, each would count on the other.
		target: 'offboarding',
		async plan(context) {
			const { itemIndex: item } = input;
			const leaver = await readLeaver(userId, options, revoked, context);
			return {
				actions: planOffboarding(leaver, options).map((action) => ({ ...action, item })),
				isOwn: (row) => row.userId === userId,
				summarize: (rows, status, note) => summarize(rows, leaver, status, item, note),
			};
		},
		apply: applyPhases,
	});
