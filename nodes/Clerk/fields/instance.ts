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
		description: 'The new address of your application',
	},
	{
		displayName: 'Is Secondary',
		name: 'isSecondary',
		type: 'boolean',
		default: true,
		description:
			'Whether this is a secondary application on the same root domain, so that its subdomain is kept',
	},
];

export const DOMAIN_NOTICE = [
	'Moves a production instance to another domain and signs all users out, which cannot be undone.',
	'Your application is down until its DNS records, SSL certificates, redirect URLs and keys match the new domain.',
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
			'Allowed origins of browser-like apps (browser extensions, Electron, Capacitor), separated by commas. They replace the existing ones; an empty list removes all.',
	},
	{
		displayName: 'Check for Leaked Passwords',
		name: 'hibp',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to reject passwords found in Have I Been Pwned',
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
		description: 'The address of your application in development',
	},
	{
		displayName: 'Preferred Sign-In Strategy',
		name: 'preferredSignInStrategyWhenPasswordRequired',
		type: 'options',
		options: [
			{ name: 'None', value: '', description: "Use Clerk's default" },
			{ name: 'One-Time Code', value: 'otp' },
			{ name: 'Password', value: 'password' },
		],
		default: 'password',
		nullable: true,
		description: 'What sign-in asks for first; applies only if a password is required',
	},
	{
		displayName: 'Support Email',
		name: 'supportEmail',
		type: 'string',
		default: '',
		nullable: true,
		kind: 'emailAddress',
		placeholder: 'e.g. help@example.com',
		description: 'The support address shown to users',
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
		description: 'Whether to advertise support for Client ID Metadata Documents (CIMD)',
	},
	{
		displayName: 'Block Implicit CIMD Clients',
		name: 'clientIdMetadataDocumentsBlockImplicitlyAllowedClients',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether to reject CIMD clients that were not explicitly allowed; their existing tokens stay valid',
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
			"Default scopes of applications, separated by commas. To return to Clerk's, use an expression that returns null.",
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
		description:
			'Whether access tokens are JWTs, which cannot be revoked, instead of opaque tokens',
	},
	{
		displayName: 'Only Known CIMD Clients',
		name: 'clientIdMetadataDocumentsOnlyAllowPreRegisteredClients',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether to reject CIMD clients that Clerk does not know yet, deleted ones included',
	},
];

export const organizationSettingsFields: Field[] = [
	{
		displayName: 'Admins Can Delete',
		name: 'adminDeleteEnabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether administrators can delete their organization in your application',
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
		description: 'The role of people who join through a domain',
	}),
	{
		displayName: 'Domains Enabled',
		name: 'domainsEnabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether organizations can have their own domains, through which people join',
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
		description: 'How people with an email address at such a domain join',
	},
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether organizations are turned on',
	},
	{
		displayName: 'Max Allowed Memberships',
		name: 'maxAllowedMemberships',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 5,
		nullable: true,
		description: 'How many members an organization can have; 0 for no limit',
	},
	{
		displayName: 'Slug Disabled',
		name: 'slugDisabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to turn off organization slugs',
	},
];

export const restrictionFields: Field[] = [
	{
		displayName: 'Allowlist',
		name: 'allowlist',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether only people on the allowlist can sign up',
	},
	{
		displayName: 'Block Disposable Email Domains',
		name: 'blockDisposableEmailDomains',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to reject sign-ups with a disposable address',
	},
	{
		displayName: 'Block Email Subaddresses',
		name: 'blockEmailSubaddresses',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to reject sign-ups with an address that contains +, = or #',
	},
	{
		displayName: 'Blocklist',
		name: 'blocklist',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to block people on the blocklist from signing up',
	},
	{
		displayName: 'Lists Disabled on Sign-In',
		name: 'allowlistBlocklistDisabledOnSignIn',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether the allowlist and blocklist apply only to sign-up, not to sign-in',
	},
];
