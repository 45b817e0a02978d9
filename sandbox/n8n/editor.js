'use strict';

const { existsSync } = require('node:fs');
const { chromium } = require('playwright-core');
const { Advice } = require('./advice');
const { atEnd } = require('./processes');

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

function browserPath() {
	const path = process.env.CHROMIUM || '/usr/bin/chromium';
	if (existsSync(path)) return path;
	throw new Advice(
		`There is no browser at ${path}. Install Chromium (Debian: apt-get install chromium), or name one in CHROMIUM.`,
	);
}

/**
 * n8n's editor in a browser, as a person sees it.
 *
 * @param {{ url: string, owner: { email: string, password: string } }} n8n
 * @param {{ width?: number, height?: number }} [size]
 */
async function openEditor({ url, owner }, { width = 1280, height = 800 } = {}) {
	const browser = await chromium.launch({ executablePath: browserPath(), args: ARGUMENTS });
	const stop = atEnd(() => void browser.close());
	const page = await browser.newPage({
		baseURL: url,
		viewport: { width, height },
		deviceScaleFactor: 2,
	});

	/** @param {string} id */
	const byTestId = (id) => page.locator(`[data-test-id="${id}"]`);

	await page.goto('/signin');
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[name="password"]').fill(owner.password);
	await byTestId('form-submit-button').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));

	return {
		page,
		byTestId,

		/** @param {string} id */
		async openWorkflow(id) {
			await page.goto(`/workflow/${id}`);
			await byTestId('canvas-node').first().waitFor();
		},

		/** @param {string} name */
		async openNode(name) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
			await byTestId('ndv').waitFor();
		},

		async closeNode() {
			await byTestId('ndv-close-button').click();
			await byTestId('ndv').waitFor({ state: 'hidden' });
		},

		/** Runs the open node, and waits for its output. */
		async executeStep() {
			await byTestId('node-execute-button').click();
			await byTestId('output-panel').locator('table tbody tr, [class*="json"]').first().waitFor();
		},

		/**
		 * Chooses in a field that searches, as a person does: how, and then what.
		 *
		 * @param {string} field
		 * @param {{ mode?: string, typed?: string, chosen?: string }} how
		 */
		async pick(field, { mode, typed, chosen }) {
			const locator = byTestId(`resource-locator-${field}`);
			if (mode) {
				await locator.locator('[data-test-id="rlc-mode-selector"]').click();
				await page.getByRole('option', { name: mode, exact: true }).click();
			}
			if (typed) await locator.locator('input[data-test-id="rlc-input"]').fill(typed);
			if (chosen) {
				await locator.locator('[data-test-id="rlc-input"]').click();
				await byTestId('rlc-item').filter({ hasText: chosen, visible: true }).click();
			}
		},

		/**
		 * The open node's form, down to its last button, without the panels beside it. What does not
		 * fit into the window is not in the picture.
		 *
		 * @param {string} path
		 */
		async screenshotForm(path) {
			// Nothing is focused or hovered over, and everything that slides or fades in has arrived.
			await page.mouse.move(0, 0);
			await page.waitForTimeout(700);
			const settings = await page.locator('.node-settings').boundingBox();
			const last = await byTestId('collection-parameter-add').last().boundingBox();
			if (!settings || !last) throw new Error('There is no open node');
			const clip = { ...settings, height: last.y + last.height + 16 - settings.y };
			await page.screenshot({ path, clip, animations: 'disabled' });
		},

		/**
		 * @param {string} path
		 * @param {import('playwright-core').Locator} [part] of the page
		 */
		async screenshot(path, part) {
			// What slides or fades in has arrived then.
			await page.waitForTimeout(700);
			await (part ?? page).screenshot({ path, animations: 'disabled' });
		},

		async close() {
			await browser.close();
			stop();
		},
	};
}

module.exports = { openEditor };
