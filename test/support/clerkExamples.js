'use strict';

const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { simplifyEvent } = require('../../nodes/ClerkTrigger/events.ts');

/**
 * Clerk's own examples of its events, from a file beside its OpenAPI document that is not committed.
 * The golden file has the columns of the trigger's output for each, and a digest of their values.
 *
 * `npx tsx test/support/clerkExamples.js` writes the golden file.
 */

const GOLDENS = join(__dirname, '..', 'ClerkTrigger', 'clerkExamples.golden.json');

/** @typedef {{ columns: string[], digest: string }} Golden */

/** @returns {Record<string, any> | undefined} by event type; undefined if the file is missing */
function clerkExamples() {
	const document = process.env.CLERK_OPENAPI_FILE;
	const file = document && join(dirname(document), 'webhook-examples.json');
	return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {Record<string, any>} output @returns {Golden} */
const goldenOf = (output) => ({
	columns: Object.keys(output),
	digest: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
});

/** @returns {Record<string, Golden>} */
const goldens = () => JSON.parse(readFileSync(GOLDENS, 'utf8'));

if (require.main === module) {
	const examples = Object.entries(clerkExamples() ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
	if (examples.length === 0) throw new Error('Set CLERK_OPENAPI_FILE');
	const outputs = examples.map(([type, event]) => [
		type,
		goldenOf(simplifyEvent(event, 'msg_golden')),
	]);
	writeFileSync(GOLDENS, `${JSON.stringify(Object.fromEntries(outputs), null, '\t')}\n`);
}

module.exports = { clerkExamples, goldenOf, goldens };
