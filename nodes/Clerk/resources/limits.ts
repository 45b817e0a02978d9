import { isLiveKey } from '../../../credentials/clerkKey';
import type { RateLimits } from '../engine/http/credential';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/**
 * The limit of a production instance's key, and of any other key:
 * https://clerk.com/docs/guides/how-clerk-works/system-limits#backend-api-requests
 */
const production = {
	name: '1,000 requests in 10 seconds',
	maxRequests: 1_000,
	windowMs: 10 * SECOND,
};
const development = { name: '100 requests in 10 seconds', maxRequests: 100, windowMs: 10 * SECOND };

const updates = (record: string, route: RegExp) => ({
	route,
	record,
	limit: {
		name: `10 updates of one ${record} in 10 seconds`,
		maxRequests: 10,
		windowMs: 10 * SECOND,
	},
});

/**
 * Writes of one record; those of the record itself and of its metadata count together:
 * https://clerk.com/docs/guides/how-clerk-works/system-limits#backend-api-requests
 */
const UPDATES = [
	updates('user', /^(?:PATCH|PUT) \/users\/([^/]+)(?:\/metadata)?$/),
	updates('organization', /^(?:PATCH|PUT) \/organizations\/([^/]+)(?:\/metadata)?$/),
	updates(
		'membership',
		/^(?:PATCH|PUT) \/organizations\/([^/]+\/memberships\/[^/]+)(?:\/metadata)?$/,
	),
];

const hourly = (maxRequests: number, what: string) => ({
	limit: { name: `${maxRequests} ${what} an hour`, maxRequests, windowMs: HOUR },
	countedBy: what,
});

/** Each counts the whole instance, all organizations together. */
const INVITATIONS = [
	// https://clerk.com/docs/reference/backend/invitations/create-invitation
	{ route: /^POST \/invitations$/, ...hourly(100, 'invitations') },
	// https://clerk.com/docs/reference/backend/invitations/create-invitation-bulk
	{ route: /^POST \/invitations\/bulk$/, ...hourly(25, 'calls with many invitations') },
	// https://clerk.com/docs/reference/backend/organization/create-organization-invitation
	{
		route: /^POST \/organizations\/[^/]+\/invitations$/,
		...hourly(250, 'organization invitations'),
	},
	// https://clerk.com/docs/reference/backend/organization/create-organization-invitation-bulk
	{
		route: /^POST \/organizations\/[^/]+\/invitations\/bulk$/,
		...hourly(50, 'calls with many organization invitations'),
	},
];

export const limits: RateLimits = {
	forKey: (secretKey) => (isLiveKey(secretKey) ? production : development),
	forRequest(method, path) {
		const line = `${method} ${path}`;
		for (const { route, record, limit } of UPDATES) {
			const [, id] = route.exec(line) ?? [];
			if (id) return { limit, countedBy: `${record} ${id}` };
		}
		return INVITATIONS.find(({ route }) => route.test(line));
	},
};
