import { resources } from '../../nodes/Clerk/resources';
import { mappingsIn, pathOf, snakeCase } from '../../nodes/Clerk/engine/operation';
import { sourcesOf, withoutComments } from '../support/sources';

const CLIENT = 'nodes/Clerk/engine/http/client.ts';

const ENGINE = 'nodes/Clerk/engine';

/**
 * Values of resources that are also ordinary words in the engine: its `client`, "check this machine's
 * connection", "the key belongs to the same instance". Only in quotes or as an ID are they the resource.
 */
const ORDINARY_WORDS = ['client', 'instance', 'machine'];

/** Matches the name of a resource in code: its value, or a parameter or a field with its ID. */
const mentionOf = (value: string): RegExp =>
	ORDINARY_WORDS.includes(value)
		? new RegExp(`['"\`]${value}['"\`]|\\b${value}(Id|_id)s?\\b`)
		: new RegExp(`\\b(${value}|${snakeCase(value)})(s|Ids?|_ids?)?\\b`);

/**
 * Values of resources that also name a format of text, which the engine reads: an email address is one in
 * every operation. Allowed where these formats are declared, and nowhere else.
 */
const VALUE_FORMATS = {
	values: ['domain', 'emailAddress', 'phoneNumber'],
	files: [`${ENGINE}/input/valueFormats.ts`, `${ENGINE}/operation/field.ts`],
};

/** Every fixed segment of a route. */
const segments = [
	...new Set(
		resources
			.flatMap(mappingsIn)
			.flatMap((mapping) => pathOf(mapping).split('/'))
			.filter((segment) => /^\w+$/.test(segment)),
	),
];

const engine = sourcesOf(ENGINE).map(({ file, text }) => ({ file, code: withoutComments(text) }));

const inEngine = (pattern: RegExp): string[] =>
	engine.filter(({ code }) => pattern.test(code)).map(({ file }) => file);

const filesWith = (folder: string, pattern: RegExp): string[] =>
	sourcesOf(folder)
		.filter(({ text }) => pattern.test(text))
		.map(({ file }) => file);

describe('the sources', () => {
	it('send requests only in the client', () => {
		const sends = /\bhelpers\s*\.\s*request|\bhttpRequest|\brequest(WithAuthentication|OAuth)/;
		expect(filesWith('nodes', sends)).toEqual([CLIENT]);
		expect(filesWith('nodes', /\b(fetch|axios|XMLHttpRequest)\(.*https?:/)).toEqual([]);
	});

	it('load no module whose name is only known when they run', () => {
		const computed = /\b(require|import)\((?!['"])/;
		expect(['credentials', 'nodes'].flatMap((folder) => filesWith(folder, computed))).toEqual([]);
	});

	it.each(resources.map(({ value }) => value))('have no engine file that names %s', (value) => {
		const allowed = VALUE_FORMATS.values.includes(value) ? VALUE_FORMATS.files : [];
		expect(inEngine(mentionOf(value)).filter((file) => !allowed.includes(file))).toEqual([]);
	});

	it('have no engine file of more than 250 lines', () => {
		expect(filesWith(ENGINE, /^(.*\n){251}/)).toEqual([]);
		expect(filesWith(ENGINE, /^(.*\n){200}/).length).toBeGreaterThan(0);
	});

	it('have a docstring on every exported function and class of the engine', () => {
		const undocumented =
			/(?<!\*\/\n)^export (async function|function|class|const \w+ =\s*(async )?[<(])/m;
		expect(filesWith(ENGINE, undocumented)).toEqual([]);
	});

	it("have no engine file with a path of Clerk's API", () => {
		expect(segments.length).toBeGreaterThan(100);
		const path = new RegExp(`/(${segments.join('|')})\\b`);
		expect(inEngine(path)).toEqual([]);
	});
});
