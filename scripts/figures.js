/**
 * Measures, and writes what came of it into the documents: into each `<!-- figures: name -->` the table
 * of that scenario of the bench. Times are those of the machine it runs on, so no check ever judges
 * them; sizes are held by `npm run check`.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { measured } = require('../bench/lib/measured');
const { toMarkdown } = require('../bench/lib/report');
const { filledIn, scenariosIn } = require('./lib/figures');

const DOCUMENTS = ['README.md', 'docs/benchmarks.md'].map((file) => join(__dirname, '..', file));

async function main() {
	const asked = process.argv.slice(2);
	const places = DOCUMENTS.flatMap((document) =>
		scenariosIn(readFileSync(document, 'utf8')).map((name) => ({ name, document })),
	);
	const known = places.map(({ name }) => name);
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		console.error(
			`The documents have no place for ${unknown.join(', ')}; they have: ${known.join(', ')}`,
		);
		process.exitCode = 2;
		return;
	}
	for (const { name, document } of places) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		const table = toMarkdown(await measured(name));
		// Read again: a measurement takes minutes, in which somebody may have written.
		const wanted = filledIn(readFileSync(document, 'utf8'), name, table);
		const options = await resolveConfig(document);
		writeFileSync(document, await format(wanted, { ...options, parser: 'markdown' }));
		console.log(`${basename(document)} has the figures of ${name}.`);
	}
}

void main();
