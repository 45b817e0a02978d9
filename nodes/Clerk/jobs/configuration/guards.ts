import { checkBounds } from '../shared/guards';
import type { Objection } from '../shared/guards';
import type { RunMode } from '../shared/runMode';
import type { ConfigurationAction, InstanceState } from './model';

export interface ConfigurationBounds {
	maxChanges: number;
	allowProduction: boolean;
}

/** Returns why nothing may be written; undefined if it may be. @param total - number of records compared */
export function checkConfiguration(
	actions: ConfigurationAction[],
	total: number,
	{ isProduction }: InstanceState,
	{ isDryRun, approval }: RunMode,
	{ maxChanges, allowProduction }: ConfigurationBounds,
): Objection | undefined {
	const count = actions.filter(({ isSkipped }) => !isSkipped).length;
	const counted = {
		count,
		total,
		noun: 'records',
		participle: 'created, changed or deleted',
		countLabel: 'Max Changes',
	};
	const tooMany = checkBounds(counted, { count: maxChanges });
	if (tooMany || count === 0 || !isProduction) return tooMany;
	// A plan is what is looked at before.
	if (isDryRun || approval || allowProduction) return undefined;
	return {
		sentence: 'The target is a production instance, and the plan was not approved',
		advice: "Have the plan approved ('Run Mode'), or turn on 'Allow Production'.",
	};
}
