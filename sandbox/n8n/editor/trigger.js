'use strict';

/**
 * What a person sees in an open trigger that waits for a webhook.
 *
 * @param {import('playwright-core').Page} page
 */
const triggerOf = (page) => {
	/** @param {string} id */
	const byTestId = (id) => page.locator(`[data-test-id="${id}"]`);
	const url = page.locator('.webhook-url');

	return {
		/** Unfolds the trigger's URLs, and chooses the one for production. */
		async webhookUrls() {
			await page.getByText('Webhook URLs', { exact: true }).click();
			await byTestId('radio-button-test').click();
			const testUrl = (await url.innerText()).trim();
			await byTestId('radio-button-production').click();
			await url.getByText('/webhook/').waitFor();
			return { testUrl, productionUrl: (await url.innerText()).trim() };
		},

		/** Unfolds the help beside the form. @returns {Promise<string>} all that stands there */
		async triggerHelp() {
			const question = page.getByText('When will this node trigger my flow?');
			await question.click();
			const panel = page.getByRole('main').filter({ has: question });
			await panel.locator('.accordion b').first().waitFor();
			return await panel.locator('.accordion').innerText();
		},

		/** Has the trigger wait for an event, which comes then. @param {() => unknown} send */
		async listenTo(send) {
			await byTestId('trigger-execute-button').click();
			await byTestId('trigger-listening').waitFor();
			send();
			await byTestId('trigger-listening').waitFor({ state: 'detached' });
		},
	};
};

module.exports = { triggerOf };
