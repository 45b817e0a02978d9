'use strict';

const { resources } = require('../nodes/Clerk/resources');
const { describeOperations } = require('./lib/registry');

/** Prints the operations of the Clerk node as JSON: `npm run --silent operations`. The list for people is docs/endpoints.md. */

console.log(JSON.stringify(describeOperations(resources), undefined, '\t'));
