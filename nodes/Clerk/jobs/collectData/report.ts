import type { IDataObject } from 'n8n-workflow';

import { wholeInCamelCase } from '../../engine/operation/view';
import type { ClerkRecord, OperationResult } from '../../engine/operation';
import { describePerson, personOf } from '../shared/people';
import { SUMMARY, toSentence } from '../shared/report';
import type { Accounts, Person } from './person';

/** The report of what Clerk has about a person: a row for each record, and one for each source without any. */

export type SourceStatus = 'found' | 'nothing found' | 'unknown';

/** What a source has. */
export interface Finding {
	source: string;
	records: ClerkRecord[];
	/** Why the source could not be looked into; for records, what they are. */
	reason?: string;
	isUnknown?: boolean;
	/** Clerk refused to show it. */
	isRefused?: boolean;
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
	const rows = findings.flatMap(({ source, records, reason = null, isUnknown }) => {
		if (isUnknown) return [toRow(source, 'unknown', { reason })];
		if (records.length === 0) return [toRow(source, 'nothing found', {})];
		return records.map((record) =>
			toRow(source, 'found', {
				reason,
				recordId: typeof record.id === 'string' ? record.id : null,
				data: wholeInCamelCase(record),
			}),
		);
	});
	const count = countRecords(findings);
	const summary = toRow(SUMMARY, count > 0 ? 'found' : 'nothing found', {
		reason: describe(findings, person, user),
		identifiers: person.identifiers,
	});
	return { records: [...rows, summary] };
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
	const refused = findings.filter(({ isRefused }) => isRefused).map(({ source }) => source);
	return toSentence([
		`${describeFound(findings) || 'nothing'} found about ${who}`,
		refused.length > 0 ? `could not be read: ${refused.join(', ')}` : undefined,
	]);
}
