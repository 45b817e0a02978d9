import { isNotFound, isUnavailable } from '../../engine/http/outcome';
import type { OperationContext, OperationResult } from '../../engine/operation';
import { describeError } from '../../engine/run/errors';
import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { readInstance } from '../shared/instance';
import { areTurnedOff } from '../shared/organizations';
import { toSentence } from '../shared/report';
import { findAccounts } from './person';
import type { Accounts, KnownPerson, Person } from './person';
import { countRecords, describeFound, describeUnknown, judge, toReport } from './report';
import type { Finding, Obstacle } from './report';
import { NOT_AVAILABLE, SOURCES } from './sources';
import type { Source } from './sources';

/**
 * Collects what Clerk's API has about a person: a row for each record, and for each source without any.
 *
 * @param expectsNothing - fails if there is any record, or there may be one
 * @throws IncompleteJobError with the report; InvalidInputError, RequestError, CancelledError
 */
export async function collectData(
	given: Person,
	expectsNothing: boolean,
	context: OperationContext,
): Promise<OperationResult> {
	const { send, forEachConcurrently } = context;
	const instance = await readInstance(send);
	const accounts = await findAccounts(given, expectsNothing, send);
	const found = new Map<Source, Finding>();
	await forEachConcurrently(SOURCES, async (source) => {
		found.set(source, await lookInto(source, accounts.person, context));
	});
	const findings: Finding[] = [
		...(instance.id === '' ? [NO_INSTANCE] : []),
		...findUsers(accounts),
		...SOURCES.map((source) => found.get(source)!),
		...NOT_AVAILABLE.map(({ name, reason }) => toUnknown(name, 'notAvailable', reason)),
	];
	const report = toReport(findings, accounts, { instanceId: instance.id, now: context.now() });
	if (expectsNothing) rejectFindings(findings, report);
	return report;
}

function findUsers({ user, others, claimants }: Accounts): Finding[] {
	const claimed = "Has an identifier of the person, unverified: may be another person's account";
	return [
		{ source: 'user', records: [...(user ? [user] : []), ...others] },
		...(claimants.length === 0
			? []
			: [
					{
						source: 'unverifiedUsers',
						// Not the record itself, which may be about another person.
						records: claimants.map(({ id }) => ({ id })),
						reason: claimed,
						obstacle: 'unverified' as const,
					},
				]),
	];
}

const toUnknown = (source: string, obstacle: Obstacle, reason: string): Finding => ({
	source,
	records: [],
	reason,
	obstacle,
});

/** The same keys and addresses in another instance prove nothing about this one. */
const NO_INSTANCE = toUnknown('instance', 'refused', 'Clerk does not say which instance it is');

/** @throws RequestError, CancelledError */
async function lookInto(
	{ name, needs, isOfOrganizations, read }: Source,
	person: KnownPerson,
	{ send }: OperationContext,
): Promise<Finding> {
	const { userId = '', identifiers } = person;
	if (needs === 'userId' && userId === '') return toUnknown(name, needs, "Needs the user's ID");
	if (needs === 'identifier' && identifiers.length === 0) {
		return toUnknown(name, needs, 'Needs an identifier');
	}
	if (needs === 'emailAddress' && !identifiers.some((one) => one.includes('@'))) {
		return toUnknown(name, needs, 'Needs an email address');
	}
	return await read({ ...person, userId }, send).then(
		(records): Finding => ({ source: name, records }),
		(error: unknown) => {
			if (isOfOrganizations && areTurnedOff(error)) {
				const reason = 'Organizations are turned off for this instance';
				return { source: name, records: [], reason };
			}
			if (!isUnavailable(error) && !isNotFound(error)) throw error as Error;
			return toUnknown(name, 'refused', `Clerk does not show it: ${describeError(error)}`);
		},
	);
}

const LOOK_FIRST =
	"The accounts in unverifiedUsers have the identifier unverified, so they may be another person's. Look at them first.";

/** @throws IncompleteJobError unless every source was looked into and has nothing */
function rejectFindings(findings: Finding[], { records }: OperationResult): void {
	const status = judge(findings);
	if (status === 'nothing found') return;
	const has = (obstacles: Obstacle[]) =>
		findings.some(({ obstacle }) => obstacle && obstacles.includes(obstacle));
	const lookFirst = has(['unverified']) ? [LOOK_FIRST] : [];
	const count = countRecords(findings);
	if (count > 0) {
		const what = count === 1 ? '1 record' : `${count} records`;
		throw new IncompleteJobError(
			`Expected nothing, but found ${what}: ${describeFound(findings)}`,
			records,
			['Delete what is left with the operations of its resource.', ...lookFirst],
		);
	}
	const unknown = toSentence(describeUnknown(findings));
	throw new IncompleteJobError(`Nothing found, but this is no proof. ${unknown}`, records, [
		...(has(['userId', 'emailAddress', 'identifier'])
			? ['Enter the user ID and all identifiers from the summary before the erasure.']
			: []),
		...(has(['refused']) ? ['The rows of the report say why Clerk did not show a source.'] : []),
		...lookFirst,
	]);
}
