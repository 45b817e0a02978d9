import type { Destroys, Field } from '../engine/operation';
import { locate } from './locators';

/** The user whose sessions the list of Session offers: Clerk lists sessions by user. */
export const userOfSession = locate('user', {
	description: 'Used only to list entries. Not needed if you enter an ID.',
});

export const expiresInSeconds: Field = {
	displayName: 'Expires in Seconds',
	name: 'expiresInSeconds',
	type: 'number',
	typeOptions: { minValue: 30, maxValue: 315_360_000, numberPrecision: 0 },
	default: 60,
	nullable: true,
	description:
		'How long the token is valid, at least 30 seconds. By default, your instance decides.',
};

/**
 * Counts the sessions that still sign the user in; the others in Clerk's list have ended by themselves.
 *
 * @param name - the name of the field that holds the user
 */
export const activeSessions = (name = 'user_id'): Destroys => ({
	name: 'activeSessions',
	path: '/sessions',
	query: { user_id: `{${name}}`, status: 'active', paginated: true, limit: 1 },
});
