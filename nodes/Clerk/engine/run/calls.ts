import { isProcedure } from '../operation';
import type { ApiRequest } from '../operation';
import { intoCalls } from '../request/batch';
import { beyond, demandsOf, described, failureOf, isMuch } from './hourlyQuota';
import type { Demand } from './hourlyQuota';
import { settled } from './items';
import type { Run } from './run';

/** What is carried out at once. Those in one lane keep their order. */
export interface Call {
	/** Of the items, ascending. */
	indexes: number[];
	lane?: string;
	/** One call carries all of them. */
	isBatch?: boolean;
}

/** What is to be carried out, as far as hourly limits let it through; what would wait too long fails. */
export function callsOf(run: Run): Call[] {
	const { planned } = run;
	const isShown = (index: number) => run.planOf(index).form.options.dryRun;
	const shown = planned.filter(isShown);
	for (const demand of demandsIn(run, sharing(run, shown))) run.hint(described(demand));
	const real = sharing(
		run,
		planned.filter((index) => !isShown(index)),
	);
	return [...alone(run, shown), ...withinBudget(run, real)].sort(
		(a, b) => a.indexes[0] - b.indexes[0],
	);
}

const alone = (run: Run, indexes: number[]): Call[] =>
	indexes.map((index) => ({ indexes: [index], lane: run.planOf(index).target }));

/** As many as a call carries. */
function sharing(run: Run, indexes: number[]): Call[] {
	const { operation } = run.about;
	if (isProcedure(operation) || !operation.batch) return alone(run, indexes);
	const calls = intoCalls(indexes, (index) => run.entryOf(index), operation.batch);
	return calls.map((call) => ({ ...call, isBatch: true }));
}

/** Those that fit go all the same: a limit that is used up is nothing that an item did wrong. */
function withinBudget(run: Run, calls: Call[]): Call[] {
	const late = new Set<Call>();
	for (const demand of demandsIn(run, calls)) {
		if (isMuch(demand)) run.hint(described(demand));
		const failure = failureOf(demand);
		for (const call of beyond(demand)) {
			late.add(call);
			for (const index of call.indexes) run.items[index] = settled(failure);
		}
	}
	return calls.filter((call) => !late.has(call));
}

const demandsIn = (run: Run, calls: Call[]): Array<Demand<Call>> =>
	demandsOf(calls, ({ indexes }) => {
		const request = run.entryOf(indexes[0]) as ApiRequest | undefined;
		return request && run.about.client.roomFor(request);
	});
