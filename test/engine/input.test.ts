import { encode, InvalidInput } from '../../nodes/Clerk/engine/input';
import type { Surroundings } from '../../nodes/Clerk/engine/input';
import type { Field } from '../../nodes/Clerk/engine/operation';

// What n8n's expressions make of `$now`; luxon comes with n8n-workflow, without its types.
const { DateTime } = jest.requireActual<{
	DateTime: { fromMillis(ms: number, options?: { zone: string }): unknown };
}>('luxon');

const field = (words: Partial<Field>): Field => ({
	displayName: 'Thing',
	name: 'thing',
	type: 'string',
	default: '',
	...words,
});

const TEXT = field({});
const NUMBER = field({ type: 'number' });
const BOOLEAN = field({ type: 'boolean' });
const DATE = field({ type: 'dateTime' });
const ISO_DATE = field({ type: 'dateTime', encode: 'isoDate' });
const JSON_FIELD = field({ type: 'json' });
const METADATA = field({ type: 'json', encode: 'object' });
const LIST = field({ encode: 'list' });
const CHOICES = field({ type: 'multiOptions' });
const EVERY = [TEXT, NUMBER, BOOLEAN, DATE, ISO_DATE, JSON_FIELD, METADATA, LIST, CHOICES];

const encoded = (
	of: Field,
	value: unknown,
	place: Surroundings['place'] = 'body',
	timezone = 'UTC',
) => encode(of, value, 'Thing', { place, timezone });

const cases = (fields: Field[]) =>
	fields.map((of) => [`${of.type}${of.encode ? ` as ${of.encode}` : ''}`, of] as const);

/** What is said about a value that is refused; it always names the field. */
function complaintAbout(...of: Parameters<typeof encoded>): string {
	try {
		return `not refused: ${JSON.stringify(encoded(...of))}`;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInput);
		expect((error as Error).message).toMatch(/^Thing /);
		expect((error as Error).message).not.toMatch(/error|problem|failure|mistake/i);
		return (error as InvalidInput).complaint;
	}
}

describe.each(cases(EVERY))('a field of type %s', (_, of) => {
	it('that got undefined says so, wherever it is sent', () => {
		for (const place of ['path', 'query', 'body'] as const) {
			expect(complaintAbout(of, undefined, place)).toContain('undefined');
		}
	});

	it('that got null clears what a body holds', () => {
		expect(encoded(of, null)).toBeNull();
	});

	it('that got null cannot be part of an address', () => {
		expect(complaintAbout(of, null, 'query')).toContain('null');
		expect(complaintAbout(of, null, 'path')).toContain('null');
	});
});

describe('text', () => {
	it.each([
		['', ''],
		['  a ', '  a '],
		[0, '0'],
		[4711, '4711'],
		[false, 'false'],
	])('makes of %p %p', (value, text) => {
		expect(encoded(TEXT, value)).toBe(text);
	});

	it.each([
		[{ a: 1 }, 'an object'],
		[['a'], 'a list'],
	])('is not made of %p', (value, got) => {
		expect(complaintAbout(TEXT, value)).toContain(got);
	});
});

describe('a number', () => {
	it.each([
		[0, 0],
		[-1.5, -1.5],
		['7', 7],
		[' 7 ', 7],
	])('is read from %p', (value, number) => {
		expect(encoded(NUMBER, value)).toBe(number);
	});

	it.each(['', ' ', 'seven', NaN, Infinity, true, {}, [], [7]])('is not made of %p', (value) => {
		expect(complaintAbout(NUMBER, value)).toContain('needs a number');
	});
});

describe('a boolean', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
	])('is read from %p', (value, boolean) => {
		expect(encoded(BOOLEAN, value)).toBe(boolean);
	});

	it.each(['', 'yes', 1, 0, {}, []])('is not made of %p', (value) => {
		expect(complaintAbout(BOOLEAN, value)).toContain('needs true or false');
	});
});

describe('a date', () => {
	const noon = Date.UTC(2026, 5, 1, 12);

	it.each([
		['milliseconds', noon],
		['milliseconds as text', String(noon)],
		['ISO text', '2026-06-01T12:00:00Z'],
		['ISO text with an offset', '2026-06-01T14:00:00+02:00'],
		['a Date', new Date(noon)],
		['a Luxon date', DateTime.fromMillis(noon)],
		['a Luxon date of another zone', DateTime.fromMillis(noon, { zone: 'Asia/Tokyo' })],
	])('is read from %s', (_, value) => {
		expect(encoded(DATE, value, 'query', 'America/New_York')).toBe(noon);
	});

	// On 29 March 2026 there is no half past two in Berlin.
	it.each([
		['2026-06-01T12:00:00', 'Europe/Berlin', Date.UTC(2026, 5, 1, 10)],
		['2026-06-01 12:00:00', 'Europe/Berlin', Date.UTC(2026, 5, 1, 10)],
		['2026-06-01', 'Europe/Berlin', Date.UTC(2026, 4, 31, 22)],
		['2026-12-01T12:00:00', 'Europe/Berlin', Date.UTC(2026, 11, 1, 11)],
		['2026-06-01T12:00:00', 'Asia/Kolkata', Date.UTC(2026, 5, 1, 6, 30)],
		['2026-06-01T12:00:00', 'UTC', noon],
		['2026-03-29T02:30:00', 'Europe/Berlin', Date.UTC(2026, 2, 29, 1, 30)],
	])(
		'without an offset, such as %s, is in the time zone of the workflow (%s)',
		(text, zone, ms) => {
			expect(encoded(DATE, text, 'query', zone)).toBe(ms);
		},
	);

	it.each([1_780_000_000, '1780000000', 0, 17, '12345', 1_780_000_000.5])(
		'is not made of %p, which is seconds',
		(value) => {
			expect(complaintAbout(DATE, value)).toContain('looks like seconds');
		},
	);

	it.each(['yesterday', 'user_1', true, {}, '1780000000.25', NaN, Infinity, '  '])(
		'is not made of %p',
		(value) => {
			expect(complaintAbout(DATE, value)).toContain('needs a date');
		},
	);

	// n8n's parser takes these for today at noon, for May 2001 and for the first of March.
	it.each(['12', '-5', '2026-02-30'])('is not made of %p, which is none', (value) => {
		expect(complaintAbout(DATE, value)).toContain('needs a date');
	});

	it.each([1_780_000_000_000_000_000, 9e15, '1780000000000000000'])(
		'is not made of %p, which is no millisecond of any calendar',
		(value) => {
			expect(complaintAbout(DATE, value)).toContain('needs a date');
			expect(complaintAbout(ISO_DATE, value)).toContain('needs a date');
		},
	);

	it('goes as ISO text where the API wants that', () => {
		expect(encoded(ISO_DATE, noon)).toBe('2026-06-01T12:00:00.000Z');
		expect(encoded(ISO_DATE, '2026-06-01T12:00:00', 'body', 'Europe/Berlin')).toBe(
			'2026-06-01T10:00:00.000Z',
		);
	});

	it('may be before 1970', () => {
		expect(encoded(DATE, '1961-04-12T06:07:00Z')).toBe(Date.UTC(1961, 3, 12, 6, 7));
		expect(encoded(DATE, Date.UTC(1961, 3, 12))).toBe(Date.UTC(1961, 3, 12));
	});

	it('that was emptied clears a body, and is refused as a filter', () => {
		expect(encoded(DATE, '')).toBeNull();
		expect(complaintAbout(DATE, '', 'query')).toContain('is empty');
	});
});

describe('JSON', () => {
	it.each([
		['{"a":[1,null]}', { a: [1, null] }],
		['[1]', [1]],
		['"text"', 'text'],
		['0', 0],
		['null', null],
	])('is parsed: %s', (text, value) => {
		expect(encoded(JSON_FIELD, text)).toEqual(value);
	});

	it('that an expression gave is taken as it is', () => {
		const value = { deep: { __proto__: null, kept: true } };
		expect(encoded(METADATA, value)).toBe(value);
	});

	it.each(['{', '{"a": pro}', "{'a': 1}", 'undefined', '{"a":1,}'])(
		'that does not parse is refused: %j',
		(text) => {
			expect(complaintAbout(JSON_FIELD, text)).toContain('is not valid JSON');
		},
	);

	it.each([
		['[]', 'a list'],
		['"text"', '"text"'],
		['5', '5'],
		['true', 'true'],
		['null', 'null'],
	])('that must be an object is not %s', (text, got) => {
		expect(complaintAbout(METADATA, text)).toContain(`but got ${got}`);
		expect(complaintAbout(METADATA, text)).toContain('needs a JSON object');
	});

	it('keeps a key called __proto__ as data', () => {
		const value = encoded(METADATA, '{"__proto__":{"admin":true},"constructor":1}');
		expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"constructor":1}');
		expect((value as { admin?: boolean }).admin).toBeUndefined();
	});

	it('that no text can hold names its field', () => {
		const endless: Record<string, unknown> = {};
		endless.itself = endless;
		expect(complaintAbout(METADATA, endless)).toContain('cannot be written as JSON');
	});
});

describe.each(cases([LIST, CHOICES]))('a list (%s)', (_, of) => {
	it.each([
		['a', ['a']],
		['a, b ,c', ['a', 'b', 'c']],
		['a,,b,', ['a', 'b']],
		[
			['a', ' b '],
			['a', 'b'],
		],
		[
			[1, true],
			['1', 'true'],
		],
		[['a,b'], ['a,b']],
		[7, ['7']],
		['-user_1,+user_2', ['-user_1', '+user_2']],
	])('is read from %p', (value, list) => {
		expect(encoded(of, value, 'query')).toEqual(list);
	});

	it.each(['', ' ', ',', ' , ', [], [''], [' ']])(
		'of nothing (%p) is no filter, which would hit everybody, but empties a body',
		(value) => {
			expect(complaintAbout(of, value, 'query')).toContain('is empty');
			expect(encoded(of, value, 'body')).toEqual([]);
		},
	);

	it.each([[['a', null]], [[undefined]]])(
		'with an entry without a value is refused: %p',
		(value) => {
			expect(complaintAbout(of, value)).toContain('an entry without a value');
		},
	);

	it.each([[{ a: 1 }], [[['a']]], [[{ a: 1 }]]])('is not made of %p', (value) => {
		expect(complaintAbout(of, value)).toContain('needs text');
	});
});

it('a message shows a long value only in part', () => {
	expect(complaintAbout(NUMBER, 'x'.repeat(5_000)).length).toBeLessThan(200);
});
