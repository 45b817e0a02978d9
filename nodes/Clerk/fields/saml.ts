import { wireName } from '../engine/operation';
import type { Field } from '../engine/operation';

/** Fields of a SAML identity provider (IdP), for SAML and for enterprise connections. */

const attribute = (field: string, what: string, named: string): Field => ({
	displayName: `${what.replace(' Address', '')} Attribute`,
	name: `attributeMapping${what.replace(' ', '').replace('ID', 'Id')}`,
	wire: `attribute_mapping.${field}`,
	type: 'string',
	default: '',
	description: `The IdP's attribute for the user's ${named}`,
});

export const samlFields: Field[] = [
	{
		displayName: 'IdP Entity ID',
		name: 'idpEntityId',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/entity',
		description: 'The entity ID of the identity provider (IdP), also called issuer',
	},
	{
		displayName: 'IdP SSO URL',
		name: 'idpSsoUrl',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/sso/saml',
		description: 'Where people sign in at the IdP',
	},
	{
		displayName: 'IdP Certificate',
		name: 'idpCertificate',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		nullable: true,
		description: 'The certificate of the IdP as PEM; for several, use IdP Certificates',
	},
	{
		displayName: 'IdP Certificates',
		name: 'idpCertificates',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		kind: 'certificate',
		encode: 'list',
		description:
			'All certificates of the IdP as PEM, instead of IdP Certificate. They replace the existing ones.',
	},
	{
		displayName: 'IdP Metadata URL',
		name: 'idpMetadataUrl',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://idp.example.com/metadata.xml',
		description: 'Where the IdP publishes its metadata; overrides entity ID, URL and certificate',
	},
	{
		displayName: 'IdP Metadata',
		name: 'idpMetadata',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		nullable: true,
		description: 'The metadata of the IdP as XML; overrides entity ID, URL and certificate',
	},
	attribute('user_id', 'User ID', 'ID'),
	attribute('email_address', 'Email Address', 'email address'),
	attribute('first_name', 'First Name', 'first name'),
	attribute('last_name', 'Last Name', 'last name'),
	{
		displayName: 'Force Authentication',
		name: 'forceAuthn',
		type: 'boolean',
		default: true,
		description: 'Whether the IdP asks people to sign in again each time',
	},
	{
		displayName: 'Login Hint',
		name: 'loginHintMode',
		wire: 'login_hint.mode',
		type: 'options',
		options: [
			{ name: 'Custom Attribute', value: 'custom_attribute' },
			{ name: 'Email Address', value: 'email_address' },
			{ name: 'Off', value: 'off' },
		],
		default: 'email_address',
		description: 'How to tell the IdP who is signing in',
	},
	{
		displayName: 'Login Hint Source',
		name: 'loginHintSource',
		wire: 'login_hint.source',
		type: 'string',
		default: '',
		description: 'For Custom Attribute: its key in the public metadata. Needs Login Hint too.',
		needs: 'loginHintMode',
	},
];

export const samlSignIn: Field[] = [
	{
		displayName: 'Allow Subdomains',
		name: 'allowSubdomains',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether to allow email addresses at subdomains',
	},
	{
		displayName: 'Allow IdP-Initiated',
		name: 'allowIdpInitiated',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether people can also start at the IdP, not only at your sign-in page',
	},
];

/** Returns the fields for an object within the request, such as `saml`. */
export const within = (part: string, fields: Field[]): Field[] => {
	const prefixed = (name: string) => `${part}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return fields.map((field) => ({
		...field,
		displayName: `${part.toUpperCase()}: ${field.displayName}`,
		name: prefixed(field.name),
		wire: `${part}.${wireName(field)}`,
		...(field.needs && { needs: prefixed(field.needs) }),
	}));
};
