import type { Destroys, Field } from '../engine/operation';
import { locate } from './locators';

/** Clerk lists sessions by user, so choosing one from a list starts with the user. */
export const userOfSession = locate('user', {
	description: 'Whose entries to choose from. Not sent, and not needed when the ID is given.',
});

export const expiresInSeconds: Field = {
	displayName: 'Expires in Seconds',
	name: 'expiresInSeconds',
	type: 'number',
	typeOptions: { minValue: 30, maxValue: 315_360_000, numberPrecision: 0 },
	default: 60,
	description:
		'How long the token is valid, 30 seconds at least; without it, as long as your instance says',
};

/** What still signs a user in; others that Clerk lists have ended by themselves. @param name - of the field that holds the user */
export const activeSessions = (name = 'user_id'): Destroys => ({
	name: 'activeSessions',
	path: '/sessions',
	query: { user_id: `{${name}}`, status: 'active', paginated: true, limit: 1 },
});
