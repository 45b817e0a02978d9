'use strict';

const { locator, openNodes } = require('./forms');
const { USUAL } = require('./n8n/editor');
const { START, clerkNode } = require('./n8n/workflow');

/** Runs jobs in n8n's editor and looks at their reports. */

/** Wide enough for the first columns of a report. */
const WIDE = { width: 1900, height: 560 };

/** Wide enough for what changed, too. */
const WIDER = { width: 2400, height: 560 };

const INPUT = { name: 'Input', type: 'n8n-nodes-base.noOp', parameters: {} };

/**
 * Runs jobs with the same input, one after the other.
 *
 * @param {import('./forms').Stage} stage
 * @param {string} name of the workflow
 * @param {Record<string, unknown>[]} input
 * @param {Array<{ job: string, picture: string, parameters: Record<string, unknown> }>} jobs each the name of its node
 * @param {{ width: number, height: number }} [size] of the window, where the picture is of the report alone
 * @returns {Promise<Record<string, string>[][]>} the rows of each report
 */
async function runJobs(stage, name, input, jobs, size) {
	const { editor, credential, keep } = stage;
	await editor.page.setViewportSize(size ?? USUAL);
	const nodes = jobs.map(({ job, parameters }) => clerkNode(job, parameters, credential));
	await openNodes(stage, name, [[START], [INPUT], nodes], input);
	const reports = [];
	for (const { job, picture } of jobs) {
		await editor.openNode(job);
		await editor.executeStep();
		reports.push(await editor.outputTable());
		const part = size && editor.output;
		await keep(`jobs/${picture}`, (path) => editor.screenshot(path, part));
		await editor.closeNode();
	}
	await editor.page.setViewportSize(USUAL);
	return reports;
}

/** Finds the users of three customers of a CRM by their metadata. @param {import('./forms').Stage} stage */
async function findByMetadata(stage) {
	const input = ['crm-1003', 'crm-1001', 'crm-1004'].map((crmId) => ({ crmId }));
	const parameters = {
		resource: 'user',
		operation: 'findByMetadata',
		metadataKey: 'crm.id',
		metadataValue: '={{ $json.crmId }}',
		kinds: ['private'],
		output: 'selectedFields',
		fields: ['fullName', 'primaryEmailAddress', 'privateMetadata'],
	};
	const job = { job: 'Find User', picture: 'findByMetadata-output', parameters };
	const [rows] = await runJobs(stage, 'Customers of the CRM', input, [job]);
	return rows;
}

/**
 * Compares all users with a list that lacks one, and has an old time, a user who was deleted, and an email
 * address for an ID.
 *
 * @param {import('./forms').Stage} stage
 */
async function compareUsers(stage) {
	const { clerk } = stage;
	const response = await fetch(`${clerk.url}/users?limit=100`, {
		headers: { authorization: `Bearer ${clerk.secretKey}` },
	});
	const users = /** @type {Array<{ id: string, updated_at: number }>} */ (await response.json());
	const rows = users.slice(1).map(({ id, updated_at }) => ({ clerk_id: id, updated_at }));
	rows[4].updated_at -= 3_600_000;
	rows.push({ clerk_id: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC', updated_at: rows[0].updated_at });
	rows.push({ clerk_id: 'ada.berg@example.com', updated_at: rows[0].updated_at });
	const parameters = {
		resource: 'user',
		operation: 'compare',
		idField: 'clerk_id',
		compareBy: 'updatedAt',
		updatedAtField: 'updated_at',
		output: 'selectedFields',
		fields: ['fullName', 'updatedAt'],
	};
	const job = { job: 'Compare Users', picture: 'compare-output', parameters };
	const [report] = await runJobs(stage, 'Users of the database', rows, [job], WIDER);
	return report;
}

/** Plans the members of an organization from a list, and carries the plan out. @param {import('./forms').Stage} stage */
async function syncMembers(stage) {
	const wanted = [
		{ email: 'ines.moreau@example.com', role: 'admin' },
		{ email: 'elif.yilmaz@example.com', role: 'admin' },
		{ email: 'wes.carter@example.com', role: 'member' },
		{ email: 'vera.novak@example.com', role: 'member' },
	];
	const sync = {
		resource: 'organizationMembership',
		operation: 'sync',
		organizationId: locator('slug', 'blue-kite'),
		matchBy: 'emailAddress',
		matchValue: '={{ $json.email }}',
		role: locator('id', '={{ $json.role }}'),
		otherMembers: 'remove',
	};
	const jobs = [
		{ job: 'Plan', picture: 'sync-plan', parameters: { ...sync, syncMode: 'plan' } },
		{ job: 'Carry Out', picture: 'sync-result', parameters: { ...sync, syncMode: 'apply' } },
	];
	const [plan, result] = await runJobs(stage, 'Members of Blue Kite', wanted, jobs, WIDE);
	return { plan, result };
}

module.exports = { compareUsers, findByMetadata, syncMembers };
