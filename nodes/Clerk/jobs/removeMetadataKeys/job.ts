import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, FormInput, Prepared, Send } from '../../engine/operation';
import { apply } from '../shared/apply';
import { otherPlanError, selectApproved } from '../shared/approval';
import { parseKeyPath } from '../shared/keyPath';
import type { MetadataKind } from '../shared/metadata';
import { finish, toReportRow, toResult } from '../shared/report';
import type { ReportContext, ReportRow } from '../shared/report';
import { readPlanScope, readRunMode } from '../shared/runMode';
import { planKeyRemoval } from './plan';
import { KEY_REMOVAL_LAYOUT, summarize } from './report';
import type { OwnerColumns } from './report';

/** A record with metadata: a user, an organization or a membership. */
export interface MetadataOwner {
	/** The operation, as in the keys of its plans: `user.removeMetadataKeys`. */
	operation: string;
	/** Its name in the report. */
	target: string;
	/** Of the route that merges its metadata; encoded. */
	path: string;
	read(send: Send): Promise<ClerkRecord>;
	/** Returns the columns that say which record it is. */
	columnsOf(record: ClerkRecord): OwnerColumns;
}

/** Checks the form before anything is sent. @throws InvalidInputError */
export function prepareKeyRemoval(
	{ values, itemIndex }: FormInput,
	owner: MetadataOwner,
): Prepared {
	const paths = (values.keys as string[]).map((key) => parseKeyPath(key, 'Keys'));
	const kinds = (values.kinds ?? []) as MetadataKind[];
	if (paths.length === 0) throw new InvalidInputError('Keys', 'is empty');
	if (kinds.length === 0) throw new InvalidInputError('Kinds of Metadata', 'is empty');
	const modeAt = readRunMode(values, 'removeMetadataKeysMode');
	return {
		// The path of the request, so that other writes of the same metadata keep their order.
		target: owner.path,
		async execute(context) {
			const now = context.now();
			const mode = modeAt(now);
			const { isDryRun, approval } = mode;
			const record = await owner.read(context.send);
			const scope = await readPlanScope(owner.operation, mode, context);
			const about = owner.columnsOf(record);
			const action = planKeyRemoval(record, distinct(paths), kinds, owner.target, owner.path);
			const planned = {
				...action,
				item: itemIndex,
				effect: { organizationId: about.organizationId ?? null, body: action.requests[0]?.body },
				columns: { ...about, ...action.columns },
			};
			// The rows of several items may be approved together.
			const isOwn = (row: ClerkRecord) =>
				row.target === owner.target &&
				(row.organizationId ?? null) === (about.organizationId ?? null);
			const selection = selectApproved([planned], approval, scope, isOwn);
			const { actions, planId, otherPlan } = selection;
			const noLongerDue = selection.noLongerDue.map((row) => ({ ...row, item: itemIndex }));
			const report: ReportContext = {
				layout: KEY_REMOVAL_LAYOUT,
				isDryRun,
				planId,
				plannedAt: now,
				approvedBy: approval?.approvedBy,
			};
			const withSummary = (rows: ReportRow[], status: ReportRow['status']) => {
				const all = [...rows, ...noLongerDue];
				return [...all, summarize(all, owner.target, about, status, itemIndex, otherPlan)];
			};
			if (isDryRun) return toResult(withSummary(actions.map(toReportRow), 'planned'), report);
			if (otherPlan !== undefined) {
				const rows = withSummary(actions.map(toReportRow), 'planned');
				throw otherPlanError(otherPlan, toResult(rows, report));
			}
			context.ensureAllowed(actions.flatMap(({ requests }) => requests));
			return finish(withSummary(await apply(actions, context), 'done'), report);
		},
	};
}

const distinct = (paths: string[][]): string[][] => [
	...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
