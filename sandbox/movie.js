'use strict';

const { writeFileSync } = require('node:fs');
const { GIFEncoder, applyPalette, quantize } = require('gifenc');
const { PNG } = require('pngjs');

/**
 * Writes pictures as a GIF that repeats. All have the same size.
 *
 * @param {string} path
 * @param {Array<{ png: Buffer, ms: number }>} frames each with the time it is shown
 */
function writeMovie(path, frames) {
	const gif = GIFEncoder();
	for (const { png, ms } of frames) {
		const { data, width, height } = PNG.sync.read(png);
		const palette = quantize(data, 64);
		gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: ms });
	}
	gif.finish();
	writeFileSync(path, gif.bytes());
}

module.exports = { writeMovie };
