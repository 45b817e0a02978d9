'use strict';

const { ClerkError, entry } = require('./errors');
const limits = require('./limits.json');

const TEN_SECONDS = 10_000;
const HOUR = 3_600_000;

/** Clerk's: calls an hour that an instance may make, and updates in ten seconds of one record. */
const { hourly: HOURLY, updates: UPDATES } = limits;

/**
 * @typedef {keyof typeof HOURLY} HourlyBucket
 * @typedef {keyof typeof UPDATES} UpdatedRecord
 *
 * @typedef {object} RateLimit
 * @property {number} [limit] requests a key may make in a window; without it what Clerk grants
 * @property {Partial<Record<UpdatedRecord, number>>} [updates] updates of one record in a window
 * @property {number} [windowMs]
 * @property {Partial<Record<HourlyBucket, number>>} [hourly] calls an hour
 */

/**
 * Counts by arrival, in a window that slides: the strictest reading of "a number of requests in
 * ten seconds", so that a client which survives it survives Clerk.
 * @param {() => number} clock
 */
function createRateLimiter(clock) {
	/** @type {Map<string, number[]>} */
	const arrivals = new Map();
	/** @type {RateLimit | false} */
	let settings = {};

	/** @param {string} bucket @param {number} limit @param {number} [windowMs] */
	function admit(bucket, limit, windowMs = TEN_SECONDS) {
		const now = clock();
		const recent = (arrivals.get(bucket) ?? []).filter((at) => at > now - windowMs);
		arrivals.set(bucket, recent);
		if (recent.length >= limit) {
			const freeAt = (recent[recent.length - limit] ?? now) + windowMs;
			const seconds = Math.max(1, Math.ceil((freeAt - now) / 1000));
			const error = entry('too_many_requests', 'Too many requests, retry later');
			throw new ClerkError(429, [error], { 'retry-after': String(seconds) });
		}
		recent.push(now);
	}

	return {
		/** @param {RateLimit | number | false} next `false` lifts every limit */
		set(next) {
			settings = typeof next === 'number' ? { limit: next } : next;
			arrivals.clear();
		},

		/** @param {string} key */
		admitKey(key) {
			if (!settings) return;
			const granted = key.startsWith('sk_live_') ? 1000 : 100;
			admit(key, settings.limit ?? granted, settings.windowMs);
		},

		/** @param {UpdatedRecord} kind @param {string} path of the record */
		admitUpdate(kind, path) {
			if (!settings) return;
			admit(`${kind} ${path}`, settings.updates?.[kind] ?? UPDATES[kind], settings.windowMs);
		},

		/** @param {HourlyBucket} bucket */
		admitHourly(bucket) {
			if (settings) admit(bucket, settings.hourly?.[bucket] ?? HOURLY[bucket], HOUR);
		},
	};
}

module.exports = { createRateLimiter };
