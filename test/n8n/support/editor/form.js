'use strict';

const { until } = require('../../../../sandbox/n8n/until');

/** n8n draws a form in parts, and loads what shows a collection only when there is one. */
const STILL_MS = 400;

/** A form that something redraws all the time would keep a test waiting without a word. */
const STILL_WITHIN_MS = 30_000;

/**
 * What a person does in the form of the open node, and sees in its output.
 *
 * @param {import('playwright-core').Page} page
 */
const formOf = (page) => {
	const output = page.getByTestId('output-panel');

	/** Waits until nothing in the page has changed for a while. */
	async function still() {
		await page.evaluate(`new Promise((resolve, reject) => {
			const end = (settle) => {
				observer.disconnect();
				clearTimeout(timer);
				clearTimeout(limit);
				settle();
			};
			const whenStill = () => setTimeout(() => end(resolve), ${STILL_MS});
			let timer = whenStill();
			const observer = new MutationObserver(() => {
				clearTimeout(timer);
				timer = whenStill();
			});
			const limit = setTimeout(
				() => end(() => reject(new Error('The form keeps changing'))),
				${STILL_WITHIN_MS},
			);
			observer.observe(document, { subtree: true, childList: true, attributes: true });
		})`);
	}

	/** Returns what the fields are called at this moment, and which names do not fit. */
	async function readLabels() {
		const labels = page.locator('.node-settings label.n8n-input-label').filter({ visible: true });
		return {
			// What is behind the name appears under the mouse only.
			labels: (await labels.allInnerTexts()).map((text) => text.split('\n')[0].trim()),
			cutOff: await labels.evaluateAll((all) =>
				all
					.filter((label) =>
						[label, ...label.querySelectorAll('*')].some(
							(part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0,
						),
					)
					.map((label) => label.textContent ?? ''),
			),
		};
	}

	return {
		output,

		/** @returns {Promise<{ labels: string[], cutOff: string[] }>} what the fields are called, and which names do not fit */
		async labels() {
			await still();
			let last = '';
			return await until(
				async () => {
					const before = last;
					const found = await readLabels();
					last = JSON.stringify(found);
					return last === before && found;
				},
				'The labels stay as they are',
				{ timeoutMs: STILL_WITHIN_MS },
			);
		},

		/** @param {string} name of a parameter with options */
		async chosen(name) {
			return await page.getByTestId(`parameter-input-${name}`).locator('input').inputValue();
		},

		/** Chooses in a parameter with options. @param {string} name of the parameter @param {string} label */
		async select(name, label) {
			const input = page.getByTestId(`parameter-input-${name}`).locator('input');
			const options = page.locator('.el-select-dropdown__item').filter({ visible: true });
			const choose = async () => {
				await input.click();
				await options.filter({ has: page.getByText(label, { exact: true }) }).click();
				// The form is drawn again with the fields of what was chosen.
				await still();
				return (await input.inputValue()) === label;
			};
			// On a busy machine n8n draws it once more with the value that it had before.
			await until(choose, `${label} is chosen in ${name}`);
		},

		/** @param {string} name of the parameter @param {string} text */
		async fill(name, text) {
			const input = page.getByTestId(`parameter-input-${name}`).locator('input');
			await input.fill(text);
			// The tip below a field lies over what is there.
			await input.blur();
		},

		/**
		 * Adds a row to a list of typed fields.
		 *
		 * @param {string} field
		 * @param {string} name
		 * @param {string} value
		 * @param {string} [type] as n8n stores it, where it is not text
		 */
		async assign(field, name, value, type) {
			const list = page.getByTestId(`assignment-collection-${field}`);
			const rows = list.getByTestId('assignment');
			const before = await rows.count();
			await list.getByTestId('assignment-collection-drop-area').click();
			const row = rows.nth(before);
			const called = row.getByTestId('assignment-name').locator('input');
			await called.fill(name);
			// The tip below it lies over the row.
			await called.blur();
			if (type) {
				await row.getByTestId('assignment-type-select').click();
				await page.getByTestId(`action-${type}`).filter({ visible: true }).click();
			}
			const given = row.getByTestId('assignment-value').locator('input');
			await given.fill(value);
			await given.blur();
		},

		/** Adds a field to the first collection of the form. @param {string} label */
		async addField(label) {
			await page.getByTestId('collection-parameter-add').first().click();
			const option = page.getByRole('option', { name: label, exact: true });
			await option.filter({ visible: true }).click();
		},

		/**
		 * Chooses in a field that searches, as a person does: how, and then what.
		 *
		 * @param {string} field
		 * @param {{ mode?: string, typed?: string, chosen?: string }} how `typed` without `chosen`: it is the value
		 */
		async pick(field, { mode, typed, chosen }) {
			const locator = page.getByTestId(`resource-locator-${field}`);
			if (mode) {
				await locator.getByTestId('rlc-mode-selector').click();
				await page.getByRole('option', { name: mode, exact: true }).click();
			}
			if (chosen) {
				const found = await this.search(field, typed);
				await found.filter({ hasText: chosen }).click();
			} else if (typed) {
				await locator.getByTestId('rlc-input').fill(typed);
			}
		},

		/**
		 * Opens the list of a field that searches, and types.
		 *
		 * @param {string} field
		 * @param {string} [typed]
		 * @returns {Promise<import('playwright-core').Locator>} what it finds, each with what was typed in it
		 */
		async search(field, typed = '') {
			await page.getByTestId(`resource-locator-${field}`).getByTestId('rlc-input').click();
			const shown = page.getByTestId('rlc-item').filter({ visible: true });
			await shown.first().waitFor();
			if (typed) {
				await page.getByTestId('rlc-search').filter({ visible: true }).fill(typed);
				// The list that was there before the search stays until it is over.
				const others = shown.filter({ hasNotText: new RegExp(typed, 'i') });
				await others.first().waitFor({ state: 'detached' });
				await shown.first().waitFor();
			}
			return shown;
		},

		/**
		 * Runs the open node, and waits until it is over.
		 *
		 * @returns {Promise<{ message: string, description: string } | undefined>} the error as it is shown
		 */
		async executeStep() {
			// What the run before it left in the output and in the corner would be taken for this one's.
			const old = 'data-old';
			await page
				.locator('.el-notification')
				.evaluateAll(
					(toasts, name) => toasts.forEach((toast) => toast.setAttribute(name, '')),
					old,
				);
			await page.getByTestId('node-execute-button').click();
			const toast = page.locator(`.el-notification:not([${old}])`).first();
			await toast.waitFor();
			const failed = (await toast.innerText()).includes('Problem in node');
			const message = output.getByTestId('node-error-message');
			await message.waitFor({ state: failed ? 'visible' : 'detached' });
			if (!failed) return undefined;
			return {
				message: await message.innerText(),
				description: await output.getByTestId('node-error-description').innerText(),
			};
		},

		/** @returns {Promise<Array<Record<string, string>>>} the rows of the output, by column */
		async outputTable() {
			await output.getByTestId('radio-button-table').click();
			await output.locator('table tbody tr').first().waitFor();
			const columns = await output.locator('table thead th').allInnerTexts();
			const rows = await output.locator('table tbody tr').all();
			return await Promise.all(
				rows.map(async (row) => {
					const cells = await row.locator('td').allInnerTexts();
					return Object.fromEntries(columns.map((column, at) => [column, cells[at]]));
				}),
			);
		},

		/** @returns {Promise<string[]>} the lines of the output's schema, a field's name and value in each */
		async outputSchema() {
			await output.getByTestId('radio-button-schema').click();
			const lines = output.getByTestId('run-data-schema-item');
			await lines.first().waitFor();
			return await lines.allInnerTexts();
		},
	};
};

module.exports = { formOf };
