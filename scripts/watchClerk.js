'use strict';

const { parse } = require('yaml');
const { devDependencies } = require('../package.json');
const { EVENT_OPTIONS } = require('../nodes/ClerkTrigger/events');
const additions = require('../spec/additions.json');
const { addedEvents } = require('./lib/additions');
const { digestOf } = require('./lib/digest');
const { readJson, readSource } = require('./lib/files');
const { differencesOf } = require('./lib/specDiff');

/**
 * Says what Clerk has that the package does not know yet, for the weekly workflow.
 *
 *     npm run spec:watch -- bapi=<file or url> webhooks=<file or url> sdk-events=<file or url> sdk=<version>
 *
 * Each may be given more than once: `bapi` and `webhooks` are documents, `sdk-events` the SDK's types of
 * events, `sdk` its newest version. Exits with 0 for nothing new, 1 for something, 2 for no response.
 *
 * @typedef {{ lines: string[], events?: string[] }} Found
 */

const OFFERED = EVENT_OPTIONS.map(({ value }) => String(value));

/** @param {string} text the document of webhooks, as YAML or JSON @returns {string[]} the types of its events */
function eventsOfDocument(text) {
	const document = parse(text, { maxAliasCount: -1 });
	const events = document?.['x-webhooks'] ?? document?.webhooks;
	if (!events) throw new Error('This is not a document of webhooks.');
	return Object.keys(events).sort();
}

/** @param {string} text the SDK's types of events: `Webhook<'user.created' | 'user.updated', UserJSON>` @returns {string[]} */
function eventsOfSdk(text) {
	const lists = [...text.matchAll(/\bWebhook<([^,>]*),/g)].map(([, list]) => list).join();
	const events = [...lists.matchAll(/['"]([\w.]+)['"]/g)].map(([, event = '']) => event);
	if (events.length === 0) throw new Error("These are not the SDK's types of events.");
	return [...new Set(events)].sort();
}

/** Returns a line for each event that the trigger does not offer. @param {string[]} events */
const newEvents = (events) =>
	events.filter((event) => !OFFERED.includes(event)).map((event) => `+ event ${event}`);

/** The events that Clerk's document lacks, or lacked when they were added. */
const ADDED = addedEvents(additions);

/** What is new in a source of each kind, and for those of events, which it has. @type {Record<string, (source: string) => Promise<Found>>} */
const KINDS = {
	bapi: async (source) => ({
		lines: differencesOf(readJson('spec/digest.json'), digestOf(await readSource(source))),
	}),
	webhooks: async (source) => {
		const events = eventsOfDocument(await readSource(source));
		const caughtUp = ADDED.filter((event) => events.includes(event)).map(
			(event) => `~ event ${event} is in Clerk's document now: remove it from spec/additions.json`,
		);
		return { events, lines: [...newEvents(events), ...caughtUp] };
	},
	'sdk-events': async (source) => {
		const events = eventsOfSdk(await readSource(source));
		return { events, lines: newEvents(events) };
	},
	sdk: async (version) => {
		const used = devDependencies['@clerk/backend'];
		return { lines: version === used ? [] : [`~ @clerk/backend was ${used}, is ${version}`] };
	},
};

/** @param {string[]} given such as `sdk=1.2.3` @returns {Promise<{ count: number, report: string }>} how many differences there are, and what to read */
async function watch(given) {
	if (given.length === 0) throw new Error('npm run spec:watch -- bapi=<file or url> …');
	/** @type {Array<Found & { title: string }>} */
	const found = [];
	for (const argument of given) {
		const [, kind = '', source = ''] = /^([\w-]+)=(.+)$/s.exec(argument) ?? [];
		if (!KINDS[kind])
			throw new Error(`${argument} is not one of ${Object.keys(KINDS).join(', ')}=…`);
		found.push({ title: `# ${kind} ${source}`, ...(await KINDS[kind](source)) });
	}
	const known = found.flatMap(({ events = [] }) => events);
	if (known.length > 0) {
		const gone = OFFERED.filter((event) => !known.includes(event));
		found.push({ title: '# events', lines: gone.map((event) => `- event ${event}`) });
	}
	const count = found.flatMap(({ lines }) => lines).length;
	const texts = found
		.filter(({ lines }) => lines.length > 0)
		.map(({ title, lines }) => [title, ...lines, ''].join('\n'));
	const sum = `${count} ${count === 1 ? 'difference' : 'differences'}`;
	return { count, report: [...texts, sum].join('\n') };
}

async function main() {
	const { count, report } = await watch(process.argv.slice(2));
	console.log(report);
	process.exitCode = count > 0 ? 1 : 0;
}

if (require.main === module) {
	main().catch((error) => {
		console.error(error.message);
		process.exitCode = 2;
	});
}

module.exports = { eventsOfDocument, eventsOfSdk, watch };
