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

/**
 * `FORMS` are those that a person fills in, `FIELDS` those with many fields, and `JOBS` those of the
 * jobs, each with the name of its picture.
 *
 * @type {Record<'FORMS' | 'FIELDS' | 'JOBS', Forms>}
 */
const { FORMS, FIELDS, JOBS } = require('./forms.json');

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
