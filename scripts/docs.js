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
const { byRoute, readsText, writesText } = require('./lib/accessPolicy');
const { ROOT, filledIn, generate } = require('./lib/files');

const operations = () =>
	[...resources]
		.sort((a, b) => a.name.localeCompare(b.name, 'en'))
		.map(({ name, operations: all }) => {
			const names = all.map((operation) => operation.name).sort();
			return `- **${name}**: ${names.join(', ')}`;
		})
		.join('\n');

/** A table a first word of the path: n8n's users know the endpoint, and look for the operation. */
function endpoints() {
	const rows = resources.flatMap((resource) =>
		mappingsIn(resource).map(({ name, request }) => ({ resource: resource.name, name, request })),
	);
	rows.sort((a, b) => byRoute(a.request, b.request));
	const areaOf = (/** @type {string} */ request) => request.split('/')[1];
	const areas = [...new Set(rows.map(({ request }) => areaOf(request)))];
	return areas
		.map((area) => {
			const lines = rows
				.filter(({ request }) => areaOf(request) === area)
				.map(({ resource, name, request }) => `| \`${request}\` | ${resource}: ${name} |`);
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
 * @typedef {{ file: string, name: string, text: () => string }} Part
 *
 * @type {Part[]}
 */
const PARTS = [
	{ file: 'README.md', name: 'coverage', text: coverage },
	{ file: ENDPOINTS, name: 'version', text: () => api.version },
	{ file: ENDPOINTS, name: 'deprecated', text: deprecated },
	{ file: ENDPOINTS, name: 'operations', text: operations },
	{ file: ENDPOINTS, name: 'endpoints', text: endpoints },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-reads', text: readsText },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-writes', text: writesText },
];

/** @type {Map<string, string>} */
const texts = new Map();
for (const { file, name, text } of PARTS) {
	const path = join(ROOT, file);
	const written = texts.get(path) ?? readFileSync(path, 'utf8');
	texts.set(path, filledIn(written, name, text()));
}
void generate(texts, 'npm run docs');
