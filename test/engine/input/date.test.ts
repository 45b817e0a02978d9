import fc from 'fast-check';

import { toMilliseconds } from '../../../nodes/Clerk/engine/input/date';
import { datesInZone } from '../../support/datesInZone';

// Luxon comes with n8n-workflow, without its types. It is the oracle.
const { DateTime } = jest.requireActual<{
	DateTime: {
		fromFormat(
			text: string,
			format: string,
			options: { zone: string; locale: string },
		): { isValid: boolean; toMillis(): number };
		fromObject(
			parts: Record<string, number>,
			options: { zone: string },
		): { isValid: boolean; toMillis(): number; toFormat(format: string, o: object): string };
	};
}>('luxon');

class Refusal extends Error {}

const read = (value: unknown, timezone = 'Europe/Berlin') =>
	toMilliseconds(value, timezone, (reason) => new Refusal(reason));

function refusalOf(value: unknown): string {
	try {
		return `not refused: ${read(value)}`;
	} catch (error) {
		expect(error).toBeInstanceOf(Refusal);
		return (error as Error).message;
	}
}

const utc = (...parts: [number, number, number, number?, number?, number?, number?]) =>
	Date.UTC(...parts);

describe('toMilliseconds, in the zone of the workflow', () => {
	// In January Berlin is one hour ahead.
	it.each([
		['2024-01-15 9:05:00', utc(2024, 0, 15, 8, 5)],
		['2024-01-15 10:05:00', utc(2024, 0, 15, 9, 5)],
		['2024-01-15T09:05', utc(2024, 0, 15, 8, 5)],
		['2024-01-15T9', utc(2024, 0, 15, 8)],
		['2024-1-5', utc(2024, 0, 4, 23)],
		['2024-01-15 2:30 PM', utc(2024, 0, 15, 13, 30)],
		['2024-01-15 2:30\u202fp.m.', utc(2024, 0, 15, 13, 30)],
		['2024-01-15 12:30 am', utc(2024, 0, 14, 23, 30)],
		['2024-01-15 12 PM', utc(2024, 0, 15, 11)],
		['2024-01-15 09:05:00.123456', utc(2024, 0, 15, 8, 5, 0, 123)],
		['\u200e2024-01-15\u200b', utc(2024, 0, 14, 23)],
		[' 2024-01-15  09:05:00,5 ', utc(2024, 0, 15, 8, 5, 0, 500)],
	])('reads %j', (text, ms) => {
		expect(read(text)).toBe(ms);
	});

	it.each([
		['2024-01-15 09:05:00Z', utc(2024, 0, 15, 9, 5)],
		['2024-01-15 09:05:00 UTC', utc(2024, 0, 15, 9, 5)],
		['2024-01-15 09:05:00+00', utc(2024, 0, 15, 9, 5)],
		['2024-01-15 09:05:00+02', utc(2024, 0, 15, 7, 5)],
		['2024-01-15 09:05:00+14:00', utc(2024, 0, 14, 19, 5)],
		['2024-01-15 09:05:00+01:59', utc(2024, 0, 15, 7, 6)],
		['2024-01-15 9:05:00 -0500', utc(2024, 0, 15, 14, 5)],
		['2024-01-15T2:05 PM+05:30', utc(2024, 0, 15, 8, 35)],
	])('reads %j, which has an offset', (text, ms) => {
		expect(read(text)).toBe(ms);
	});

	it.each([
		[45306, "looks like a spreadsheet's day number. Write it as 2024-01-15"],
		['45306', 'Write it as 2024-01-15'],
		['45306.37847', 'Write it as 2024-01-15 09:05:00'],
		['31.01.2024', 'Write it as 2024-01-31'],
		['45306,37847', 'Write it as 2024-01-15 09:05:00'],
		['12345,678', 'needs a date such as 2026-01-31'],
		['03.04.2024 10:00', 'Write it as 2024-04-03 10:00'],
		['1/31/2026 2:30 PM', 'Write it as 2026-01-31 2:30 PM'],
		['31/01/2026', 'Write it as 2026-01-31'],
		['01/31/2026', 'Write it as 2026-01-31'],
		['05-05-2026', 'Write it as 2026-05-05'],
		['2024/01/15', 'Write it as 2024-01-15'],
		['2024.1.5', 'Write it as 2024-01-05'],
		['2024. 01. 15.', 'Write it as 2024-01-15'],
		['2024 01 15', 'Write it as 2024-01-15'],
		['20240115', 'Write it as 2024-01-15'],
		[1_705_309_500, 'looks like seconds. Write it as 2024-01-15T09:05:00.000Z'],
		['1705309500', 'looks like seconds. Write it as 2024-01-15T09:05:00.000Z'],
		[1_705_309_500_000_000, 'looks like microseconds. Write it as 2024-01-15T09:05:00.000Z'],
		['1705309500000000', 'looks like microseconds. Write it as 2024-01-15T09:05:00.000Z'],
		['202401150905', 'looks like a date without separators. Write it as 2024-01-15 09:05:00'],
		[20240115090530, 'looks like a date without separators. Write it as 2024-01-15 09:05:30'],
		[8.64e15, 'needs a date or Unix milliseconds'],
		['2:30 PM', 'needs a date such as 2026-01-31'],
		['2024-01-15 14:30 PM', 'needs a date such as 2026-01-31'],
		['2024-01-15 0:30 AM', 'needs a date such as 2026-01-31'],
		['2024-01-15 24:00', 'needs a date such as 2026-01-31'],
		['2024-00-15', 'needs a date such as 2026-01-31'],
		['2024-01-00', 'needs a date such as 2026-01-31'],
		['2024-01-15 25:00', 'needs a date such as 2026-01-31'],
		['2024-01-15 9', 'needs a date such as 2026-01-31'],
		['2024-02-30', 'needs a date such as 2026-01-31'],
		['2023-02-29T10:00:00', 'needs a date such as 2026-01-31'],
		['2024-01-15 10:05 CET', 'needs a date such as 2026-01-31'],
		['2024-01-15T10:05+01:60', 'needs a date such as 2026-01-31'],
		['2024-01-15T10:05+99:00', 'needs a date such as 2026-01-31'],
		['Mon Jan 15 2024 09:05:00', 'needs a date such as 2026-01-31'],
		['Jan 15, 2024', 'needs a date such as 2026-01-31'],
		[['2024-01-15'], 'needs a date such as 2026-01-31'],
		[true, 'needs a date such as 2026-01-31'],
		[new Date(NaN), 'needs a date such as 2026-01-31'],
	])('refuses %j: %s', (value, reason) => {
		expect(refusalOf(value)).toContain(reason);
	});

	it('gives no date to write where it could be two', () => {
		expect(refusalOf('03/04/2024')).toBe(
			'needs a date such as 2026-01-31 or 2026-01-31T14:30:00, but got "03/04/2024"',
		);
		for (const text of ['31/13/2026', '12024/01/15', '2024x01/15', '2024/01x15', '2024/x1/15']) {
			expect(refusalOf(text)).not.toContain('Write it');
		}
	});
});

describe('any date', () => {
	const zone = fc.constantFrom(
		'UTC',
		'Europe/Berlin',
		'America/New_York',
		'Asia/Kolkata',
		'Pacific/Kiritimati',
		'America/St_Johns',
		'Australia/Lord_Howe',
	);
	const parts = fc.record({
		year: fc.integer({ min: 1900, max: 2199 }),
		month: fc.integer({ min: 1, max: 12 }),
		day: fc.integer({ min: 1, max: 31 }),
		hour: fc.integer({ min: 0, max: 23 }),
		minute: fc.integer({ min: 0, max: 59 }),
		second: fc.integer({ min: 0, max: 59 }),
	});
	const FORMATS = ['yyyy-MM-dd HH:mm:ss', 'yyyy-M-d H:mm', "yyyy-MM-dd'T'HH:mm:ss", 'yyyy-MM-dd'];
	const format = fc.constantFrom(...FORMATS, 'yyyy-MM-dd h:mm a', 'yyyy-MM-dd hh:mm:ss a');

	it('is the instant that Luxon reads, in the zone of the workflow', () => {
		fc.assert(
			fc.property(parts, zone, format, (of, timezone, written) => {
				const day = DateTime.fromObject({ ...of, hour: 0, minute: 0, second: 0 }, { zone: 'UTC' });
				fc.pre(day.isValid);
				const text = DateTime.fromObject({ ...of }, { zone: 'UTC' }).toFormat(written, {
					locale: 'en',
				});
				const expected = DateTime.fromFormat(text, written, { zone: timezone, locale: 'en' });
				expect(read(text, timezone)).toBe(expected.toMillis());
			}),
			{ numRuns: 500 },
		);
	});

	const digits = fc.string({ unit: fc.constantFrom(...'0123456789-:/. TZ+PMam'), maxLength: 24 });
	const nearly = fc.oneof(
		digits,
		fc.string(),
		fc
			.tuple(fc.constantFrom('2024-01-15', '2024-02-30', '45306', '31.01.2024'), digits)
			.map(([start, rest]) => start + rest),
		fc.date({ noInvalidDate: true }).map((date) => date.toString()),
		fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	);

	it('of any text is an instant of the day that it begins with, or a refusal', () => {
		fc.assert(
			fc.property(nearly, (text) => {
				let ms: number;
				try {
					ms = read(text, 'UTC');
				} catch (error) {
					expect(error).toBeInstanceOf(Refusal);
					return;
				}
				expect(Number.isInteger(ms)).toBe(true);
				if (/^\s*-?\d+\s*$/.test(text)) expect(ms).toBe(Number(text));
				else if (!/[+Z]|\d\s*-\d{2,4}:?\d*\s*$/.test(text.slice(10))) {
					const [, ...day] = /^\s*(\d+)-(\d+)-(\d+)/.exec(text)!.map(Number);
					const read = new Date(ms);
					expect([read.getUTCFullYear(), read.getUTCMonth() + 1, read.getUTCDate()]).toEqual(day);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('does not depend on the zone of the process', () => {
		const written = fc
			.tuple(parts, format)
			.map(([of, as]) => DateTime.fromObject(of, { zone: 'UTC' }).toFormat(as, { locale: 'en' }));
		const texts = fc.sample(fc.tuple(fc.oneof(nearly, written), zone), {
			numRuns: 400,
			seed: 17,
		});
		const fixed: Array<[string, string]> = [
			['2024-01-15 9:05:00', 'Europe/Berlin'],
			['2024-01-15 2:30 PM', 'Asia/Kolkata'],
			['2024-01-15', 'America/New_York'],
		];
		const all = [...fixed, ...texts];
		const here = datesInZone('UTC', all);
		expect(here.slice(0, 3)).toEqual([
			utc(2024, 0, 15, 8, 5),
			utc(2024, 0, 15, 9, 0),
			utc(2024, 0, 15, 5),
		]);
		expect(here.filter((each) => typeof each === 'number').length).toBeGreaterThan(50);
		for (const other of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
			expect(datesInZone(other, all)).toEqual(here);
		}
	});
});
