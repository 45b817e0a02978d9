'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT } = require('./command');

/**
 * Returns the relative luminance of WCAG 2.2.
 *
 * @param {number[]} colour red, green and blue, from 0 to 255
 */
const luminance = (colour) =>
	colour
		.map((part) => part / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
		.reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);

/** @param {number[]} one @param {number[]} other @returns {number} the contrast ratio of WCAG 2.2, from 1 to 21; a graphic needs 3 */
function contrast(one, other) {
	const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

/**
 * Returns the lowest contrast of any colour of a drawing with its background.
 *
 * @param {string} file an SVG with its colours in hex; its path from the root
 * @param {number[]} background red, green and blue, from 0 to 255
 */
function worstContrast(file, background) {
	const fills = readFileSync(join(ROOT, file), 'utf8').matchAll(/fill="#([\da-f]{6})"/gi);
	const colours = [...fills].map(([, hex]) => [...Buffer.from(hex, 'hex')]);
	return Math.min(...colours.map((colour) => contrast(colour, background)));
}

module.exports = { contrast, worstContrast };
