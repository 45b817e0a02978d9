import type { RateLimits } from '../engine/http/credential';

/**
 * Clerk's rate limits:
 * https://clerk.com/docs/guides/how-clerk-works/system-limits#backend-api-requests
 */

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** The limit of a production instance's key, and of any other key. */
const production = {
	name: '1,000 requests in 10 seconds',
	maxRequests: 1_000,
	windowMs: 10 * SECOND,
};
const development = { name: '100 requests in 10 seconds', maxRequests: 100, windowMs: 10 * SECOND };

const updatesOfOneUser = {
	name: '10 updates of one user in 10 seconds',
	maxRequests: 10,
	windowMs: 10 * SECOND,
};

const USER_UPDATE = /^(?:PATCH|PUT) \/users\/([^/]+)(?:\/metadata)?$/;

const hourly = (maxRequests: number, what: string) => ({
	limit: { name: `${maxRequests} ${what} an hour`, maxRequests, windowMs: HOUR },
	countedBy: what,
});

/**
 * Each counts the whole instance, all organizations together. The bulk ones have a page of their own:
 * https://clerk.com/docs/reference/backend/invitations/create-invitation-bulk
 * https://clerk.com/docs/reference/backend/organization/create-organization-invitation-bulk
 */
const INVITATIONS = [
	{ route: /^POST \/invitations$/, ...hourly(100, 'invitations') },
	{ route: /^POST \/invitations\/bulk$/, ...hourly(25, 'calls with many invitations') },
	{
		route: /^POST \/organizations\/[^/]+\/invitations$/,
		...hourly(250, 'organization invitations'),
	},
	{
		route: /^POST \/organizations\/[^/]+\/invitations\/bulk$/,
		...hourly(50, 'calls with many organization invitations'),
	},
];

export const limits: RateLimits = {
	forKey: (secretKey) => (secretKey.startsWith('sk_live_') ? production : development),
	forRequest(method, path) {
		const line = `${method} ${path}`;
		const [, userId] = USER_UPDATE.exec(line) ?? [];
		if (userId) return { limit: updatesOfOneUser, countedBy: `user ${userId}` };
		return INVITATIONS.find(({ route }) => route.test(line));
	},
};
