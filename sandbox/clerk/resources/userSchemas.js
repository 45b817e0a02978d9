'use strict';

const {
	anyObject,
	closed,
	email,
	flag,
	integer,
	nullable,
	oneOf,
	phone,
	text,
	texts,
	timestamp,
} = require('../validation');

const HASHERS = [
	'argon2i',
	'argon2id',
	'awscognito',
	'bcrypt',
	'bcrypt_peppered',
	'bcrypt_sha256_django',
	'hmac_sha256_utf16_b64',
	'ldap_ssha',
	'md5',
	'md5_phpass',
	'md5_salted',
	'pbkdf2_sha1',
	'pbkdf2_sha256',
	'pbkdf2_sha256_django',
	'pbkdf2_sha512',
	'pbkdf2_sha512_hex',
	'phpass',
	'scrypt_firebase',
	'scrypt_werkzeug',
	'sha256',
	'sha256_salted',
	'sha512_symfony',
];

const emails = { type: 'array', items: email };
const phones = { type: 'array', items: phone };
const statuses = { type: 'array', items: oneOf(['verified', 'reserved']) };
const username = nullable({ type: 'string', pattern: '^([A-Za-z0-9_-]{4,64})?$' });

const metadata = {
	public_metadata: anyObject,
	private_metadata: anyObject,
	unsafe_metadata: anyObject,
};

/** What a user is given both when created and when updated. */
const attributes = {
	external_id: nullable(text),
	first_name: nullable(text),
	last_name: nullable(text),
	locale: nullable(text),
	timezone: text,
	username,
	password: nullable(text),
	password_hasher: oneOf(HASHERS),
	skip_password_checks: nullable(flag),
	totp_secret: nullable(text),
	backup_codes: texts,
	delete_self_enabled: nullable(flag),
	create_organization_enabled: nullable(flag),
	create_organizations_limit: nullable(integer),
	legal_accepted_at: nullable(timestamp),
	skip_legal_checks: nullable(flag),
	created_at: nullable(timestamp),
	bypass_client_trust: nullable(flag),
};

const createUserSchema = closed({
	...attributes,
	...metadata,
	password_digest: nullable(text),
	email_address: emails,
	email_address_identification_status: statuses,
	phone_number: phones,
	phone_number_identification_status: statuses,
	web3_wallet: texts,
	skip_password_requirement: nullable(flag),
	skip_restriction_checks: nullable(flag),
	skip_user_requirement: nullable(flag),
	banned: nullable(flag),
	locked: nullable(flag),
});

/** Without metadata: since 2026-05-12 that has endpoints of its own. */
const updateUserSchema = closed({
	...attributes,
	password_digest: text,
	primary_email_address_id: nullable(text),
	primary_phone_number_id: nullable(text),
	primary_web3_wallet_id: nullable(text),
	notify_primary_email_address_changed: nullable(flag),
	profile_image_id: nullable(text),
	sign_out_of_other_sessions: nullable(flag),
});

const userMetadataSchema = closed(metadata);

module.exports = { createUserSchema, updateUserSchema, userMetadataSchema };
