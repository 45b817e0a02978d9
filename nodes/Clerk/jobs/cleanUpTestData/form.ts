import { readEntry } from '../../engine/input/kinds';
import { InvalidInputError } from '../../engine/operation';
import type { TestDataOptions } from './plan';
import type { Pattern, TestUserCriteria } from './testUsers';

/** Reads the form of Clean Up Test Data. What would match every user is rejected. */

const HOUR_MS = 3_600_000;

/** Shorter parts are in too many addresses. */
const SHORTEST_PART = 3;

const PATTERNS = 'Further Patterns';

type Values = Record<string, unknown>;

/**
 * Reads what makes a test user.
 *
 * @returns the criteria once the time is known, in Unix milliseconds
 * @throws InvalidInputError
 */
export function readTestUserCriteria(values: Values): (now: number) => TestUserCriteria {
	const onlyDomains = [...new Set((values.onlyDomains ?? []) as string[])];
	const rows = (values.patterns ?? []) as Array<{ by?: Pattern['by']; value?: string }>;
	if (rows.length > 0 && onlyDomains.length === 0) {
		throw new InvalidInputError(
			'Only Domains',
			`is needed with ${PATTERNS}: a pattern alone can be in a person's address`,
		);
	}
	const patterns = rows.map(({ by = 'addressPart', value = '' }, index) => ({
		by,
		value: readPattern(by, value, onlyDomains, `${PATTERNS}, row ${index + 1}: Value`),
	}));
	const keep = ((values.keep ?? []) as string[]).flatMap(readKept);
	if (values.keep !== undefined && keep.length === 0) {
		throw new InvalidInputError('Keep', 'is empty, which would keep no user');
	}
	const ageMs = Number(values.olderThan) * HOUR_MS;
	return (now) => ({ patterns, onlyDomains, keep, before: now - ageMs });
}

/** @throws InvalidInputError for what would match every address, or none */
function readPattern(by: Pattern['by'], value: string, domains: string[], label: string): string {
	if (by === 'metadata') return readEntry('metadataRule', value, label);
	if (by === 'domain') {
		const domain = readEntry('domain', value, label);
		if (domains.includes(domain)) return domain;
		throw new InvalidInputError(label, `is not in Only Domains, so no user could match: ${domain}`);
	}
	const part = value.trim().toLowerCase();
	if (!/^[\p{L}\p{N}!#$%&'+./@^_`{|}~-]+$/u.test(part)) {
		const advice = 'without blanks, wildcards and separators. One row holds one part';
		throw new InvalidInputError(label, `needs a part of an address, such as e2e-, ${advice}`);
	}
	if (part.length < SHORTEST_PART) {
		const reason = `needs at least ${SHORTEST_PART} characters, since fewer are in too many addresses`;
		throw new InvalidInputError(label, reason);
	}
	const everywhere = domains.find((domain) => `@${domain}`.includes(part));
	if (everywhere !== undefined) {
		const advice = 'If that is what you want, choose Domain';
		throw new InvalidInputError(label, `would match every address of ${everywhere}. ${advice}`);
	}
	const at = part.indexOf('@');
	if (at === -1 || domains.some((domain) => domain.startsWith(part.slice(at + 1)))) return part;
	throw new InvalidInputError(label, `is in no address of Only Domains: ${part}`);
}

/** Reads an entry of Keep, which may hold several. @throws InvalidInputError */
const readKept = (entry: string): string[] =>
	entry
		.split(/[;\t]/)
		.map((one) => one.trim())
		.filter((one) => one !== '')
		.map((one) =>
			/^(?:user|org)_[\w-]+$/.test(one) ? one : readEntry('emailAddress', one, 'Keep'),
		);

/** Reads what becomes of organizations, and the limits of a run. @throws InvalidInputError */
export function readTestDataOptions(values: Values): TestDataOptions {
	const { testOrganizations, slugPrefix, organizationMetadata, maxUsers, maxOrganizations } =
		values;
	return {
		organizations: readOrganizations(testOrganizations, slugPrefix, organizationMetadata),
		maxUsers: Number(maxUsers),
		maxOrganizations: Number(maxOrganizations),
	};
}

function readOrganizations(
	choice: unknown,
	prefix: unknown,
	metadata: unknown,
): TestDataOptions['organizations'] {
	if (choice === 'emptied') return { by: 'emptied' };
	if (choice === 'slugPrefix') {
		const slugPrefix = String(prefix ?? '');
		if (slugPrefix.length >= SHORTEST_PART) return { by: 'slugPrefix', slugPrefix };
		const reason = `needs at least ${SHORTEST_PART} characters, such as e2e-: fewer are in too many slugs`;
		throw new InvalidInputError('Slug Prefix', reason);
	}
	if (choice === 'metadata') {
		if (metadata !== undefined) return { by: 'metadata', rule: String(metadata) };
		throw new InvalidInputError('Organization Metadata', 'is empty');
	}
	return { by: 'leave' };
}
