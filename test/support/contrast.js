'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT } = require('./command');

/** Of WCAG 2.2, for each of the colours red, green and blue, from 0 to 255. @param {number[]} colour */
const luminance = (colour) =>
	colour
		.map((part) => part / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
		.reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);

/** @param {number[]} one @param {number[]} other @returns {number} from 1 to 21, as WCAG 2.2 has it; a graphic needs 3 */
function contrast(one, other) {
	const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

/**
 * How well a drawing stands out: by that part of it which does least.
 *
 * @param {string} file an SVG, from the root, that says its colours in hex
 * @param {number[]} behind red, green and blue, from 0 to 255
 */
function worstContrast(file, behind) {
	const fills = readFileSync(join(ROOT, file), 'utf8').matchAll(/fill="#([\da-f]{6})"/gi);
	const colours = [...fills].map(([, hex]) => [...Buffer.from(hex, 'hex')]);
	return Math.min(...colours.map((colour) => contrast(colour, behind)));
}

module.exports = { contrast, worstContrast };
