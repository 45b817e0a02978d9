import type { Field } from '../engine/operation';
import { locate } from './locators';

/** What e-mail addresses and phone numbers have in common: both belong to a user, who proves it with a code. */

/** Clerk lists them in the user's record, so choosing one from a list starts with the user. */
export const userOfIdentification = locate('user', {
	description: 'Whose entries to choose from. Not sent, and not needed when the ID is given.',
});

export const emailAddressId = locate('emailAddress', {
	required: true,
	description: 'The e-mail address, as an entry of a user',
});

export const phoneNumberId = locate('phoneNumber', {
	required: true,
	description: 'The phone number, as an entry of a user',
});

export const verified: Field = {
	displayName: 'Verified',
	name: 'verified',
	type: 'boolean',
	default: true,
	description:
		'Whether it counts as verified without a code. Only for what you know to be theirs: it lets them sign in.',
};

export const primary: Field = {
	displayName: 'Primary',
	name: 'primary',
	type: 'boolean',
	default: true,
	description: 'Whether it becomes the primary one of the user. The first one always is.',
};

export const notifyPrevious: Field = {
	displayName: 'Notify Previous Primary Address',
	name: 'notifyPrimaryEmailAddressChanged',
	type: 'boolean',
	default: false,
	description:
		'Whether Clerk tells the address that was the primary one until now, if this one takes its place',
};

export const reservedForSecondFactor: Field = {
	displayName: 'Reserved for Second Factor',
	name: 'reservedForSecondFactor',
	type: 'boolean',
	default: true,
	description:
		'Whether codes to this number are a second factor when the user signs in; the number must be verified',
};

/** What was sent, and what the user typed in. */
export const attempt: Field[] = [
	{
		displayName: 'Verification ID',
		name: 'verificationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ver_2NNEqL2nrIRdJ194ndJqAHwEfxC',
		description: 'The ID that Prepare Verification gave',
	},
	{
		displayName: 'Code',
		name: 'code',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 424242',
		description: 'The code that the user received',
		secret: true,
	},
];
