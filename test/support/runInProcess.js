'use strict';

/** Runs the node once in this process. Its options are the first argument, as JSON; the output is dropped. */
const { runNode } = require('./host');

/** @type {import('./host').HostOptions} */
const options = JSON.parse(process.argv[2]);

void runNode(options);
