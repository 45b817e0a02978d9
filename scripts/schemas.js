'use strict';

const { join } = require('node:path');
const { resources } = require('../nodes/Clerk/resources');
const { ROOT, generate } = require('./lib/files');
const { outputSchemaOf } = require('./lib/outputSchema');

/** Writes the output schemas of all operations: `npm run schemas`. With --check, only says whether they are up to date. */

/** n8n looks them up by the node's version. */
const FOLDER = join(ROOT, 'nodes', 'Clerk', '__schema__', 'v1.0.0');

/** @type {Map<string, string>} */
const texts = new Map();
for (const { value, operations } of resources) {
	for (const operation of operations) {
		const schema = outputSchemaOf(operation);
		if (schema) texts.set(join(FOLDER, value, `${operation.value}.json`), JSON.stringify(schema));
	}
}
void generate(texts, 'npm run schemas', FOLDER);
