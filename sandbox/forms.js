'use strict';

const { USUAL } = require('./n8n/editor');
const { START, clerkNode, workflowOf } = require('./n8n/workflow');

/**
 * @typedef {object} Stage where a person does something
 * @property {Awaited<ReturnType<typeof import('./n8n/editor').openEditor>>} editor
 * @property {import('./n8n/api').Api} api
 * @property {{ url: string, secretKey: string }} clerk with the seed `company`
 * @property {import('./n8n/api').Credential} credential for it
 * @property {(name: string, take: (path: string) => Promise<unknown>) => Promise<void>} keep has a picture of `docs/images` taken, or does not
 * @property {string} [formsId] of the workflow with the forms, once there is one
 *
 * @typedef {Record<string, Record<string, unknown>>} Forms parameters, by the name of the node
 */

/** Taller than any of the forms. */
const TALL = { width: 1280, height: 2000 };

/** @param {string} mode @param {string} value */
const locator = (mode, value) => ({ __rl: true, mode, value });

/** Those that a person fills in. @type {Forms} */
const FORMS = {
	'Add Member': { resource: 'organizationMembership', operation: 'create' },
	'Create User': { resource: 'user', operation: 'create' },
	'Delete User': {
		resource: 'user',
		operation: 'delete',
		userId: locator('emailAddress', 'chidi.okafor@example.com'),
	},
	'Get Organization': { resource: 'organization', operation: 'get' },
	'List Members': {
		resource: 'organizationMembership',
		operation: 'getAllInInstance',
		returnAll: true,
		options: {},
	},
	'Merge Metadata': {
		resource: 'user',
		operation: 'mergeMetadata',
		userId: locator('emailAddress', 'ada.berg@example.com'),
	},
};

/** With many fields. @type {Forms} */
const FIELDS = {
	'Import User': {
		resource: 'user',
		operation: 'create',
		additionalFields: {
			createdAt: '2021-03-14T09:30:00',
			emailAddress: 'ada@example.com',
			externalId: '4711',
			firstName: 'Ada',
			lastName: 'Lovelace',
			passwordDigest: '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
			passwordHasher: 'bcrypt',
			totpSecret: 'JBSWY3DPEHPK3PXP',
		},
	},
	'Find Users': {
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		filters: {
			banned: false,
			emailAddressQuery: '@example.com',
			lastActiveAtBefore: '={{ $now.minus({ days: 90 }) }}',
		},
		options: { orderBy: '+last_active_at' },
	},
};

/** Of the jobs, each with the name of its picture. @type {Forms} */
const JOBS = {
	getInactive: {
		resource: 'user',
		operation: 'getInactive',
		inactiveDays: 180,
		additionalFields: { exceptEmailDomains: 'acme.com', exceptMetadata: 'plan=enterprise' },
		returnAll: true,
	},
	cleanUp: {
		resource: 'user',
		operation: 'cleanUp',
		inactiveDays: 180,
		additionalFields: { exceptMetadata: 'plan=enterprise' },
		measure: 'delete',
		graceDays: 14,
	},
	cleanUpTestData: {
		resource: 'user',
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
		resource: 'user',
		operation: 'offboard',
		userId: locator('emailAddress', '={{ $json.email }}'),
		additionalFields: { handOverTo: locator('emailAddress', '={{ $json.managerEmail }}') },
	},
	upsert: {
		resource: 'user',
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
		resource: 'user',
		operation: 'removeMetadataKeys',
		userId: locator('emailAddress', 'ada.berg@example.com'),
		keys: 'trial, billing.oldPlan',
	},
	findByMetadata: {
		resource: 'user',
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
		resource: 'user',
		operation: 'revokeAllSessions',
		userId: locator('emailAddress', 'ada.berg@example.com'),
	},
	compare: {
		resource: 'user',
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
		resource: 'user',
		operation: 'collectData',
		person: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC, ada.berg@example.com',
		expectNothing: true,
	},
};

/** @type {Record<string, string>} */
const PICTURES = { 'Import User': 'import-user', 'Find Users': 'get-many-filters' };

/**
 * @param {Forms} forms
 * @param {import('./n8n/api').Credential} [credential]
 */
const nodesOf = (forms, credential) =>
	Object.entries(forms).map(([name, parameters]) => clerkNode(name, parameters, credential));

/** Opens one of `FORMS`; all of them are in one workflow. @param {Stage} stage @param {string} form */
async function openForm(stage, form) {
	const { editor, api, credential } = stage;
	if (!stage.formsId) {
		const workflow = workflowOf('Members', [[START], nodesOf(FORMS, credential)]);
		stage.formsId = (await api.createWorkflow(workflow)).id;
	}
	await editor.openWorkflow(stage.formsId);
	await editor.openNode(form);
}

/**
 * Opens a workflow of columns of nodes.
 *
 * @param {Stage} stage
 * @param {string} name
 * @param {Parameters<typeof workflowOf>[1]} columns
 * @param {Record<string, unknown>[]} [input] what the node Input gives
 */
async function openNodes({ editor, api }, name, columns, input = []) {
	const pinData = { Input: input.map((json) => ({ json })) };
	const { id } = await api.createWorkflow(workflowOf(name, columns, { pinData }));
	await editor.openWorkflow(id);
}

/**
 * Looks at forms that are filled in.
 *
 * @param {Stage} stage
 * @param {Forms} forms
 */
async function readForms(stage, forms) {
	const { editor, credential, keep } = stage;
	/** @type {Record<string, { labels: string[], cutOff: string[] }>} of each form, its labels, and those that do not fit */
	const read = {};
	await editor.page.setViewportSize(TALL);
	await openNodes(stage, 'Forms', [nodesOf(forms, credential)]);
	for (const form of Object.keys(forms)) {
		await editor.openNode(form);
		read[form] = await editor.labels();
		await keep(PICTURES[form] ?? `jobs/${form}`, (path) => editor.screenshotForm(path));
		await editor.closeNode();
	}
	await editor.page.setViewportSize(USUAL);
	return read;
}

module.exports = { FIELDS, JOBS, TALL, locator, openForm, openNodes, readForms };
