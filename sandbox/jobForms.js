'use strict';

const { USUAL } = require('./scenarios');

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
	cleanUpTestData: {
		operation: 'cleanUpTestData',
		testOrganizations: 'slugPrefix',
		slugPrefix: 'e2e-',
		additionalFields: {
			keep: 'ada+clerk_test@example.com',
			onlyDomains: 'e2e.example.com',
			patterns: { entry: [{ by: 'addressPart', value: 'qa-' }] },
		},
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
	findByMetadata: {
		operation: 'findByMetadata',
		metadataKey: 'stripeCustomerId',
		metadataValue: '={{ $json.customer }}',
		kinds: ['private'],
	},
	applyConfiguration: {
		resource: 'instance',
		operation: 'applyConfiguration',
		maxChanges: 20,
		additionalFields: {
			replacements: {
				entry: [{ find: 'https://dev.example.com', replaceWith: 'https://app.example.com' }],
			},
		},
	},
	revokeAllSessions: {
		operation: 'revokeAllSessions',
		userId: locator('emailAddress', 'ada.berg@example.com'),
	},
	compare: {
		operation: 'compare',
		idField: 'clerk_id',
		compareBy: 'updatedAt',
		updatedAtField: 'updated_at',
		additionalFields: { expectedInstance: 'ins_2NNEqL2nrIRdJ194ndJqAHwEfxC' },
	},
	reviewAccess: {
		resource: 'organization',
		operation: 'reviewAccess',
		additionalFields: { organizations: 'harbour-labs, pine-co' },
	},
	collectData: {
		operation: 'collectData',
		person: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC, ada.berg@example.com',
		expectNothing: true,
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
 * Looks at the forms of the jobs, filled in.
 *
 * @param {Pick<import('./scenarios').Stage, 'editor' | 'api' | 'credential' | 'keep'>} stage
 * @returns {ReturnType<typeof import('./scenarios').readForms>}
 */
async function readJobForms({ editor, api, credential, keep }) {
	const workflow = await createWorkflow(api, credential);
	await editor.page.setViewportSize(SIZE);
	await editor.openWorkflow(workflow.id);
	/** @type {Awaited<ReturnType<typeof readJobForms>>} */
	const read = {};
	for (const form of Object.keys(FORMS)) {
		await editor.openNode(form);
		read[form] = await editor.labels();
		await keep(`jobs/${form}`, (path) => editor.screenshotForm(path));
		await editor.closeNode();
	}
	await editor.page.setViewportSize(USUAL);
	return read;
}

module.exports = { readJobForms };
