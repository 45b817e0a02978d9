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
	target: Pick<InstanceState, 'id' | 'environment'>;
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
	const counted = [
		...(others.length > 0 ? [describeCounts(others)] : []),
		...(extras.length > 0 ? [`extra ${extras.length}`] : []),
		`unchanged ${unchanged}`,
	].join(', ');
	return {
		action: SUMMARY,
		target: target.id,
		status,
		reason: toSentence([
			`From ${source} to ${target.id} (${target.environment}), ${wanted} records wanted: ${counted}`,
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
