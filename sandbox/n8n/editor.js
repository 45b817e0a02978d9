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

		/** Runs the open node, and waits for its output. */
		async executeStep() {
			await byTestId('node-execute-button').click();
			await byTestId('output-panel').locator('table tbody tr, [class*="json"]').first().waitFor();
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
