'use strict';

const { createServer } = require('node:http');

/**
 * Starts a server that lists subscriptions as Stripe does: of one customer, without those that ended.
 * Like Stripe, it refuses another key than its own.
 *
 * @typedef {{ id: string, customer: string, status: string, items: { data: Array<{ price: { id: string, lookup_key: string | null } }> } }} Subscription
 *
 * @param {string} secretKey
 */
async function startStripe(secretKey) {
	/** @type {Subscription[]} */
	const subscriptions = [];
	const server = createServer(({ url = '', headers }, response) => {
		const { pathname, searchParams } = new URL(url, 'http://stripe');
		const isAllowed = headers.authorization === `Bearer ${secretKey}`;
		const customer = searchParams.get('customer');
		const data = subscriptions.filter(
			(each) => each.customer === customer && each.status !== 'canceled',
		);
		const isKnown = pathname === '/v1/subscriptions' && customer !== null;
		response.writeHead(!isAllowed ? 401 : isKnown ? 200 : 404, {
			'content-type': 'application/json',
		});
		response.end(JSON.stringify(isAllowed && isKnown ? { object: 'list', data } : { error: {} }));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/v1`,
		subscriptions,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve(undefined));
				server.closeAllConnections();
			}),
	};
}

module.exports = { startStripe };
