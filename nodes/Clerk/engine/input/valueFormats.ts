import type { ValueKind } from '../operation';
import { readIpAddress } from './ipAddress';
import { readPhoneNumber } from './phoneNumber';
import { readMetadataRule } from './metadataRule';
import { isPlaceholder, NOT_A_VALUE } from './placeholder';

/** What each kind of value looks like. `kinds.ts` reads values by it. */

/** What is wrong with a text, said after what was needed; without a hint the example says enough. */
export interface Refusal {
	hint?: string;
}

export interface ValueFormat {
	/** With its article, as in "needs ⟨noun⟩ such as". */
	noun: string;
	example: string;
	/** Entries hold no blank, no semicolon and no quote, so that these can be cleaned. */
	isClosed?: boolean;
	/** Parts of it are free text, which may have the wide characters of East Asia. */
	mayBeWide?: boolean;
	/** Where an entry ends within a text of several, for one that holds line breaks itself. */
	end?: RegExp;
	/** The most characters of an entry, where that is more than usual. */
	longest?: number;
	/** Returns the one spelling of a text that is neither empty nor surrounded by blanks. */
	read(text: string): string | Refusal;
}

const matching =
	(pattern: RegExp, spell = (text: string) => text) =>
	(text: string): string | Refusal =>
		pattern.test(text) ? spell(text) : {};

const lower = (text: string): string => text.toLowerCase();

/** Labels of letters, digits and hyphens in any script, at least two. */
const DOMAIN =
	/^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u;

/** What RFC 5322 allows before the @ without quotes, and letters of any script (RFC 6531). */
const LOCAL_PART =
	/^(?![+'`=-])[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

function readEmailAddress(text: string): string | Refusal {
	const [, bracketed] = /^[^<>]*<([^<>]*)>$/.exec(text) ?? [];
	const [, scheme, rest] = /^\s*(mailto:)?\s*(.*)$/is.exec(bracketed ?? text) ?? [];
	const address = (scheme ? decoded(rest.replace(/\?.*$/s, '')) : rest).trim();
	const at = address.lastIndexOf('@');
	const isAddress = LOCAL_PART.test(address.slice(0, at)) && DOMAIN.test(address.slice(at + 1));
	return at > 0 && isAddress ? lower(address) : {};
}

/** A link has characters such as a plus sign percent-encoded. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function readDomain(text: string): string | Refusal {
	const domain = lower(text)
		.replace(/^https?:\/\//, '')
		.replace(/\/$/, '')
		.replace(/^@/, '')
		.replace(/\.$/, '');
	if (DOMAIN.test(domain)) return domain;
	const [, behind = ''] = /@([^@]+)$/.exec(domain) ?? [];
	if (DOMAIN.test(behind)) return { hint: `It is an email address: write ${behind}` };
	if (DOMAIN.test(domain.replace(/^\*\./, ''))) {
		return { hint: `Write ${domain.replace(/^\*\./, '')}` };
	}
	return {};
}

/** A wallet is an address of Ethereum's, or one in Base58 as Solana has them. */
const WALLET = /^(?:0x[\da-f]+|[1-9A-HJ-NP-Za-km-z]{32,44})$/i;

function readIdentifier(text: string): string | Refusal {
	if (!text.includes('@')) return WALLET.test(text) ? text : readPhoneNumber(text);
	if (!text.startsWith('*@')) return readEmailAddress(text);
	const domain = readDomain(text.slice(1));
	return typeof domain === 'string' ? `*@${domain}` : domain;
}

/**
 * An ID of another system can be almost any text, but none that begins with a quote or an equals sign:
 * these are left over from a CSV or from a formula.
 */
function readExternalId(text: string): string | Refusal {
	if (isPlaceholder(text)) return NOT_A_VALUE;
	const [, formula] = /^=?["'](.*?)["']?$/s.exec(text) ?? [];
	if (formula) return { hint: `Write ${formula}` };
	return /^(?![="'`“”„‘’«]|\{\s*")[^\p{Cc}\p{Cf}]+$/u.test(text) ? text : {};
}

/** With Clerk's extended special characters, and no quotes, brackets or slashes: those are rests of another text. */
const readUsername = matching(/^[^\s@,;:"'`|\\/<>()[\]{}\p{Cc}\p{Cf}]+$/u, lower);

/** A key is taken as it is; other spellings, such as `Admin`, are looked up among the roles. */
const readRole = (text: string): string | Refusal =>
	(/^org:/.test(text) ? /^org:[\w:.-]+$/ : /^(?!\[.*\]$)[^@\p{C}]{1,256}$/u).test(text) ? text : {};

/** A key of three parts: `org:`, the feature, and what it allows. */
function readPermission(text: string): string | Refusal {
	if (/^org:[\w.-]+:[\w.-]+$/.test(text)) return text;
	return /^[\w.-]+:[\w.-]+$/.test(text) && !text.startsWith('org:')
		? { hint: `Write org:${text}` }
		: {};
}

const FORMATS: Record<Exclude<ValueKind, object>, ValueFormat> = {
	emailAddress: {
		noun: 'an email address',
		example: 'ada@example.com',
		isClosed: true,
		read: readEmailAddress,
	},
	phoneNumber: {
		noun: 'a phone number with its country code,',
		example: '+12125550100',
		isClosed: true,
		read: readPhoneNumber,
	},
	domain: { noun: 'a domain', example: 'example.com', isClosed: true, read: readDomain },
	ipAddress: {
		noun: 'an IP address or range',
		example: '203.0.113.7 or 203.0.113.0/24',
		isClosed: true,
		read: (text) => readIpAddress(text) ?? {},
	},
	role: { noun: 'a role', example: 'org:admin', isClosed: true, read: readRole },
	permission: {
		noun: 'a permission',
		example: 'org:sys_memberships:manage',
		isClosed: true,
		read: readPermission,
	},
	identifier: {
		noun: 'an email address, *@ and a domain, a phone number or a wallet,',
		example: 'ada@example.com or +12125550100',
		isClosed: true,
		read: readIdentifier,
	},
	metadataKey: { noun: 'a key', example: 'plan', read: matching(/^[^\p{Cc}\p{Cf}]+$/u) },
	metadataRule: {
		noun: 'a rule',
		example: 'keep or plan=enterprise',
		isClosed: true,
		mayBeWide: true,
		read: readMetadataRule,
	},
	externalId: { noun: 'an ID', example: '4711', read: readExternalId },
	username: {
		noun: 'a username',
		example: 'ada',
		isClosed: true,
		read: (text) => (isPlaceholder(text) ? NOT_A_VALUE : readUsername(text)),
	},
	certificate: {
		noun: 'a certificate as PEM',
		example: '-----BEGIN CERTIFICATE----- …',
		end: /(?<=-----END CERTIFICATE-----)[\s,;]*/,
		longest: 20_000,
		read: matching(
			/^(?:-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----|[\w+/=\s]{100,})$/,
		),
	},
	slug: {
		noun: 'a slug',
		example: 'acme-corp',
		isClosed: true,
		read: matching(/^[a-z\d_-]+$/i, lower),
	},
};

/** Returns what values of a kind look like. */
export function formatOf(kind: ValueKind): ValueFormat {
	if (typeof kind === 'string') return FORMATS[kind];
	const { id, noun, others = {}, or } = kind;
	const article = /^[aeio]/i.test(noun) ? 'an' : 'a';
	return {
		noun: `${article} ${noun} ID${or ? ` or ${or}` : ''}`,
		example: `${id}2NNEqL2nrIRdJ194ndJqAHwEfxC${or ? ` or ${FORMATS[or].example}` : ''}`,
		isClosed: true,
		read: (text) => {
			if (text.startsWith(id)) return /^[\w-]+$/.test(text.slice(id.length)) ? text : {};
			const other = describeIdentifier(text, others);
			if (other !== undefined) return { hint: `That is ${other}` };
			return or ? FORMATS[or].read(text) : {};
		},
	};
}

/**
 * Says what a text is that is clearly not the ID asked for: another record's ID, or an email address.
 *
 * @param others - what IDs are, by their prefixes
 */
export function describeIdentifier(
	text: string,
	others: Record<string, string> = {},
): string | undefined {
	if (typeof FORMATS.emailAddress.read(text) === 'string') return 'an email address';
	const [prefix = ''] = /^[a-z]+_(?=\w+$)/.exec(text) ?? [];
	return Object.hasOwn(others, prefix) ? others[prefix] : undefined;
}
