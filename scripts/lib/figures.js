'use strict';

/** The scenarios that a text has a place for. @param {string} text @returns {string[]} */
const scenariosIn = (text) =>
	[...text.matchAll(/<!-- figures: ([\w-]+) -->/g)].map(([, name]) => name);

/**
 * @param {string} text
 * @param {string} scenario
 * @param {string} table
 * @returns {string} the text with the table in the scenario's place, instead of what was there
 */
function filledIn(text, scenario, table) {
	const [start, end] = [`<!-- figures: ${scenario} -->`, `<!-- /figures: ${scenario} -->`];
	const [before, rest, ...again] = text.split(start);
	const after = rest?.split(end) ?? [];
	if (again.length > 0 || after.length !== 2) {
		throw new Error(`There must be one ${start} with one ${end} after it`);
	}
	return `${before}${start}\n\n${table}\n\n${end}${after[1]}`;
}

module.exports = { filledIn, scenariosIn };
