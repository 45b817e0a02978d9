import { HIDDEN_DELETES, SECRET_READS, VERIFICATIONS } from '../../credentials/accessPolicy';
import type { Rule } from '../../credentials/accessPolicy';
import notes from '../../spec/accessPolicy.json';
import { api } from './clerkApi';

/**
 * What the access policies do with each endpoint of Clerk's document, and why: from the rules that the
 * credential enforces, and from `spec/accessPolicy.json` for what passes although it may look as if it
 * should not.
 */

export { notes };

type Group = { because: string; routes: string[] };

/** By path, then by method. */
export const byRoute = (a: string, b: string) => {
	const [[aMethod, aPath], [bMethod, bPath]] = [a.split(' '), b.split(' ')];
	return aPath.localeCompare(bPath, 'en') || aMethod.localeCompare(bMethod, 'en');
};

const ROUTES = Object.keys(api.operations).sort(byRoute);
export const READS = ROUTES.filter((route) => route.startsWith('GET '));
export const WRITES = ROUTES.filter((route) => !route.startsWith('GET '));

/** The routes of the document that rules name. */
export const documented = (rules: Rule[]): Group[] =>
	rules.map(({ route, because }) => {
		const routes = ROUTES.filter((each) => each.replace(/\{[^}]*\}/g, '{}') === route);
		if (routes.length === 0) throw new Error(`Clerk's document has no ${route}`);
		return { because, routes };
	});

export const routesOf = (groups: Group[]) => groups.flatMap(({ routes }) => routes);

const code = (routes: string[], separator: string) =>
	routes.map((route) => `\`${route}\``).join(separator);

function table(groups: Group[]) {
	const rows = groups.map(({ because, routes }) => `| ${code(routes, '<br>')} | ${because} |`);
	return ['| Endpoint | Why |', '| --- | --- |', ...rows].join('\n');
}

const folded = (summary: string, routes: string[]) =>
	`<details>\n<summary>${summary}</summary>\n\n${code(routes, ', ')}\n\n</details>`;

/** The GETs. */
export function readsText() {
	const refused = documented(SECRET_READS);
	const named = routesOf([...refused, ...notes.readOnlyPasses]);
	const others = READS.filter((route) => !named.includes(route));
	return [
		`_Full Access_ and _No Deletes_ pass all ${READS.length} GETs. _Read Only_ refuses ${refused.length} of them:`,
		table(refused),
		'It passes these, although their response has something that looks like a secret:',
		table(notes.readOnlyPasses),
		folded(`The other ${others.length} pass: no secret in their response`, others),
	].join('\n\n');
}

/** The writes. */
export function writesText() {
	const verifications = documented(VERIFICATIONS);
	const hidden = documented(HIDDEN_DELETES);
	const deletes = WRITES.filter((route) => route.startsWith('DELETE '));
	const named = [...routesOf([...hidden, ...verifications, ...notes.noDeletesPasses]), ...deletes];
	const others = WRITES.filter((route) => !named.includes(route));
	const rest = `The other ${others.length} writes, which No Deletes passes: they create or change something`;
	return [
		`_Read Only_ refuses ${WRITES.length - verifications.length} of the ${WRITES.length} writes. It passes those that only check something:`,
		table(verifications),
		`_No Deletes_ refuses all ${deletes.length} DELETEs, and these:`,
		table(hidden),
		'It passes these, although they take something away or replace it:',
		table(notes.noDeletesPasses),
		folded(`The ${deletes.length} DELETEs`, deletes),
		folded(rest, others),
	].join('\n\n');
}
