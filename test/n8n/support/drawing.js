'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Draws where in Clerk's Dashboard a secret is, beside the open window of a credential that takes it.
 *
 * @param {import('./stage').Stage['editor']} editor
 * @param {'secretKey' | 'signingSecret'} field
 * @param {string} path
 */
async function drawDashboard(editor, field, path) {
	// The result of the test appears above the field, and moves it down.
	await editor.credentialSuccess();
	const image = await editor.screenshot(undefined, editor.credentialDialog);
	const dialog = await editor.credentialDialog.boundingBox();
	const input = await editor.page.getByTestId(`parameter-input-${field}`).boundingBox();
	const browser = editor.page.context().browser();
	if (!dialog || !input || !browser) throw new Error(`There is no window with ${field}`);
	/** @type {Record<string, string | number>} */
	const values = {
		field,
		image: image.toString('base64'),
		width: dialog.width,
		// Below it are fields that have nothing to do with the Dashboard.
		height: input.y + input.height + 24 - dialog.y,
		at: `left: ${input.x - dialog.x - 30}px; top: ${input.y - dialog.y + 7}px`,
	};
	const html = readFileSync(join(__dirname, 'drawing.html'), 'utf8');
	const viewport = { width: 1800, height: 1200 };
	const sheet = await browser.newPage({ viewport, deviceScaleFactor: 2 });
	await sheet.setContent(html.replace(/{{(\w+)}}/g, (_, name) => String(values[name])));
	await sheet.locator('.sheet').screenshot({ path });
	await sheet.close();
}

module.exports = { drawDashboard };
