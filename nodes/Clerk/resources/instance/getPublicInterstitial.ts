import { defineOperation, one } from '../../engine/operation';
import { nothing } from '../../views/general';

export const getPublicInterstitial = defineOperation({
	name: 'Get Public Interstitial',
	value: 'getPublicInterstitial',
	action: 'Get public interstitial of instance',
	description:
		'Get the HTML page that checks for a signed-in user. Needs Publishable Key or Frontend API.',
	request: 'GET /public/interstitial',
	query: [
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com',
			description: 'The domain of the instance',
		},
		{
			displayName: 'Frontend API',
			name: 'frontendApi',
			type: 'string',
			default: '',
			placeholder: 'e.g. clerk.example.com',
			description: 'The address of the Frontend API of the instance',
		},
		{
			displayName: 'Proxy URL',
			name: 'proxyUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/__clerk',
			description: 'The proxy URL of the Frontend API',
		},
		{
			displayName: 'Publishable Key',
			name: 'publishableKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. pk_test_…',
			description: 'The publishable key of the instance, which is not secret',
		},
		{
			displayName: 'Sign-In URL',
			name: 'signInUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/sign-in',
			description: 'Where people sign in',
		},
		{
			displayName: 'Use Domain for Script',
			name: 'useDomainForScript',
			type: 'boolean',
			default: true,
			description: 'Whether to load the script from the domain too',
		},
	],
	responseType: 'text',
	omitted: { frontendApi: 'deprecated: frontend_api is the same' },
	returns: one(nothing),
});
