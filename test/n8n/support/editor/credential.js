'use strict';

/**
 * What a person does in the window of a credential, which is opened from a node, and sees in it.
 *
 * @param {import('playwright-core').Page} page
 */
const credentialOf = (page) => {
	const dialog = page
		.locator('.el-dialog')
		.filter({ has: page.getByTestId('credential-edit-dialog') });

	return {
		credentialDialog: dialog,

		async newCredential() {
			await page.getByTestId('node-credentials-select').click();
			await page.getByTestId('node-credentials-select-item-new').click();
			// With its name come the defaults, over what has been typed before.
			await dialog.getByTestId('credential-name').waitFor();
		},

		/** The one that is chosen in the node's form; n8n tests it then. */
		async openCredential() {
			await page.getByTestId('credential-edit-button').click();
			await dialog.waitFor();
		},

		async closeCredential() {
			await dialog.locator('.el-dialog__headerbtn').click();
			await dialog.waitFor({ state: 'hidden' });
		},

		/**
		 * n8n tests it then. A new one that passes is the node's, and its window closes.
		 *
		 * @param {Record<string, string>} fields
		 */
		async saveCredential(fields) {
			for (const [name, text] of Object.entries(fields)) {
				await dialog.locator(`[data-test-id="parameter-input-${name}"] input`).fill(text);
			}
			await page.getByTestId('credential-save-button').click();
		},

		/** @returns {Promise<string>} what the window says of a test that did not pass */
		async credentialError() {
			await dialog.getByText('More details').click();
			return await dialog.locator('.el-tag--danger').filter({ visible: true }).innerText();
		},

		/** @returns {Promise<string>} what the window says of a test that passed */
		async credentialSuccess() {
			const passed = page.getByTestId('credentials-config-container-test-success');
			// Until then it is the result of the test before.
			return await passed.filter({ hasNotText: 'Retrying' }).innerText();
		},
	};
};

module.exports = { credentialOf };
