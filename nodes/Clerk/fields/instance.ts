import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of the instance's settings. */

export const testMode: Field = {
	displayName: 'Test Mode',
	name: 'testMode',
	type: 'boolean',
	default: true,
	nullable: true,
	description: 'Whether test email addresses and phone numbers are allowed',
};

export const domainFields: Field[] = [
	{
		displayName: 'Home URL',
		name: 'homeUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com',
		description: 'The address your application moves to',
	},
	{
		displayName: 'Is Secondary',
		name: 'isSecondary',
		type: 'boolean',
		default: true,
		description:
			'Whether it is one of several applications on the same root domain, so that its subdomain counts',
	},
];

export const DOMAIN_NOTICE = [
	'Moves a production instance to another domain and signs all users out, which cannot be undone.',
	'Your application is down until its DNS records, SSL certificates, redirect URLs and keys fit the new domain.',
	'Dry Run shows which instance it is, and how many users it has.',
];

/** Counts all users in place of their sessions, which Clerk cannot list. */
export const domainDestroys = [
	{ name: 'domainOfInstance', path: '/instance' },
	{ name: 'sessionsOfUsers', path: '/users/count' },
];

/** Fields of the general settings. */
export const instanceFields: Field[] = [
	testMode,
	{
		displayName: 'Allowed Origins',
		name: 'allowedOrigins',
		type: 'string',
		default: '',
		placeholder: 'e.g. chrome-extension://abcdefgh, capacitor://localhost',
		encode: 'list',
		nullable: true,
		nullKeeps: true,
		description:
			'All origins that apps in the place of a browser may have, separated by commas: of browser extensions, Electron or Capacitor. They replace those allowed before; an empty list removes all.',
	},
	{
		displayName: 'Check for Leaked Passwords',
		name: 'hibp',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether passwords are refused that Have I Been Pwned knows',
	},
	{
		displayName: 'Clerk JS Version',
		name: 'clerkJsVersion',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. 5.2.1',
		description: 'The version of @clerk/clerk-js that pages load',
	},
	{
		displayName: 'Cookieless Dev (Deprecated)',
		name: 'cookielessDev',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether development works without third-party cookies. Use URL-Based Session Syncing instead.',
	},
	{
		displayName: 'Development Origin',
		name: 'developmentOrigin',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. http://localhost:3000',
		description: 'The address of your application while you develop it',
	},
	{
		displayName: 'Preferred Sign-In Strategy',
		name: 'preferredSignInStrategyWhenPasswordRequired',
		type: 'options',
		options: [
			{ name: 'None', value: '', description: 'Go back to what Clerk does by itself' },
			{ name: 'One-Time Code', value: 'otp' },
			{ name: 'Password', value: 'password' },
		],
		default: 'password',
		nullable: true,
		description: 'What sign-in asks for first; counts only where a password is required',
	},
	{
		displayName: 'Support Email',
		name: 'supportEmail',
		type: 'string',
		default: '',
		nullable: true,
		kind: 'emailAddress',
		placeholder: 'e.g. help@example.com',
		description: 'The email address that users are told to write to',
	},
	{
		displayName: 'URL-Based Session Syncing',
		name: 'urlBasedSessionSyncing',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether sessions are synced by URL in development, without third-party cookies',
	},
];

export const oauthSettingsFields: Field[] = [
	{
		displayName: 'Advertise CIMD',
		name: 'clientIdMetadataDocumentsAdvertised',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether the server tells clients that it takes a Client ID Metadata Document (CIMD)',
	},
	{
		displayName: 'Block Implicit CIMD Clients',
		name: 'clientIdMetadataDocumentsBlockImplicitlyAllowedClients',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether CIMD clients that were not explicitly allowed are refused; their existing tokens stay valid',
	},
	{
		displayName: 'Default Scopes',
		name: 'defaultScopes',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. profile, email',
		encode: 'list',
		description:
			'Scopes that applications start with, separated by commas; an expression that gives null goes back to those of Clerk',
	},
	{
		displayName: 'Dynamic Client Registration',
		name: 'dynamicOauthClientRegistration',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether applications can register themselves (RFC 7591)',
	},
	{
		displayName: 'JWT Access Tokens',
		name: 'oauthJwtAccessTokens',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether access tokens are JWTs, which cannot be revoked, and not opaque',
	},
	{
		displayName: 'Only Known CIMD Clients',
		name: 'clientIdMetadataDocumentsOnlyAllowPreRegisteredClients',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether CIMD clients are refused that Clerk does not know yet; a deleted one is unknown again',
	},
];

export const organizationSettingsFields: Field[] = [
	{
		displayName: 'Admins Can Delete',
		name: 'adminDeleteEnabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether administrators may delete their organization in your application',
	},
	locate('roleId', {
		as: 'creatorRoleId',
		nullable: true,
		displayName: 'Creator Role',
		description: 'The role of the user who creates an organization',
	}),
	locate('roleId', {
		as: 'domainsDefaultRoleId',
		nullable: true,
		displayName: 'Domains Default Role',
		description: 'The role of those who join by a domain',
	}),
	{
		displayName: 'Domains Enabled',
		name: 'domainsEnabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether organizations can have domains of their own, by which people join',
	},
	{
		displayName: 'Domains Enrollment Modes',
		name: 'domainsEnrollmentModes',
		type: 'multiOptions',
		options: [
			{ name: 'Automatic Invitation', value: 'automatic_invitation' },
			{ name: 'Automatic Suggestion', value: 'automatic_suggestion' },
		],
		default: [],
		description: 'How people with an address of such a domain join',
	},
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether there are organizations',
	},
	{
		displayName: 'Max Allowed Memberships',
		name: 'maxAllowedMemberships',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 5,
		nullable: true,
		description: 'How many members an organization may have; 0 means as many as wanted',
	},
	{
		displayName: 'Slug Disabled',
		name: 'slugDisabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether organizations have no slugs',
	},
];

export const restrictionFields: Field[] = [
	{
		displayName: 'Allowlist',
		name: 'allowlist',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether only those who are on the allowlist can sign up',
	},
	{
		displayName: 'Block Disposable Email Domains',
		name: 'blockDisposableEmailDomains',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to refuse sign-ups with a throw-away address',
	},
	{
		displayName: 'Block Email Subaddresses',
		name: 'blockEmailSubaddresses',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to refuse sign-ups with an address that contains +, = or #',
	},
	{
		displayName: 'Blocklist',
		name: 'blocklist',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether those who are on the blocklist cannot sign up',
	},
	{
		displayName: 'Lists Disabled on Sign-In',
		name: 'allowlistBlocklistDisabledOnSignIn',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether allowlist and blocklist count only for signing up, and not for signing in',
	},
];
