'use strict';

const { createHash } = require('node:crypto');

const KSUID_EPOCH_SECONDS = 1_400_000_000;

/** @param {number} value @param {number} length */
const digits = (value, length) => value.toString(36).padStart(length, '0').slice(-length);

/** Looks random and is the same in every run. @param {number} seed */
const noise = (seed) => digits(Math.imul(seed + 1, 0x9e3779b1) >>> 0, 7);

/**
 * Ids that look like Clerk's: 27 characters which, like a KSUID, sort by time. A counter behind
 * the time keeps ids of the same second unique and in the order they were made.
 * @param {() => number} clock
 */
function createIds(clock) {
	let count = 0;

	/** @param {string} prefix @param {number} [at] */
	return function newId(prefix, at = clock()) {
		const seconds = Math.max(0, Math.floor(at / 1000) - KSUID_EPOCH_SECONDS);
		const id = `3${digits(seconds, 6)}${digits(count, 6)}${noise(count)}${noise(count + 1e8)}`;
		count += 1;
		return `${prefix}_${id}`;
	};
}

/** 32 hexadecimal digits. @param {State} state */
const hex = (state) => createHash('md5').update(state.newId('hex')).digest('hex');

/** Ids and secrets of machines and applications. @param {State} state @param {string} prefix */
const hexId = (state, prefix) => `${prefix}_${hex(state)}`;

module.exports = { createIds, hex, hexId };
