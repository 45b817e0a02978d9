'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', '..', 'examples');

const EXAMPLES = {
	/** What `npm start` runs. Writes, for real only if told so. */
	cleanUp: 'clean-up-inactive-users.json',
	/** Only reads, so it may run against a real instance. */
	report: 'inactive-users-report.json',
	onboard: 'onboard-team.json',
	findAndUpdate: 'find-and-update-user.json',
	/** It only reads, too. */
	audit: 'audit-memberships.json',
	/** Starts with an event, and so not by hand. */
	newUser: 'new-user-to-crm.json',
	newUserToSlack: 'new-user-to-slack.json',
	nightly: 'nightly-clean-up.json',
	/** Waits for a person, who gets an email. */
	approval: 'clean-up-with-approval.json',
	/** Waits for a person, too; an AI agent makes the plan before. */
	agent: 'offboard-with-agent.json',
	/** Waits for the owners of organizations, and then for a person. */
	accessReview: 'quarterly-access-review.json',
	postgres: 'sync-memberships-from-postgres.json',
	sheet: 'sync-memberships-from-sheet.json',
	importUsers: 'import-users-from-csv.json',
	/** Starts with an event as well as at night. */
	mirror: 'mirror-users-in-postgres.json',
	/** Starts with a request, and so not by hand either. */
	offboard: 'offboard-from-hr-webhook.json',
	/** Starts with an event of Stripe's. */
	stripe: 'stripe-subscription-to-clerk-plan.json',
	/** Deletes test users of a development instance. */
	testData: 'clean-up-test-data.json',
	/** Starts with a form, and waits for a person. */
	erase: 'erase-a-person.json',
	/** Compares two instances; it only reads. */
	drift: 'configuration-drift-alarm.json',
	/** Writes a file, and nothing to Clerk. */
	configurationFile: 'configuration-in-a-file.json',
};

/** Turns off the dry run of the example that `npm start` runs: for a simulated Clerk. */
const APPLIED = { 'Revoke Session': { options: {} }, 'Ban User': { options: {} } };

/** @param {string} file @returns {import('./api').Workflow} */
function readExample(file) {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

/**
 * What a person does: import, choose credentials, fill in the forms.
 *
 * @param {import('./api').Api} api
 * @param {string} file
 * @param {import('./api').Credential[]} credentials at most one of a type; a type that none is of stays open
 * @param {{ parameters?: Record<string, Record<string, any>>, pinData?: Record<string, { json: Record<string, any> }[]> }} [filledIn] by the nodes' names
 */
async function importExample(api, file, credentials, { parameters = {}, pinData } = {}) {
	const workflow = { ...readExample(file), pinData };
	for (const { id, name, type } of credentials) {
		for (const node of workflow.nodes) {
			if (node.credentials?.[type]) node.credentials[type] = { id, name };
		}
	}
	for (const [called, values] of Object.entries(parameters)) {
		const node = workflow.nodes.find(({ name }) => name === called);
		if (!node) throw new Error(`${workflow.name} has no node ${called}`);
		Object.assign(node.parameters, values);
	}
	return await api.createWorkflow(workflow);
}

/** @param {import('./api').Workflow} workflow */
function triggerOf({ name, nodes }) {
	const trigger = nodes.find(({ type }) => /Trigger$|\.webhook$/.test(type));
	if (!trigger) throw new Error(`${name} has no trigger`);
	return trigger.name;
}

module.exports = { EXAMPLES, APPLIED, readExample, importExample, triggerOf };
