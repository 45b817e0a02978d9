import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Clerk lists sessions by user, so choosing one from a list starts with the user. */
export const userOfSession = locate('user', {
	description:
		'Whose sessions to choose from. Not sent, and not needed when the session is given by ID.',
});

export const expiresInSeconds: Field = {
	displayName: 'Expires in Seconds',
	name: 'expiresInSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 315_360_000 },
	default: 60,
	description: 'How long the token is valid; without it, as long as your instance says',
};
