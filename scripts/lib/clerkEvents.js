'use strict';

const { parse } = require('yaml');

/** The types of Clerk's webhook events, from its document of webhooks and from the types of its SDK. */

/** @param {string} text the document of webhooks, as YAML or JSON @returns {string[]} */
function eventsOfDocument(text) {
	const document = parse(text, { maxAliasCount: -1 });
	const events = document?.['x-webhooks'] ?? document?.webhooks;
	if (!events) throw new Error('This is not a document of webhooks.');
	return Object.keys(events).sort();
}

/**
 * @param {string} text the SDK's types of events: `Webhook<'user.created' | 'user.updated', UserJSON>`
 * @returns {string[]}
 */
function eventsOfSdk(text) {
	const lists = [...text.matchAll(/\bWebhook<([^,>]*),/g)].map(([, list = '']) => list);
	const events = lists.flatMap((list) =>
		[...list.matchAll(/['"]([\w.]+)['"]/g)].map(([, one = '']) => one),
	);
	if (events.length === 0) throw new Error("These are not the SDK's types of events.");
	return [...new Set(events)].sort();
}

/**
 * Returns a line for each event that the trigger does not offer.
 *
 * @param {string[]} events @param {string[]} offered
 * @returns {string[]}
 */
const newEvents = (events, offered) =>
	events.filter((event) => !offered.includes(event)).map((event) => `+ event ${event}`);

/** Returns a line for each offered event that none of the sources has. @param {string[][]} sources @param {string[]} offered @returns {string[]} */
const goneEvents = (sources, offered) =>
	sources.length === 0
		? []
		: offered
				.filter((event) => !sources.some((events) => events.includes(event)))
				.map((event) => `- event ${event}`);

module.exports = { eventsOfDocument, eventsOfSdk, goneEvents, newEvents };
