import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import type { ReportRow } from '../shared/report';
import { keepLastAdmins } from './plan';
import type { TestData, TestDataAction } from './plan';

/**
 * Skips what cannot be deleted without what was not approved: an organization goes with all its members,
 * none is left without any, and the members who stay keep an admin.
 */
export function withholdUnapproved(
	actions: TestDataAction[],
	data: Pick<TestData, 'users' | 'organizations'>,
): TestDataAction[] {
	// The plan itself holds to all of this.
	if (!actions.some(({ isNotApproved }) => isNotApproved)) return actions;
	const withheld = withholdDependants(actions);
	const due = new Set(withheld.filter((one) => !one.isSkipped).map(({ target }) => target));
	const { kept } = keepLastAdmins(
		data.users.filter(({ id }) => due.has(id)),
		data.organizations.filter(({ id }) => !due.has(id)),
	);
	if (kept.size === 0) return withheld;
	const sparing = withheld.map((action) => {
		const reason = action.isSkipped ? undefined : kept.get(action.target);
		return reason === undefined ? action : { ...skip(action, reason), isNotApproved: true };
	});
	return withholdUnapproved(sparing, data);
}

function withholdDependants(actions: TestDataAction[]): TestDataAction[] {
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
	return organizations.map((action) =>
		skipIfOrganizationRemains(action, notDeleted, 'was not approved'),
	);
}

const skipIfOrganizationRemains = (
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

const skipIfFollowerRemains = (
	action: TestDataAction,
	notDeleted: ReadonlySet<string>,
): TestDataAction => {
	const missing = action.isSkipped ? undefined : action.followers?.find((id) => notDeleted.has(id));
	return missing === undefined
		? action
		: skip(action, `Is an admin, and the member ${missing} could not be deleted`);
};

/**
 * Deletes the organizations, then the users, admins after their members; not the users of an organization
 * that could not be deleted, and not the admins of a member who could not.
 *
 * @returns a row for each action, in their order
 * @throws CancelledError
 */
export async function applyTestData(
	plan: TestDataAction[],
	context: OperationContext,
): Promise<ReportRow[]> {
	const rows = new Map<TestDataAction, ReportRow>();
	const failed = new Set<string>();
	const isAdmin = ({ followers = [] }: TestDataAction) => followers.length > 0;
	const isUser = ({ members }: TestDataAction) => members === undefined;
	const stages = [
		plan.filter((action) => !isUser(action)),
		plan.filter((action) => isUser(action) && !isAdmin(action)),
		plan.filter((action) => isUser(action) && isAdmin(action)),
	];
	for (const stage of stages) {
		const ready = stage
			.map((action) => skipIfOrganizationRemains(action, failed, 'could not be deleted'))
			.map((action) => skipIfFollowerRemains(action, failed));
		const done = await apply(ready, context);
		done.forEach((row, at) => {
			rows.set(stage[at], row);
			if (row.status === 'failed') failed.add(row.target);
		});
	}
	return plan.map((action) => rows.get(action)!);
}
