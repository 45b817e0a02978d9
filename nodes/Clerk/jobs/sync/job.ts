import type { OperationContext, OperationResult } from '../../engine/operation';
import { adminRolesIn } from '../shared/admins';
import { apply } from '../shared/apply';
import { directoryOfAddress, directoryOfUser, isDeprovisioned } from '../shared/directories';
import type { Directory } from '../shared/directories';
import { finish, toReportRow, toResult } from '../shared/report';
import { applyPhases } from './apply';
import { checkSync } from './guards';
import { matchItems } from './match';
import type {
	OrganizationPlan,
	OrganizationState,
	PlanOptions,
	SyncItem,
	SyncOptions,
} from './model';
import { planOrganization } from './plan';
import { isInCharge, readSyncData } from './read';
import type { SyncData } from './read';
import { report } from './report';
import { typoHints } from './typos';

/**
 * Makes the members of organizations those of a list: read → plan → guards → apply → report.
 *
 * @throws IncompleteJobError if a guard stops it or an action failed; InvalidItemsError, RequestError,
 * CancelledError
 */
export async function sync(
	items: SyncItem[],
	options: SyncOptions,
	context: OperationContext,
): Promise<OperationResult> {
	// Before the reading, which takes long, to fail at once under a policy that allows no writes.
	if (!options.isDryRun) {
		context.ensureAllowed([{ method: 'POST', path: '/organizations/x/memberships' }]);
	}
	const data = await readSyncData(items, options, context);
	const wantedIn = matchItems(items, options, data);
	const plans = data.states.map((state): OrganizationPlan => {
		const wanted = wantedIn.get(state.id) ?? [];
		const planOptions = { ...options, ...planOptionsFrom(data, state) };
		return { state, wanted, actions: planOrganization(state, wanted, planOptions) };
	});
	const actions = plans.flatMap((plan) => plan.actions);
	const hints = typoHints(actions);
	if (options.isDryRun) {
		const rows = await apply(actions, context, true);
		return { ...toResult(report(plans, rows, options, context)), hints };
	}
	const planned = actions.map(toReportRow);
	const [stopped] = plans.flatMap((plan) => checkSync(plan, options, planned) ?? []);
	if (stopped) throw stopped;
	context.ensureAllowed(actions.flatMap(({ requests }) => requests));
	const rows = await applyPhases(actions, context);
	return { ...finish(report(plans, rows, options, context)), hints };
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

const DEPROVISIONED = 'A directory deprovisioned the user and is in charge (Directory Sync)';

const reasonOf = (directory: Directory | undefined): string | undefined =>
	directory && `The directory ${directory.name} is in charge (Directory Sync)`;
