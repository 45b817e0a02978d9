/** JSON that people type, or that a template makes: where it is not valid, and why. */

interface Fault {
	/** Counted from 0. */
	at: number;
	cause?: string;
}

/**
 * Returns the first place at which a text is no JSON, names something twice in one object, or has a number
 * that would lose digits; undefined where there is none.
 */
export function findFault(text: string): Fault | undefined {
	const scanner = new Scanner(text);
	return scanner.document() ? undefined : scanner.fault;
}

/** Reads JSON (RFC 8259). Each method returns whether it could, and otherwise sets the fault. */
class Scanner {
	fault: Fault = { at: 0 };

	private at = 0;

	constructor(private readonly text: string) {}

	document(): boolean {
		return this.value() && (this.peek() === '' || this.fail());
	}

	private value(): boolean {
		const next = this.peek();
		if (next === '{') return this.list('}', () => this.name() && this.mark(':') && this.value());
		if (next === '[') return this.list(']', () => this.value());
		return next === '"' ? this.string() !== undefined : this.literal();
	}

	private literal(): boolean {
		const start = this.at;
		const literal = this.match(LITERAL);
		if (literal === undefined) return this.fail();
		if (!losesDigits(literal)) return true;
		this.at = start;
		return this.fail('a number loses digits: write it in quotes');
	}

	/** The names in the objects that are open, the innermost last. */
	private readonly names: Array<Set<string>> = [];

	private list(end: string, entry: () => boolean): boolean {
		this.at++;
		this.names.push(new Set());
		if (this.peek() !== end) {
			do {
				if (this.peek() === end) return this.fail('there is a comma before the end');
				if (!entry()) return false;
			} while (this.peek() === ',' && ++this.at);
			if (!this.mark(end)) return false;
		} else {
			this.at++;
		}
		this.names.pop();
		return true;
	}

	private name(): boolean {
		if (this.peek() !== '"') return this.fail();
		const start = this.at;
		const name = this.string();
		if (name === undefined) return false;
		const known = this.names[this.names.length - 1];
		if (known.has(name)) {
			this.at = start;
			return this.fail('an object has the same name twice');
		}
		known.add(name);
		return true;
	}

	private string(): string | undefined {
		const start = this.at;
		this.at++;
		for (let next = this.text[this.at] ?? ''; next >= ' '; next = this.text[this.at] ?? '') {
			if (next === '"') return JSON.parse(this.text.slice(start, ++this.at)) as string;
			if (next !== '\\') this.at++;
			else if (this.match(ESCAPED) === undefined) break;
		}
		const isBreak = /[\n\r\t]/.test(this.text[this.at] ?? '');
		this.fail(isBreak ? 'a text contains a line break or a tab' : undefined);
		return undefined;
	}

	private mark(character: string): boolean {
		if (this.peek() !== character) return this.fail();
		this.at++;
		return true;
	}

	/** Returns the next character that is not a blank, or ''. */
	private peek(): string {
		this.match(BLANKS);
		return this.text[this.at] ?? '';
	}

	private match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.at;
		const [found] = pattern.exec(this.text) ?? [];
		this.at += found?.length ?? 0;
		return found;
	}

	private fail(cause?: string): false {
		this.fault = { at: this.at, cause: cause ?? this.usualCause() };
		return false;
	}

	private usualCause(): string | undefined {
		if (/^\s*["']?[\w.-]+["']?\s*:/.test(this.text)) return 'it needs braces around it: { … }';
		if (/['‘’“”]/.test(this.text[this.at] ?? '')) return 'it needs straight double quotes';
		return undefined;
	}
}

const BLANKS = /[ \n\r\t]*/y;

const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Whether JavaScript cannot hold a whole number as it is written, such as an ID with 18 digits. */
const losesDigits = (literal: string): boolean =>
	/^-?\d{16,}$/.test(literal) && String(Number(literal)) !== literal;

const ESCAPED = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
