import type { RateLimits } from '../engine/client';

/** Clerk's rate limits, from "Rate limits" of its Backend API documentation. */

const SECOND = 1_000;

/** 1,000 requests in 10 s for a production instance, 100 for any other. */
const production = { name: '1,000 requests in 10 seconds', budget: 1_000, windowMs: 10 * SECOND };
const development = { name: '100 requests in 10 seconds', budget: 100, windowMs: 10 * SECOND };

const updatesOfOneUser = {
	name: '10 updates of one user in 10 seconds',
	budget: 10,
	windowMs: 10 * SECOND,
};

const USER_UPDATE = /^(?:PATCH|PUT) \/users\/([^/]+)(?:\/metadata)?$/;

export const limits: RateLimits = {
	ofKey: (secretKey) => (secretKey.startsWith('sk_live_') ? production : development),
	ofRequest(method, path) {
		const [, userId] = USER_UPDATE.exec(`${method} ${path}`) ?? [];
		return userId ? { limit: updatesOfOneUser, countedBy: `user ${userId}` } : undefined;
	},
};
