'use strict';

const { readFileSync } = require('node:fs');
const { SNAPSHOT } = require('../../scripts/lib/names');

const readSnapshot = () => readFileSync(SNAPSHOT, 'utf8').split('\n').filter(Boolean);

module.exports = { readSnapshot };
