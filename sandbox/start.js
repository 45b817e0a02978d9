'use strict';

// The check comes before everything else, and in old syntax: what is required below does not even
// parse on the Node versions that are refused here.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 15)) {
	console.error(
		'This is Node ' + process.versions.node + '. Install Node 20.15 or newer (https://nodejs.org).',
	);
	process.exit(1);
}

const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (!existsSync(join(__dirname, '..', 'node_modules', 'axios'))) {
	console.error('The development tools are not installed. Run npm ci, then this again.');
	process.exit(1);
}

void require('./n8n/main').main();
