import type {
	ClerkRecord,
	FormInput,
	OperationContext,
	OperationResult,
	Prepared,
} from '../../engine/operation';
import type { Action } from './actions';
import type { PlanScope } from './keys';
import type { Layout, ReportRow } from './report';
import { carriesOutAll, readPlanScope, readRunMode } from './runMode';
import type { RunMode } from './runMode';
import { reportPlan, runPlan } from './runPlan';
import type { RunnablePlan } from './runPlan';
import { otherPlanError, selectAgain, selectTogether, withKeys } from './selection';
import type { Selection } from './selection';

/**
 * Jobs that plan for each item by itself. A plan to look at and an approval are about the whole input,
 * so all items are planned and judged before the first write.
 */

export interface ItemJob<T extends Action> {
	/** As in the keys of its plans: `user.offboard`. */
	operation: string;
	/** The name of the job's parameter for the run mode. */
	modeParameter: string;
	layout: Layout;
	/** As `Prepared.target`. */
	target: string;
	/** Reads the records of the item, and plans. @throws InvalidInputError, RequestError, CancelledError */
	plan(context: OperationContext): Promise<ItemPlan<T>>;
	/** @throws CancelledError */
	apply(actions: T[], context: OperationContext): Promise<ReportRow[]>;
}

/** The plan of one item. */
export interface ItemPlan<T extends Action> {
	actions: T[];
	/** Whether an approved row is about the record of the item; others of the run share the approval. */
	isOwn(row: ClerkRecord): boolean;
	/** Returns the last row of the item. @param note - why nothing is done */
	summarize(rows: ReportRow[], status: 'planned' | 'done', note?: string): ReportRow;
}

/** An item that is planned. */
interface PlannedItem<T extends Action> {
	job: ItemJob<T>;
	itemIndex: number;
	mode: RunMode;
	plannedAt: number;
	plan: ItemPlan<T>;
	scope?: PlanScope;
	selection: Selection<T>;
	/** Whether other items are carried out too, which may change what is due. */
	hasOthers: boolean;
}

/** Checks the form before anything is sent. @throws InvalidInputError */
export function prepareItemJob<T extends Action>(
	{ values, itemIndex }: FormInput,
	job: ItemJob<T>,
): Prepared {
	const modeAt = readRunMode(values, job.modeParameter);
	const read = async (context: OperationContext): Promise<PlannedItem<T>> => {
		const plannedAt = context.now();
		const mode = modeAt(plannedAt);
		const plan = await job.plan(context);
		const scope = await readPlanScope(job.operation, mode, context);
		const selection = withKeys(plan.actions, undefined);
		return { job, itemIndex, mode, plannedAt, plan, scope, selection, hasOthers: false };
	};
	let reviewed: PlannedItem<T> | undefined;
	const review = {
		async read(context: OperationContext) {
			reviewed = await read(context);
			return reviewed;
		},
		check: judge<T>,
	};
	return {
		target: job.target,
		...(!carriesOutAll(values, job.modeParameter) && { review }),
		async execute(context) {
			const planned = reviewed ? await planAgain(reviewed, context) : await read(context);
			return await runPlan(toRunnable(planned), context);
		},
	};
}

/**
 * Selects what is approved of the plans of all items.
 *
 * @throws IncompleteJobError with the report of all items if their plan is not the approved one
 */
function judge<T extends Action>(all: Array<PlannedItem<T>>): void {
	const approved = all.filter(({ mode }) => mode.approval);
	for (const items of [approved, all.filter(({ mode }) => !mode.approval)]) {
		const selections = selectTogether(
			items.map(({ plan: { actions, isOwn }, mode: { approval }, scope }) => ({
				actions,
				isOwn,
				approval,
				scope,
			})),
		);
		items.forEach((item, at) => {
			item.selection = selections[at];
			item.hasOthers = items.length > 1;
		});
	}
	const { otherPlan } =
		approved.map(({ selection }) => selection).find((one) => one.otherPlan !== undefined) ?? {};
	if (otherPlan === undefined) return;
	throw otherPlanError(otherPlan, joinReports(approved.map((one) => reportPlan(toRunnable(one)))));
}

const joinReports = (reports: OperationResult[]): OperationResult => ({
	records: reports.flatMap(({ records }) => records),
});

/** Reads an item again where items before it may have changed what is due. */
async function planAgain<T extends Action>(
	item: PlannedItem<T>,
	context: OperationContext,
): Promise<PlannedItem<T>> {
	if (item.mode.isDryRun || !item.hasOthers) return item;
	const plan = await item.job.plan(context);
	return { ...item, plan, selection: selectAgain(plan.actions, item.scope, item.selection) };
}

function toRunnable<T extends Action>(item: PlannedItem<T>): RunnablePlan<T> {
	const { job, itemIndex, mode, plannedAt, plan, selection } = item;
	const noLongerDue = selection.noLongerDue.map((row) => ({ ...row, item: itemIndex }));
	const own = noLongerDue.filter(({ target, columns }) => plan.isOwn({ ...columns, target }));
	return {
		selection,
		layout: job.layout,
		mode,
		plannedAt,
		report: (rows, status) => [
			...rows,
			...noLongerDue,
			plan.summarize([...rows, ...own], status, selection.otherPlan),
		],
		apply: async (actions, context) => await job.apply(actions, context),
	};
}
