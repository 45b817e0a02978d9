/** Words with a spelling of their own, by their lower case. */
const ABBREVIATIONS = new Map(
	[
		'ACS',
		'API',
		'CNAME',
		'ID',
		'IDs',
		'IdP',
		'IP',
		'IT',
		'JWKS',
		'JWT',
		'M2M',
		'MFA',
		'OAuth',
		'OIDC',
		'PKCE',
		'SAML',
		'SCIM',
		'SP',
		'SSO',
		'TOTP',
		'TTL',
		'URI',
		'URIs',
		'URL',
		'URLs',
	].map((word) => [word.toLowerCase(), word]),
);

/** Returns a name as a label: `primaryEmailAddressId` → `Primary Email Address ID`. */
export const titleCase = (name: string): string =>
	name
		.replace(/([A-Z])/g, ' $1')
		.toLowerCase()
		.split(' ')
		.map((word) => ABBREVIATIONS.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
