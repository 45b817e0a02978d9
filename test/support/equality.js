'use strict';

/** What Node takes for the same. */
const { isDeepStrictEqual } = require('node:util');

module.exports = { isDeepStrictEqual };
