import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of sign-ups and of the tokens that sign a user in. */

export const signUpId = locate('signUp', {
	required: true,
	wire: 'id',
	description: 'The sign-up, by the ID from a webhook or your frontend',
});

export const sessionMaxDurationInSeconds: Field = {
	displayName: 'Session Length (Seconds)',
	name: 'sessionMaxDurationInSeconds',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1800,
	description: 'How long the session lasts; by default, 30 minutes (1800)',
};
