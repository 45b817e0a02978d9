import type { IAuthenticate, Icon, ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { refusal } from './accessPolicy';
import type { AccessPolicy } from './accessPolicy';
import { API_VERSION, baseUrlObjection, keyObjection, rootOf } from './clerkKey';

/** A request as either of n8n's helpers describes it; the older one says `uri`. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string };

/**
 * In the words of both helpers. n8n sends a request's headers along to wherever it is redirected, the
 * HTTP Request node before version 4.4 even to another server.
 */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

export class ClerkApi implements ICredentialType {
	name = 'clerkApi';

	displayName = 'Clerk API';

	icon: Icon = {
		light: 'file:../nodes/Clerk/clerk.svg',
		dark: 'file:../nodes/Clerk/clerk.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-clerk/n8n-nodes-clerk?tab=readme-ov-file#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'sk_live_…',
			description:
				'From the API keys page of the Clerk Dashboard. It starts with sk_live_ (production) or sk_test_ (development).',
		},
		{
			displayName: 'API URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.clerk.com/v1',
			description: 'Address of the Backend API. Change it only to test against another server.',
		},
		{
			displayName: 'Access Policy',
			name: 'accessPolicy',
			type: 'options',
			default: 'full',
			options: [
				{
					name: 'Full Access',
					value: 'full',
					description: 'Everything that the secret key can do',
				},
				{
					name: 'No Deletes',
					value: 'noDeletes',
					description:
						'Everything but deletes, whatever their method. Most revoking, rotating, banning and overwriting metadata still pass.',
				},
				{
					name: 'Read Only',
					value: 'readOnly',
					description:
						'Only reading, and no secrets such as API key secrets or OAuth access tokens',
				},
			],
			description:
				'What this credential allows, whatever the key could do. It also holds for the HTTP Request node. A workflow that needs more uses another credential.',
		},
		{
			displayName: 'Share of the Rate Limit (%)',
			name: 'rateLimitShare',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 80,
			description:
				"How much of Clerk's rate limit (1,000 requests in 10 seconds with a production key, 100 with a development key) workflows may use. The rest is left to your application, which lives on the same limit.",
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const objection =
			keyObjection(credentials.secretKey) ??
			baseUrlObjection(credentials.baseUrl) ??
			requestObjection(credentials, requestOptions);
		if (objection) throw new Error(objection);

		const headers = { ...requestOptions.headers };
		for (const name of Object.keys(headers)) {
			if (name.toLowerCase() === 'authorization') delete headers[name];
		}
		if (!Object.keys(headers).some((name) => name.toLowerCase() === 'clerk-api-version')) {
			headers['Clerk-API-Version'] = API_VERSION;
		}
		headers.Authorization = `Bearer ${String(credentials.secretKey)}`;
		return { ...requestOptions, ...NO_REDIRECTS, headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/users/count',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Clerk does not know this secret key. Copy it anew from the API keys page of the Clerk Dashboard.',
				},
			},
		],
	};
}

/** Why a request must not carry the key: it goes elsewhere, or the access policy refuses it. */
function requestObjection(
	{ baseUrl, accessPolicy }: ICredentialDataDecryptedObject,
	options: AnyRequestOptions,
): string | undefined {
	const root = rootOf(String(baseUrl));
	const target = targetOf(options);
	const address = target && target.origin + target.pathname;
	if (!address?.startsWith(`${root}/`)) {
		return `The Clerk credential sends its key only to addresses below ${root}. Use such an address, or change the API URL in the credential.`;
	}
	return refusal(
		(accessPolicy ?? 'full') as AccessPolicy,
		options.method ?? 'GET',
		address.slice(root.length),
	);
}

/** The address as axios makes it: an absolute `url` stands alone, another is appended to `baseURL`. */
function targetOf({ url, uri, baseURL }: AnyRequestOptions): URL | undefined {
	const path = String(url ?? uri ?? '');
	const absolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(path);
	const address =
		absolute || !baseURL ? path : `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}
