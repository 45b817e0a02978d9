/**
 * Measures, and writes what came of it into the README: into each `<!-- figures: name -->` the table
 * of that scenario of the bench. Times are those of the machine it runs on, so no check ever judges
 * them; sizes are held by `npm run check`.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { measured } = require('../bench/lib/measured');
const { toMarkdown } = require('../bench/lib/report');
const { filledIn, scenariosIn } = require('./lib/figures');

const README = join(__dirname, '..', 'README.md');

async function main() {
	const asked = process.argv.slice(2);
	const places = scenariosIn(readFileSync(README, 'utf8'));
	const unknown = asked.filter((name) => !places.includes(name));
	if (unknown.length > 0) {
		console.error(
			`The README has no place for ${unknown.join(', ')}; it has: ${places.join(', ')}`,
		);
		process.exitCode = 2;
		return;
	}
	for (const name of asked.length > 0 ? asked : places) {
		const table = toMarkdown(await measured(name));
		// Read again: a measurement takes minutes, in which somebody may have written.
		const wanted = filledIn(readFileSync(README, 'utf8'), name, table);
		const options = await resolveConfig(README);
		writeFileSync(README, await format(wanted, { ...options, parser: 'markdown' }));
		console.log(`README.md has the figures of ${name}.`);
	}
}

void main();
