import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import type { InstanceState } from './model';

export const CONFIGURATION_LAYOUT: Layout = {
	details: ['kind', 'before', 'after', 'creates', 'changes', 'deletions', 'extras', 'unchanged'],
	ids: ['instanceId', 'sourceInstanceId'],
	isApprovable: true,
};

/** What the summary tells beside the rows. */
export interface ConfigurationReport {
	source: string;
	target: Pick<InstanceState, 'id' | 'isProduction'>;
	wanted: number;
	unchanged: number;
	status: ReportRow['status'];
	notes: Array<string | undefined>;
}

/** Returns the last row of the report, with the number of rows of each kind. */
export function summarize(rows: ReportRow[], about: ConfigurationReport): ReportRow {
	const { source, target, wanted, unchanged, status, notes } = about;
	const count = (action: string) => rows.filter((row) => row.action === action).length;
	const extras = rows.filter(({ action }) => action === 'extra');
	const others = rows.filter(({ action }) => action !== 'extra');
	const counts = others.length > 0 || extras.length === 0 ? describeCounts(others) : undefined;
	const environment = target.isProduction ? 'production' : 'development';
	return {
		action: SUMMARY,
		target: target.id,
		status,
		reason: toSentence([
			`${source} → ${target.id} (${environment}), ${wanted} records wanted: ${[
				counts,
				extras.length > 0 ? `extra ${extras.length}` : undefined,
				`unchanged ${unchanged}`,
			]
				.filter(Boolean)
				.join(', ')}`,
			...notes,
		]),
		columns: {
			creates: count('create'),
			changes: count('change'),
			deletions: count('delete'),
			extras: extras.length,
			unchanged,
		},
	};
}
