'use strict';

/**
 * What a person does in the chat of an open workflow, and sees in the log beside it.
 *
 * @param {import('playwright-core').Page} page
 */
const chatOf = (page) => {
	/** @param {string} id */
	const byTestId = (id) => page.locator(`[data-test-id="${id}"]`);
	const answers = page.locator('.chat-message-from-bot').filter({ hasText: /\S/ });

	return {
		/** Opens the chat below the canvas, and drags it to a height. @param {number} height */
		async openChat(height) {
			await byTestId('workflow-chat-button').click();
			await byTestId('chat-input').waitFor();
			const panel = await byTestId('canvas-chat').boundingBox();
			const window = page.viewportSize();
			if (!panel || !window) throw new Error('There is no chat');
			await page.mouse.move(window.width / 2, panel.y);
			await page.mouse.down();
			await page.mouse.move(window.width / 2, window.height - height, { steps: 5 });
			await page.mouse.up();
		},

		/** Sends a message in the open chat. @param {string} text @returns {Promise<string>} what the chat says then */
		async sayInChat(text) {
			await byTestId('chat-input').fill(text);
			await page.keyboard.press('Enter');
			await page.locator('.chat-message-typing').waitFor({ state: 'detached' });
			await answers.last().waitFor();
			return await answers.last().innerText();
		},

		/** Opens the entry of a node in the log. @param {string} node @returns {Promise<string>} the output that it shows */
		async openLog(node) {
			await byTestId('logs-overview-body').getByText(node, { exact: true }).click();
			const output = byTestId('log-details-output');
			await output.waitFor();
			return await output.innerText();
		},
	};
};

module.exports = { chatOf };
