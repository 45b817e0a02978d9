import type { Destroys, Field } from '../engine/operation';
import { locate } from './locators';

/** The user whose sessions the list of Session offers: Clerk lists sessions by user. */
export const userOfSession = locate('user', {
	description: 'Whose entries to choose from. Not sent, and not needed when the ID is given.',
});

export const expiresInSeconds: Field = {
	displayName: 'Expires in Seconds',
	name: 'expiresInSeconds',
	type: 'number',
	typeOptions: { minValue: 30, maxValue: 315_360_000, numberPrecision: 0 },
	default: 60,
	nullable: true,
	description:
		'How long the token is valid, 30 seconds at least; without it, as long as your instance says',
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
