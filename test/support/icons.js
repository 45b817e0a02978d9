'use strict';

/** @typedef {{ file: string, loaded: boolean, behind: [red: number, green: number, blue: number] }} Icon `file`: its name; `behind`: the colour it is on */

/** Returns this package's icons that can be seen. @param {import('playwright-core').Page} page @returns {Promise<Icon[]>} */
async function iconsOn(page) {
	const images = page.locator('img[src*="n8n-nodes-clerk"]').filter({ visible: true });
	return await images.evaluateAll(async (all) =>
		Promise.all(
			all.map(async (image) => {
				const { ownerDocument, src } = image;
				const canvas = ownerDocument.createElement('canvas');
				const context = canvas.getContext('2d', { willReadFrequently: true });
				/** @type {string[]} */
				const colours = [];
				for (let part = image.parentElement; part; part = part.parentElement) {
					colours.unshift(ownerDocument.defaultView.getComputedStyle(part).backgroundColor);
				}
				// Painted over each other, whatever way CSS writes them.
				for (const colour of colours) {
					context.fillStyle = colour;
					context.fillRect(0, 0, 1, 1);
				}
				const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
				return {
					file: src.replace(/.*\//, ''),
					loaded: await image.decode().then(
						() => true,
						() => false,
					),
					behind: [red, green, blue],
				};
			}),
		),
	);
}

module.exports = { iconsOn };
