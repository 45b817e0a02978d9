'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { CancelledError } = require('../../nodes/Clerk/engine/rateLimit/cancellation');

/** @typedef {{ at: number, ring(): void }} Timer */

/** Lets everything happen that waits for no timer. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that a test turns. `automatic`: it jumps to the next timer by itself whenever nothing else
 * is left to do, so that an hour of waiting takes no time and always happens in the same order.
 *
 * @param {{ automatic?: boolean, start?: number }} [options]
 */
function createClock({ automatic = false, start = Date.UTC(2026, 5, 1) } = {}) {
	let now = start;
	/** @type {Timer[]} ascending; of equal ones the first to be set comes first */
	const timers = [];

	/** @param {Timer} timer */
	function set(timer) {
		const after = timers.findIndex(({ at }) => at > timer.at);
		timers.splice(after < 0 ? timers.length : after, 0, timer);
		if (automatic) setImmediate(jump);
	}

	function jump() {
		const timer = timers.shift();
		if (!timer) return;
		now = Math.max(now, timer.at);
		timer.ring();
	}

	return {
		now: () => now,

		/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
		wait(ms, signal) {
			if (signal?.aborted) return Promise.reject(new CancelledError());
			return new Promise((resolve, reject) => {
				const timer = { at: now + ms, ring: () => resolve() };
				set(timer);
				signal?.addEventListener('abort', () => {
					const index = timers.indexOf(timer);
					if (index >= 0) timers.splice(index, 1);
					reject(new CancelledError());
				});
			});
		},

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
 * The real time, only faster: between real sockets, where a clock that jumps would run out of hand.
 *
 * @param {number} factor
 * @returns {import('../../nodes/Clerk/engine/rateLimit/clock').Clock}
 */
const createFastClock = (factor) => ({
	now: () => Date.now() * factor,
	async wait(ms, signal) {
		try {
			await sleep(ms / factor, undefined, { signal });
		} catch {
			throw new CancelledError();
		}
	},
});

/** @typedef {ReturnType<typeof createClock>} FakeClock */

module.exports = { createClock, createFastClock, settle };
