import { InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { OperationContext, OperationResult } from '../../engine/operation';
import { wouldStop } from '../shared/guards';
import type { RunMode } from '../shared/runMode';
import { runPlan } from '../shared/runPlan';
import { selectApproved } from '../shared/selection';
import { applyConfiguration as applyPlan } from './apply';
import { checkConfiguration } from './guards';
import type { ConfigurationBounds } from './guards';
import { keepUsed } from './keep';
import { withNeeded } from './kinds';
import type { InstanceState, Kind, WantedConfiguration } from './model';
import { planConfiguration } from './plan';
import { readIdentity, readKinds } from './read';
import { CONFIGURATION_LAYOUT, summarize } from './report';

export interface ConfigurationOptions extends ConfigurationBounds {
	kinds: Kind[];
	deletesExtra: boolean;
}

/**
 * Makes the configuration of an instance that of another one: read → plan → approval → guards → apply →
 * report.
 *
 * @throws IncompleteJobError if a guard stops it, the plan is not the approved one, or an action failed;
 * InvalidItemsError, RequestError, CancelledError
 */
export async function applyConfiguration(
	wanted: WantedConfiguration,
	options: ConfigurationOptions,
	mode: RunMode,
	context: OperationContext,
): Promise<OperationResult> {
	const { isDryRun, approval } = mode;
	if (!isDryRun) context.ensureAllowed([{ method: 'PATCH', path: '/instance' }]);
	const plannedAt = context.now();
	const identity = await readIdentity(context);
	if (identity.id === wanted.instanceId) throw sameInstanceError(identity.id);
	const kinds = await readKinds(withNeeded(options.kinds), context);
	const state: InstanceState = { ...identity, kinds };
	const plan = planConfiguration(wanted, state, options.deletesExtra);
	const isApprovable = isDryRun || approval !== undefined;
	const scope = { operation: 'instance.applyConfiguration', instance: state.id };
	const selection = selectApproved(plan.actions, approval, isApprovable ? scope : undefined);
	const { noLongerDue, otherPlan } = selection;
	// What was not approved stays as it is, and may use what would be deleted.
	const actions = keepUsed(selection.actions, wanted.records, state);
	const total = plan.unchanged + actions.length;
	const objection = checkConfiguration(actions, total, state, mode, options);
	const ids = { instanceId: state.id, sourceInstanceId: wanted.instanceId };
	return await runPlan(
		{
			selection: { ...selection, actions },
			objection,
			layout: CONFIGURATION_LAYOUT,
			mode,
			plannedAt,
			report(rows, status) {
				const all = [...rows, ...noLongerDue];
				const note =
					status === 'planned' ? (otherPlan ?? wouldStop(objection?.sentence)) : undefined;
				const about = {
					source: wanted.instanceId,
					target: state,
					wanted: wanted.records.length,
					unchanged: plan.unchanged,
					status,
					notes: [note],
				};
				return [...all, summarize(all, about)].map((row) => ({
					...row,
					columns: { ...row.columns, ...ids },
				}));
			},
			apply: async (due) => await applyPlan(due, state, context),
		},
		context,
	);
}

const sameInstanceError = (id: string): InvalidItemsError =>
	new InvalidItemsError(
		new Map([
			[
				0,
				new InvalidInputError(
					'Configuration',
					`is of ${id}, the instance that the credential belongs to: apply it to another one`,
				),
			],
		]),
	);
