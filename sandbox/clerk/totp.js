'use strict';

const { createHmac } = require('node:crypto');

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PERIOD = 30_000;

/** @param {string} text */
function fromBase32(text) {
	const digits = [...text.toUpperCase()].map((one) => BASE32.indexOf(one)).filter((at) => at >= 0);
	const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code an authenticator app shows: SHA-1, 30 seconds, 6 digits. @param {string} secret @param {number} at */
function totp(secret, at) {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / PERIOD)));
	const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
	const offset = (hash.at(-1) ?? 0) & 0xf;
	return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A code is good for one period more, on both sides. @param {string} secret @param {string} code @param {number} now */
const isTotp = (secret, code, now) =>
	[-1, 0, 1].some((step) => totp(secret, now + step * PERIOD) === code);

module.exports = { isTotp, totp };
