'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', '..', 'examples');

const EXAMPLES = {
	/** The job that people want. It writes. */
	cleanUp: 'clean-up-inactive-users.json',
	/** It only reads, so it may run against a real instance. */
	report: 'inactive-users-report.json',
	onboard: 'onboard-team.json',
	findAndUpdate: 'find-and-update-user.json',
	/** It only reads, too. */
	audit: 'audit-memberships.json',
	/** Starts with an event, and so not by hand. */
	newUser: 'new-user-to-crm.json',
};

/**
 * @param {string} file
 * @returns {import('./api').Workflow}
 */
function readExample(file) {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

/**
 * @param {import('./api').Api} api
 * @param {string} file
 * @param {import('./api').Credential} credential
 */
async function importExample(api, file, { id, name, type }) {
	const workflow = readExample(file);
	for (const node of workflow.nodes) {
		if (node.credentials?.[type]) node.credentials[type] = { id, name };
	}
	return await api.createWorkflow(workflow);
}

/** @param {import('./api').Workflow} workflow */
function triggerOf({ name, nodes }) {
	const trigger = nodes.find(({ type }) => type.endsWith('Trigger'));
	if (!trigger) throw new Error(`${name} has no trigger`);
	return trigger.name;
}

module.exports = { EXAMPLES, readExample, importExample, triggerOf };
