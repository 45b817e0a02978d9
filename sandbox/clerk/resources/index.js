'use strict';

const identifications = require('./identifications');
const instance = require('./instance');
const resources = require('./list');

/** Every operation the simulated Clerk has, by its request line in Clerk's own document. */
module.exports = { ...resources.routes, ...identifications.routes, ...instance.routes };
