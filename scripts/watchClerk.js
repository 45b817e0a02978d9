/**
 * Says what Clerk has that the package does not know yet, for the weekly workflow.
 *
 *     npm run spec:watch -- bapi=<file or url> webhooks=<file or url> sdk-events=<file or url> sdk=<version>
 *
 * Each may be given more than once: `bapi` and `webhooks` are documents, `sdk-events` the SDK's types of
 * events, `sdk` its newest version. Exits with 0 for nothing new, 1 for something, 2 for no response.
 */
const additions = require('../spec/additions.json');
const { EVENT_OPTIONS } = require('../nodes/ClerkTrigger/events');
const { addedEvents } = require('./lib/additions');
const { eventsOfDocument, eventsOfSdk, goneEvents, newEvents } = require('./lib/clerkEvents');
const { digestOf } = require('./lib/digest');
const { readJson, readSource } = require('./lib/files');
const { differencesOf } = require('./lib/specDiff');

const OFFERED = EVENT_OPTIONS.map(({ value }) => String(value));

/** @type {string[][]} the events of each source */
const eventsOfSources = [];

/** @param {string[]} events */
function eventLines(events) {
	eventsOfSources.push(events);
	return newEvents(events, OFFERED);
}

/** Returns a line for each event of `spec/additions.json` that Clerk's document has now. @param {string[]} documented */
const caughtUpLines = (documented) =>
	addedEvents(/** @type {import('./lib/additions').Addition[]} */ (additions))
		.filter((event) => documented.includes(event))
		.map(
			(event) => `~ event ${event} is in Clerk's document now: remove it from spec/additions.json`,
		);

/** @param {string} version */
function versionLines(version) {
	const used = readJson('package.json').devDependencies['@clerk/backend'];
	return version === used ? [] : [`~ @clerk/backend was ${used}, is ${version}`];
}

/** @type {Record<string, (source: string) => Promise<string[]>>} */
const KINDS = {
	bapi: async (source) =>
		differencesOf(readJson('spec/digest.json'), digestOf(await readSource(source))),
	webhooks: async (source) => {
		const events = eventsOfDocument(await readSource(source));
		return [...eventLines(events), ...caughtUpLines(events)];
	},
	'sdk-events': async (source) => eventLines(eventsOfSdk(await readSource(source))),
	sdk: async (version) => await Promise.resolve(versionLines(version)),
};

async function main() {
	const given = process.argv.slice(2).map((argument) => {
		const [, kind = '', source = ''] = /^([\w-]+)=(.+)$/s.exec(argument) ?? [];
		if (!KINDS[kind])
			throw new Error(`${argument} is not one of ${Object.keys(KINDS).join(', ')}=…`);
		return { kind, source };
	});
	if (given.length === 0) throw new Error('npm run spec:watch -- bapi=<file or url> …');
	let count = 0;
	for (const { kind, source } of given) {
		const lines = await KINDS[kind](source);
		count += lines.length;
		if (lines.length > 0) console.log([`# ${kind} ${source}`, ...lines, ''].join('\n'));
	}
	const gone = goneEvents(eventsOfSources, OFFERED);
	if (gone.length > 0) console.log(['# events', ...gone, ''].join('\n'));
	count += gone.length;
	console.log(`${count} ${count === 1 ? 'difference' : 'differences'}`);
	process.exitCode = count > 0 ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
