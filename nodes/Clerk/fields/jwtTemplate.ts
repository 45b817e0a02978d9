import type { ApiRequest, Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of a JWT template, for the operations that create and update one. */

export const jwtTemplate = locate('jwtTemplate', {
	wire: 'template_id',
	required: true,
	description: 'The template that tokens are made from',
});

export const jwtTemplateFields: Field[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. supabase',
		description: 'The name that your code uses to request the token',
	},
	{
		displayName: 'Claims',
		name: 'claims',
		type: 'json',
		required: true,
		default: '{}',
		templates: true,
		description:
			'The claims of the token. Keep the field on Fixed, so that shortcodes such as {{user.primary_email_address}} reach Clerk unchanged.',
		encode: 'object',
	},
	{
		displayName: 'Allowed Clock Skew',
		name: 'allowedClockSkew',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 300, numberPrecision: 0 },
		default: 5,
		nullable: true,
		description: 'How many seconds server clocks can differ, from 0 to 300',
	},
	{
		displayName: 'Custom Signing Key',
		name: 'customSigningKey',
		type: 'boolean',
		default: true,
		description: 'Whether to sign with your own key; also needs Signing Algorithm and Signing Key',
	},
	{
		displayName: 'Lifetime',
		name: 'lifetime',
		type: 'number',
		typeOptions: { minValue: 30, maxValue: 315_360_000, numberPrecision: 0 },
		default: 60,
		nullable: true,
		description: 'How many seconds a token is valid, from 30 to 315,360,000 (ten years)',
	},
	{
		displayName: 'Signing Algorithm',
		name: 'signingAlgorithm',
		type: 'string',
		default: '',
		nullable: true,
		placeholder: 'e.g. RS256',
		description: 'The algorithm of your own signing key, such as RS256 or HS256',
	},
	{
		displayName: 'Signing Key',
		name: 'signingKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		nullable: true,
		description: 'Your own private key in PEM, or your shared secret, to sign with',
	},
];

const PEM_ON_ONE_LINE = /^\s*(-----BEGIN [A-Z ]+-----)([^-]+)(-----END [A-Z ]+-----)\s*$/;

/**
 * Restores the line breaks of a PEM, without which it cannot be read: a password field removes them
 * when the text is pasted (https://html.spec.whatwg.org/multipage/#value-sanitization-algorithm).
 */
export function withLineBreaks(request: ApiRequest): ApiRequest[] {
	const { signing_key: key } = request.body ?? {};
	const [, begin, content, end] = PEM_ON_ONE_LINE.exec(typeof key === 'string' ? key : '') ?? [];
	if (content === undefined || String(key).trim().includes('\n')) return [request];
	const lines = content.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
	const restored = `${[begin, ...lines, end].join('\n')}\n`;
	return [{ ...request, body: { ...request.body, signing_key: restored } }];
}
