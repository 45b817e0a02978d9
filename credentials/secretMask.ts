/** Replaces keys, passwords, digests, tokens and secrets, in messages and in dry runs. */
export const MASK = '********';

/** Shorter text of a key's base64 could be found in anything. */
const FEWEST_CHARACTERS = 12;

/** How deep escapes of escapes are looked for. Bounds keep the expression linear. */
const BACKSLASHES = '\\\\{1,8}';

/**
 * The key in base64, as it looks in the middle of something longer: at each of the three places where
 * it can begin in a group of three bytes, without the characters that its neighbours share.
 */
function base64Of(key: string): string[] {
	const bytes = Buffer.from(key);
	return [0, 1, 2]
		.map((offset) =>
			Buffer.concat([Buffer.alloc(offset), bytes])
				.toString('base64')
				.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)),
		)
		.filter((text) => text.length >= FEWEST_CHARACTERS)
		.flatMap((text) => [text, text.replace(/\+/g, '-').replace(/\//g, '_')]);
}

/**
 * Characters that passwords may have and keys have not, as HTML names them or JSON escapes them, with
 * the backslashes in front of them left out.
 */
const NAMED: Record<string, string> = {
	'"': '"|&(?:amp;){0,3}quot;',
	"'": "'|&(?:amp;){0,3}apos;",
	'&': '&(?:amp;){0,4}',
	'<': '<|&(?:amp;){0,3}lt;',
	'>': '>|&(?:amp;){0,3}gt;',
	'\n': '\n|n',
	'\r': '\r|r',
	'\t': '\t|t',
};

/** Matches the character escaped in JSON, percent-encoded, or as an HTML entity; never the character itself. */
function encoded(character: string): string {
	const code = character.charCodeAt(0);
	const hex = code.toString(16).padStart(2, '0');
	const slash = character === '/' ? '|/' : '';
	return `${BACKSLASHES}(?:u${hex.padStart(4, '0')}|x${hex}${slash})|%(?:25){0,3}${hex}|&#(?:x0{0,6}${hex}|0{0,6}${code});`;
}

/** Keeps backslashes together with the character after them: matched one by one, they could match in very many ways. */
const UNITS = /\\+["'&<>\n\r\t]?|[^\\]/gu;

/** A character, or a unit that begins with backslashes, in all spellings. */
function spellingsOf(unit: string): string {
	const row = unit.startsWith('\\') ? unit.lastIndexOf('\\') + 1 : 0;
	const character = unit.slice(row);
	if (row === 0 && !(character in NAMED)) {
		return `(?:${character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')}|${encoded(character)})`;
	}
	const named = character && `(?:${NAMED[character]})`;
	const each = row > 0 ? `(?:${encoded('\\')}){${row}}` : '';
	const escaped = `\\\\{${row},${8 * row + 8}}${named}`;
	return `(?:${escaped}|${each}${character && `(?:${encoded(character)})`})`;
}

/** Anything that `encoded` may write for a character. */
const ESCAPE =
	/\\{1,8}(?:u00([\da-f]{2})|x([\da-f]{2})|(\/))|%(?:25){0,3}([\da-f]{2})|&#(?:x0{0,6}([\da-f]{2})|0{0,6}(\d{2,3}));/gi;

/** Returns the text with all escapes read; only good for looking whether a key is in it. */
const unescaped = (text: string): string =>
	text.replace(ESCAPE, (_, json, script, slash, percent, hex, decimal) =>
		slash
			? '/'
			: String.fromCharCode(
					decimal ? Number(decimal) : parseInt(json ?? script ?? percent ?? hex, 16),
				),
	);

/** Characters that neither begin an escape nor have a name in one, as those of Clerk's keys. */
const ESCAPED_BY_CODE_ALONE = /^[\w$.+/=-]*$/;

/** Masks one key in any number of texts. The slow expression is made only for a text that needs it. */
function maskOf(secretKey: string): (text: string) => string {
	const literals = [...new Set([secretKey, ...base64Of(secretKey)])];
	const shortest = Math.min(...literals.map(({ length }) => length));
	const inSmallLetters = literals.map((literal) => literal.toLowerCase());
	const mayHold = (text: string): boolean => {
		if (!ESCAPED_BY_CODE_ALONE.test(secretKey)) return true;
		const read = unescaped(text).toLowerCase();
		return inSmallLetters.some((literal) => read.includes(literal));
	};
	const hints = Object.keys(NAMED).some((character) => secretKey.includes(character))
		? /[\\%&]/
		: /[\\%]|&#/;
	let spelled: RegExp | undefined;
	return (text) => {
		if (text.length < shortest) return text;
		let masked = text;
		for (const literal of literals) {
			if (masked.includes(literal)) masked = masked.split(literal).join(MASK);
		}
		if (!hints.test(masked) || !mayHold(masked)) return masked;
		spelled ??= new RegExp(
			literals.map((literal) => (literal.match(UNITS) ?? []).map(spellingsOf).join('')).join('|'),
			'gi',
		);
		return masked.replace(spelled, MASK);
	};
}

/**
 * Masks the key wherever a text contains it, also with JSON escapes, percent-encoded, in HTML entities
 * or in base64.
 */
export const withoutSecret = (text: string, secretKey: string | undefined): string =>
	secretKey ? maskOf(secretKey)(text) : text;

/**
 * As `withoutSecret`, for all texts and names in a value that was read from JSON. For use after
 * parsing: a text of JSON is masked before, but what it says in escapes shows only then.
 *
 * @returns a copy; values that JSON cannot hold, such as dates and buffers, are kept as they are
 */
export function withoutSecretIn<T>(value: T, secretKey: string | undefined): T {
	if (!secretKey) return value;
	const mask = maskOf(secretKey);
	const result: { value?: T } = {};
	// A list of its own instead of recursion: JSON may be nested deeper than calls may be.
	const open: Array<[from: unknown, to: object, name: string | number]> = [
		[value, result, 'value'],
	];
	for (let next = open.pop(); next; next = open.pop()) {
		const [from, to, name] = next;
		if (typeof from === 'string') put(to, name, mask(from));
		else if (Array.isArray(from)) {
			const copy = new Array<unknown>(from.length);
			put(to, name, copy);
			for (let index = 0; index < from.length; index++) open.push([from[index], copy, index]);
		} else if (isPlain(from)) {
			const copy = {};
			put(to, name, copy);
			for (const [key, each] of Object.entries(from)) {
				const masked = mask(key);
				// Takes its place among the others now, and its value later.
				put(copy, masked, undefined);
				open.push([each, copy, masked]);
			}
		} else put(to, name, from);
	}
	return result.value as T;
}

/** Assigning to `__proto__` would change what the copy is instead of what it holds. */
function put(to: object, name: string | number, value: unknown): void {
	if (name !== '__proto__') {
		(to as Record<string | number, unknown>)[name] = value;
	} else {
		Object.defineProperty(to, name, {
			value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
	}
}

/** By what its prototype is, not which: the value may come from another context of Node's. */
function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
