'use strict';

/**
 * What Clerk's document says of requests in prose only, as keywords of JSON schema by request line and
 * field: dots for what is nested, `[]` for the entries of a list, `''` for the whole body.
 *
 * @typedef {Record<string, import('./validation').Schema>} Rules
 */

const subject = { pattern: '^(user|org|mch|scim)_\\w{27}$' };
const attributeKey = { pattern: '^[^_][A-Za-z0-9_-]*$' };
const attributeMapping = { additionalProperties: { type: 'string', nullable: true } };
const organization = {
	name: { maxLength: 256, pattern: '^((?!https?://)[^<>])*$' },
	slug: { pattern: '^[a-z0-9-]+$' },
};
const permissionKey = { pattern: '^org:(?!sys_)[a-z0-9_]+:[a-z0-9_]+$' };
const roleKey = { pattern: '^org:[a-z0-9_]+$' };
const roleSetKey = { pattern: '^role_set:[a-z0-9_]+$' };
const passwordHasher = {
	enum: [
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
	],
};
const domainName = { pattern: '^[A-Za-z0-9.-]+(:\\d+)?$' };
const enrollmentMode = {
	pattern: '^(automatic_invitation|automatic_suggestion|enterprise_sso|manual_invitation)$',
};
const DOMAINS = '/organizations/{organization_id}/domains';
const inBulk = (/** @type {number} */ maxItems) => ({ minItems: 1, maxItems });

/** @type {Record<string, Rules>} */
const BY_LINE = {
	'GET /api_keys': { subject, type: { default: 'api_key' }, include_invalid: { default: 'false' } },
	'GET /billing/subscription_items': { include_free: { default: false } },
	'GET /m2m_tokens': { revoked: { default: false }, expired: { default: false } },
	'POST /api_keys': {
		subject,
		name: { pattern: '^(\\S(.*\\S)?)?$' },
		created_by: { pattern: '^user_\\w{27}$' },
	},
	'PATCH /api_keys/{apiKeyID}': { subject },
	'POST /admin_portal_link_tokens': {
		organization_id: { pattern: '^org_\\w{27}$' },
		'scopes[]': { minLength: 1 },
		// The document excludes 0, for which a token is over when it is made.
		seconds_until_expiration: { exclusiveMinimum: undefined },
	},
	'PATCH /directories/{directory_id}': { attribute_mapping: attributeMapping },
	'PATCH /scim_directories/{scim_directory_id}': { attribute_mapping: attributeMapping },
	'POST /enterprise_connections': { 'custom_attributes.key': attributeKey },
	'PATCH /enterprise_connections/{enterprise_connection_id}': {
		'custom_attributes.key': attributeKey,
	},
	'PATCH /beta_features/instance_settings': { from_email_address: { pattern: '^[A-Za-z0-9]*$' } },
	'PATCH /instance/communication': {
		blocked_country_codes: { uniqueItems: true },
		'blocked_country_codes[]': { pattern: '^[A-Z]{2}$' },
	},
	'POST /waitlist_entries/bulk': { '': inBulk(50) },
	'POST /invitations/bulk': { '': inBulk(10) },
	'POST /organizations/{organization_id}/invitations/bulk': { '': inBulk(10) },
	'POST /oauth_applications': { name: { maxLength: 256 } },
	'PATCH /oauth_applications/{oauth_application_id}': { name: { maxLength: 256 } },
	'POST /organization_permissions': { key: permissionKey },
	'PATCH /organization_permissions/{permission_id}': { key: permissionKey },
	'POST /organization_roles': { key: roleKey },
	'PATCH /organization_roles/{organization_role_id}': { key: roleKey },
	'POST /role_sets': { key: roleSetKey },
	'PATCH /role_sets/{role_set_key_or_id}': { key: roleSetKey },
	'POST /role_sets/{role_set_key_or_id}/replace': {
		reassignment_mappings: { type: undefined, additionalProperties: { type: 'string' } },
	},
	[`POST ${DOMAINS}`]: {
		'': { allOf: [{ required: ['name', 'enrollment_mode'] }] },
		enrollment_mode: enrollmentMode,
	},
	[`PATCH ${DOMAINS}/{domain_id}`]: { enrollment_mode: enrollmentMode },
	'POST /allowlist_identifiers': { identifier: { minLength: 1 } },
	'POST /blocklist_identifiers': { identifier: { minLength: 1 } },
	'POST /domains': { name: domainName },
	'PATCH /domains/{domain_id}': { name: domainName },
	'POST /redirect_urls': { url: { pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://.' } },
	'POST /instance/change_domain': { home_url: { format: 'uri' } },
	'PUT /beta_features/domain': { home_url: { format: 'uri' } },
	'GET /organizations': { user_id: { maxItems: undefined } },
	'POST /organizations': organization,
	'PATCH /organizations/{organization_id}': organization,
	'POST /users': { password_hasher: passwordHasher },
	'PATCH /users/{user_id}': { password_hasher: passwordHasher },
};

const dateTime = { format: 'date-time' };

/** Of fields with these names, in every body. @type {Rules} */
const BY_NAME = {
	email_address: { format: 'email' },
	/** E.164 */
	phone_number: { pattern: '^\\+[1-9][0-9]{6,14}$' },
	username: { pattern: '^([A-Za-z0-9_-]{4,64})?$' },
	currency: { pattern: '^[A-Za-z]{3}$' },
	created_at: dateTime,
	legal_accepted_at: dateTime,
};

/** What a query has without being told. @type {Record<string, unknown>} */
const DEFAULTS = { limit: 10, offset: 0, order_by: '-created_at' };

/** How many values a filter takes. */
const MOST_VALUES = 100;

/** Fields of records that the document requires without describing them. @type {Record<string, string[]>} */
const UNDESCRIBED = { SAMLConnection: ['authenticatable', 'disable_jit_provisioning'] };

module.exports = { BY_LINE, BY_NAME, DEFAULTS, MOST_VALUES, UNDESCRIBED };
