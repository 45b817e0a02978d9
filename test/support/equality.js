'use strict';

const { isDeepStrictEqual } = require('node:util');

module.exports = { isDeepStrictEqual };
