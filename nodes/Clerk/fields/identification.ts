import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields shared by email addresses and phone numbers, which a user verifies with a code. */

/** The user whose addresses or numbers the list offers: Clerk has them in the user's record. */
export const userOfIdentification = locate('user', {
	description: 'Used only to list entries. Not needed if you enter an ID.',
});

export const emailAddressId = locate('emailAddress', {
	required: true,
	description: 'The email address of the user',
});

export const phoneNumberId = locate('phoneNumber', {
	required: true,
	description: 'The phone number of the user',
});

export const verified: Field = {
	displayName: 'Verified',
	name: 'verified',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether to mark it as verified without a code, so that the user can sign in with it',
};

export const primary: Field = {
	displayName: 'Primary',
	name: 'primary',
	type: 'boolean',
	default: true,
	nullable: true,
	description: "Whether to make it the user's primary one. The first one always is.",
};

export const notifyPrevious: Field = {
	displayName: 'Notify Previous Primary Address',
	name: 'notifyPrimaryEmailAddressChanged',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether to notify the previous primary address if this one replaces it',
};

export const reservedForSecondFactor: Field = {
	displayName: 'Reserved for Second Factor',
	name: 'reservedForSecondFactor',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether to use codes to this number as a second factor; the number must be verified',
};

/** The code that was sent and the code that the user entered. */
export const verificationFields: Field[] = [
	{
		displayName: 'Verification ID',
		name: 'verificationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ver_2NNEqL2nrIRd…',
		description: 'The ID that Prepare Verification returned',
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
