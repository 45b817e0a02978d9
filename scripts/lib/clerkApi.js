'use strict';

const additions = require('../../spec/additions.json');
const digest = require('../../spec/digest.json');
const { add } = require('./additions');

/** The API that the node covers: the facts of Clerk's document, and those that it lacks. @type {import('./digest').Digest} */
const api = structuredClone(/** @type {any} */ (digest));
for (const addition of additions) add(api, addition);

module.exports = { api };
