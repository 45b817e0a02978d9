import { toHalfWidth } from './halfWidth';
import { isPlaceholder } from './placeholder';
import { unquote } from './splitList';

/** Rules about metadata: a key, or a key and its value, as in `plan=enterprise`. */

/** What is wrong with a rule, and what to write instead. */
interface Refusal {
	hint?: string;
}

const RULE_HINT = {
	hint: 'Write key, or key=value. Put a name with spaces or with characters other than . - _ in quotes',
};

const SEPARATE = { hint: 'Separate rules by commas' };

/** Without quotes a key has letters, digits and few signs, so that no mark of a list or of a formula is in it. */
const PLAIN_KEY = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_./@-]*$/u;

/**
 * Returns the rule in its one spelling. A key in quotes is taken as it is written, so that a name with a
 * colon or a blank can be given, and so is a value in quotes.
 */
export function readMetadataRule(text: string): string | Refusal {
	const whole = unquote(text);
	const sign = whole.indexOf('=');
	const typedKey = (sign === -1 ? whole : whole.slice(0, sign)).trim();
	const typedValue = sign === -1 ? undefined : whole.slice(sign + 1).trim();
	const key = unquote(typedKey);
	const value = typedValue && unquote(typedValue);
	const isLiteral = key !== typedKey || (sign === -1 && whole !== text);
	const [, name, meant] = /^([^:\s{}[\]"'`]+)\s*:\s*([^{}[\]]+)$/.exec(key) ?? [];
	if (meant !== undefined && sign === -1 && (!isLiteral || /:\s/.test(key))) {
		return { hint: `Write ${name}=${unquote(meant)}` };
	}
	if (key === '' || value === '') return RULE_HINT;
	const refusal = isLiteral ? undefined : refusePlainKey(key, text);
	if (refusal) return refusal;
	if (isTorn(key) || isTorn(value ?? '')) return RULE_HINT;
	return (
		(value !== undefined && value === typedValue && refusePlainValue(key, value)) ||
		(value === undefined ? key : `${key}=${value}`)
	);
}

const isTorn = (part: string): boolean => /^["'`“„‘«=]|["'`”’»]$/.test(part);

/** Returns why a key without quotes could be something else than a key. */
function refusePlainKey(key: string, text: string): Refusal | undefined {
	const half = toHalfWidth(key);
	if (half !== key) {
		const read = readMetadataRule(text.replace(key, half));
		return typeof read === 'string' ? { hint: `Write ${read}` } : read;
	}
	if (!PLAIN_KEY.test(key) || isPlaceholder(key)) return RULE_HINT;
	if (/^unsafe_?metadata\./i.test(key)) {
		return { hint: 'Unsafe metadata does not count: anyone can edit their own' };
	}
	const [, within] = /^(?:public|private)_?metadata\.(.+)$/i.exec(key) ?? [];
	return within === undefined
		? undefined
		: { hint: `Write ${text.slice(text.indexOf('.') + 1).trim()}` };
}

/** Returns why a value without quotes could be something else than a value. */
function refusePlainValue(key: string, value: string): Refusal | undefined {
	if (/\s[\w.-]+\s*=|\s(?:OR|AND)\s|\|\||&&/.test(value)) return SEPARATE;
	if (value.includes('*')) return { hint: `There are no wildcards: write ${key} for any value` };
	return /^[<>~!]/.test(value) ? RULE_HINT : undefined;
}
