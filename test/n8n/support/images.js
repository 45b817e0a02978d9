'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const UPNG = require('upng-js');

const COLOURS = 256;

/** @param {Buffer} png */
function decode(png) {
	const image = UPNG.decode(/** @type {any} */ (png));
	return { ...image, pixels: UPNG.toRGBA8(image)[0] };
}

/** Writes a picture again, with a palette. @param {string} path of a PNG */
function shrink(path) {
	const { pixels, width, height } = decode(readFileSync(path));
	writeFileSync(path, Buffer.from(UPNG.encode([pixels], width, height, COLOURS)));
}

/**
 * Writes pictures of one size as an animated PNG that repeats.
 *
 * @param {string} path
 * @param {Array<{ png: Buffer, ms: number }>} frames each with the time it is shown
 */
function writeMovie(path, frames) {
	const images = frames.map(({ png }) => decode(png));
	const [{ width, height }] = images;
	const pixels = images.map((image) => image.pixels);
	const delays = frames.map(({ ms }) => ms);
	writeFileSync(path, Buffer.from(UPNG.encode(pixels, width, height, COLOURS, delays)));
}

module.exports = { shrink, writeMovie };
