import { toMilliseconds } from '../../engine/input/date';
import { FIRST_MILLISECONDS } from '../../engine/operation/dates';
import { isObject, isSame } from '../../engine/operation/values';
import { isInexact } from '../shared/metadata';

/**
 * Whether a value of a list is one of Clerk's. Databases, sheets and CSV files write the same value in many
 * ways; a way that is not known makes a difference, never an equality.
 */

/** Smaller numbers are no time: as seconds they would be before March 1973. */
const FIRST_SECONDS = 1e8;

/** Larger numbers are microseconds. */
const LAST_MILLISECONDS = 1e14;

interface Time {
	ms: number;
	/** In milliseconds. */
	precision: number;
}

/**
 * Whether a value is the time, in Unix milliseconds: a date, text, milliseconds or seconds. One without
 * milliseconds is compared to the second, in either direction, since databases round.
 *
 * @param timezone - of text without an offset
 */
export function isSameTime(listed: unknown, ms: unknown, timezone: string): boolean {
	if (isEmpty(listed) || typeof ms !== 'number') return isEmpty(listed) && isEmpty(ms);
	// Most rows of a list are as Clerk has them, and to parse each date would take longer than all else.
	if (listed === ms || listed === isoOf(ms)) return true;
	const time = readTime(listed, timezone);
	return time !== undefined && Math.abs(time.ms - ms) < time.precision;
}

/** The last time that JavaScript has. */
const LAST_TIME = 8.64e15;

const isoOf = (ms: number): string | undefined =>
	Math.abs(ms) <= LAST_TIME ? new Date(ms).toISOString() : undefined;

function readTime(listed: unknown, timezone: string): Time | undefined {
	const text = typeof listed === 'string' ? listed.trim() : undefined;
	const isNumber = /^\d+(?:\.\d+)?$/.test(text ?? '') || typeof listed === 'bigint';
	if (isNumber || typeof listed === 'number') return fromNumber(Number(listed));
	try {
		const ms = toMilliseconds(listed, timezone, (reason) => new RangeError(reason));
		const hasFraction = text === undefined ? ms % 1000 !== 0 : /\d[.,]\d/.test(text);
		return { ms, precision: hasFraction ? 1 : 1000 };
	} catch {
		return undefined;
	}
}

function fromNumber(number: number): Time | undefined {
	if (number < FIRST_SECONDS || number >= LAST_MILLISECONDS) return undefined;
	if (number >= FIRST_MILLISECONDS) return { ms: Math.trunc(number), precision: 1 };
	const isWhole = Number.isInteger(number);
	return { ms: Math.round(number * 1000), precision: isWhole ? 1000 : 1 };
}

/**
 * Whether a value of the list is the same as Clerk's. Nothing, null, empty text, and an empty object or list
 * are the same. A number that may have lost digits is never the same.
 */
export function isSameValue(given: unknown, clerk: unknown): boolean {
	const listed = typeof clerk === 'string' ? given : fromJson(given);
	if (isEmpty(listed) || isEmpty(clerk)) return isEmpty(listed) && isEmpty(clerk);
	if (hasInexact(listed) || hasInexact(clerk)) return false;
	if (typeof clerk === 'object') return isSame(listed, clerk);
	if (typeof listed === 'object') return false;
	const text = String(listed).trim();
	switch (typeof clerk) {
		case 'boolean':
			return BOOLEANS.get(text.toLowerCase()) === clerk;
		case 'number':
			return withoutLastZeros(text) === String(clerk);
		default:
			return String(listed) === clerk;
	}
}

const BOOLEANS = new Map([
	['true', true],
	['t', true],
	['1', true],
	['false', false],
	['f', false],
	['0', false],
]);

/** `1.50` and `1.0` are how a database writes 1.5 and 1. */
const withoutLastZeros = (text: string): string => text.replace(/\.0+$|(\.\d*[1-9])0+$/, '$1');

const hasInexact = (value: unknown): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some(hasInexact)
		: isInexact(value);

function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return true;
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && !(value instanceof Date) && Object.keys(value).length === 0;
}

/** Returns the object or list of JSON text; any other value as it is. */
function fromJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}
