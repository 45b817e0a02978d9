'use strict';

const { setFlagsFromString } = require('node:v8');
const { runInThisContext } = require('node:vm');

setFlagsFromString('--allow-natives-syntax');

/**
 * Whether V8 stores the object as a hash table, which takes about three times the memory of an object
 * that shares its shape with others.
 *
 * @type {(object: object) => boolean}
 */
const isHashTable = runInThisContext('(object) => !%HasFastProperties(object)');

module.exports = { isHashTable };
