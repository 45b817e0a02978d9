import { transpileModule } from 'typescript';
import { scripts } from '../../package.json';
import { deadLinks, filesBelow, lostPictures, readDocuments } from '../support/documents';

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

it('every picture is shown in a document', () => {
	const shown = documents.flatMap(({ images }) => images);
	expect(filesBelow('docs/images').filter((file) => !shown.includes(file))).toEqual([]);
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
