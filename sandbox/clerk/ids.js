'use strict';

const { createHash } = require('node:crypto');

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KSUID_EPOCH_SECONDS = 1_400_000_000;

/** @param {number} digit */
const character = (digit) => ALPHABET.charCodeAt(digit % 62);

/** @param {Buffer} id @param {number} from @param {number} length @param {number} value */
function writeNumber(id, from, length, value) {
	let rest = value;
	for (let at = from + length - 1; at >= from; at -= 1) {
		id[at] = character(rest);
		rest = Math.floor(rest / 62);
	}
}

/** Looks random and is the same in every run. @param {Buffer} id @param {number} from @param {number} seed */
function writeNoise(id, from, seed) {
	let mixed = Math.imul(seed + 1, 0x9e3779b1);
	for (let at = from; at < id.length; at += 1) {
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) + 0x6d2b79f5;
		id[at] = character(mixed >>> 8);
	}
}

/**
 * Ids that look like Clerk's: 27 characters which, like a KSUID, sort by time. A counter behind
 * the time keeps ids of the same second unique and in the order they were made.
 *
 * @param {() => number} clock
 */
function createIds(clock) {
	let count = 0;
	// Written in place: an id put together from 27 strings would keep them all in memory.
	const id = Buffer.alloc(27, '3');

	/** @param {string} prefix @param {number} [at] */
	return function newId(prefix, at = clock()) {
		writeNumber(id, 1, 6, Math.max(0, Math.floor(at / 1000) - KSUID_EPOCH_SECONDS));
		writeNumber(id, 7, 5, count);
		writeNoise(id, 12, count);
		count += 1;
		return `${prefix}_${id.toString('latin1')}`;
	};
}

/** Ids and secrets of what machines and applications authenticate with: 32 hexadecimal digits. @param {{ newId: (prefix: string) => string }} state @param {string} prefix */
const hexId = (state, prefix) =>
	`${prefix}_${createHash('md5').update(state.newId(prefix)).digest('hex')}`;

module.exports = { createIds, hexId };
