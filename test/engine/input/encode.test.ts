import fc from 'fast-check';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import { encode } from '../../../nodes/Clerk/engine/input/encode';
import type { FieldContext } from '../../../nodes/Clerk/engine/input/encode';
import type { Field } from '../../../nodes/Clerk/engine/operation';

// The class of `$now` in n8n's expressions; luxon comes with n8n-workflow, without its types.
const { DateTime } = jest.requireActual<{
	DateTime: { fromMillis(ms: number, options?: { zone: string }): unknown };
}>('luxon');

const field = (overrides: Partial<Field>): Field => ({
	displayName: 'Thing',
	name: 'thing',
	type: 'string',
	default: '',
	...overrides,
});

const TEXT = field({});
const NUMBER = field({ type: 'number' });
const BOOLEAN = field({ type: 'boolean' });
const DATE = field({ type: 'dateTime' });
const ISO_DATE = field({ type: 'dateTime', encode: 'isoDate' });
const JSON_FIELD = field({ type: 'json' });
const METADATA = field({ type: 'json', encode: 'object' });
const LIST = field({ encode: 'list' });
const ADDRESS = field({ kind: 'emailAddress', required: true });
const CHOICE = field({
	type: 'options',
	options: [
		{ name: 'Merge', value: 'merge' },
		{ name: 'Replace', value: 'replace' },
	],
});
const CHOICES = field({ type: 'multiOptions' });
const FIELDS = [
	TEXT,
	NUMBER,
	BOOLEAN,
	DATE,
	ISO_DATE,
	JSON_FIELD,
	METADATA,
	LIST,
	ADDRESS,
	CHOICES,
	CHOICE,
];

const encodeAs = (
	of: Field,
	value: unknown,
	location: FieldContext['location'] = 'body',
	timezone = 'UTC',
) => encode(of, value, 'Thing', { location, timezone });

const cases = (fields: Field[]) =>
	fields.map((of) => [`${of.type}${of.encode ? ` as ${of.encode}` : ''}`, of] as const);

/** Returns the reason for which a value is rejected. The message always names the field. */
function rejectionOf(...of: Parameters<typeof encodeAs>): string {
	try {
		return `not rejected: ${JSON.stringify(encodeAs(...of))}`;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInputError);
		expect((error as Error).message).toMatch(/^Thing /);
		expect((error as Error).message).not.toMatch(/error|problem|failure|mistake/i);
		return (error as InvalidInputError).reason;
	}
}

describe('encode, email address', () => {
	it('returns it without the spaces around it', () => {
		expect(encodeAs(ADDRESS, ' \tAda@x.y\u00a0\n')).toBe('ada@x.y');
	});

	it('rejects what cannot be one, before anything is sent', () => {
		expect(rejectionOf(ADDRESS, 'a b@x.y')).toBe(
			'needs an email address such as ada@example.com, but got "a b@x.y"',
		);
	});

	it('returns empty text where the field is not required', () => {
		expect(encodeAs(field({ kind: 'externalId' }), ' ')).toBe('');
		expect(rejectionOf(field({ kind: 'externalId' }), ' ', 'query')).toMatch(/^is empty/);
	});

	it('rejects spaces alone as empty', () => {
		expect(rejectionOf(ADDRESS, ' \n')).toBe('is empty');
	});

	it('rejects an object', () => {
		expect(rejectionOf(ADDRESS, { email: 'a@x.y' })).toBe('needs text, but got an object');
	});
});

describe.each(cases(FIELDS))('encode, %s', (_, of) => {
	it('rejects undefined in every location', () => {
		for (const location of ['path', 'query', 'body'] as const) {
			expect(rejectionOf(of, undefined, location)).toContain('undefined');
		}
	});

	it('returns null, which clears the value, where Clerk takes it', () => {
		expect(encodeAs({ ...of, nullable: true }, null)).toBeNull();
		expect(encodeAs({ ...of, nullable: true }, null, 'procedure')).toBeNull();
	});

	it('rejects null elsewhere, and in a path or a query', () => {
		expect(rejectionOf(of, null)).toBe(
			'has no value: its expression returned null, which Clerk does not accept here',
		);
		expect(rejectionOf({ ...of, nullable: true }, null, 'query')).toContain('null');
		expect(rejectionOf({ ...of, nullable: true }, null, 'path')).toContain('null');
	});

	it('rejects an expression that is text, in every location', () => {
		for (const location of ['path', 'query', 'body', 'procedure'] as const) {
			expect(rejectionOf(of, '{{ $json.thing }}', location)).toBe(
				'holds an expression as text. Switch the field from Fixed to Expression',
			);
		}
	});
});

describe('encode, text', () => {
	it.each([
		['', ''],
		['  a ', '  a '],
		[0, '0'],
		[4711, '4711'],
		[false, 'false'],
	])('returns for %p the text %p', (value, text) => {
		expect(encodeAs(TEXT, value)).toBe(text);
	});

	it.each([
		[{ a: 1 }, 'an object'],
		[['a'], 'a list'],
	])('rejects %p', (value, got) => {
		expect(rejectionOf(TEXT, value)).toContain(got);
	});
});

describe('encode, choice', () => {
	it('returns one of its values', () => {
		expect(encodeAs(CHOICE, 'merge')).toBe('merge');
	});

	it.each(['', 'Merge', ' merge', 'constructor', '__proto__', 1, true, {}, ['merge']])(
		'rejects %p in a body',
		(value) => {
			expect(rejectionOf(CHOICE, value)).toMatch(/^needs one of merge, replace, but got /);
		},
	);

	it('does not repeat a long value, which may be a password hash', () => {
		expect(rejectionOf(CHOICE, `$2a$10$${'x'.repeat(53)}`)).toBe(
			'needs one of merge, replace, but got something longer',
		);
	});

	it('adds a plus sign to an order without a sign, as the API reads it', () => {
		const order = field({
			type: 'options',
			encode: 'order',
			options: [
				{ name: 'Created At, Ascending', value: '+created_at' },
				{ name: 'Created At, Descending', value: '-created_at' },
			],
		});
		const sent = (value: unknown) =>
			encode(order, value, 'Order By', { timezone: 'UTC', location: 'query' });
		expect(['created_at', '+created_at', '-created_at'].map(sent)).toEqual([
			'+created_at',
			'+created_at',
			'-created_at',
		]);
		expect(() => sent('name')).toThrow('needs one of +created_at, -created_at');
	});

	it('rejects other values and an empty one in a query', () => {
		expect(encodeAs(CHOICE, 'replace', 'query')).toBe('replace');
		expect(rejectionOf(CHOICE, 'created_at', 'query')).toBe(
			'needs one of merge, replace, but got "created_at"',
		);
		expect(rejectionOf(CHOICE, '', 'query')).toMatch(/^is empty/);
	});

	it('rejects a list with another value, in every location', () => {
		const SEVERAL = field({ ...CHOICE, type: 'multiOptions' });
		expect(encodeAs(SEVERAL, ['merge', 'replace'])).toEqual(['merge', 'replace']);
		expect(encodeAs(SEVERAL, 'merge, replace', 'query')).toEqual(['merge', 'replace']);
		expect(encodeAs(SEVERAL, [])).toEqual([]);
		for (const location of ['query', 'body'] as const) {
			expect(rejectionOf(SEVERAL, ['merge', 'Replace'], location)).toBe(
				'needs one of merge, replace, but got "Replace"',
			);
		}
	});

	it('returns any value when n8n loads the choices', () => {
		expect(encodeAs(CHOICES, ['anything'])).toEqual(['anything']);
	});
});

describe('encode, list with choices', () => {
	const STATUSES = field({ type: 'string', encode: 'list', choices: ['reserved', 'verified'] });

	it('keeps the order and repeated entries', () => {
		const given = 'verified, reserved,verified';
		expect(encodeAs(STATUSES, given)).toEqual(['verified', 'reserved', 'verified']);
	});

	it.each(['verifed', ['Verified'], 'reserved, no'])('rejects other values: %j', (value) => {
		expect(rejectionOf(STATUSES, value)).toMatch(/^needs one of reserved, verified, but got "/);
	});
});

describe('encode, list with explode: false', () => {
	const joined = field({ encode: 'list', explode: false });

	it('returns one text with commas between the entries', () => {
		expect(encodeAs(joined, ['a', 'b'], 'query')).toBe('a,b');
		expect(encodeAs(LIST, ['a', 'b'], 'query')).toEqual(['a', 'b']);
	});
});

it('encode checks the entries of a multiOptions field against its options, if it has any', () => {
	const known = field({ type: 'multiOptions', options: CHOICE.options });
	expect(encodeAs(known, ['merge'])).toEqual(['merge']);
	expect(() => encodeAs(known, ['merge', 'mix'])).toThrow('needs one of merge, replace');
	expect(encodeAs(CHOICES, ['mix'])).toEqual(['mix']);
	expect(encodeAs(field({ encode: 'list', options: CHOICE.options }), ['mix'])).toEqual(['mix']);
});

it('encode repeats a rejected choice of at most 30 characters, and no list', () => {
	const got = (length: number) => () => encodeAs(CHOICE, 'x'.repeat(length));
	expect(got(30)).toThrow(`but got "${'x'.repeat(30)}"`);
	expect(got(31)).toThrow('but got something longer');
	expect(() => encodeAs(CHOICE, ['x'.repeat(40)])).toThrow('but got a list');
});

it('encode cuts a rejected value to 60 characters, quotes included', () => {
	const named = (length: number) => () => encodeAs(NUMBER, 'y'.repeat(length));
	expect(named(58)).toThrow(`"${'y'.repeat(58)}"`);
	expect(named(59)).toThrow(`"${'y'.repeat(59)}…`);
});

it('encode returns the text of a bigint', () => {
	expect(encodeAs(TEXT, 10n)).toBe('10');
});

it('encode rejects a filter of spaces as empty, and keeps them in a body', () => {
	expect(() => encodeAs(TEXT, '  ', 'query')).toThrow('is empty. Enter a value');
	expect(encodeAs(TEXT, '  ')).toBe('  ');
});

it.each(['', ' \n'])('encode rejects JSON of %j as empty', (text) => {
	expect(() => encodeAs(JSON_FIELD, text)).toThrow('is empty. Use {} or remove the field');
});

it.each([' TRUE', 'true ', 'True'])('encode reads %j as true', (text) => {
	expect(encodeAs(BOOLEAN, text)).toBe(true);
});

describe('encode, number', () => {
	const bounded = (minValue?: number, maxValue?: number) =>
		field({ type: 'number', typeOptions: { minValue, maxValue } });
	const whole = (minValue?: number, maxValue?: number) =>
		field({ type: 'number', typeOptions: { minValue, maxValue, numberPrecision: 0 } });

	it.each([
		[bounded(30, 60), 30],
		[bounded(30, 60), '60'],
		[bounded(0), 0],
		[bounded(undefined, 5), -7],
		[whole(), '-7'],
		[whole(0), 7.0],
	])('returns a number within its bounds: %#', (of, value) => {
		expect(encodeAs(of, value)).toBe(Number(value));
	});

	it.each([
		[bounded(30, 60), 29, 'needs a number from 30 to 60, but got 29'],
		[bounded(30, 60), '61', 'needs a number from 30 to 60, but got "61"'],
		[bounded(0), -1, 'needs a number of at least 0, but got -1'],
		[whole(), 12.5, 'needs a whole number, but got 12.5'],
		[whole(1, 9), '2.5', 'needs a whole number from 1 to 9, but got "2.5"'],
		[whole(1), 0, 'needs a whole number of at least 1, but got 0'],
		[whole(), 2 ** 53, 'needs a whole number, but got 9007199254740992'],
		[bounded(undefined, 5), 5.5, 'needs a number of at most 5, but got 5.5'],
	])('rejects a number out of its bounds: %#', (of, value, reason) => {
		for (const location of ['query', 'body'] as const) {
			expect(rejectionOf(of, value, location)).toBe(reason);
		}
	});

	it.each([
		[0, 0],
		[-1.5, -1.5],
		['7', 7],
		[' 7 ', 7],
	])('reads %p', (value, number) => {
		expect(encodeAs(NUMBER, value)).toBe(number);
	});

	it.each(['', ' ', 'seven', NaN, Infinity, true, {}, [], [7]])('rejects %p', (value) => {
		expect(rejectionOf(NUMBER, value)).toContain('needs a number');
	});
});

describe('encode, boolean', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
	])('reads %p', (value, boolean) => {
		expect(encodeAs(BOOLEAN, value)).toBe(boolean);
	});

	it.each(['', 'yes', 1, 0, {}, []])('rejects %p', (value) => {
		expect(rejectionOf(BOOLEAN, value)).toContain('needs true or false');
	});
});

describe('encode, date', () => {
	const noon = Date.UTC(2026, 5, 1, 12);

	it.each([
		['milliseconds', noon],
		['milliseconds as text', String(noon)],
		['ISO text', '2026-06-01T12:00:00Z'],
		['ISO text with an offset', '2026-06-01T14:00:00+02:00'],
		['a Date', new Date(noon)],
		['a Luxon date', DateTime.fromMillis(noon)],
		['a Luxon date of another zone', DateTime.fromMillis(noon, { zone: 'Asia/Tokyo' })],
	])('reads %s', (_, value) => {
		expect(encodeAs(DATE, value, 'query', 'America/New_York')).toBe(noon);
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
	])('reads %s, which has no offset, in the time zone of the workflow (%s)', (text, zone, ms) => {
		expect(encodeAs(DATE, text, 'query', zone)).toBe(ms);
	});

	it.each([1_780_000_000, '1780000000', 0, 17, '12345', 1_780_000_000.5])(
		'rejects %p, which is seconds',
		(value) => {
			expect(rejectionOf(DATE, value)).toContain('looks like seconds');
		},
	);

	it.each(['yesterday', 'user_1', true, {}, '1780000000.25', NaN, Infinity, '  '])(
		'rejects %p',
		(value) => {
			expect(rejectionOf(DATE, value)).toContain('needs a date');
		},
	);

	// n8n's parser takes these for today at noon, for May 2001 and for 2 March (docs/n8n-notes.md, 17).
	it.each(['12', '-5', '2026-02-30'])('rejects %p, which is not a date', (value) => {
		expect(rejectionOf(DATE, value)).toContain('needs a date');
	});

	it.each([1_780_000_000_000_000_000, 9e15, '1780000000000000000'])(
		'rejects %p, which is later than any date',
		(value) => {
			expect(rejectionOf(DATE, value)).toContain('needs a date');
			expect(rejectionOf(ISO_DATE, value)).toContain('needs a date');
		},
	);

	it('returns ISO text with encode: isoDate', () => {
		expect(encodeAs(ISO_DATE, noon)).toBe('2026-06-01T12:00:00.000Z');
		expect(encodeAs(ISO_DATE, '2026-06-01T12:00:00', 'body', 'Europe/Berlin')).toBe(
			'2026-06-01T10:00:00.000Z',
		);
	});

	it('reads dates before 1970', () => {
		expect(encodeAs(DATE, '1961-04-12T06:07:00Z')).toBe(Date.UTC(1961, 3, 12, 6, 7));
		expect(encodeAs(DATE, Date.UTC(1961, 3, 12))).toBe(Date.UTC(1961, 3, 12));
	});

	it('returns null for empty text where Clerk takes null, and rejects it elsewhere', () => {
		expect(encodeAs({ ...DATE, nullable: true }, '')).toBeNull();
		expect(rejectionOf(DATE, '')).toBe('is empty. Enter a date, or remove the field');
		expect(rejectionOf(DATE, '', 'query')).toContain('is empty');
	});
});

describe('encode, JSON', () => {
	it.each([
		['{"a":[1,null]}', { a: [1, null] }],
		['[1]', [1]],
		['"text"', 'text'],
		['0', 0],
		['null', null],
	])('parses %s', (text, value) => {
		expect(encodeAs(JSON_FIELD, text)).toEqual(value);
	});

	it('returns an object from an expression as it is', () => {
		const value = { deep: { __proto__: null, kept: true } };
		expect(encodeAs(METADATA, value)).toBe(value);
	});

	it.each(['{', '{"a": pro}', "{'a': 1}", 'undefined', '{"a":1,}'])(
		'rejects %j, which does not parse',
		(text) => {
			expect(rejectionOf(JSON_FIELD, text)).toContain('is not valid JSON');
		},
	);

	it.each([
		['[]', 'a list'],
		['"text"', '"text"'],
		['5', '5'],
		['true', 'true'],
		['null', 'null'],
	])('rejects %s when it must be an object', (text, got) => {
		expect(rejectionOf(METADATA, text)).toContain(`but got ${got}`);
		expect(rejectionOf(METADATA, text)).toContain('needs a JSON object');
	});

	it('keeps a key called __proto__ as data', () => {
		const value = encodeAs(METADATA, '{"__proto__":{"admin":true},"constructor":1}');
		expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"constructor":1}');
		expect((value as { admin?: boolean }).admin).toBeUndefined();
	});

	it('rejects an object that contains itself', () => {
		const endless: Record<string, unknown> = {};
		endless.itself = endless;
		expect(rejectionOf(METADATA, endless)).toContain('cannot be written as JSON');
	});
});

describe.each(cases([LIST, CHOICES]))('encode, list (%s)', (_, of) => {
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
	])('reads %p', (value, list) => {
		expect(encodeAs(of, value, 'query')).toEqual(list);
	});

	it.each(['', ' ', ',', ' , ', [], [''], [' ']])(
		'rejects an empty list (%p) in a query, and returns it in a body',
		(value) => {
			expect(rejectionOf(of, value, 'query')).toContain('is empty');
			expect(encodeAs(of, value, 'body')).toEqual([]);
		},
	);

	it.each([[['a', null]], [[undefined]]])('rejects an entry without a value: %p', (value) => {
		expect(rejectionOf(of, value)).toContain('an entry without a value');
	});

	it.each([[{ a: 1 }], [[['a']]], [[{ a: 1 }]]])('rejects %p', (value) => {
		expect(rejectionOf(of, value)).toContain('needs text');
	});
});

describe('encode, any value', () => {
	/** Values that expressions and scripts can give. */
	const anything = fc.oneof(
		fc.anything({
			withBigInt: true,
			withDate: true,
			withMap: true,
			withNullPrototype: true,
			withObjectString: true,
			withSparseArray: true,
		}),
		fc.string(),
		fc.json(),
		fc.date({ noInvalidDate: false }),
		fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
		fc.double(),
		fc.constantFrom(
			Symbol('x'),
			BigInt(12),
			() => 1,
			'true',
			' FALSE ',
			'merge',
			' 12 ',
			'1e400',
			'0x10',
		),
	);

	/** Whether a sent value is of the kind that its field promises. */
	const KINDS: Array<[string, Field, (wire: unknown) => boolean]> = [
		['text', TEXT, (wire) => typeof wire === 'string'],
		['a number', NUMBER, (wire) => typeof wire === 'number' && Number.isFinite(wire)],
		['a boolean', BOOLEAN, (wire) => typeof wire === 'boolean'],
		[
			'a time',
			DATE,
			(wire) => wire === null || (Number.isInteger(wire) && Math.abs(Number(wire)) <= 8.64e15),
		],
		[
			'a time as text',
			ISO_DATE,
			(wire) => wire === null || new Date(String(wire)).toISOString() === wire,
		],
		['JSON', JSON_FIELD, () => true],
		[
			'an object',
			METADATA,
			(wire) => wire !== null && typeof wire === 'object' && !Array.isArray(wire),
		],
		[
			'a list',
			LIST,
			(wire) =>
				Array.isArray(wire) &&
				wire.every((entry) => typeof entry === 'string' && entry.trim() === entry && entry !== ''),
		],
		[
			'an address',
			ADDRESS,
			(wire) => typeof wire === 'string' && wire !== '' && wire.trim() === wire,
		],
		['a choice', CHOICE, (wire) => wire === 'merge' || wire === 'replace'],
	];

	describe.each(['body', 'query', 'path'] as const)('in the %s', (location) => {
		it.each(KINDS)('becomes %s, or is rejected by the name of its field', (_, of, isOfKind) => {
			fc.assert(
				fc.property(anything, (value) => {
					let wire: unknown;
					try {
						wire = encodeAs(of, value, location);
					} catch (error) {
						expect(error).toBeInstanceOf(InvalidInputError);
						expect((error as Error).message).toMatch(/^Thing /);
						return;
					}
					expect(isOfKind(wire)).toBe(true);
					// A value that JSON leaves out would be missing from the request.
					expect(JSON.stringify({ wire })).toContain('"wire"');
				}),
				{ numRuns: 150 },
			);
		});
	});

	it('returns JSON unchanged', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				// That would be an expression as text.
				fc.pre(!/\{\{.*\}\}/s.test(text));
				expect(encodeAs(JSON_FIELD, text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it.each([
		['a function', () => 1],
		['a symbol', Symbol('x')],
	])('rejects %s as text', (_, value) => {
		expect(rejectionOf(TEXT, value)).toMatch(/^needs text, but got /);
	});

	it('returns text unchanged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(encodeAs(TEXT, text)).toBe(text);
			}),
		);
	});
});
