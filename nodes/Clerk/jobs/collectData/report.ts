import type { IDataObject } from 'n8n-workflow';

import { wholeInCamelCase } from '../../engine/operation/view';
import type { ClerkRecord, OperationResult } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { describePerson, personOf } from '../shared/people';
import { SUMMARY, toSentence } from '../shared/report';
import type { Accounts, Person } from './person';
import type { Source } from './sources';

/** The report of what Clerk has about a person: a row for each record, and one for each source without any. */

export type SourceStatus = 'found' | 'nothing found' | 'unknown';

/**
 * Why it is unknown whether a source has something: Clerk refused it, the API never returns it, what the
 * source needs is not known, or its records may be about another person.
 */
export type Obstacle = 'refused' | 'notAvailable' | 'unverified' | Source['needs'];

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
		if (records.length === 0) {
			return [toRow(source, obstacle ? 'unknown' : 'nothing found', { reason })];
		}
		return records.map((record) =>
			toRow(source, obstacle ? 'unknown' : 'found', {
				reason,
				recordId: typeof record.id === 'string' ? record.id : null,
				data: wholeInCamelCase(withoutLink(record)),
			}),
		);
	});
	const summary = toRow(SUMMARY, judge(findings), {
		reason: describe(findings, person, user),
		identifiers: person.identifiers,
	});
	return { records: [...rows, summary] };
}

/** Returns a record without its link, which signs up anyone who has it; a waitlist entry holds an invitation. */
const withoutLink = (record: ClerkRecord): ClerkRecord =>
	Object.fromEntries(
		Object.entries(record)
			.filter(([name]) => name !== 'url')
			.map(([name, value]) => [
				name,
				name === 'invitation' && isObject(value) ? withoutLink(value) : value,
			]),
	);

/** A source that could not be looked into may have a record; what the API never returns does not count. */
export function judge(findings: Finding[]): SourceStatus {
	if (countRecords(findings) > 0) return 'found';
	const isOpen = ({ obstacle = 'notAvailable' }: Finding) => obstacle !== 'notAvailable';
	return findings.some(isOpen) ? 'unknown' : 'nothing found';
}

export const countRecords = (findings: Finding[]): number =>
	findings.reduce((sum, { records, obstacle }) => sum + (obstacle ? 0 : records.length), 0);

/** Returns where records were found: `user 1, sessions 2`. */
export const describeFound = (findings: Finding[]): string =>
	findings
		.filter(({ records, obstacle }) => records.length > 0 && !obstacle)
		.map(({ source, records }) => `${source} ${records.length}`)
		.join(', ');

function describe(findings: Finding[], person: Person, user: ClerkRecord | undefined): string {
	const who = user
		? describePerson(personOf(user), String(user.id))
		: [person.userId, ...person.identifiers].filter((one) => one !== undefined).join(', ');
	return toSentence([
		`${describeFound(findings) || 'nothing'} found about ${who}`,
		...describeUnknown(findings),
	]);
}

/** Returns a sentence's part for each obstacle, with the sources that it concerns. */
export function describeUnknown(findings: Finding[]): Array<string | undefined> {
	const obstructed = (obstacle: Obstacle, what: string) => {
		const sources = findings.filter((finding) => finding.obstacle === obstacle);
		return sources.length > 0
			? `${what}: ${sources.map(({ source }) => source).join(', ')}`
			: undefined;
	};
	const unverified = findings.find(({ obstacle }) => obstacle === 'unverified');
	return [
		obstructed('refused', 'could not be read'),
		obstructed('userId', "not checked without the user's ID"),
		obstructed('emailAddress', 'not checked without an email address'),
		obstructed('identifier', 'not checked without an identifier'),
		unverified &&
			`accounts with an unverified identifier of the person: ${unverified.records.length}`,
	];
}
