'use strict';

const { startClerk } = require('../../sandbox/clerk');
const { newMembership } = require('../../sandbox/clerk/records/membership');
const { newOrganization } = require('../../sandbox/clerk/records/organization');

/** The simulated Clerk as a scenario needs it, in a process of its own. For `workers.js`. */

// The parent process has ended, whatever ended it.
process.on('disconnect', () => process.exit());

/** @type {import('../../sandbox/clerk').Clerk} */
let clerk;

/**
 * A fresh Clerk in place of the one before: with an address and limits of its own. A live key, if nothing else is
 * asked for, since that is the one with 1,000 requests in 10 s; a test key has 100.
 *
 * @param {{ users: number, key?: 'live' | 'test' } & Pick<import('../../sandbox/clerk').ClerkOptions, 'latencyMs' | 'rateLimit'>} options
 * @returns {Promise<{ url: string, origin: string, secretKey: string }>} `url` with `/v1`
 */
async function open({ users, key = 'live', ...options }) {
	await clerk?.close();
	clerk = await startClerk({ seed: { users }, ...options });
	const { url, origin, secretKey, liveSecretKey } = clerk;
	return { url, origin, secretKey: key === 'live' ? liveSecretKey : secretKey };
}

/** @param {number} ms */
const setLatency = (ms) => clerk.setLatency(ms);

/** Every request so far. @returns {Array<{ method: string, status: number | null }>} */
const requests = () => clerk.requests.map(({ method, status }) => ({ method, status }));

/** The IDs of the users, oldest first. @returns {string[]} */
const userIds = () => clerk.state.users.rows.map(({ id }) => id);

/** Counts the users whose update was lost. @param {string} firstName */
const countLost = (firstName) =>
	clerk.state.users.rows.filter(({ first_name: stored }) => stored !== firstName).length;

/** An organization with the oldest users as its members. @param {number} members @returns {string} its id */
function addOrganization(members) {
	const { state } = clerk;
	const limit = { max_allowed_memberships: members };
	const { id } = state.organizations.insert(newOrganization(state, { name: 'Bench', ...limit }));
	for (const { id: user_id, created_at } of state.users.rows.slice(0, members)) {
		const of = { organization_id: id, user_id, role: 'org:member', created_at };
		state.memberships.insert(newMembership(state, of));
	}
	return id;
}

module.exports = { addOrganization, countLost, open, requests, setLatency, userIds };
