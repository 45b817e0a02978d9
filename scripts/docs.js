/**
 * Writes the generated parts of the documents: the operations in the README, the endpoints in
 * `docs/endpoints.md`, what the access policies do in `docs/credentials.md`. With --check, only says
 * whether they are up to date.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { resources } = require('../nodes/Clerk/resources');
const { mappingsIn } = require('../nodes/Clerk/engine/operation');
const { readsText, writesText } = require('./lib/accessPolicy');

const ROOT = join(__dirname, '..');

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
			return `## /${area}\n\n| Endpoint | Operation |\n| --- | --- |\n${lines.join('\n')}`;
		})
		.join('\n\n');
}

/** Each part stands in its file between `<!-- name -->` and `<!-- /name -->`. */
const PARTS = [
	{ file: 'README.md', name: 'operations', text: operations },
	{ file: join('docs', 'endpoints.md'), name: 'endpoints', text: endpoints },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-reads', text: readsText },
	{ file: join('docs', 'credentials.md'), name: 'access-policy-writes', text: writesText },
];

/** @type {(text: string, part: typeof PARTS[number]) => string} */
function upToDate(text, { file, name, text: write }) {
	const start = text.indexOf(`<!-- ${name} -->`);
	const end = text.indexOf(`<!-- /${name} -->`);
	if (start < 0 || end < start) throw new Error(`${file} has no place for ${name}`);
	return `${text.slice(0, start)}<!-- ${name} -->\n\n${write()}\n\n${text.slice(end)}`;
}

async function main() {
	for (const part of PARTS) {
		const path = join(ROOT, part.file);
		const written = readFileSync(path, 'utf8');
		const options = await resolveConfig(path);
		const wanted = await format(upToDate(written, part), { ...options, parser: 'markdown' });
		if (!process.argv.includes('--check')) {
			writeFileSync(path, wanted);
		} else if (written !== wanted) {
			console.log(`${part.file} is out of date: run "npm run docs".`);
			process.exitCode = 1;
		}
	}
}

void main();
