'use strict';

/** One run of the node in a process of its own: what is given comes as JSON, its output goes nowhere. */
const { runNode } = require('./host');

/** @type {import('./host').Given} */
const given = JSON.parse(process.argv[2]);

void runNode(given);
