'use strict';

/**
 * The routes of an area of which the document has judged no answer yet.
 *
 * @param {import('../../sandbox/clerk/server').Routes} routes
 * @param {Set<string>} answered
 */
const unjudged = (routes, answered) => Object.keys(routes).filter((line) => !answered.has(line));

module.exports = { unjudged };
