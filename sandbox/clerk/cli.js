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
	const clerk = await startClerk({
		port: Number(values.port),
		latencyMs: Number(values.latency),
		...(values.users !== undefined && { seed: { users: Number(values.users) } }),
		...(values['rate-limit'] !== undefined && { rateLimit: Number(values['rate-limit']) }),
		...(values.key !== undefined && { secretKey: values.key }),
	});
	console.log(
		`Simulated Clerk at ${clerk.url} with ${clerk.state.users.size} users, ` +
			`secret key ${clerk.secretKey}`,
	);
	if (values.webhook !== undefined) {
		const endpoint = { url: values.webhook, secret: values['webhook-secret'] };
		const { url, secret } = clerk.webhooks.addEndpoint(endpoint);
		console.log(`Events are posted to ${url}, signed with ${secret}`);
	}
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void clerk.close());
}

void main();
