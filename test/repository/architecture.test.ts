import { resources } from '../../nodes/Clerk/resources';
import { mappingsIn, pathOf, snakeCase } from '../../nodes/Clerk/engine/operation';
import { sourcesOf, withoutComments } from '../support/sources';

const CLIENT = 'nodes/Clerk/engine/http/client.ts';

const ENGINE = 'nodes/Clerk/engine';

/**
 * Values of resources that are also words of the engine's own: its `client`, "check this machine's
 * connection", "the key belongs to the same instance". Quoted on their own they would be the value.
 */
const ORDINARY = ['client', 'instance', 'machine'];

/** A resource as the engine would name it: its value, a parameter or a field with its ID, in either spelling. */
const nameOf = (value: string): RegExp =>
	ORDINARY.includes(value)
		? new RegExp(`['"\`]${value}['"\`]|\\b${value}(Id|_id)s?\\b`)
		: new RegExp(`\\b(${value}|${snakeCase(value)})(s|Ids?|_ids?)?\\b`);

/**
 * Values of resources that also name a form of text, which the engine reads: an email address is one in
 * every operation. Allowed where these forms are declared, and nowhere else.
 */
const FORMS_OF_TEXT = {
	values: ['domain', 'emailAddress', 'phoneNumber'],
	files: [`${ENGINE}/input/kindForms.ts`, `${ENGINE}/operation/field.ts`],
};

/** Every part of a route that is no `{name}`. */
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

describe('the plan of the house', () => {
	it('lets nobody but the client send a request', () => {
		const sends = /\bhelpers\s*\.\s*request|\bhttpRequest|\brequest(WithAuthentication|OAuth)/;
		expect(filesWith('nodes', sends)).toEqual([CLIENT]);
		expect('const { httpRequestWithAuthentication } = host.helpers;').toMatch(sends);
		expect(filesWith('nodes', /\b(fetch|axios|XMLHttpRequest)\(.*https?:/)).toEqual([]);
	});

	it.each(resources.map(({ value }) => value))('has no engine file that names %s', (value) => {
		const allowed = FORMS_OF_TEXT.values.includes(value) ? FORMS_OF_TEXT.files : [];
		expect(inEngine(nameOf(value)).filter((file) => !allowed.includes(file))).toEqual([]);
	});

	it('has engine files that fit in one head', () => {
		expect(filesWith(ENGINE, /^(.*\n){251}/)).toEqual([]);
		expect(filesWith(ENGINE, /^(.*\n){200}/).length).toBeGreaterThan(0);
	});

	it('has engine files whose functions and classes all say what they are for', () => {
		const undocumented =
			/(?<!\*\/\n)^export (async function|function|class|const \w+ =\s*(async )?[<(])/m;
		expect(filesWith(ENGINE, undocumented)).toEqual([]);
		expect('/** A. */\nexport const a = (b) => b;').not.toMatch(undocumented);
		expect('export const a = (b) => b;').toMatch(undocumented);
	});

	it("has no engine file with a path of Clerk's API", () => {
		expect(segments.length).toBeGreaterThan(100);
		const path = new RegExp(`/(${segments.join('|')})\\b`);
		expect(inEngine(path)).toEqual([]);
	});

	it('would notice both', () => {
		expect("if (resource === 'user')").toMatch(nameOf('user'));
		expect('const { organizationId } = values').toMatch(nameOf('organization'));
		expect("wire: 'email_address_id'").toMatch(nameOf('emailAddress'));
		expect("value === 'machine'").toMatch(nameOf('machine'));
		expect('/** A user. */\nconst it = 1; // user').toMatch(nameOf('user'));
		expect(withoutComments('/** A user. */\nconst it = 1; // user')).not.toMatch(nameOf('user'));
		expect(withoutComments("const at = 'https://user.example';")).toMatch(nameOf('user'));
		expect(withoutComments("type At = 'user';")).toMatch(nameOf('user'));
	});
});
