import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { policyOf, refusal } from './accessPolicy';
import {
	API_VERSION,
	reasonToRejectBaseUrl,
	reasonToRejectKey,
	rootOf,
	trimmedKey,
	withoutEndSlashes,
} from './clerkKey';
import { copyOf, knownOptions, reasonToRejectConnection } from './connection';

/** A request as either of n8n's helpers describes it; the older one says `uri` (docs/n8n-notes.md, 6). */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string };

/**
 * In the words of both helpers. n8n follows a redirect with the headers of the request, the HTTP
 * Request node before version 4.4 even to another server (docs/n8n-notes.md, 5 and 6).
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
			placeholder: 'e.g. sk_live_…',
			description:
				'From the API keys page of the Clerk Dashboard. It starts with sk_live_ (production) or sk_test_ (development).',
		},
		{
			displayName: 'API URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.clerk.com/v1',
			hint: 'Starts with https:// and usually ends in /v1',
			description:
				'Address of the Backend API. Change it only to test against another server. It must start with https://; http:// is allowed only for a server on the same machine as n8n (localhost or 127.0.0.1).',
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
					description: 'Everything the secret key can do',
				},
				{
					name: 'No Deletes',
					value: 'noDeletes',
					description:
						'Everything except requests that delete something. Revoking, rotating, banning and overwriting metadata are mostly still allowed.',
				},
				{
					name: 'Read Only',
					value: 'readOnly',
					description:
						'Read requests only, except those that return secrets such as API key secrets or OAuth access tokens',
				},
			],
			hint: 'Read Only is enough for reports and triggers',
			description:
				'Limits what workflows can do with this credential, even if the key allows more. It also applies to the HTTP Request node. For a workflow that needs more, create another credential.',
		},
		{
			displayName: 'Share of the Rate Limit (%)',
			name: 'rateLimitShare',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 80,
			description:
				"How much of Clerk's rate limit workflows can use (1,000 requests in 10 seconds with a production key, 100 with a development key). The rest stays available to your application, which shares the limit.",
		},
	];

	/** Signs a request, for the Clerk node as well as for n8n's own; rejects one that must not have the key. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		// Checked and returned from one copy, so that they cannot differ.
		const options = copyOf({ ...requestOptions });
		const reason =
			reasonToRejectKey(credentials.secretKey) ??
			reasonToRejectBaseUrl(credentials.baseUrl) ??
			reasonToRejectConnection(options) ??
			reasonToRejectRequest(credentials, options);
		if (reason) throw new Error(reason);

		const headers = { ...options.headers };
		for (const name of Object.keys(headers)) {
			if (name.toLowerCase() === 'authorization') delete headers[name];
		}
		if (!Object.keys(headers).some((name) => name.toLowerCase() === 'clerk-api-version')) {
			headers['Clerk-API-Version'] = API_VERSION;
		}
		headers.Authorization = `Bearer ${trimmedKey(credentials.secretKey)}`;
		return { ...knownOptions(options), ...NO_REDIRECTS, headers };
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
						'Clerk rejected this key. Paste it again, or add a new key on the API keys page of the Clerk Dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Clerk API at this API URL, which usually ends in /v1, as in https://api.clerk.com/v1.',
				},
			},
		],
	};
}

/** Returns why a request must not have the key: it goes elsewhere, or the access policy refuses it. */
function reasonToRejectRequest(
	credentials: ICredentialDataDecryptedObject,
	options: AnyRequestOptions,
): string | undefined {
	const root = rootOf(String(credentials.baseUrl));
	const target = targetOf(options);
	const address = target && target.origin + target.pathname;
	if (!address?.startsWith(`${root}/`)) {
		return `The Clerk credential sends its key only to addresses below ${root}. Use such an address, or change the API URL in the credential.`;
	}
	const method: unknown = options.method ?? 'GET';
	if (typeof method !== 'string') {
		return 'The Clerk credential accepts the method of a request only as text, such as GET.';
	}
	const path = address.slice(root.length);
	return refusal(policyOf(credentials), method || 'GET', path, new URL(root).pathname);
}

/** Returns the address as axios builds it: it appends `url` to `baseURL`, unless `url` is absolute (docs/n8n-notes.md, 7). */
function targetOf({ url, uri, baseURL = '' }: AnyRequestOptions): URL | undefined {
	// Not `??`: n8n 1 takes a `url` of null for none, and sends the request to `baseURL` (docs/n8n-notes.md, 6).
	const path: unknown = url === undefined ? uri : url;
	if (typeof path !== 'string' || typeof baseURL !== 'string') return undefined;
	const isAbsolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(path);
	const address =
		isAbsolute || baseURL === ''
			? path
			: `${withoutEndSlashes(baseURL)}/${path.replace(/^\/+/, '')}`;
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}
