'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT } = require('./command');

/**
 * Reads workflows as GitHub does, with its own parser: `npm run lint:workflows`. Prints a line for each
 * thing that GitHub would refuse.
 */

const FOLDER = join(ROOT, '.github', 'workflows');

async function main() {
	// It is an ES module, and one that Node 20 loads only through tsx.
	const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } =
		await import('@actions/workflow-parser');
	const files = readdirSync(FOLDER).sort();
	for (const name of files) {
		const content = readFileSync(join(FOLDER, name), 'utf8');
		const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
		// Jobs that need one another in a circle, and expressions, are looked at only here.
		if (value) await convertWorkflowTemplate(context, value);
		for (const error of context.errors.getErrors()) {
			console.log(error.message);
			process.exitCode = 1;
		}
	}
	if (!process.exitCode) console.log(`${files.length} workflows`);
}

void main();
