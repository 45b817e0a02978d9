#!/usr/bin/env node
'use strict';

const { readFileSync } = require('node:fs');
const { parseArgs } = require('node:util');
const { newMessageId, post } = require('./webhooks');
const { EVENT_TYPES, exampleOf } = require('./webhooks/examples');

/** Posts examples of Clerk's events to a webhook, signed as Svix signs them. */

const USAGE = `npm run webhook -- user.created … --url https://… --secret whsec_…

  types     one or more of the ${EVENT_TYPES.length} below, or all
  --url     of the Clerk Trigger, as n8n shows it
  --secret  of the trigger's credential
  --file    takes the examples from a JSON file instead: an object of events by type

${EVENT_TYPES.join('\n')}`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { url: { type: 'string' }, secret: { type: 'string' }, file: { type: 'string' } },
});

async function main() {
	const { url, secret, file } = values;
	if (!url || !secret || positionals.length === 0) {
		console.log(USAGE);
		process.exitCode = 1;
		return;
	}
	const examples = file && JSON.parse(readFileSync(file, 'utf8'));
	const types = positionals.includes('all') ? EVENT_TYPES : positionals;
	for (const type of types) {
		const event = examples ? examples[type] : exampleOf({ clock: Date.now }, type);
		if (!event) throw new Error(`${file} has no event ${type}`);
		const message = { id: newMessageId(), body: JSON.stringify(event) };
		const status = await post({ url, secret }, message);
		if (status < 200 || status > 299) process.exitCode = 1;
		console.log(`${type}: ${status || 'no response'} (${message.id})`);
	}
}

main().catch((error) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
