import { FIRST_MILLISECONDS } from '../operation/dates';
import { tryToParseDateTime } from 'n8n-workflow';

import { describeValue, INVISIBLE } from './describe';

/**
 * Dates as people and spreadsheets write them → Unix milliseconds. A date without an offset is in the
 * time zone of the workflow, never in that of the process: what has no fixed reading is rejected.
 */

type ToError = (reason: string) => Error;

/** The end of the year 9999. Larger numbers are microseconds, or a date written as one number. */
const LAST_MILLISECONDS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const DAY = 86_400_000;

/** Day numbers of spreadsheets from 1954 to 2119. They count from 30 December 1899. */
const isDayNumber = (number: number): boolean => number >= 20_000 && number < 80_000;

const EXAMPLE = '2026-01-31 or 2026-01-31T14:30:00';

/** Returns a date in Unix milliseconds. @throws what `invalid` returns, with the date to write where it is clear */
export function toMilliseconds(value: unknown, timezone: string, invalid: ToError): number {
	const text = typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : undefined;
	const isNumber = typeof value === 'number' || /^-?\d{5,}(?:[.,]\d+)?$/.test(text ?? '');
	if (isNumber) return fromNumber(Number(text?.replace(',', '.') ?? value), text, invalid);
	const ms = text === undefined ? fromObject(value) : fromText(text, timezone);
	if (ms !== undefined && Math.abs(ms) <= LAST_MILLISECONDS) return ms;
	throw invalid(
		`needs a date such as ${EXAMPLE}, but got ${describeValue(value)}${hintFor(text ?? '')}`,
	);
}

function fromNumber(number: number, text: string | undefined, invalid: ToError): number {
	const shown = text ?? String(number);
	const write = (date: string) => `. Write it as ${date}`;
	if (isDayNumber(number)) {
		const date = new Date(Math.round((number * DAY) / 1000) * 1000 + Date.UTC(1899, 11, 30));
		const written = isoText(date, !Number.isInteger(number));
		throw invalid(
			`needs a date, but got ${shown}, which looks like a spreadsheet's day number${write(written)}`,
		);
	}
	if (/[.,]/.test(text ?? '') || Number.isNaN(number)) {
		throw invalid(`needs a date such as ${EXAMPLE}, but got ${describeValue(text ?? number)}`);
	}
	if (Math.abs(number) < FIRST_MILLISECONDS) {
		const isCompact = /^(?:19|20)\d{6}$/.test(shown);
		const compact = isCompact ? hintFor(shown.replace(/^(....)(..)(..)$/, '$1/$2/$3')) : '';
		const iso = number >= 1e8 ? write(new Date(Math.trunc(number) * 1000).toISOString()) : '';
		throw invalid(
			`needs a date or Unix milliseconds, but got ${shown}, which looks like seconds${compact || iso}`,
		);
	}
	const compact = compactDate(shown);
	if (compact) {
		throw invalid(
			`needs a date or Unix milliseconds, but got ${shown}, which looks like a date without separators${write(compact)}`,
		);
	}
	if (Math.abs(number) <= LAST_MILLISECONDS) return Math.trunc(number);
	const isMicro = Math.abs(number) / 1000 <= LAST_MILLISECONDS;
	const iso = isMicro
		? `, which looks like microseconds${write(new Date(Math.trunc(number / 1000)).toISOString())}`
		: '';
	throw invalid(`needs a date or Unix milliseconds, but got ${shown}${iso}`);
}

/** Returns the date and time that are written as one number, such as 202401150905 or 20240115090500. */
function compactDate(digits: string): string | undefined {
	const [, year, month, day, hour, minute, second = '00'] =
		/^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(digits) ?? [];
	if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
	const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
	return isTime ? `${year}-${month}-${day} ${hour}:${minute}:${second}` : undefined;
}

const isoText = (date: Date, withTime: boolean): string =>
	date
		.toISOString()
		.slice(0, withTime ? 19 : 10)
		.replace('T', ' ');

/** A date of JavaScript's, or one of Luxon's, as `$now` in an expression gives it. */
function fromObject(value: unknown): number | undefined {
	if (value === null || typeof value !== 'object') return undefined;
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	const isLuxon = 'toMillis' in value && typeof value.toMillis === 'function';
	const ms: unknown = isDate
		? Number(value)
		: isLuxon
			? (value as { toMillis(): unknown }).toMillis()
			: undefined;
	return typeof ms === 'number' && !Number.isNaN(ms) ? Math.trunc(ms) : undefined;
}

/** Year, month and day; then a time of 24 hours, or of 12 with AM or PM; then Z or an offset. */
const WRITTEN = new RegExp(
	[
		String.raw`^(\d{4})-(\d\d?)-(\d\d?)`,
		String.raw`(?:(?:T|\s+)(\d\d?)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?:\s*([ap])\.?m\.?)?`,
		String.raw`\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$`,
	].join(''),
	'i',
);

/** Luxon reads the exact text alone: what it does not know, n8n hands to `Date.parse`, which takes the zone of the process (docs/n8n-notes.md, 17). */
function fromText(text: string, timezone: string): number | undefined {
	const [, year, month, day, hour, minute, second, fraction = '', half, zone] =
		WRITTEN.exec(text) ?? [];
	if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
	const hours = hour === undefined ? 0 : toHours(Number(hour), half);
	const offset = toOffset(zone);
	const isBare = hour !== undefined && minute === undefined && !half && !/\dT\d/i.test(text);
	if (hours === undefined || offset === undefined || isBare) return undefined;
	if (Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
	const two = (part: unknown) => String(part ?? 0).padStart(2, '0');
	const ms = fraction.padEnd(3, '0').slice(0, 3);
	const iso = `${year}-${two(month)}-${two(day)}T${two(hours)}:${two(minute)}:${two(second)}.${ms}${offset}`;
	try {
		return tryToParseDateTime(iso, timezone).toMillis();
	} catch {
		return undefined;
	}
}

const isDay = (year: number, month: number, day: number): boolean =>
	month >= 1 &&
	month <= 12 &&
	day >= 1 &&
	// Year 2000 and 400 years on have the same days; JavaScript reads years below 100 as 19xx.
	day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

function toHours(hour: number, half: string | undefined): number | undefined {
	if (half === undefined) return hour <= 23 ? hour : undefined;
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function toOffset(zone: string | undefined): string | undefined {
	if (zone === undefined) return '';
	const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	if (sign === undefined) return 'Z';
	return Number(hours) <= 14 && Number(minutes) <= 59 ? `${sign}${hours}:${minutes}` : undefined;
}

/** Says how to write a date of another notation, where it is clear which day it is. */
function hintFor(text: string): string {
	const yearFirst = /^(\d{4})[./\s-]\s?(\d\d?)[./\s-]\s?(\d\d?)\b/.exec(text);
	const yearLast = /^(\d\d?)([./-])\s?(\d\d?)\2\s?(\d{4})\b/.exec(text);
	const written = (year: string, month: string, day: string) =>
		isDay(Number(year), Number(month), Number(day))
			? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
			: undefined;
	const dates: Array<string | undefined> = [];
	if (yearFirst) dates.push(written(yearFirst[1], yearFirst[2], yearFirst[3]));
	if (yearLast) {
		const [, first, separator, second, year] = yearLast;
		dates.push(written(year, second, first));
		// With dots the day comes first everywhere; with slashes it depends on the country.
		if (separator !== '.') dates.push(written(year, first, second));
	}
	const clear = new Set(dates.filter(Boolean));
	if (clear.size !== 1) return '';
	const [date] = clear;
	const [time = ''] = /\s\d\d?:\d\d(?::\d\d)?(?:\s*[ap]m)?$/i.exec(text) ?? [];
	const isTime = fromText(`${date}${time}`, 'UTC') !== undefined;
	return `. Write it as ${date}${isTime ? time : ''}`;
}
