'use strict';

/** Filled in as far as a test does not do it. @type {Record<string, Record<string, any>>} */
const FORMS = {
	'Add Member': { resource: 'organizationMembership', operation: 'create' },
	'Create User': { resource: 'user', operation: 'create' },
	'Delete User': {
		resource: 'user',
		operation: 'delete',
		userId: { __rl: true, mode: 'emailAddress', value: 'chidi.okafor@example.com' },
	},
	'Get Organization': { resource: 'organization', operation: 'get' },
	'Merge Metadata': {
		resource: 'user',
		operation: 'mergeMetadata',
		userId: { __rl: true, mode: 'emailAddress', value: 'ada.berg@example.com' },
	},
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
	'List Members': {
		resource: 'organizationMembership',
		operation: 'getAllInInstance',
		returnAll: true,
		options: {},
	},
};

/**
 * Opens a workflow that is started by hand, with some of the forms behind its start.
 *
 * @param {import('./scenarios').Stage} stage
 * @param {string[]} names
 * @param {import('./n8n/api').Credential} [credential]
 */
async function openForms({ editor, api }, names, credential) {
	const credentials = credential && {
		[credential.type]: { id: credential.id, name: credential.name },
	};
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	const clerks = names.map((name) => ({
		name,
		type: 'n8n-nodes-clerk.clerk',
		parameters: FORMS[name],
		credentials,
	}));
	const nodes = [start, ...clerks].map((node, at) => ({
		...node,
		id: String(at),
		typeVersion: 1,
		position: [at && 240, at && 200 * (at - 1)],
	}));
	const first = names.map((node) => ({ node, type: 'main', index: 0 }));
	const connections = { Start: { main: [first] } };
	const { id } = await api.createWorkflow({ name: 'Members', nodes, connections });
	await editor.openWorkflow(id);
}

module.exports = { openForms };
