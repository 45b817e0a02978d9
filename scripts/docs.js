/**
 * Writes the generated parts of the documents: the number of operations in the README, the operations
 * and endpoints in `docs/endpoints.md`, what the access policies do in `docs/credentials.md`. With
 * --check, only says whether they are up to date.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { resources } = require('../nodes/Clerk/resources');
const { mappingsIn } = require('../nodes/Clerk/engine/operation');
const { api } = require('./lib/clerkApi');
const { readsText, writesText } = require('./lib/accessPolicy');
const { ROOT, filledIn, generate } = require('./lib/files');

/** @type {(a: string, b: string) => number} */
const byName = (a, b) => a.localeCompare(b, 'en');

const operations = () =>
	[...resources]
		.sort((a, b) => byName(a.name, b.name))
		.map(({ name, operations: all }) => {
			const names = all.map((operation) => operation.name).sort();
			return `- **${name}**: ${names.join(', ')}`;
		})
		.join('\n');

/** A table a first word of the path: n8n's users know the endpoint, and look for the operation. */
function endpoints() {
	const rows = resources.flatMap((resource) =>
		mappingsIn(resource).map(({ name, request }) => {
			const [method, path] = request.split(' ');
			return { area: path.split('/')[1], path, method, operation: `${resource.name}: ${name}` };
		}),
	);
	rows.sort((a, b) => byName(a.path, b.path) || byName(a.method, b.method));
	const areas = [...new Set(rows.map(({ area }) => area))];
	return areas
		.map((area) => {
			const lines = rows
				.filter((row) => row.area === area)
				.map(({ method, path, operation }) => `| \`${method} ${path}\` | ${operation} |`);
			return `### /${area}\n\n| Endpoint | Operation |\n| --- | --- |\n${lines.join('\n')}`;
		})
		.join('\n\n');
}

/** The routes that the node has an operation for, with what Clerk's document says of each. */
const covered = resources
	.flatMap(mappingsIn)
	.map(({ request }) => /** @type {Record<string, Facts>} */ (api.operations)[request] ?? {});

function coverage() {
	const total = Object.keys(api.operations).length;
	const share = covered.length === total ? `all ${total}` : `${covered.length} of the ${total}`;
	return `${share} operations of Clerk's Backend API (version ${api.version})`;
}

const deprecated = () => String(covered.filter((facts) => facts.deprecated).length);

const ENDPOINTS = join('docs', 'endpoints.md');

/**
 * Each part is in its file between `<!-- name -->` and `<!-- /name -->`: lines of its own, or words of
 * a sentence.
 *
 * @typedef {{ deprecated?: boolean }} Facts
 * @typedef {{ file: string, name: string, text: () => string, isInline?: boolean }} Part
 *
 * @type {Part[]}
 */
const PARTS = [
	{ file: 'README.md', name: 'coverage', text: coverage, isInline: true },
	{ file: ENDPOINTS, name: 'version', text: () => api.version, isInline: true },
	{ file: ENDPOINTS, name: 'deprecated', text: deprecated, isInline: true },
	{ file: ENDPOINTS, name: 'operations', text: operations },
	{ file: ENDPOINTS, name: 'endpoints', text: endpoints },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-reads', text: readsText },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-writes', text: writesText },
];

/** @type {Map<string, string>} */
const texts = new Map();
for (const { file, name, text, isInline } of PARTS) {
	const path = join(ROOT, file);
	const written = texts.get(path) ?? readFileSync(path, 'utf8');
	texts.set(path, filledIn(written, name, text(), isInline));
}
void generate(texts, 'npm run docs');
