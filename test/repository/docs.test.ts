import { transpileModule } from 'typescript';
import { scripts } from '../../package.json';
import {
	deadLinks,
	filesBelow,
	lostPictures,
	parseDocument,
	readDocuments,
} from '../support/documents';

/** Links, commands, pictures and code samples in the documents. */

const documents = readDocuments();

/** Replaces the ellipses, which mark omissions in a sample. */
const filledIn = (json: string) => json.replace(/…/g, 'x');

/** Returns the syntax errors of a TypeScript sample; types are not checked. */
const complaintsOf = (code: string): string[] =>
	(transpileModule(code, { reportDiagnostics: true }).diagnostics ?? []).map(({ messageText }) =>
		String(messageText),
	);

describe.each(documents)('$file', (document) => {
	it('has links that lead somewhere', () => {
		expect(deadLinks(document, documents)).toEqual([]);
	});

	it('names existing commands', () => {
		expect(document.commands.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('shows existing pictures', () => {
		expect(lostPictures(document)).toEqual([]);
	});

	it('has samples that parse', () => {
		for (const { lang, code } of document.samples) {
			if (lang === 'json') expect(() => JSON.parse(filledIn(code)) as unknown).not.toThrow();
			if (lang === 'ts') expect(complaintsOf(code)).toEqual([]);
		}
	});

	it('names the language of each sample', () => {
		expect(document.samples.filter(({ lang }) => lang === '')).toEqual([]);
	});
});

it('every promise of SECURITY.md names the tests that hold it', () => {
	const { text } = documents.find(({ file }) => file === 'SECURITY.md')!;
	const [, promises] = /## What the package promises\n([^]*?)\n## /.exec(text) ?? [];
	const items = promises.split(/^- /m).slice(1);
	expect(items.length).toBeGreaterThan(5);
	expect(items.filter((item) => !/Tests: .*\(test\/[\w/]+\.test\.ts\)/.test(item))).toEqual([]);
});

it('every picture is shown in a document', () => {
	const shown = documents.flatMap(({ images }) => images);
	expect(filesBelow('docs/images').filter((file) => !shown.includes(file))).toEqual([]);
});

it('the README stays short: details have pages of their own', () => {
	const { text } = documents.find(({ file }) => file === 'README.md')!;
	expect(Buffer.byteLength(text)).toBeLessThan(9_000);
});

it('the setting On Error has its name in the editor, and its old one only where that is explained', () => {
	const named = documents.filter(({ text }) => /continue on fail/i.test(text));
	expect(named.map(({ file }) => file)).toEqual(['docs/errors.md', 'docs/faq.md']);
	expect(named.map(({ text }) => text.match(/continue on fail/gi))).toEqual([
		['Continue On Fail'],
		['Continue On Fail'],
	]);
});

it('every page can be reached from the README', () => {
	const reached = new Set<string>();
	const visit = (file: string) => {
		if (reached.has(file)) return;
		reached.add(file);
		for (const link of documents.find((one) => one.file === file)?.links ?? []) visit(link.file);
	};
	visit('README.md');
	const pages = documents.map(({ file }) => file).filter((file) => file.startsWith('docs/'));
	// A link to a folder reaches its files, which GitHub lists.
	const isListed = (page: string) => [...reached].some((file) => page.startsWith(`${file}/`));
	expect(pages.filter((page) => !reached.has(page) && !isListed(page))).toEqual([]);
});

it('the checks find dead links, missing pictures and broken samples', () => {
	const text = '# A b\n\n[x](#a-b) [y](#c) [z](docs/nowhere.md) ![p](no.png) `npm run nothing`\n';
	const document = parseDocument('page.md', text);
	expect(deadLinks({ ...document, links: document.links.slice(1) }, [document])).toEqual([
		'there is no page.md',
		'there is no docs/nowhere.md',
	]);
	expect(document).toMatchObject({ anchors: ['a-b'], images: ['no.png'], commands: ['nothing'] });
	const inReadme = parseDocument('README.md', text);
	expect(deadLinks(inReadme, [inReadme])).toEqual([
		'there is no heading for README.md#c',
		'there is no docs/nowhere.md',
	]);
	expect(lostPictures(document)).toEqual(['no.png']);
	expect(complaintsOf('const = 1')).not.toEqual([]);
});
