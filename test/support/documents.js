'use strict';

const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');
const markdown = require('prettier/plugins/markdown');
const { ROOT } = require('./command');

/**
 * The project's documents, read with Prettier's Markdown parser.
 *
 * @typedef {{ type: string, value?: string, url?: string, lang?: string, children?: Node[] }} Node
 *
 * @typedef {object} Document
 * @property {string} file from the root
 * @property {string} text
 * @property {string[]} anchors of the headings, as on GitHub
 * @property {Array<{ file: string, anchor: string }>} links to files of the project, from the root
 * @property {string[]} images from the root
 * @property {Array<{ lang: string, code: string }>} samples
 * @property {string[]} commands named after `npm run`
 */

/** @param {Node} node @returns {Node[]} */
const withChildren = (node) => [node, ...(node.children ?? []).flatMap(withChildren)];

/** @param {Node} node @returns {string} */
const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join('');

/** @param {string} heading */
const slugOf = (heading) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');

/** Numbers the anchors of equal headings, as GitHub does. @param {string[]} headings */
function anchorsOf(headings) {
	/** @type {Map<string, number>} */
	const seen = new Map();
	return headings.map((heading) => {
		const slug = slugOf(heading);
		const count = seen.get(slug) ?? 0;
		seen.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
}

/** @param {string} url */
const isOfProject = (url) => !/^([a-z][a-z\d+.-]*:|\/\/)/i.test(url);

/** Returns the sources of pictures in HTML, which have a width. @param {Node} node @returns {string[]} */
const sourcesIn = ({ value = '' }) =>
	[...value.matchAll(/<img src="([^"]*)"/g)].map(([, source]) => source);

/** @param {string} file from the root @returns {Document} */
function readDocument(file) {
	return parseDocument(file, readFileSync(join(ROOT, file), 'utf8'));
}

/** @param {string} file from the root @param {string} text @returns {Document} */
function parseDocument(file, text) {
	/** @type {Node} */
	const root = markdown.parsers.markdown.parse(text, /** @type {any} */ ({}));
	const nodes = withChildren(root);
	const of = (/** @type {string[]} */ ...types) => nodes.filter(({ type }) => types.includes(type));
	const fromRoot = (/** @type {string} */ path) => normalize(join(dirname(file), path));
	const code = of('code', 'inlineCode').map(({ value = '' }) => value);
	return {
		file,
		text,
		anchors: anchorsOf(of('heading').map(textOf)),
		links: of('link', 'definition')
			.map(({ url = '' }) => url)
			.filter(isOfProject)
			.map((url) => {
				const [path, anchor = ''] = decodeURI(url).split('#');
				return { file: path === '' ? file : fromRoot(path), anchor };
			}),
		images: [...of('image').map(({ url = '' }) => url), ...of('html').flatMap(sourcesIn)]
			.filter(isOfProject)
			.map(fromRoot),
		samples: of('code').map(({ lang, value = '' }) => ({ lang: lang ?? '', code: value })),
		commands: code.flatMap((one) =>
			[...one.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)].map(([, name]) => name),
		),
	};
}

/** @param {string} folder from the root @returns {string[]} */
const filesBelow = (folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((path) => join(folder, path))
		.filter((path) => /\.\w+$/.test(path))
		.sort();

/** Returns all Markdown files at the root, in docs and in .github. */
function readDocuments() {
	const atRoot = readdirSync(ROOT).filter((file) => file.endsWith('.md'));
	const below = [...filesBelow('docs'), ...filesBelow('.github')].filter((file) =>
		file.endsWith('.md'),
	);
	return [...atRoot, ...below].sort().map(readDocument);
}

/**
 * Returns a line for each link without a target.
 *
 * @param {Document} document
 * @param {Document[]} all
 */
const deadLinks = ({ links }, all) =>
	links.flatMap(({ file, anchor }) => {
		if (!existsSync(join(ROOT, file))) return [`there is no ${file}`];
		const target = all.find((one) => one.file === file);
		const isLine = /^L\d+/.test(anchor);
		if (anchor === '' || isLine || target?.anchors.includes(anchor)) return [];
		return [`there is no heading for ${file}#${anchor}`];
	});

/** @param {Document} document */
const lostPictures = ({ images }) => images.filter((file) => !existsSync(join(ROOT, file)));

module.exports = {
	deadLinks,
	filesBelow,
	lostPictures,
	readDocument,
	readDocuments,
};
