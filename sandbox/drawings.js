'use strict';

const { readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Clerk's Dashboard cannot be photographed here: it is drawn, as its documentation describes it, beside
 * a real form of n8n's.
 *
 * - Secret keys: https://clerk.com/docs/guides/secure/rotate-api-keys, and since October 2026
 *   https://clerk.com/changelog/2026-10-19-secret-keys-visible-only-on-creation
 * - Signing secrets: https://clerk.com/docs/guides/development/webhooks/syncing
 */

/** @param {number} number */
const mark = (number) => `<b class="mark">${number}</b>`;

const STYLE = `
	* { box-sizing: border-box }
	body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.4 system-ui, sans-serif }
	.sheet { display: inline-flex; gap: 28px; padding: 20px; align-items: flex-start }
	.title { margin: 0 0 8px; color: #59636e; font-weight: 600 }
	.drawing { display: flex; width: 560px; border: 2px dashed #8c959f; border-radius: 8px }
	.side { width: 150px; padding: 14px 12px; border-right: 1px solid #d1d9e0; color: #59636e }
	.side div { padding: 4px 8px; border-radius: 6px }
	.side .instance { border: 1px solid #d1d9e0; margin-bottom: 12px }
	.side .here { background: #eceff2; color: #1f2328; font-weight: 600 }
	.page { flex: 1; padding: 14px 18px 20px }
	.page h1 { margin: 0 0 12px; font-size: 18px }
	.page h2 { margin: 16px 0 6px; font-size: 14px }
	.row { display: flex; justify-content: space-between; align-items: center; gap: 8px }
	.box { border: 1px solid #d1d9e0; border-radius: 6px; padding: 8px 10px; margin-bottom: 8px }
	.pale { color: #818b98; font-weight: 400 }
	.button { border: 1px solid #818b98; border-radius: 6px; padding: 3px 10px; white-space: nowrap }
	code { font: 13px/1.4 ui-monospace, monospace }
	.mark { display: inline-block; width: 22px; height: 22px; border-radius: 50%; background: #cf222e;
		color: #fff; font: 600 13px/22px system-ui, sans-serif; text-align: center }
	.form { position: relative; border: 1px solid #d1d9e0; border-radius: 8px; overflow: hidden }
	.form img { display: block }
	.form .mark { position: absolute }`;

const DRAWINGS = {
	secretKey: {
		here: 'API keys',
		page: `
			<h1>API keys</h1>
			<h2>Publishable key</h2>
			<div class="box pale"><code>pk_test_…</code> not this one</div>
			<div class="row"><h2>Secret keys</h2><span>${mark(2)} <span class="button">+ Add new key</span></span></div>
			<div class="box pale row"><span>Default</span><code>sk_test_ab…yz</code></div>
			<div class="box">
				<div>Secret key created: <b>n8n</b></div>
				<div class="row"><code>sk_test_…</code><span>${mark(3)} <span class="button">Copy</span></span></div>
				<div class="pale">Shown in full only now</div>
			</div>`,
		last: 4,
	},
	signingSecret: {
		here: 'Webhooks',
		page: `
			<div class="row"><h1>Webhooks</h1><span>${mark(2)} <span class="button">+ Add Endpoint</span></span></div>
			<h2>Endpoint URL</h2>
			<div class="box row"><code>https://…/webhook/…</code>${mark(3)}</div>
			<div class="pale">the Production URL of the Clerk Trigger</div>
			<h2>Subscribe to events</h2>
			<div class="box">☑ user.created</div>
			<span class="button">Create</span>
			<h2>Signing Secret <span class="pale">on the page of the endpoint</span></h2>
			<div class="box row"><code>whsec_••••••••</code><span>${mark(4)} <span class="button">Show</span> <span class="button">Copy</span></span></div>`,
		last: 5,
	},
};

/**
 * Draws where in Clerk's Dashboard a secret is, beside the open window of a credential that takes it.
 *
 * @param {import('./scenarios').Stage['editor']} editor
 * @param {keyof typeof DRAWINGS} field
 * @param {string} path
 */
async function drawDashboard(editor, field, path) {
	const { here, page, last } = DRAWINGS[field];
	// The result of the test appears above the field, and moves it down.
	await editor.credentialSuccess();
	const form = join(tmpdir(), `n8n-clerk-form-${process.pid}.png`);
	await editor.screenshot(form, editor.credentialDialog);
	const image = readFileSync(form).toString('base64');
	rmSync(form);
	const dialog = await editor.credentialDialog.boundingBox();
	const input = await editor.byTestId(`parameter-input-${field}`).boundingBox();
	if (!dialog || !input) throw new Error(`There is no window with ${field}`);
	const side = ['API keys', 'Webhooks'].map((name) =>
		name === here ? `<div class="here">${name} ${mark(1)}</div>` : `<div>${name}</div>`,
	);
	// Below it are fields that have nothing to do with the Dashboard.
	const height = input.y + input.height + 24 - dialog.y;
	const at = `left: ${input.x - dialog.x - 30}px; top: ${input.y - dialog.y + 7}px`;
	const viewport = { width: 1800, height: 1200 };
	const browser = editor.page.context().browser();
	if (!browser) throw new Error('There is no browser');
	const sheet = await browser.newPage({ viewport, deviceScaleFactor: 2 });
	await sheet.setContent(`<style>${STYLE}</style>
		<div class="sheet">
			<div>
				<p class="title">Clerk Dashboard, in a drawing</p>
				<div class="drawing">
					<div class="side">
						<div class="instance">Development ▾</div>
						<div>Configure</div>
						${side.join('')}
					</div>
					<div class="page">${page}</div>
				</div>
			</div>
			<div>
				<p class="title">n8n</p>
				<div class="form" style="height: ${height}px">
					<img src="data:image/png;base64,${image}" width="${dialog.width}">
					<b class="mark" style="${at}">${last}</b>
				</div>
			</div>
		</div>`);
	await sheet.locator('.sheet').screenshot({ path });
	await sheet.close();
}

module.exports = { drawDashboard };
