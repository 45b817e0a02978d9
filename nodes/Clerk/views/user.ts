import type { ClerkRecord } from '../engine/operation';
import { derived, each, view } from '../engine/operation/view';

const isVerified = derived(
	'verified',
	(record) => (record.verification as ClerkRecord | null)?.status === 'verified',
);

/** Returns a reader of the primary entry in one of the user's lists. */
const primary = (list: string, idField: string, value: string) => (user: ClerkRecord) =>
	((user[list] ?? []) as ClerkRecord[]).find(({ id }) => id === user[idField])?.[value];

export const user = view('users', [
	'id',
	derived(
		'fullName',
		({ first_name, last_name }) => [first_name, last_name].filter(Boolean).join(' ') || null,
	),
	derived(
		'primaryEmailAddress',
		primary('email_addresses', 'primary_email_address_id', 'email_address'),
	),
	derived(
		'primaryPhoneNumber',
		primary('phone_numbers', 'primary_phone_number_id', 'phone_number'),
	),
	'username',
	'firstName',
	'lastName',
	'imageUrl',
	'hasImage',
	'primaryEmailAddressId',
	'primaryPhoneNumberId',
	'primaryWeb3WalletId',
	each('emailAddresses', ['id', 'emailAddress', isVerified]),
	each('phoneNumbers', ['id', 'phoneNumber', isVerified]),
	'externalId',
	'timezone',
	'passwordEnabled',
	'twoFactorEnabled',
	'totpEnabled',
	'backupCodeEnabled',
	'banned',
	'locked',
	'deprovisioned',
	'deleteSelfEnabled',
	'createOrganizationEnabled',
	'lastSignInAt',
	'lastActiveAt',
	'createdAt',
	'updatedAt',
	'publicMetadata',
	'privateMetadata',
	'unsafeMetadata',
]);
