'use strict';

const { USUAL } = require('./scenarios');

/** Taller than any of the forms, so that nothing has to be scrolled to. */
const SIZE = { width: 1280, height: 2400 };

/**
 * The jobs of a resource in the order in which a person goes through them, each with the parameters that
 * decide what it destroys, and what the person sets them to before the next.
 *
 * @type {Array<{ resource: string, jobs: Array<{ operation: string, value: string, dangerous: Record<string, string> }> }>}
 */
const WALKS = [
	{
		resource: 'user',
		jobs: [
			{
				operation: 'Clean Up',
				value: 'cleanUp',
				dangerous: { cleanUpMode: 'Carry Out', measure: 'Delete' },
			},
			{
				operation: 'Clean Up Test Data',
				value: 'cleanUpTestData',
				dangerous: {
					cleanUpTestDataMode: 'Carry Out',
					testOrganizations: 'Delete if Emptied',
				},
			},
			{
				operation: 'Offboard',
				value: 'offboard',
				dangerous: {
					offboardMode: 'Carry Out',
					accountAction: 'Delete',
					removeFrom: 'No Organization',
				},
			},
			{
				operation: 'Revoke All Sessions (Sign Out)',
				value: 'revokeAllSessions',
				dangerous: { revokeAllSessionsMode: 'Plan Only' },
			},
			{ operation: 'Create or Update', value: 'upsert', dangerous: { upsertMode: 'Plan Only' } },
			{
				operation: 'Remove Metadata Keys',
				value: 'removeMetadataKeys',
				dangerous: { removeMetadataKeysMode: 'Carry Out What Was Approved' },
			},
		],
	},
	{
		resource: 'organization',
		jobs: [
			{
				operation: 'Remove Metadata Keys',
				value: 'removeMetadataKeys',
				dangerous: { removeMetadataKeysMode: 'Carry Out What Was Approved' },
			},
			// The resource has no other job to go to and come back from.
			{ operation: 'Get Many', value: 'getAll', dangerous: {} },
		],
	},
	{
		resource: 'organizationMembership',
		jobs: [
			{
				operation: 'Sync',
				value: 'sync',
				dangerous: { syncMode: 'Carry Out', otherMembers: 'Remove' },
			},
			{
				operation: 'Remove Metadata Keys',
				value: 'removeMetadataKeys',
				dangerous: { removeMetadataKeysMode: 'Carry Out What Was Approved' },
			},
		],
	},
];

/**
 * Goes through the jobs of each resource twice by switching the operation of one node, and sets the
 * parameters of each that decide what it destroys before it goes on.
 *
 * @param {Pick<import('./scenarios').Stage, 'editor' | 'api' | 'credential'>} stage
 * @returns {Promise<Array<Record<string, string>>>} what these parameters were when a job was chosen
 */
async function switchJobs({ editor, api, credential: { id, name, type } }) {
	/** @type {Array<Record<string, string>>} */
	const seen = [];
	await editor.page.setViewportSize(SIZE);
	for (const { resource, jobs } of WALKS) {
		const workflow = await api.createWorkflow({
			name: `Jobs of ${resource}`,
			nodes: [
				{
					id: resource,
					name: 'Job',
					type: 'n8n-nodes-clerk.clerk',
					typeVersion: 1,
					position: [0, 0],
					// One that destroys nothing, to begin with.
					parameters: { resource, operation: 'getAll' },
					credentials: { [type]: { id, name } },
				},
			],
			connections: {},
		});
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Job');
		for (const { operation, value, dangerous } of [...jobs, ...jobs]) {
			await editor.select('operation', operation);
			/** @type {Record<string, string>} */
			const parameters = { job: `${resource}.${value}` };
			for (const parameter of Object.keys(dangerous)) {
				parameters[parameter] = await editor.chosen(parameter);
			}
			seen.push(parameters);
			for (const [parameter, chosen] of Object.entries(dangerous)) {
				await editor.select(parameter, chosen);
			}
		}
		await editor.closeNode();
	}
	await editor.page.setViewportSize(USUAL);
	return seen;
}

module.exports = { switchJobs };
