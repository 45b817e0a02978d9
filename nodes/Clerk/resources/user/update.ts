import { defineOperation, one, orNull } from '../../engine/operation';
import { locate } from '../../fields/locators';
import {
	metadataMode,
	privateMetadata,
	publicMetadata,
	replacedMetadata,
	splitMetadata,
	unsafeMetadata,
} from '../../fields/metadata';
import { activeSessions } from '../../fields/session';
import * as fields from '../../fields/user';
import { user } from '../../views/user';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Update the fields you add of a user; others stay as they are',
	request: 'PATCH /users/{user_id}',
	path: [locate('user', { required: true })],
	body: [
		fields.externalId,
		fields.firstName,
		fields.lastName,
		fields.locale,
		fields.timezone,
		fields.username,
		orNull(fields.password),
		fields.passwordDigest,
		fields.passwordHasher,
		fields.skipPasswordChecks,
		{
			displayName: 'Sign Out of Other Sessions',
			name: 'signOutOfOtherSessions',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to end all sessions of the user once the password is changed',
		},
		locate('emailAddress', {
			as: 'primaryEmailAddressId',
			nullable: true,
			displayName: 'Primary Email Address',
			description: "The email address to make the primary one: verified, and one of the user's own",
		}),
		{
			displayName: 'Notify About Primary Email Address',
			name: 'notifyPrimaryEmailAddressChanged',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to notify the user by email of the new primary email address',
		},
		locate('phoneNumber', {
			as: 'primaryPhoneNumberId',
			nullable: true,
			displayName: 'Primary Phone Number',
			description: "The phone number to make the primary one: verified, and one of the user's own",
		}),
		locate('web3Wallet', {
			as: 'primaryWeb3WalletId',
			nullable: true,
			displayName: 'Primary Web3 Wallet',
			description: "The wallet to make the primary one: verified, and one of the user's own",
		}),
		locate('profileImage', { nullable: true, description: 'A previously uploaded image' }),
		fields.totpSecret,
		fields.backupCodes,
		publicMetadata,
		privateMetadata,
		unsafeMetadata,
		fields.deleteSelfEnabled,
		fields.createOrganizationEnabled,
		fields.createOrganizationsLimit,
		fields.createdAt,
		fields.legalAcceptedAt,
		fields.skipLegalChecks,
		fields.bypassClientTrust,
	],
	options: [metadataMode],
	destroys: [
		...replacedMetadata('/users/{user_id}', [publicMetadata, privateMetadata, unsafeMetadata]),
		{
			...activeSessions(),
			appliesTo: ({ body = {} }) =>
				body.sign_out_of_other_sessions === true &&
				(Object.hasOwn(body, 'password') || Object.hasOwn(body, 'password_digest')),
		},
	],
	split: splitMetadata,
	returns: one(user, { ifNotFound: true }),
});
