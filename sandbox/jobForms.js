'use strict';

const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { openEditor } = require('./n8n/editor');

const IMAGES = join(__dirname, '..', 'docs', 'images', 'jobs');

/** Taller than any of the forms. */
const SIZE = { width: 1280, height: 2000 };

const locator = (/** @type {string} */ mode, /** @type {string} */ value) => ({
	__rl: true,
	mode,
	value,
});

/** What a person would fill in, by the name of the picture. @type {Record<string, { resource?: string, operation: string } & Record<string, unknown>>} */
const FORMS = {
	getInactive: {
		operation: 'getInactive',
		inactiveDays: 180,
		additionalFields: { exceptEmailDomains: 'acme.com', exceptMetadata: 'plan=enterprise' },
		returnAll: true,
	},
	cleanUp: {
		operation: 'cleanUp',
		inactiveDays: 180,
		additionalFields: { exceptMetadata: 'plan=enterprise' },
		measure: 'delete',
		graceDays: 14,
	},
	offboard: {
		operation: 'offboard',
		userId: locator('emailAddress', '={{ $json.email }}'),
		additionalFields: { handOverTo: locator('emailAddress', '={{ $json.managerEmail }}') },
	},
	upsert: {
		operation: 'upsert',
		matchBy: 'externalId',
		matchValue: '={{ $json.id }}',
		additionalFields: {
			emailAddress: '={{ $json.email }}',
			firstName: '={{ $json.firstName }}',
			lastName: '={{ $json.lastName }}',
			publicMetadata: '{ "plan": "pro" }',
		},
		options: { metadataMode: 'merge' },
	},
	sync: {
		resource: 'organizationMembership',
		operation: 'sync',
		organizationId: locator('slug', 'harbour-labs'),
		matchValue: '={{ $json.email }}',
		role: locator('id', 'org:member'),
		otherMembers: 'removeMarked',
		syncName: 'hr',
		options: { inviteMissing: true },
	},
	removeMetadataKeys: {
		operation: 'removeMetadataKeys',
		userId: locator('emailAddress', 'ada.berg@example.com'),
		keys: 'trial, billing.oldPlan',
	},
	revokeAllSessions: {
		operation: 'revokeAllSessions',
		userId: locator('emailAddress', 'ada.berg@example.com'),
	},
};

/**
 * A workflow with a node for each form.
 *
 * @param {import('./n8n/api').Api} api
 * @param {import('./n8n/api').Credential} credential
 */
async function createWorkflow(api, { id, name, type }) {
	const nodes = Object.entries(FORMS).map(([picture, parameters], index) => ({
		id: picture,
		name: picture,
		type: 'n8n-nodes-clerk.clerk',
		typeVersion: 1,
		position: [0, 200 * index],
		parameters: { resource: 'user', ...parameters },
		credentials: { [type]: { id, name } },
	}));
	return await api.createWorkflow({ name: 'Jobs', nodes, connections: {} });
}

/**
 * Takes the pictures of the jobs' pages.
 *
 * @param {import('./n8n/host').Host} n8n
 * @param {import('./n8n/api').Credential} credential
 */
async function takeJobForms(n8n, credential) {
	const workflow = await createWorkflow(n8n.api, credential);
	const editor = await openEditor(n8n, SIZE);
	mkdirSync(IMAGES, { recursive: true });
	await editor.openWorkflow(workflow.id);
	for (const picture of Object.keys(FORMS)) {
		await editor.openNode(picture);
		await editor.screenshotForm(join(IMAGES, `${picture}.png`));
		await editor.closeNode();
	}
	await editor.close();
}

module.exports = { takeJobForms };
