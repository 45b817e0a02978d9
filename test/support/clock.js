'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { CancelledError } = require('../../nodes/Clerk/engine/rateLimit/cancellation');

/** @typedef {{ at: number, drives: boolean, ring(): void }} Timer `drives`: the clock goes on by itself to reach it */

/** Lets everything happen that waits for no timer. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that a test turns. `automatic`: it jumps to the next timer by itself whenever nothing else
 * is left to do, so that an hour of waiting takes no time and always happens in the same order. It
 * never jumps for a timeout alone, and not while a real request is in flight.
 *
 * @param {{ automatic?: boolean, start?: number }} [options]
 */
function createClock({ automatic = false, start = Date.UTC(2026, 5, 1) } = {}) {
	let now = start;
	/** @type {Timer[]} ascending; of equal ones the first to be set comes first */
	const timers = [];
	/** By how much the system's clock was set. */
	let shift = 0;
	let inFlight = 0;
	/** Jumps that wait for the end of what is in flight. */
	let deferred = 0;

	/** @param {Timer} timer */
	function set(timer) {
		const after = timers.findIndex(({ at }) => at > timer.at);
		timers.splice(after < 0 ? timers.length : after, 0, timer);
		if (automatic && timer.drives) setImmediate(jumpByItself);
	}

	function jump() {
		const timer = timers.shift();
		if (!timer) return;
		now = Math.max(now, timer.at);
		timer.ring();
	}

	/** Rings a timer that drives the clock, after the others before it. */
	function jumpByItself() {
		if (inFlight > 0) deferred++;
		else if (timers.some(({ drives }) => drives)) {
			if (!timers[0].drives) setImmediate(jumpByItself);
			jump();
		}
	}

	/** @param {boolean} drives @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
	function wait(drives, ms, signal) {
		if (signal?.aborted) return Promise.reject(new CancelledError());
		return new Promise((resolve, reject) => {
			const stop = () => {
				const index = timers.indexOf(timer);
				if (index >= 0) timers.splice(index, 1);
				reject(new CancelledError());
			};
			const ring = () => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			const timer = { at: now + ms, drives, ring };
			set(timer);
			signal?.addEventListener('abort', stop);
		});
	}

	return {
		now: () => now,

		date: () => now + shift,

		/** Sets the system's clock, as a person or NTP does; no wait notices. @param {number} ms */
		setForward(ms) {
			shift += ms;
		},

		/** A real request is in flight until the returned function is called. */
		hold() {
			inFlight++;
			return () => {
				if (--inFlight > 0) return;
				for (; deferred > 0; deferred--) setImmediate(jumpByItself);
			};
		},

		/** @param {number} ms @param {AbortSignal} [signal] */
		wait: (ms, signal) => wait(true, ms, signal),

		/** @param {number} ms @param {AbortSignal} [signal] */
		timeout: (ms, signal) => wait(false, ms, signal),

		/** Lets `ms` pass, with everything that happens meanwhile. @param {number} ms */
		async advance(ms) {
			const end = now + ms;
			await settle();
			while (timers.length > 0 && timers[0].at <= end) {
				jump();
				await settle();
			}
			now = end;
		},

		/** How many waits are still going on. */
		pending: () => timers.length,
	};
}

/**
 * The real time, but waits are shorter: between real sockets, where a clock that jumps by itself would
 * run out of hand.
 *
 * @param {number} factor
 * @returns {import('../../nodes/Clerk/engine/rateLimit/clock').Clock}
 */
function createFastClock(factor) {
	/** @param {number} ms @param {AbortSignal} [signal] */
	async function wait(ms, signal) {
		try {
			await sleep(ms / factor, undefined, { signal });
		} catch {
			throw new CancelledError();
		}
	}
	return { now: () => performance.now() * factor, date: () => Date.now(), wait, timeout: wait };
}

/** @typedef {ReturnType<typeof createClock>} FakeClock */

module.exports = { createClock, createFastClock, settle };
