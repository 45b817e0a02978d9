import { orNull, wireName } from '../engine/operation';
import type { Destroys, Field } from '../engine/operation';
import { locate } from './locators';
import { samlFields, samlSignIn, within } from './saml';

/** Fields of enterprise and of SAML connections, which connect an identity provider (IdP). */

export const enterpriseConnection = locate('enterpriseConnection', {
	required: true,
	description: 'The connection, from the list or by ID',
});

export const samlConnection = locate('samlConnection', {
	required: true,
	description: 'The connection, from the list or by ID',
});

export const name: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Acme Okta',
	description: 'The name of the connection',
};

export const domains: Field = {
	displayName: 'Domains',
	name: 'domains',
	type: 'string',
	default: '',
	kind: 'domain',
	placeholder: 'e.g. acme.com, acme.org',
	description:
		'Email domains that sign in through the connection, separated by commas. An update replaces the existing ones.',
	encode: 'list',
};

/** Domains in an update, where Clerk takes an empty list for "no change". */
export const newDomains: Field = {
	...domains,
	description:
		'Email domains that sign in through the connection, separated by commas. They replace the existing ones. You cannot remove all of them, so the field must not be empty.',
	neverEmpty: true,
};

export const domainIsLegacy = {
	domain: 'deprecated: domains takes one as well',
};

export const linkedOrganization = locate('organization', {
	description: 'The organization that people join when they sign in through the connection',
});

/** The organization in an update: Clerk can replace it, but not remove it. */
export const newOrganization: Field = {
	...linkedOrganization,
	description:
		'The organization that people join when they sign in through the connection. You can change it but not remove it, so the field must not be empty.',
	neverEmpty: true,
};

const SAML_PROVIDERS = [
	{ name: 'Custom (SAML)', value: 'saml_custom' },
	{ name: 'Google Workspace (SAML)', value: 'saml_google' },
	{ name: 'Microsoft Entra ID (SAML)', value: 'saml_microsoft' },
	{ name: 'Okta (SAML)', value: 'saml_okta' },
];

const OIDC_PROVIDERS = [
	{ name: 'Custom (OIDC)', value: 'oidc_custom' },
	{ name: 'GitHub Enterprise (OIDC)', value: 'oidc_github_enterprise' },
	{ name: 'GitLab (OIDC)', value: 'oidc_gitlab' },
];

const provider = (options: typeof SAML_PROVIDERS): Field => ({
	displayName: 'Provider',
	name: 'provider',
	type: 'options',
	required: true,
	options: [...options].sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: 'saml_custom',
	description: 'The identity provider (IdP); it cannot be changed later',
});

export const samlProvider = provider(SAML_PROVIDERS);
export const anyProvider = provider([...SAML_PROVIDERS, ...OIDC_PROVIDERS]);

export const active: Field = {
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether people can sign in through it. Turning it on can delete verified domains of organizations with the same names.',
};

/** The verified domains that a dry run counts when an update turns a connection on. */
export const domainsAtRisk: Pick<Destroys, 'name' | 'path' | 'query'> = {
	name: 'verifiedOrganizationDomains',
	path: '/organization_domains',
	query: { verified: 'true', limit: 1 },
};

/** Only for SAML connections; enterprise connections delete the domains without consent. */
export const consentToDeletion: Field = {
	displayName: 'Allow Deletion of Domains',
	name: 'consentVerifiedDomainsDeletion',
	type: 'boolean',
	default: true,
	nullable: true,
	description:
		'Whether turning on the connection can delete verified domains of organizations with the same names. Otherwise, Clerk refuses to turn it on if there are any.',
};

export const accountLinking: Field = {
	displayName: 'Allow Account Linking',
	name: 'allowOrganizationAccountLinking',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether members of the organization can link accounts they already have',
};

/** Fields that Clerk's SDK has and its document lacks (spec/additions.json). */
export const signInRules: Field[] = [
	{
		displayName: 'Authenticatable',
		name: 'authenticatable',
		type: 'boolean',
		default: true,
		description:
			'Whether people can sign in and sign up through the connection. Needs the authenticatable connections feature.',
	},
	{
		displayName: 'Disable JIT Provisioning',
		name: 'disableJitProvisioning',
		type: 'boolean',
		default: true,
		description:
			'Whether to stop sign-ins from creating users, so that only a directory or you create them',
	},
];

/** Fields that only an update can set. */
export const userRules: Field[] = [
	{
		displayName: 'Sync User Attributes',
		name: 'syncUserAttributes',
		type: 'boolean',
		default: true,
		nullable: true,
		description: "Whether to update the user's attributes at each sign-in",
	},
	{
		displayName: 'Disable Additional Identifications',
		name: 'disableAdditionalIdentifications',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to stop its users from adding other email addresses or accounts',
	},
];

const oidcFields: Field[] = [
	{
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		default: '',
		nullable: true,
		description: 'The client ID from the IdP',
	},
	{
		displayName: 'Client Secret',
		name: 'clientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		nullable: true,
		description: 'The client secret from the IdP; a public client has none',
	},
	{
		displayName: 'Discovery URL',
		name: 'discoveryUrl',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/.well-known/openid-configuration',
		description: 'The discovery document of the IdP, which replaces the other URLs',
	},
	{
		displayName: 'Authorization URL',
		name: 'authUrl',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/authorize',
		description: 'Where people sign in at the IdP; required without a discovery URL',
	},
	{
		displayName: 'Token URL',
		// n8n's lint rules require a field with "token" in its name to be a password (docs/n8n-notes.md, 39).
		name: 'exchangeUrl',
		wire: 'token_url',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/token',
		description: 'Where the IdP exchanges a code for tokens; required without a discovery URL',
	},
	{
		displayName: 'User Info URL',
		name: 'userInfoUrl',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/userinfo',
		description: "Where the IdP returns the user's data; required without a discovery URL",
	},
	{
		displayName: 'Requires PKCE',
		name: 'requiresPkce',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to use PKCE; required without a client secret',
	},
];

const customAttributes: Field = {
	displayName: 'Custom Attributes',
	name: 'customAttributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Attribute',
	default: {},
	description:
		'Other attributes from the IdP to store with the user. Needs the custom attributes feature.',
	options: [
		{
			name: 'entry',
			displayName: 'Attribute',
			values: [
				{
					displayName: 'Directory Path',
					name: 'directoryPath',
					type: 'string',
					default: '',
					placeholder: 'e.g. title',
					description: 'GJSON path of the value in users that a directory (SCIM) sends',
				},
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. department',
					description: 'The metadata key to store it under',
				},
				{
					displayName: 'Multiple Values',
					name: 'multiValued',
					type: 'boolean',
					default: false,
					description: 'Whether it can have several values, stored as a list',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. Department',
					description: 'The name of the attribute',
				},
				{
					displayName: 'SSO Path',
					name: 'ssoPath',
					type: 'string',
					default: '',
					placeholder: 'e.g. department',
					description: 'Path of the value in SAML assertions or OIDC claims',
				},
			],
		},
	],
};

/** Enterprise connections take null for more of the SAML fields than SAML connections do. */
const orNullInConnection = (field: Field): Field =>
	/attribute_mapping|force_authn/.test(wireName(field)) ? orNull(field) : field;

const providerFields: Field[] = [
	...within('saml', [...samlFields, ...samlSignIn]).map(orNullInConnection),
	...within('oidc', oidcFields),
];

/** Fields of the identity provider of a new connection. */
export const idpFields: Field[] = [...providerFields, customAttributes];

/** Fields of the identity provider in an update, where Clerk replaces all custom attributes. */
export const newIdpFields: Field[] = [
	...providerFields,
	{
		...customAttributes,
		description:
			'Other attributes from the IdP to store with the user. They replace all existing ones. Needs the custom attributes feature.',
		emptiedBy: 'removeAllCustomAttributes',
	},
];

/** A separate switch, so that a table that was added and left empty clears nothing. */
export const removeAllCustomAttributes: Field = {
	displayName: 'Remove All Custom Attributes',
	name: 'removeAllCustomAttributes',
	type: 'boolean',
	default: true,
	description:
		'Whether to remove all custom attributes; Custom Attributes must then be empty or not added',
};

export const pathIsLegacy = {
	'custom_attributes.scim_path': 'the legacy name of directory_path, which must hold the same',
};
