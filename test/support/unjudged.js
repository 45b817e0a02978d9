'use strict';

/**
 * Returns the routes without a response that was validated against the document.
 *
 * @param {import('../../sandbox/clerk/server').Routes} routes
 * @param {Set<string>} validated
 */
const unjudged = (routes, validated) => Object.keys(routes).filter((line) => !validated.has(line));

module.exports = { unjudged };
