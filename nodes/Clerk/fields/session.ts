import { locate } from './locators';

/** Clerk lists sessions by user, so choosing one from a list starts with the user. */
export const userOfSession = locate('user', {
	description:
		'Whose sessions to choose from. Not sent, and not needed when the session is given by ID.',
});
