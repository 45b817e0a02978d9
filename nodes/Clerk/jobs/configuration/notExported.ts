/** What no export holds, each with the reason. */
export const NOT_EXPORTED: Array<[what: string, reason: string]> = [
	[
		'Restrictions',
		'The API can set them, but does not return them: whether the allowlist and the blocklist apply, subaddresses, disposable domains',
	],
	['Auth configuration', 'The API can set part of it, but does not return it'],
	[
		'Sign-in methods',
		'The API neither shows nor sets them: sign-in and sign-up, passwords, social connections, multi-factor, sessions',
	],
	[
		'Further instance settings',
		'The API can set them, but does not return them: test mode, breached passwords, support email',
	],
	['Signing keys', 'The API does not show those of JWT templates'],
	['Client IDs and secrets', 'Each OAuth application gets its own when it is created'],
	['Machine secret keys', 'Each machine gets its own when it is created'],
	['Enterprise connections', 'They belong to customers: each has its own identity provider'],
	['Domains', 'They belong to one instance'],
	['Webhook endpoints', 'The API neither shows nor sets them'],
	['Email and text message templates', "They are deprecated in Clerk's API"],
	['Billing plans and features', 'The API returns plans, but cannot set them'],
];
