import fc from 'fast-check';
import { InvalidInputError, InvalidItemsError } from '../../../nodes/Clerk/engine/operation';
import { encode } from '../../../nodes/Clerk/engine/input/encode';
import type { FieldContext } from '../../../nodes/Clerk/engine/input/encode';
import type { Field } from '../../../nodes/Clerk/engine/operation';

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
const ADDRESS = field({ encode: 'address' });
const CHOICE = field({
	type: 'options',
	options: [
		{ name: 'Merge', value: 'merge' },
		{ name: 'Replace', value: 'replace' },
	],
});
const CHOICES = field({ type: 'multiOptions' });
const EVERY = [
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

const encoded = (
	of: Field,
	value: unknown,
	place: FieldContext['location'] = 'body',
	timezone = 'UTC',
) => encode(of, value, 'Thing', { location: place, timezone });

const cases = (fields: Field[]) =>
	fields.map((of) => [`${of.type}${of.encode ? ` as ${of.encode}` : ''}`, of] as const);

/** What is said about a value that is refused; it always names the field. */
function complaintAbout(...of: Parameters<typeof encoded>): string {
	try {
		return `not refused: ${JSON.stringify(encoded(...of))}`;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInputError);
		expect((error as Error).message).toMatch(/^Thing /);
		expect((error as Error).message).not.toMatch(/error|problem|failure|mistake/i);
		return (error as InvalidInputError).complaint;
	}
}

describe('an e-mail address', () => {
	it('goes without the blanks around it', () => {
		expect(encoded(ADDRESS, ' \tAda@x.y\u00a0\n')).toBe('Ada@x.y');
		expect(encoded(ADDRESS, 'a b@x.y')).toBe('a b@x.y');
	});

	it('is empty when there is nothing else', () => {
		expect(complaintAbout(ADDRESS, ' \n')).toBe('is empty');
	});

	it('is text', () => {
		expect(complaintAbout(ADDRESS, { email: 'a@x.y' })).toBe('needs text, but got an object');
	});
});

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

describe('a choice', () => {
	it('is one of its values', () => {
		expect(encoded(CHOICE, 'merge')).toBe('merge');
	});

	it.each(['', 'Merge', ' merge', 'constructor', '__proto__', 1, true, {}, ['merge']])(
		'of a body is not made of %p',
		(value) => {
			expect(complaintAbout(CHOICE, value)).toMatch(/^needs one of merge, replace, but got /);
		},
	);

	it('does not repeat what may come from a column of secrets', () => {
		expect(complaintAbout(CHOICE, `$2a$10$${'x'.repeat(53)}`)).toBe(
			'needs one of merge, replace, but got something longer',
		);
	});

	it('of an order goes upwards without a sign, as the API has it', () => {
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

	it('of a filter is one of its values as well, and not empty', () => {
		expect(encoded(CHOICE, 'replace', 'query')).toBe('replace');
		expect(complaintAbout(CHOICE, 'created_at', 'query')).toBe(
			'needs one of merge, replace, but got "created_at"',
		);
		expect(complaintAbout(CHOICE, '', 'query')).toMatch(/^is empty/);
	});

	it('among several is one of them each, wherever they are sent', () => {
		const SEVERAL = field({ ...CHOICE, type: 'multiOptions' });
		expect(encoded(SEVERAL, ['merge', 'replace'])).toEqual(['merge', 'replace']);
		expect(encoded(SEVERAL, 'merge, replace', 'query')).toEqual(['merge', 'replace']);
		expect(encoded(SEVERAL, [])).toEqual([]);
		for (const place of ['query', 'body'] as const) {
			expect(complaintAbout(SEVERAL, ['merge', 'Replace'], place)).toBe(
				'needs one of merge, replace, but got "Replace"',
			);
		}
	});

	it('whose values n8n loads is open', () => {
		expect(encoded(CHOICES, ['anything'])).toEqual(['anything']);
	});
});

describe('a list of certain values', () => {
	const STATUSES = field({ type: 'string', encode: 'list', choices: ['reserved', 'verified'] });

	it('keeps their order, and what stands there twice', () => {
		const given = 'verified, reserved,verified';
		expect(encoded(STATUSES, given)).toEqual(['verified', 'reserved', 'verified']);
	});

	it.each(['verifed', ['Verified'], 'reserved, no'])('takes no others: %j', (value) => {
		expect(complaintAbout(STATUSES, value)).toMatch(/^needs one of reserved, verified, but got "/);
	});
});

describe('a list in one value', () => {
	const joined = field({ encode: 'list', explode: false });

	it('has commas between its entries', () => {
		expect(encoded(joined, ['a', 'b'], 'query')).toBe('a,b');
		expect(encoded(LIST, ['a', 'b'], 'query')).toEqual(['a', 'b']);
	});
});

it('several choices must be of those there are; where there are none, they are taken as they are', () => {
	const known = field({ type: 'multiOptions', options: CHOICE.options });
	expect(encoded(known, ['merge'])).toEqual(['merge']);
	expect(() => encoded(known, ['merge', 'mix'])).toThrow('needs one of merge, replace');
	expect(encoded(CHOICES, ['mix'])).toEqual(['mix']);
	expect(encoded(field({ encode: 'list', options: CHOICE.options }), ['mix'])).toEqual(['mix']);
});

it('a choice that is long may be a secret of another column, and is not repeated', () => {
	const got = (length: number) => () => encoded(CHOICE, 'x'.repeat(length));
	expect(got(30)).toThrow(`but got "${'x'.repeat(30)}"`);
	expect(got(31)).toThrow('but got something longer');
	expect(() => encoded(CHOICE, ['x'.repeat(40)])).toThrow('but got a list');
});

it('a value is named short', () => {
	const named = (length: number) => () => encoded(NUMBER, 'y'.repeat(length));
	expect(named(58)).toThrow(`"${'y'.repeat(58)}"`);
	expect(named(59)).toThrow(`"${'y'.repeat(59)}…`);
});

it('text may be a number that JSON does not know', () => {
	expect(encoded(TEXT, 10n)).toBe('10');
});

it('a filter of blanks is empty', () => {
	expect(() => encoded(TEXT, '  ', 'query')).toThrow('is empty. Give a value');
	expect(encoded(TEXT, '  ')).toBe('  ');
});

it.each(['', ' \n'])('JSON of %j is empty', (text) => {
	expect(() => encoded(JSON_FIELD, text)).toThrow('is empty. Use {} or remove the field');
});

it.each([' TRUE', 'true ', 'True'])('%j is a boolean', (text) => {
	expect(encoded(BOOLEAN, text)).toBe(true);
});

it('items that are refused together have the message of the first', () => {
	const first = new InvalidInputError('Role', 'is empty');
	expect(new InvalidItemsError(new Map([[3, first]])).message).toBe('Role is empty');
	expect(new InvalidItemsError(new Map()).message).toBe('No item');
});

describe('a number', () => {
	const bounded = (minValue?: number, maxValue?: number) =>
		field({ type: 'number', typeOptions: { minValue, maxValue } });
	const whole = (minValue?: number, maxValue?: number) =>
		field({ type: 'number', typeOptions: { minValue, maxValue, numberPrecision: 0 } });

	it.each([
		[bounded(30, 60), 30],
		[bounded(30, 60), '60'],
		[bounded(0), 0],
		[bounded(undefined, 5), -7],
		[bounded(1), null],
		[whole(), '-7'],
		[whole(0), 7.0],
	])('within its bounds is sent: %#', (of, value) => {
		expect(encoded(of, value)).toBe(value === null ? null : Number(value));
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
	])('beyond its bounds is refused: %#', (of, value, complaint) => {
		for (const place of ['query', 'body'] as const) {
			expect(complaintAbout(of, value, place)).toBe(complaint);
		}
	});

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

describe('any value at all', () => {
	/** What expressions give, and what scripts can make of it. */
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

	/** Whether the wire holds what the kind of field promises, whoever filled it in. */
	const KINDS: Array<[string, Field, (wire: unknown) => boolean]> = [
		['text', TEXT, (wire) => typeof wire === 'string'],
		['a number', NUMBER, (wire) => typeof wire === 'number' && Number.isFinite(wire)],
		['yes or no', BOOLEAN, (wire) => typeof wire === 'boolean'],
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

	describe.each(['body', 'query', 'path'] as const)('in the %s', (place) => {
		it.each(KINDS)('becomes %s, or is refused by the name of its field', (_, of, isRight) => {
			fc.assert(
				fc.property(anything, (value) => {
					let wire: unknown;
					try {
						wire = encoded(of, value, place);
					} catch (error) {
						expect(error).toBeInstanceOf(InvalidInputError);
						expect((error as Error).message).toMatch(/^Thing /);
						return;
					}
					if (value === null && place === 'body') expect(wire).toBeNull();
					else expect(isRight(wire)).toBe(true);
					// What JSON leaves out would be sent as if nobody had filled it in.
					expect(JSON.stringify({ wire })).toContain('"wire"');
				}),
				{ numRuns: 150 },
			);
		});
	});

	it('that is JSON goes as it is', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				expect(encoded(JSON_FIELD, text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it.each([
		['a function', () => 1],
		['a symbol', Symbol('x')],
	])('that is %s is no text', (_, value) => {
		expect(complaintAbout(TEXT, value)).toMatch(/^needs text, but got /);
	});

	it('that is text goes letter by letter', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(encoded(TEXT, text)).toBe(text);
			}),
		);
	});
});
