'use strict';

const { snakeCase } = require('../../nodes/Clerk/engine/operation');

/** How this package spells what Clerk's document names. */

/** Marks what a person has to write; a test refuses those that are left. */
const WRITTEN_BY_HAND = 'TODO';

/** `mergeMetadata` → `merge metadata`. @param {string} name */
const words = (name) => snakeCase(name).replaceAll('_', ' ').trim();

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} name */
const title = (name) =>
	words(name)
		.split(' ')
		.map(capital)
		.join(' ')
		.replace(/\b(Api|Id|Jwt|Saml|Url)\b/g, (word) => word.toUpperCase());

/** @param {string} word */
const plural = (word) => (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`);

/** `user_id`, and the document's `apiKeyID`, as this package writes them. @param {string} wire */
const parameterOf = (wire) =>
	wire
		.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
		.replace(/ID$/, 'Id')
		.replace(/^[A-Z]/, (letter) => letter.toLowerCase());

/**
 * The kind of record that a parameter points at: several locators may share one, as a member is a user.
 *
 * @param {string} parameter
 * @param {Record<string, import('../../nodes/Clerk/engine/operation').Locator>} locators
 */
function locatorFor(parameter, locators) {
	const kinds = Object.keys(locators).filter((kind) => locators[kind].parameter === parameter);
	return kinds.find((kind) => `${kind}Id` === parameter) ?? kinds[0];
}

module.exports = {
	WRITTEN_BY_HAND,
	capital,
	locatorFor,
	parameterOf,
	plural,
	title,
	words,
};
