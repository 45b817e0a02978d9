import { parse } from 'yaml';
import { devDependencies } from '../package.json';
import { EVENT_OPTIONS } from '../nodes/ClerkTrigger/events';
import additions from '../spec/additions.json';
import { addedEvents } from './lib/additions';
import { digestOf } from './lib/digest';
import { readJson, readSource } from './lib/files';
import { differencesOf } from './lib/specDiff';

/**
 * Says what Clerk has that the package does not know yet, for the weekly workflow.
 *
 *     npm run spec:watch -- bapi=<file or url> webhooks=<file or url> sdk-events=<file or url> sdk=<version>
 *
 * Each may be given more than once: `bapi` and `webhooks` are documents, `sdk-events` the SDK's types of
 * events, `sdk` its newest version. Exits with 0 for nothing new, 1 for something, 2 for no response.
 */

const OFFERED = EVENT_OPTIONS.map(({ value }) => String(value));

/** The types of the events in a document of webhooks, which is YAML or JSON. */
export function eventsOfDocument(text: string) {
	const document = parse(text, { maxAliasCount: -1 });
	const events: object | undefined = document?.['x-webhooks'] ?? document?.webhooks;
	if (!events) throw new Error('This is not a document of webhooks.');
	return Object.keys(events).sort();
}

/** The types of events in the SDK's types: `Webhook<'user.created' | 'user.updated', UserJSON>`. */
export function eventsOfSdk(text: string) {
	const lists = [...text.matchAll(/\bWebhook<([^,>]*),/g)].map(([, list]) => list).join();
	const events = [...lists.matchAll(/['"]([\w.]+)['"]/g)].map(([, event]) => event);
	if (events.length === 0) throw new Error("These are not the SDK's types of events.");
	return [...new Set(events)].sort();
}

/** Returns a line for each event that the trigger does not offer. */
const newEvents = (events: string[]) =>
	events.filter((event) => !OFFERED.includes(event)).map((event) => `+ event ${event}`);

/** The events that Clerk's document lacks, or lacked when they were added. */
const ADDED = addedEvents(additions);

type Found = { lines: string[]; events?: string[] };

/** What is new in a source of each kind, and for those of events, which it has. */
const KINDS: Record<string, (source: string) => Promise<Found>> = {
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

/** @param given - such as `sdk=1.2.3` @returns how many differences there are, and what to read */
export async function watch(given: string[]) {
	if (given.length === 0) throw new Error('npm run spec:watch -- bapi=<file or url> …');
	const found: Array<Found & { title: string }> = [];
	for (const argument of given) {
		const [, kind = '', source = ''] = /^([\w-]+)=(.+)$/s.exec(argument) ?? [];
		if (!KINDS[kind])
			throw new Error(`${argument} is not one of ${Object.keys(KINDS).join(', ')}=…`);
		found.push({ title: `# ${kind} ${source}`, ...(await KINDS[kind](source)) });
	}
	if (found.some(({ events }) => events)) {
		const known = found.flatMap(({ events = [] }) => events);
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
