import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields shared by email addresses and phone numbers, which a user verifies with a code. */

/** The user whose addresses or numbers the list offers: Clerk has them in the user's record. */
export const userOfIdentification = locate('user', {
	description: 'Whose entries to choose from. Not sent, and not needed when the ID is given.',
});

export const emailAddressId = locate('emailAddress', {
	required: true,
	description: 'The email address, as an entry of a user',
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
	nullable: true,
	description: 'Whether it counts as verified without a code. It then lets the user sign in.',
};

export const primary: Field = {
	displayName: 'Primary',
	name: 'primary',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether it becomes the primary one of the user. The first one always is.',
};

export const notifyPrevious: Field = {
	displayName: 'Notify Previous Primary Address',
	name: 'notifyPrimaryEmailAddressChanged',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether Clerk tells the address that was the primary one until now, if this one takes its place',
};

export const reservedForSecondFactor: Field = {
	displayName: 'Reserved for Second Factor',
	name: 'reservedForSecondFactor',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether codes to this number are a second factor when the user signs in; the number must be verified',
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
