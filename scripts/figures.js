/**
 * Measures, and writes the results into `docs/benchmarks.md`: into each `<!-- figures: name -->` the
 * table of that scenario of the bench. Times are those of the machine it runs on, so no check ever judges
 * them; sizes are held by `npm run check`.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { measured } = require('../bench/lib/measured');
const { toMarkdown } = require('../bench/lib/report');
const { filledIn, scenariosIn } = require('./lib/figures');

const DOCUMENT = join(__dirname, '..', 'docs', 'benchmarks.md');

async function main() {
	const asked = process.argv.slice(2);
	const known = scenariosIn(readFileSync(DOCUMENT, 'utf8'));
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		console.error(
			`${basename(DOCUMENT)} has no place for ${unknown.join(', ')}; it has: ${known.join(', ')}`,
		);
		process.exitCode = 2;
		return;
	}
	for (const name of known) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		const table = toMarkdown(await measured(name));
		// Read again: a measurement takes minutes, in which somebody may have written.
		const wanted = filledIn(readFileSync(DOCUMENT, 'utf8'), name, table);
		const options = await resolveConfig(DOCUMENT);
		writeFileSync(DOCUMENT, await format(wanted, { ...options, parser: 'markdown' }));
		console.log(`${basename(DOCUMENT)} has the figures of ${name}.`);
	}
}

void main();
