'use strict';

/** Of a picture of the canvas, in pixels. */
const MARGIN = 24;

/** Dots make a picture three times as large, and buttons say nothing in it. */
const CANVAS_ALONE = `
	.vue-flow__background, .vue-flow__panel, .vue-flow__minimap { display: none !important }
	.vue-flow { background: #fff !important }`;

/** What comes and goes in a corner would hide what is there. */
const STYLE = '.el-notification { visibility: hidden !important }';

/**
 * Pictures of n8n's editor. Nothing in them is hovered over, and everything that slides or fades in
 * has arrived.
 *
 * @param {import('playwright-core').Page} page
 */
const picturesOf = (page) => {
	async function settle() {
		await page.mouse.move(0, 0);
		await page.waitForTimeout(700);
	}

	return {
		/**
		 * @param {string} [path]
		 * @param {import('playwright-core').Locator} [part] of the page
		 * @returns {Promise<Buffer>} a PNG
		 */
		async screenshot(path, part) {
			await settle();
			return await (part ?? page).screenshot({ path, animations: 'disabled', style: STYLE });
		},

		/** The whole window, one pixel for each of the page. @returns {Promise<Buffer>} a PNG */
		async picture() {
			await settle();
			return await page.screenshot({ animations: 'disabled', style: STYLE, scale: 'css' });
		},

		/**
		 * The open node's form, down to its last button, without the panels beside it. What does not
		 * fit into the window is not in the picture.
		 *
		 * @param {string} path
		 */
		async screenshotForm(path) {
			await settle();
			const settings = await page.locator('.node-settings').boundingBox();
			const button = page.getByTestId('collection-parameter-add').last();
			const last = await button.boundingBox();
			if (!settings || !last) throw new Error('There is no open node');
			const clip = { ...settings, height: last.y + last.height + 16 - settings.y };
			await page.screenshot({ path, clip, animations: 'disabled', style: STYLE });
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
	};
};

module.exports = { picturesOf };
