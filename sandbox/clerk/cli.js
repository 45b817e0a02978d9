#!/usr/bin/env node
'use strict';

const { parseArgs } = require('node:util');
const { startClerk } = require('.');

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		users: { type: 'string' },
		latency: { type: 'string', default: '0' },
		'rate-limit': { type: 'string' },
		key: { type: 'string' },
		webhook: { type: 'string' },
		'webhook-secret': { type: 'string' },
	},
});

async function main() {
	const { users, key: secretKey, 'rate-limit': rateLimit, webhook: hook } = values;
	const clerk = await startClerk({
		port: Number(values.port),
		latencyMs: Number(values.latency),
		seed: users === undefined ? undefined : { users: Number(users) },
		rateLimit: rateLimit === undefined ? undefined : Number(rateLimit),
		secretKey,
	});
	const { size } = clerk.state.users;
	console.log(`Simulated Clerk at ${clerk.url} with ${size} users, secret key ${clerk.secretKey}`);
	if (hook !== undefined) {
		const endpoint = { url: hook, secret: values['webhook-secret'] };
		const { url, secret } = clerk.webhooks.addEndpoint(endpoint);
		console.log(`Events are posted to ${url}, signed with ${secret}`);
	}
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void clerk.close());
}

void main();
