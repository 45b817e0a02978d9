'use strict';

const { mkdirSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { START, workflowOf } = require('../../../sandbox/n8n/workflow');
const { openN8n, startClerk } = require('.');
const { clerkNode } = require('./clerkNode');
const { USUAL, openEditor } = require('./editor');
const { FORMS } = require('./forms.json');
const { shrink } = require('./images');

/**
 * Where a person works in n8n's editor. Tests look at what the editor shows, and `npm run screenshots`
 * (`jest.screenshots.config.js`) runs the same tests and keeps their pictures for README and docs.
 *
 * @typedef {Awaited<ReturnType<typeof openStage>>} Stage
 * @typedef {{ width: number, height: number }} Size
 * @typedef {Record<string, Record<string, unknown>>} Forms parameters, by the name of the node
 */

/** Taller than any of the forms, so that nothing has to be scrolled to. */
const TALL = { width: 1280, height: 2400 };

const IMAGES = join(__dirname, '..', '..', '..', 'docs', 'images');

const takesPictures = Boolean(process.env.TAKES_PICTURES);

/** @param {string} name @returns {string} the path of a picture of `docs/images` */
function pathOf(name) {
	const path = join(IMAGES, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	return path;
}

/**
 * The editor of the n8n of this worker, with a credential for a simulated Clerk.
 *
 * @param {Parameters<typeof startClerk>[0]} [options]
 */
async function openStage(options) {
	const clerk = await startClerk({ seed: 'company', ...options });
	const { api, credential, url, owner } = await openN8n(clerk);
	const pixels = takesPictures ? 2 : 1;
	const editor = await openEditor({ url, owner }, { pixels }).catch(async (error) => {
		await clerk.close();
		throw error;
	});
	/** @type {string | undefined} */
	let formsId;

	return {
		clerk,
		api,
		credential,
		editor,

		/** Keeps a picture, where pictures are taken. @param {string} name in `docs/images` @param {(path: string) => Promise<unknown>} take */
		async keep(name, take) {
			if (!takesPictures) return;
			await take(pathOf(name));
			shrink(pathOf(name));
		},

		/**
		 * Opens a workflow of columns of nodes.
		 *
		 * @param {string} name
		 * @param {Parameters<typeof workflowOf>[1]} columns
		 * @param {Record<string, unknown>[]} [input] what the node Input gives
		 */
		async openNodes(name, columns, input = []) {
			const pinData = { Input: input.map((json) => ({ json })) };
			const { id } = await api.createWorkflow(workflowOf(name, columns, { pinData }));
			await editor.openWorkflow(id);
		},

		/** Opens one of the forms that a person fills in; all of them are in one workflow. @param {keyof typeof FORMS} form */
		async openForm(form) {
			const workflow = workflowOf('Members', [[START], nodesOf(FORMS, credential)]);
			formsId ??= (await api.createWorkflow(workflow)).id;
			await editor.openWorkflow(formsId);
			await editor.openNode(form);
		},

		/**
		 * Looks at forms that are filled in.
		 *
		 * @param {Forms} forms
		 * @param {(form: string) => string} picture
		 */
		async readForms(forms, picture) {
			/** @type {Record<string, { labels: string[], cutOff: string[] }>} of each form, its labels, and those that do not fit */
			const read = {};
			await editor.page.setViewportSize(TALL);
			await this.openNodes('Forms', [nodesOf(forms, credential)]);
			for (const form of Object.keys(forms)) {
				await editor.openNode(form);
				read[form] = await editor.labels();
				await this.keep(picture(form), (path) => editor.screenshotForm(path));
				await editor.closeNode();
			}
			await editor.page.setViewportSize(USUAL);
			return read;
		},

		/**
		 * Runs a job, and returns the rows of its report.
		 *
		 * @param {string} workflow its name
		 * @param {Record<string, unknown>[]} input
		 * @param {string} name of the node
		 * @param {Record<string, unknown>} parameters
		 * @param {{ picture: string, size?: Size }} look `size` of the window, where the picture is of the report alone
		 */
		async runJob(workflow, input, name, parameters, { picture, size }) {
			await editor.page.setViewportSize(size ?? USUAL);
			const between = { name: 'Input', type: 'n8n-nodes-base.noOp', parameters: {} };
			const job = clerkNode(name, parameters, credential);
			await this.openNodes(workflow, [[START], [between], [job]], input);
			await editor.openNode(name);
			await editor.executeStep();
			const report = await editor.outputTable();
			await this.keep(picture, (path) => editor.screenshot(path, size && editor.output));
			await editor.page.setViewportSize(USUAL);
			return report;
		},

		async close() {
			await editor.close();
			await clerk.close();
		},
	};
}

/** @param {Forms} forms @param {import('../../../sandbox/n8n/api').Credential} credential */
const nodesOf = (forms, credential) =>
	Object.entries(forms).map(([name, parameters]) => clerkNode(name, parameters, credential));

module.exports = { TALL, openStage, pathOf, takesPictures };
