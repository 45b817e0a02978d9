'use strict';

const additions = require('../../spec/additions.json');
const digest = require('../../spec/digest.json');
const { withAdditions } = require('./additions');

/** The API that the node covers: the facts of Clerk's document, and those that it lacks. */
const { api, stale } = withAdditions(
	/** @type {import('./digest').Digest} */ (/** @type {unknown} */ (digest)),
	additions,
);

module.exports = { api, stale };
