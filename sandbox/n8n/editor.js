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

/** Of a picture of the canvas, in pixels. */
const MARGIN = 24;

/** Dots make a picture three times as large, and buttons say nothing in it. */
const CANVAS_ALONE = `
	.vue-flow__background, .vue-flow__panel, .vue-flow__minimap { display: none !important }
	.vue-flow { background: #fff !important }`;

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
		 * All nodes and notes of the open workflow at their full size, and nothing around them. The
		 * window has to be larger than they are.
		 *
		 * @param {string} path
		 */
		async screenshotCanvas(path) {
			await page.addStyleTag({ content: CANVAS_ALONE });
			await page.keyboard.press('0');
			// The view slides there.
			await page.waitForTimeout(1_000);
			const all = await page.locator('.vue-flow__node, .vue-flow__node *').evaluateAll((parts) =>
				parts
					// What appears only under the mouse is there all the time, and so is what holds it.
					.filter(
						(part) => !part.firstElementChild && part.checkVisibility({ opacityProperty: true }),
					)
					.map((part) => {
						const { left, top, right, bottom } = part.getBoundingClientRect();
						return { left, top, right, bottom };
					}),
			);
			const boxes = all.filter((box) => box.right > box.left && box.bottom > box.top);
			const [left, top] = [boxes.map((box) => box.left), boxes.map((box) => box.top)];
			const [x, y] = [Math.min(...left) - MARGIN, Math.min(...top) - MARGIN];
			const width = Math.max(...boxes.map((box) => box.right)) + MARGIN - x;
			const height = Math.max(...boxes.map((box) => box.bottom)) + MARGIN - y;
			const clip = { x, y, width, height };
			await page.screenshot({ path, clip, animations: 'disabled', scale: 'css' });
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
