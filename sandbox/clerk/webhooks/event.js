'use strict';

/**
 * What every event has around its record.
 *
 * @param {string} type
 * @param {Values} data
 * @param {number} timestamp Unix milliseconds
 * @returns {import('.').ClerkEvent}
 */
const eventOf = (type, data, timestamp) => ({
	data: JSON.parse(JSON.stringify(data)),
	event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: 'Simulated Clerk' } },
	instance_id: 'ins_sandbox',
	object: 'event',
	timestamp,
	type,
});

module.exports = { eventOf };
