import type { OperationContext, OperationResult } from '../../engine/operation';
import { adminRolesIn } from '../shared/admins';
import { directoryOfAddress, directoryOfUser, isDeprovisioned } from '../shared/directories';
import type { Directory } from '../shared/directories';
import { readPlanScope } from '../shared/runMode';
import type { RunMode } from '../shared/runMode';
import { runPlan } from '../shared/runPlan';
import { selectApproved } from '../shared/selection';
import type { Selection } from '../shared/selection';
import { applyPhases } from './apply';
import { checkSync } from './guards';
import { keepAdmin } from './keepAdmin';
import { matchItems, unmatchedError } from './match';
import type {
	OrganizationPlan,
	OrganizationState,
	PlanOptions,
	SyncAction,
	SyncItem,
	SyncOptions,
} from './model';
import { planOrganization } from './plan';
import { isInCharge, readSyncData } from './read';
import type { SyncData } from './read';
import { report, SYNC_LAYOUT } from './report';
import { typoHints } from './typos';

/**
 * Makes the members of organizations those of a list: read → plan → approval → guards → apply → report.
 *
 * @throws IncompleteJobError if a guard stops it, the plan is not the approved one, or an action failed;
 * InvalidItemsError, RequestError, CancelledError
 */
export async function sync(
	items: SyncItem[],
	options: SyncOptions,
	mode: RunMode,
	context: OperationContext,
): Promise<OperationResult> {
	const { isDryRun, approval } = mode;
	// Before the reading, which takes long, to fail at once under a policy that allows no writes.
	if (!isDryRun) {
		context.ensureAllowed([{ method: 'POST', path: '/organizations/x/memberships' }]);
	}
	const plannedAt = context.now();
	const scope = await readPlanScope('organizationMembership.sync', mode, context);
	const data = await readSyncData(items, options, context);
	const { wanted: wantedIn, unmatched } = matchItems(items, options, data);
	if (unmatched.length > 0 && !isDryRun) throw unmatchedError(unmatched);
	const organizations = data.states.map((state): PlannedOrganization => {
		const wanted = wantedIn.get(state.id) ?? [];
		const planOptions = { ...options, ...planOptionsFrom(data, state) };
		const actions = planOrganization(state, wanted, planOptions);
		return { plan: { state, wanted, actions }, planOptions };
	});
	const selection = selectApproved(
		organizations.flatMap(({ plan }) => plan.actions),
		approval,
		scope,
	);
	const plans = approvedPlans(organizations, selection);
	const actions = plans.flatMap((plan) => plan.actions);
	const about = { plans, unmatched, noLongerDue: selection.noLongerDue, note: selection.otherPlan };
	const result = await runPlan(
		{
			// Until all items are matched, the plan is not that of any run.
			selection: { ...selection, actions, ...(unmatched.length > 0 && { planId: undefined }) },
			objection: plans.map((plan) => checkSync(plan, options)).find(Boolean),
			layout: SYNC_LAYOUT,
			mode,
			plannedAt,
			report: (rows, status) => report(rows, { ...about, status }, options, context),
			apply: applyPhases,
		},
		context,
	);
	return { ...result, hints: typoHints(actions) };
}

interface PlannedOrganization {
	plan: OrganizationPlan;
	planOptions: PlanOptions;
}

/**
 * Returns the plans with what the approval leaves of them. Without its new admin, an organization keeps an
 * old one. Exported for the tests.
 */
export function approvedPlans(
	organizations: PlannedOrganization[],
	{ actions }: Selection<SyncAction>,
): OrganizationPlan[] {
	let start = 0;
	return organizations.map(({ plan: { state, wanted, actions: all }, planOptions }) => {
		const own = actions.slice(start, (start += all.length));
		return { state, wanted, actions: keepAdmin(state, wanted, planOptions, own) };
	});
}

function planOptionsFrom(
	{ roles, users, directories: all }: SyncData,
	{ id: organizationId, members }: OrganizationState,
): Pick<PlanOptions, 'adminRoles' | 'reasonIfManaged' | 'reasonIfAddressManaged'> {
	const directories = all.filter((directory) => isInCharge(directory, organizationId));
	const deprovisioned = new Set(
		members.flatMap((member) => (member.isDeprovisioned ? [member.userId] : [])),
	);
	return {
		adminRoles: adminRolesIn(roles),
		reasonIfManaged(userId) {
			const user = users.get(userId);
			const reason = reasonOf(user && directoryOfUser(user, directories));
			const isBlocked = deprovisioned.has(userId) || (user && isDeprovisioned(user));
			return reason ?? (isBlocked ? DEPROVISIONED : undefined);
		},
		reasonIfAddressManaged: (address) => reasonOf(directoryOfAddress(address, directories)),
	};
}

const DEPROVISIONED = 'Deprovisioned by a directory (Directory Sync)';

const reasonOf = (directory: Directory | undefined): string | undefined =>
	directory && `The directory ${directory.name} manages the user (Directory Sync)`;
