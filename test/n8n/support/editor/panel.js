'use strict';

/**
 * What a person does in the panel of nodes, beside the canvas.
 *
 * @param {import('playwright-core').Page} page
 */
const panelOf = (page) => {
	const panel = page.getByTestId('node-creator');
	const names = page.getByTestId('node-creator-item-name');

	return {
		panel,

		/** With the first node of the canvas as what comes before. */
		async openPanel() {
			await page.getByTestId('canvas-handle-plus').first().click();
			await panel.waitFor();
		},

		/**
		 * @param {string} typed
		 * @param {string} node that must be found
		 * @returns {Promise<string[]>} the names of all that are found, the best first
		 */
		async searchPanel(typed, node) {
			const search = page.getByTestId('node-creator-search-bar');
			const found = names.getByText(node, { exact: true });
			// So that what the search before it found is not taken for this one's.
			await search.fill('');
			await found.waitFor({ state: 'detached' });
			await search.fill(typed);
			await found.waitFor();
			return (await names.allInnerTexts()).map((name) => name.trim());
		},

		/** Opens the actions of a node. @param {string} node one that was found @param {string} action that comes into view */
		async showActions(node, action) {
			await names.getByText(node, { exact: true }).click();
			await panel.getByText(action, { exact: true }).scrollIntoViewIfNeeded();
		},

		/** Adds a node with an action that is shown, and opens it. @param {string} action */
		async addAction(action) {
			await panel.getByText(action, { exact: true }).click();
			await page.getByTestId('ndv').waitFor();
		},
	};
};

module.exports = { panelOf };
