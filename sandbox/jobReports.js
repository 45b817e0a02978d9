'use strict';

const { USUAL } = require('./scenarios');

/** Runs jobs in n8n's editor and looks at their reports. */

/** Wide enough for the first columns of a report. */
const WIDE = { width: 1900, height: 560 };

/** Wide enough for what changed, too. */
const WIDER = { width: 2400, height: 560 };

/**
 * Opens a workflow whose input goes to each of some jobs.
 *
 * @param {Pick<import('./scenarios').Stage, 'editor' | 'api' | 'credential'>} stage
 * @param {string} called
 * @param {Record<string, unknown>[]} input
 * @param {Record<string, Record<string, unknown>>} jobs the parameters, by the names of their nodes
 */
async function openJobs({ editor, api, credential: { id, name, type } }, called, input, jobs) {
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{ name: 'Input', type: 'n8n-nodes-base.noOp', parameters: {} },
		...Object.entries(jobs).map(([job, parameters]) => ({
			name: job,
			type: 'n8n-nodes-clerk.clerk',
			parameters,
			credentials: { [type]: { id, name } },
		})),
	].map((node, at) => ({ ...node, id: `node-${at}`, typeVersion: 1, position: [220 * at, 0] }));
	const to = (/** @type {string[]} */ names) => ({
		main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
	});
	const workflow = await api.createWorkflow({
		name: called,
		nodes,
		connections: { Start: to(['Input']), Input: to(Object.keys(jobs)) },
		pinData: { Input: input.map((json) => ({ json })) },
	});
	await editor.openWorkflow(workflow.id);
}

/**
 * Runs a job of the open workflow.
 *
 * @param {import('./scenarios').Stage['editor']} editor
 * @param {string} job
 * @param {() => Promise<void>} look at the report
 * @returns {Promise<Record<string, string>[]>} the rows of the report
 */
async function runJob(editor, job, look) {
	await editor.openNode(job);
	await editor.executeStep();
	const rows = await editor.outputTable();
	await look();
	await editor.closeNode();
	return rows;
}

/**
 * Finds the users of three customers of a CRM by their metadata.
 *
 * @param {import('./scenarios').Stage} stage
 */
async function findByMetadata(stage) {
	const { editor, keep } = stage;
	const input = ['crm-1003', 'crm-1001', 'crm-1004'].map((crmId) => ({ crmId }));
	await openJobs(stage, 'Customers of the CRM', input, {
		'Find User': {
			resource: 'user',
			operation: 'findByMetadata',
			metadataKey: 'crm.id',
			metadataValue: '={{ $json.crmId }}',
			kinds: ['private'],
			output: 'selectedFields',
			fields: ['fullName', 'primaryEmailAddress', 'privateMetadata'],
		},
	});
	const picture = 'jobs/findByMetadata-output';
	return await runJob(
		editor,
		'Find User',
		async () => await keep(picture, (path) => editor.screenshot(path)),
	);
}

/**
 * Compares all users with a list that lacks one, and has an old time, a user who was deleted, and an email
 * address for an ID.
 *
 * @param {import('./scenarios').Stage} stage
 */
async function compareUsers(stage) {
	const { editor, clerk, keep } = stage;
	const response = await fetch(`${clerk.url}/users?limit=100`, {
		headers: { authorization: `Bearer ${clerk.secretKey}` },
	});
	const users = /** @type {Array<{ id: string, updated_at: number }>} */ (await response.json());
	const rows = users.slice(1).map(({ id, updated_at }) => ({ clerk_id: id, updated_at }));
	rows[4].updated_at -= 3_600_000;
	rows.push({ clerk_id: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC', updated_at: rows[0].updated_at });
	rows.push({ clerk_id: 'ada.berg@example.com', updated_at: rows[0].updated_at });
	await editor.page.setViewportSize(WIDER);
	await openJobs(stage, 'Users of the database', rows, {
		'Compare Users': {
			resource: 'user',
			operation: 'compare',
			idField: 'clerk_id',
			compareBy: 'updatedAt',
			updatedAtField: 'updated_at',
			output: 'selectedFields',
			fields: ['fullName', 'updatedAt'],
		},
	});
	const report = await runJob(
		editor,
		'Compare Users',
		async () => await keep('jobs/compare-output', (path) => editor.screenshot(path, editor.output)),
	);
	await editor.page.setViewportSize(USUAL);
	return report;
}

/**
 * Plans the members of an organization from a list, and carries the plan out.
 *
 * @param {import('./scenarios').Stage} stage
 */
async function syncMembers(stage) {
	const { editor, keep } = stage;
	const wanted = [
		{ email: 'ines.moreau@example.com', role: 'admin' },
		{ email: 'elif.yilmaz@example.com', role: 'admin' },
		{ email: 'wes.carter@example.com', role: 'member' },
		{ email: 'vera.novak@example.com', role: 'member' },
	];
	const sync = (/** @type {string} */ syncMode) => ({
		resource: 'organizationMembership',
		operation: 'sync',
		organizationId: { __rl: true, mode: 'slug', value: 'blue-kite' },
		matchBy: 'emailAddress',
		matchValue: '={{ $json.email }}',
		role: { __rl: true, mode: 'id', value: '={{ $json.role }}' },
		otherMembers: 'remove',
		syncMode,
	});
	await editor.page.setViewportSize(WIDE);
	await openJobs(stage, 'Members of Blue Kite', wanted, {
		Plan: sync('plan'),
		'Carry Out': sync('apply'),
	});
	const keepReport = async (/** @type {string} */ picture) =>
		await keep(`jobs/${picture}`, (path) => editor.screenshot(path, editor.output));
	const plan = await runJob(editor, 'Plan', async () => await keepReport('sync-plan'));
	const result = await runJob(editor, 'Carry Out', async () => await keepReport('sync-result'));
	await editor.page.setViewportSize(USUAL);
	return { plan, result };
}

module.exports = { compareUsers, findByMetadata, syncMembers };
