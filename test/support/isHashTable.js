'use strict';

const { setFlagsFromString } = require('node:v8');
const { runInThisContext } = require('node:vm');

setFlagsFromString('--allow-natives-syntax');

/**
 * Whether V8 keeps the object as a hash table, which takes about three times the memory of one whose
 * keys it knows from others of the same shape.
 *
 * @type {(object: object) => boolean}
 */
const isHashTable = runInThisContext('(object) => !%HasFastProperties(object)');

module.exports = { isHashTable };
