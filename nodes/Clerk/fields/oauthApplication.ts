import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of an OAuth application, for the operations that create and update one. */

export const oauthApplication = locate('oauthApplication', {
	required: true,
	description: 'The application that users sign in to with their account',
});

export const name: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Partner Portal',
	description: 'The name users see, up to 256 characters',
};

export const settings: Field[] = [
	{
		displayName: 'Callback URL (Deprecated)',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		nullable: true,
		description: 'Use Redirect URIs instead',
	},
	{
		displayName: 'Consent Screen Enabled',
		name: 'consentScreenEnabled',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether to ask users for consent; always on for applications that registered themselves',
	},
	{
		displayName: 'PKCE Required',
		name: 'pkceRequired',
		type: 'boolean',
		default: true,
		nullable: true,
		description: 'Whether the application must use PKCE',
	},
	{
		displayName: 'Public',
		name: 'public',
		type: 'boolean',
		default: true,
		nullable: true,
		description:
			'Whether it cannot keep a secret, such as in a browser or on a phone. It then uses PKCE and has no client secret.',
	},
	{
		displayName: 'Redirect URIs',
		name: 'redirectUris',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. https://partner.example.com/callback',
		description: 'Where users can be sent back to, separated by commas; any scheme is allowed',
		encode: 'list',
	},
	{
		displayName: 'Scopes',
		name: 'scopes',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. profile email',
		description:
			'Scopes that the application can request, separated by spaces: profile, email, public_metadata, private_metadata, offline_access, and custom scopes of the instance',
	},
];

/** The settings in an update, where Clerk replaces all scopes. */
export const newSettings: Field[] = settings.map((field) =>
	field.name === 'scopes'
		? {
				...field,
				placeholder: 'e.g. profile email offline_access',
				description:
					'Scopes that the application can request, separated by spaces. They replace the existing ones, and must include required ones such as offline_access.',
			}
		: field,
);
