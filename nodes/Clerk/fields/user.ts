import type { Advice, Batch, Destroys, Field } from '../engine/operation';

/** Fields of a user, for the operations that create and update one. */

export const externalId: Field = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	nullable: true,
	kind: 'externalId',
	placeholder: 'e.g. 4711',
	description: "The user's ID in your system; must be unique",
};

export const firstName: Field = {
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
	nullable: true,
	placeholder: 'e.g. Ada',
	description: "The user's first name",
};

export const lastName: Field = {
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
	nullable: true,
	placeholder: 'e.g. Lovelace',
	description: "The user's last name",
};

export const locale: Field = {
	displayName: 'Locale',
	name: 'locale',
	type: 'string',
	default: '',
	nullable: true,
	placeholder: 'e.g. en-US',
	description: 'Language and region, as in en-US or fr-FR',
};

export const timezone: Field = {
	displayName: 'Time Zone',
	name: 'timezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description: "The user's time zone, by its IANA name",
};

export const username: Field = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	nullable: true,
	kind: 'username',
	placeholder: 'e.g. ada',
	description: 'The name the user signs in with; must be unique',
};

export const password: Field = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'At least 8 characters, and not on any list of leaked passwords',
};

export const passwordDigest: Field = {
	displayName: 'Password Digest',
	name: 'passwordDigest',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. $2a$10$N9qo8uLOickgx2ZMRZoMye…',
	description:
		'The hashed password from another system, instead of a password. Needs Password Hasher.',
	needs: 'passwordHasher',
};

export const passwordHasher: Field = {
	displayName: 'Password Hasher',
	name: 'passwordHasher',
	type: 'options',
	options: [
		{ name: 'Argon2i', value: 'argon2i' },
		{ name: 'Argon2id', value: 'argon2id' },
		{ name: 'AWS Cognito', value: 'awscognito' },
		{ name: 'Bcrypt', value: 'bcrypt' },
		{ name: 'Bcrypt SHA-256 (Django)', value: 'bcrypt_sha256_django' },
		{ name: 'Bcrypt With Pepper (Devise)', value: 'bcrypt_peppered' },
		{ name: 'HMAC SHA-256 (UTF-16, Base64)', value: 'hmac_sha256_utf16_b64' },
		{ name: 'LDAP SSHA', value: 'ldap_ssha' },
		{ name: 'MD5', value: 'md5' },
		{ name: 'MD5 With Salt', value: 'md5_salted' },
		{ name: 'PBKDF2 SHA-1', value: 'pbkdf2_sha1' },
		{ name: 'PBKDF2 SHA-256', value: 'pbkdf2_sha256' },
		{ name: 'PBKDF2 SHA-256 (Django)', value: 'pbkdf2_sha256_django' },
		{ name: 'PBKDF2 SHA-512', value: 'pbkdf2_sha512' },
		{ name: 'PBKDF2 SHA-512 (Hex)', value: 'pbkdf2_sha512_hex' },
		{ name: 'Phpass', value: 'phpass' },
		{ name: 'Phpass MD5', value: 'md5_phpass' },
		{ name: 'Scrypt (Firebase)', value: 'scrypt_firebase' },
		{ name: 'Scrypt (Werkzeug)', value: 'scrypt_werkzeug' },
		{ name: 'SHA-256', value: 'sha256' },
		{ name: 'SHA-256 With Salt', value: 'sha256_salted' },
		{ name: 'SHA-512 (Symfony)', value: 'sha512_symfony' },
	],
	default: 'bcrypt',
	open: true,
	description: 'The algorithm of the Password Digest',
};

export const skipPasswordChecks: Field = {
	displayName: 'Skip Password Checks',
	name: 'skipPasswordChecks',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether to accept a weak or leaked password; meant for migrations',
};

/** Only when a user is created. */
export const skipRestrictionChecks: Field = {
	displayName: 'Skip Restriction Checks',
	name: 'skipRestrictionChecks',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether to create the user even if the allowlist, the blocklist or the rules for disposable addresses and subaddresses reject them',
};

export const skipPasswordRequirement: Field = {
	displayName: 'Skip Password Requirement',
	name: 'skipPasswordRequirement',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether to create the user without a password even if the instance requires one',
};

export const totpSecret: Field = {
	displayName: 'TOTP Secret',
	name: 'totpSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	nullable: true,
	placeholder: 'e.g. JBSWY3DPEHPK3PXP',
	description:
		'The secret of an authenticator app (6 digits, 30 seconds, SHA-1), so that it keeps working',
};

export const backupCodes: Field = {
	displayName: 'Backup Codes',
	name: 'backupCodes',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. 3f9k2m7q, 8h4n6p1t',
	description: 'Backup codes, plain or as bcrypt digests, separated by commas',
	encode: 'list',
};

export const deleteSelfEnabled: Field = {
	displayName: 'Can Delete Own Account',
	name: 'deleteSelfEnabled',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether the user can delete their own account in your application',
};

export const createOrganizationEnabled: Field = {
	displayName: 'Can Create Organizations',
	name: 'createOrganizationEnabled',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether the user can create organizations in your application',
};

export const createOrganizationsLimit: Field = {
	displayName: 'Max Organizations to Create',
	name: 'createOrganizationsLimit',
	type: 'number',
	typeOptions: { numberPrecision: 0 },
	default: 0,
	nullable: true,
	description: 'How many organizations the user can create; 0 for no limit',
};

export const createdAt: Field = {
	displayName: 'Created At',
	name: 'createdAt',
	type: 'dateTime',
	default: '',
	nullable: true,
	description: 'When the user signed up, if that was in another system and in the past',
	encode: 'isoDate',
};

export const legalAcceptedAt: Field = {
	displayName: 'Legal Accepted At',
	name: 'legalAcceptedAt',
	type: 'dateTime',
	default: '',
	nullable: true,
	description: 'When the user accepted your terms and privacy policy',
	encode: 'isoDate',
};

export const skipLegalChecks: Field = {
	displayName: 'Skip Legal Checks',
	name: 'skipLegalChecks',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether to skip the acceptance of your terms; meant for migrations',
};

export const bypassClientTrust: Field = {
	displayName: 'Bypass Device Trust',
	name: 'bypassClientTrust',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether the user can sign in from a new device without the device trust check',
};

/** Options of an email address or a phone number that replaces all others. */
export const identificationStatus: Field = {
	displayName: 'Identification Status',
	name: 'identificationStatus',
	type: 'options',
	options: [
		{
			name: 'Reserved',
			value: 'reserved',
			description: 'The user can sign in with it but must verify it; no other user can take it',
		},
		{
			name: 'Unverified',
			value: 'unverified',
			description:
				'The user cannot sign in with it and can be locked out; another user can take it',
		},
		{
			name: 'Verified',
			value: 'verified',
			description: 'The user can sign in with it, as if they had verified it',
		},
	],
	default: 'verified',
	description:
		'The status of the replacement; by default, verified. Unverified can lock the user out.',
};

/** https://clerk.com/docs/guides/development/managing-environments#development-instance */
export const userLimitAdvice: Advice = {
	status: 403,
	about: /\blimit of [\d,.]+ users\b/i,
	text: 'A development instance holds 100 users by default. Delete users that you no longer need, use a production instance, or ask Clerk for more.',
};

/** Clerk accepts up to fifty users in a request and returns the record of each. */
export const manyUsers: Batch = { size: 50, list: 'user_ids', matchBy: 'id' };

/** Counts the phone numbers that receive the user's second-factor codes. */
export const secondFactorPhoneNumbers: Destroys = {
	name: 'secondFactorPhoneNumbers',
	path: '/users/{user_id}',
	within: 'phone_numbers',
	only: 'reserved_for_second_factor',
};
