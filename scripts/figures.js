/**
 * Measures, and writes the results into `docs/benchmarks.md`: into each `<!-- figures: name -->` the
 * table of that scenario of the bench. Times are those of the machine it runs on, so no check ever judges
 * them; sizes are held by `npm run check`.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { toMarkdown } = require('../bench/lib/report');
const { ROOT, filledIn, writeFormatted } = require('./lib/files');
const { run } = require('./lib/run');

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

const read = () => readFileSync(DOCUMENT, 'utf8');

async function main() {
	const asked = process.argv.slice(2);
	const known = [...read().matchAll(/<!-- figures: ([\w-]+) -->/g)].map(([, name]) => name);
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		const places = known.join(', ');
		console.error(`There is no place for ${unknown.join(', ')}. There are: ${places}`);
		process.exitCode = 2;
		return;
	}
	for (const name of asked.length > 0 ? asked : known) {
		const bench = ['run', '--silent', 'bench', '--', name, '--json'];
		const { code, stdout, output } = await run('npm', bench);
		if (code !== 0) throw new Error(`${name} was not measured:\n${output}`);
		const table = toMarkdown(JSON.parse(stdout));
		// Read again: a measurement takes minutes, in which the file may have changed.
		await writeFormatted(DOCUMENT, filledIn(read(), `figures: ${name}`, table));
		console.log(`docs/benchmarks.md has the figures of ${name}.`);
	}
}

void main();
