import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import type { ReportRow } from '../shared/report';
import type { TestDataAction } from './plan';

/**
 * Skips the organizations of which a member was not approved, and the users whose organization was not:
 * an organization is deleted with all its members, and none is left without any.
 */
export function withholdUnapproved(actions: TestDataAction[]): TestDataAction[] {
	const isWithheld = new Set(
		actions.filter((one) => one.isNotApproved).map(({ target }) => target),
	);
	const organizations = actions.map((action) =>
		!action.isSkipped && action.members?.some((id) => isWithheld.has(id))
			? { ...skip(action, 'Not deleted: a member was not approved'), isNotApproved: true }
			: action,
	);
	const notDeleted = new Set(
		organizations.filter((one) => one.isNotApproved).map(({ target }) => target),
	);
	return organizations.map((action) => skipIfWaiting(action, notDeleted, 'was not approved'));
}

const skipIfWaiting = (
	action: TestDataAction,
	notDeleted: ReadonlySet<string>,
	why: string,
): TestDataAction => {
	const missing = action.isSkipped ? undefined : action.after?.find((id) => notDeleted.has(id));
	return missing === undefined
		? action
		: {
				...skip(action, `Waits for the organization ${missing}, which ${why}`),
				isNotApproved: true,
			};
};

/**
 * Deletes the organizations, then the users; not those of an organization that could not be deleted.
 *
 * @returns a row for each action
 * @throws CancelledError
 */
export async function applyTestData(
	plan: TestDataAction[],
	context: OperationContext,
): Promise<ReportRow[]> {
	const organizations = plan.filter(({ members }) => members !== undefined);
	const rows = await apply(organizations, context);
	const failed = new Set(
		rows.filter(({ status }) => status === 'failed').map(({ target }) => target),
	);
	const users = plan
		.filter(({ members }) => members === undefined)
		.map((action) => skipIfWaiting(action, failed, 'could not be deleted'));
	return [...rows, ...(await apply(users, context))];
}
