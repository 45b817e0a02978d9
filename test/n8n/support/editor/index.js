'use strict';

const { existsSync } = require('node:fs');
const { chromium, selectors } = require('playwright-core');
const { Advice } = require('../../../../sandbox/n8n/advice');
const { atEnd } = require('../../../../sandbox/n8n/processes');
const { credentialOf } = require('./credential');
const { formOf } = require('./form');
const { panelOf } = require('./panel');
const { picturesOf } = require('./pictures');

selectors.setTestIdAttribute('data-test-id');

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The usual size of the window. */
const USUAL = { width: 1280, height: 800 };

/** Of each thing that is waited for; a busy machine takes its time. */
const TIMEOUT = 90_000;

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
 * @param {{ pixels?: number }} [options] `pixels`: of the screen, for each of the page in a row
 */
async function openEditor({ url, owner }, { pixels = 1 } = {}) {
	const browser = await chromium.launch({ executablePath: browserPath(), args: ARGUMENTS });
	const stop = atEnd(() => void browser.close());
	const close = async () => {
		await browser.close();
		stop();
	};
	try {
		const page = await browser.newPage({
			baseURL: url,
			viewport: USUAL,
			deviceScaleFactor: pixels,
			reducedMotion: 'reduce',
		});
		page.setDefaultTimeout(TIMEOUT);
		await signIn(page, owner);
		return { ...editorOf(page), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/**
 * @param {import('playwright-core').Page} page
 * @param {{ email: string, password: string }} owner
 */
async function signIn(page, { email, password }) {
	await page.goto('/signin');
	await page.locator('input[name="emailOrLdapLoginId"]').fill(email);
	await page.locator('input[name="password"]').fill(password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

/** @param {import('playwright-core').Page} page */
function editorOf(page) {
	return {
		...credentialOf(page),
		...formOf(page),
		...panelOf(page),
		...picturesOf(page),

		page,

		/** Leaves it as it is where it is open already, but for its open node. @param {string} id */
		async openWorkflow(id) {
			if (page.url().includes(`/workflow/${id}`)) {
				if (await page.getByTestId('ndv').isVisible()) await this.closeNode();
				return;
			}
			await page.goto(`/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
		},

		/** @param {string} name */
		async openNode(name) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
			await page.getByTestId('ndv').waitFor();
		},

		async closeNode() {
			await page.getByTestId('ndv-close-button').click();
			await page.getByTestId('ndv').waitFor({ state: 'hidden' });
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

module.exports = { openEditor, USUAL };
