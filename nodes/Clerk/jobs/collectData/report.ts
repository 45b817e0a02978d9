import type { IDataObject } from 'n8n-workflow';

import { wholeInCamelCase } from '../../engine/operation/view';
import type { ClerkRecord, OperationResult } from '../../engine/operation';
import { describePerson, personOf } from '../shared/people';
import { SUMMARY, toSentence } from '../shared/report';
import type { Accounts, Person } from './person';
import type { Source } from './sources';

/** The report of what Clerk has about a person: a row for each record, and one for each source without any. */

export type SourceStatus = 'found' | 'nothing found' | 'unknown';

/**
 * Why a source could not be looked into: Clerk refused it, the API never returns it, or what the source
 * needs is not known.
 */
export type Obstacle = 'refused' | 'notAvailable' | Source['needs'];

/** What a source has. */
export interface Finding {
	source: string;
	records: ClerkRecord[];
	/** Why the source could not be looked into, or why it has no records; for records, what they are. */
	reason?: string;
	obstacle?: Obstacle;
}

/** What all rows have in common. */
export interface CollectionContext {
	instanceId: string;
	/** Unix milliseconds. */
	now: number;
}

/** @returns the rows, with a summary as the last */
export function toReport(
	findings: Finding[],
	accounts: Accounts,
	{ instanceId, now }: CollectionContext,
): OperationResult {
	const { person, user } = accounts;
	const toRow = (source: string, status: SourceStatus, values: IDataObject): IDataObject => ({
		source,
		status,
		reason: null,
		recordId: null,
		data: null,
		userId: person.userId ?? null,
		identifiers: null,
		checkedAt: new Date(now).toISOString(),
		instanceId: instanceId === '' ? null : instanceId,
		...values,
	});
	const rows = findings.flatMap(({ source, records, reason = null, obstacle }) => {
		if (obstacle) return [toRow(source, 'unknown', { reason })];
		if (records.length === 0) return [toRow(source, 'nothing found', { reason })];
		return records.map((record) =>
			toRow(source, 'found', {
				reason,
				recordId: typeof record.id === 'string' ? record.id : null,
				data: wholeInCamelCase(record),
			}),
		);
	});
	const summary = toRow(SUMMARY, judge(findings), {
		reason: describe(findings, person, user),
		identifiers: person.identifiers,
	});
	return { records: [...rows, summary] };
}

/** A source that could not be looked into may have a record; what the API never returns does not count. */
function judge(findings: Finding[]): SourceStatus {
	if (countRecords(findings) > 0) return 'found';
	const isOpen = ({ obstacle = 'notAvailable' }: Finding) => obstacle !== 'notAvailable';
	return findings.some(isOpen) ? 'unknown' : 'nothing found';
}

export const countRecords = (findings: Finding[]): number =>
	findings.reduce((sum, { records }) => sum + records.length, 0);

/** Returns where records were found: `user 1, sessions 2`. */
export const describeFound = (findings: Finding[]): string =>
	findings
		.filter(({ records }) => records.length > 0)
		.map(({ source, records }) => `${source} ${records.length}`)
		.join(', ');

function describe(findings: Finding[], person: Person, user: ClerkRecord | undefined): string {
	const who = user
		? describePerson(personOf(user), String(user.id))
		: [person.userId, ...person.identifiers].filter((one) => one !== undefined).join(', ');
	const obstructed = (obstacle: Obstacle, what: string) => {
		const sources = findings.filter((finding) => finding.obstacle === obstacle);
		return sources.length > 0
			? `${what}: ${sources.map(({ source }) => source).join(', ')}`
			: undefined;
	};
	return toSentence([
		`${describeFound(findings) || 'nothing'} found about ${who}`,
		obstructed('refused', 'could not be read'),
		obstructed('userId', "not looked into without the user's ID"),
		obstructed('emailAddress', 'not looked into without an email address'),
		obstructed('identifier', 'not looked into without an identifier'),
	]);
}
