/** Lists as people type them: text that becomes its entries. */

const QUOTES = [
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
	['„', '“'],
	['„', '”'],
	['‘', '’'],
	['«', '»'],
];

/**
 * Splits text at separators that are not within quotes. The quotes stay: `unquote` removes them.
 *
 * @param separator - matches one character
 */
export function splitText(text: string, separator: RegExp): string[] {
	const entries: string[] = [];
	let start = 0;
	let at = 0;
	// Quotes count at the start of an entry only.
	let isBlank = true;
	while (at < text.length) {
		const quoted: string = isBlank ? quotedAt(text, at, separator) : '';
		if (quoted === '' && separator.test(text[at])) {
			entries.push(text.slice(start, at));
			start = at + 1;
			isBlank = true;
		} else {
			isBlank &&= quoted === '' && text[at].trim() === '';
		}
		at += quoted.length || 1;
	}
	return [...entries, text.slice(start)];
}

/**
 * Returns the quoted text that begins here, with its quotes, or ''. It must be the whole entry, or the
 * name before an address, as in `"Lovelace, Ada" <ada@example.com>`: an apostrophe quotes nothing.
 */
function quotedAt(text: string, at: number, separator: RegExp): string {
	for (const [open, close] of QUOTES) {
		const end = text[at] === open ? text.indexOf(close, at + 1) : -1;
		if (end === -1) continue;
		const [next] = /[^ \u00a0]|$/.exec(text.slice(end + 1, end + 100)) ?? [''];
		if (next === '' || next === '<' || separator.test(next)) return text.slice(at, end + 1);
	}
	return '';
}

/** Removes quotes round a text, and the blanks in and around them. */
export function unquote(text: string): string {
	const trimmed = text.trim();
	const inner = trimmed.slice(1, -1);
	const isWrapped = ([open, close]: string[]) =>
		trimmed.length > 1 &&
		trimmed.startsWith(open) &&
		trimmed.endsWith(close) &&
		!inner.includes(close) &&
		// „a“, “b” is two entries.
		(open === close || !/[“”„‘’«»]/.test(inner));
	return QUOTES.some(isWrapped) ? inner.trim() : trimmed;
}

/** Returns the array that a text holds as JSON, if it does. */
export function parseArray(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** Whether a text holds a JSON object, whose commas separate no entries. */
export function isJsonObject(text: string): boolean {
	if (!text.trim().startsWith('{')) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
