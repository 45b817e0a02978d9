import type { ClerkRecord } from '../../engine/operation';
import { domainOf } from './directories';

/** The exceptions that protect users, and how many users each of them spared. */

/** One entry of a list of exceptions. */
export interface Exception {
	/** The field that lists it. */
	label: string;
	/** As in the list, in its one spelling. */
	entry: string;
}

interface MetadataRule {
	exception: Exception;
	key: string;
	/** In lower case: a sheet writes TRUE for true, and an exception rather spares one user more. Any value by default. */
	value?: string;
}

export class Exceptions {
	/** In the order of the form. */
	readonly all: Exception[];

	private readonly byDomain: Map<string, Exception>;

	private readonly byId: Map<string, Exception>;

	private readonly rules: MetadataRule[];

	/** @param values - of the form: lists whose entries were checked and have one spelling */
	constructor({ exceptEmailDomains, exceptMetadata, exceptUserIds }: Record<string, unknown>) {
		this.byDomain = exceptionsIn('Except Email Domains', exceptEmailDomains);
		const metadata = exceptionsIn('Except Metadata', exceptMetadata);
		this.byId = exceptionsIn('Except User IDs', exceptUserIds);
		this.rules = [...metadata.values()].map(toRule);
		this.all = [this.byDomain, metadata, this.byId].flatMap((some) => [...some.values()]);
	}

	/** Returns the exceptions that spare a user. Unverified addresses count as well: here they only protect. */
	sparing(user: ClerkRecord): Exception[] {
		if (this.all.length === 0) return [];
		const entries = Array.isArray(user.email_addresses) ? user.email_addresses : [];
		const domains = (entries as ClerkRecord[]).map(({ email_address: address }) =>
			domainOf(String(address)),
		);
		// Not unsafe metadata, which users write themselves.
		const stored = [user.public_metadata, user.private_metadata];
		return [
			...[...new Set(domains)].flatMap((domain) => this.byDomain.get(domain) ?? []),
			...this.rules
				.filter((rule) => stored.some((metadata) => matchesRule(metadata, rule)))
				.map(({ exception }) => exception),
			...[this.byId.get(String(user.id)) ?? []].flat(),
		];
	}
}

const exceptionsIn = (label: string, list: unknown): Map<string, Exception> =>
	new Map(((list ?? []) as string[]).map((entry) => [entry, { label, entry }]));

function toRule(exception: Exception): MetadataRule {
	const { entry } = exception;
	const at = entry.indexOf('=');
	if (at < 0) return { exception, key: entry };
	return {
		exception,
		key: entry.slice(0, at).trim(),
		value: entry
			.slice(at + 1)
			.trim()
			.toLowerCase(),
	};
}

function matchesRule(metadata: unknown, { key, value }: MetadataRule): boolean {
	const found = ownValue(metadata, key) ?? key.split('.').reduce(ownValue, metadata);
	if (found === undefined) return false;
	return value === undefined || [found].flat().some((one) => String(one).toLowerCase() === value);
}

/** Returns the value of an own key, of a list's entries too. */
function ownValue(parent: unknown, key: string): unknown {
	const hasKeys = parent !== null && typeof parent === 'object';
	return hasKeys && Object.hasOwn(parent, key) ? (parent as ClerkRecord)[key] : undefined;
}

/** Counts the users that each exception spared, so that one that protects no user is noticed. */
export class SparedCounts {
	private readonly counts: Map<Exception, number>;

	constructor({ all }: Exceptions) {
		this.counts = new Map(all.map((exception) => [exception, 0]));
	}

	/** Adds a user, with the exceptions that spared the user. */
	add(exceptions: Exception[]): void {
		for (const exception of exceptions) {
			this.counts.set(exception, (this.counts.get(exception) ?? 0) + 1);
		}
	}

	/** Returns one row for each exception, in the order of the form. */
	rows(): SparedRow[] {
		return [...this.counts].map(([{ label, entry }, users]) => ({
			exception: label,
			entry,
			users,
		}));
	}
}

/** How many users an exception spared, as the report shows it. */
export interface SparedRow {
	exception: string;
	entry: string;
	users: number;
}

/** As many entries are named in a message. */
const MAX_NAMED = 20;

/** Returns sentences without a full stop: what spared users, and what spared none; none without exceptions. */
export function describeSpared(rows: SparedRow[]): string[] {
	const effective = rows.filter(({ users }) => users > 0);
	const idle = rows.filter(({ users }) => users === 0);
	return [
		...byLabel(effective, ({ entry, users }) => `${entry} (${users})`).map(
			(text) => `spared by ${text}`,
		),
		...byLabel(idle, ({ entry }) => entry).map((text) => `no user was spared by ${text}`),
	];
}

function byLabel(rows: SparedRow[], describe: (row: SparedRow) => string): string[] {
	return [...new Set(rows.map(({ exception }) => exception))].map((label) => {
		const own = rows.filter(({ exception }) => exception === label);
		const more = own.length > MAX_NAMED ? ` and ${own.length - MAX_NAMED} more` : '';
		return `${label} ${own.slice(0, MAX_NAMED).map(describe).join(', ')}${more}`;
	});
}
