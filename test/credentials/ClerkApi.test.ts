import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { ClerkApi } from '../../credentials/ClerkApi.credentials';
import { everythingIn, KEY } from '../support/scripted';

const BASE = 'https://api.clerk.com/v1';

type Credentials = ICredentialDataDecryptedObject;
type Options = Record<string, unknown>;

const authenticate = new ClerkApi().authenticate as (
	credentials: Credentials,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

const credentials: Credentials = {
	secretKey: KEY,
	baseUrl: BASE,
	accessPolicy: 'full',
	rateLimitShare: 80,
};

const signed = async (options: Options, other: Credentials = {}) =>
	await authenticate({ ...credentials, ...other }, options as unknown as IHttpRequestOptions);

/** Whether a request gets the key; and if not, that the refusal does not hold it. */
async function isSigned(options: Options, other: Credentials = {}): Promise<boolean> {
	try {
		const { headers } = await signed(options, other);
		return headers?.Authorization === `Bearer ${String({ ...credentials, ...other }.secretKey)}`;
	} catch (error) {
		expect(everythingIn(error)).not.toContain(KEY);
		return false;
	}
}

describe('the secret key', () => {
	it.each([
		['', 'is empty'],
		[undefined, 'is empty'],
		[42, 'is empty'],
		[' \n', 'is empty'],
		[`${KEY.slice(0, 10)} ${KEY.slice(10)}`, 'a space or a line break'],
		[`${KEY.slice(0, 10)}\n${KEY.slice(10)}`, 'a space or a line break'],
		[`${KEY.slice(0, 10)}\u00a0${KEY.slice(10)}`, 'a space or a line break'],
		['pk_test_abc', 'publishable key'],
		['pk_live_abc', 'publishable key'],
		[`${KEY}ü`, 'characters that a key cannot have'],
		[`${KEY}\u200b`, 'characters that a key cannot have'],
		[`${KEY}\u0000`, 'characters that a key cannot have'],
	])('of %j is refused with a sentence that says what is wrong', async (secretKey, says) => {
		const signing = signed({ url: `${BASE}/users` }, { secretKey } as Credentials);
		await expect(signing).rejects.toThrow(says);
		await expect(signing).rejects.not.toThrow(/error|problem|failure|mistake/i);
	});

	it.each([`${KEY}\n`, ` ${KEY}`, `\t${KEY}\r\n`, `${KEY}\u00a0`])(
		'of %j is sent without the blanks round it',
		async (secretKey) => {
			const { headers } = await signed({ url: `${BASE}/users` }, { secretKey });
			expect(headers?.Authorization).toBe(`Bearer ${KEY}`);
		},
	);

	it.each(['sk_live_abc', 'sk_test_abc', 'ak_something_else'])('may be %s', async (secretKey) => {
		expect(await isSigned({ url: `${BASE}/users` }, { secretKey })).toBe(true);
	});

	it('replaces whatever else would have signed the request', async () => {
		const { headers } = await signed({
			url: `${BASE}/users`,
			headers: { authorization: 'Bearer other', AUTHORIZATION: 'Basic x', Accept: 'text/plain' },
		});
		expect(headers).toEqual({
			Accept: 'text/plain',
			'Clerk-API-Version': '2026-05-12',
			Authorization: `Bearer ${KEY}`,
		});
	});

	it('is not put into the options that the caller holds', async () => {
		const options = { url: `${BASE}/users`, headers: { Accept: 'text/plain' } };
		await signed(options);
		expect(JSON.stringify(options)).not.toContain(KEY);
	});
});

describe('the API version', () => {
	it('is sent always', async () => {
		const { headers } = await signed({ url: `${BASE}/users` });
		expect(headers).toMatchObject({ 'Clerk-API-Version': '2026-05-12' });
	});

	it.each(['Clerk-API-Version', 'clerk-api-version', 'CLERK-API-VERSION'])(
		'is kept when the request says one already, as %s',
		async (name) => {
			const { headers } = await signed({ url: `${BASE}/users`, headers: { [name]: '2025-11-10' } });
			const versions = Object.entries(headers ?? {}).filter(([key]) => /^clerk-api/i.test(key));
			expect(versions).toEqual([[name, '2025-11-10']]);
		},
	);
});

describe('the address', () => {
	it.each<[string, Options]>([
		['a url', { url: `${BASE}/users` }],
		['a uri, as the older helper says', { uri: `${BASE}/users` }],
		['a url and a query', { url: `${BASE}/users?limit=1#x` }],
		['a path and a baseURL', { baseURL: BASE, url: '/users' }],
		['a path without a slash', { baseURL: `${BASE}/`, url: 'users' }],
		['a uri and a baseURL', { baseURL: BASE, uri: '/users' }],
		['another spelling of the host', { url: 'HTTPS://API.Clerk.com:443/v1/users' }],
		['a way up that stays below', { url: `${BASE}/users/../organizations` }],
	])('below the API URL is signed: %s', async (_, options) => {
		expect(await isSigned(options)).toBe(true);
	});

	const ELSEWHERE: Array<[string, Options]> = [
		['another host', { url: 'https://evil.example/v1/users' }],
		['a longer host', { url: 'https://api.clerk.com.evil.example/v1/users' }],
		['a host below', { url: 'https://evil.api.clerk.com/v1/users' }],
		['a host after user info', { url: 'https://api.clerk.com@evil.example/v1/users' }],
		[
			'a host after user info with a colon',
			{ url: 'https://api.clerk.com:443@evil.example/v1/users' },
		],
		['another port', { url: 'https://api.clerk.com:8443/v1/users' }],
		['http', { url: 'http://api.clerk.com/v1/users' }],
		['another protocol', { url: 'ftp://api.clerk.com/v1/users' }],
		['data', { url: 'data:text/plain,/v1/users' }],
		['the API URL as a mere prefix', { url: `${BASE}evil/users` }],
		['the API URL itself', { url: BASE }],
		['another version', { url: 'https://api.clerk.com/v2/users' }],
		['the root', { url: 'https://api.clerk.com/' }],
		['a way up', { url: `${BASE}/../v2/users` }],
		['an encoded way up', { url: `${BASE}/%2e%2e/v2/users` }],
		['a half encoded way up', { url: `${BASE}/.%2E/v2/users` }],
		['a way up with backslashes', { url: `${BASE}\\..\\v2\\users` }],
		['a way up from a baseURL', { baseURL: BASE, url: '/../v2/users' }],
		['a url without a protocol', { url: '//evil.example/v1/users' }],
		['a url without a protocol, and a baseURL', { baseURL: BASE, url: '//evil.example/v1/users' }],
		[
			'an absolute url in spite of a baseURL',
			{ baseURL: BASE, url: 'https://evil.example/v1/users' },
		],
		[
			'an absolute uri in spite of a baseURL',
			{ baseURL: BASE, uri: 'https://evil.example/v1/users' },
		],
		['backslashes for slashes', { url: 'https:\\\\evil.example\\v1\\users' }],
		['one slash', { url: 'https:/evil.example/v1/users' }],
		['no slash', { url: 'https:evil.example/v1/users' }],
		['a line break in the protocol', { url: 'ht\ntps://evil.example/v1/users' }],
		['a blank in front', { url: ' https://evil.example/v1/users' }],
		['a tab between the slashes', { url: '/\t/evil.example/v1/users' }],
		['another baseURL', { baseURL: 'https://evil.example/v1', url: '/users' }],
		[
			'a baseURL with user info',
			{ baseURL: 'https://api.clerk.com@evil.example/v1', url: '/users' },
		],
		['no address', {}],
		['an empty address', { url: '' }],
		['a path alone', { url: '/v1/users' }],
		['something that is no address', { url: 'users' }],
	];

	it.each(ELSEWHERE)('elsewhere never gets the key: %s', async (_, options) => {
		expect(await isSigned(options)).toBe(false);
	});

	// axios leaves a baseURL only for what has `scheme://` or `//`; everything else stays below it.
	it.each([
		'\\\\evil.example/users',
		'/\\evil.example/users',
		'https:evil.example',
		'/\t/evil.example',
	])('gets the key only below the API URL when a baseURL stands before %j', async (url) => {
		const signing = await isSigned({ baseURL: BASE, url });
		const { origin, pathname } = new URL(`${BASE}/${url.replace(/^\/+/, '')}`);
		expect([signing, origin, pathname.startsWith('/v1/')]).toEqual([
			true,
			'https://api.clerk.com',
			true,
		]);
	});

	it('may be at the root of another server', async () => {
		const other = { baseUrl: 'http://127.0.0.1:4000' };
		expect(await isSigned({ url: 'http://127.0.0.1:4000/users' }, other)).toBe(true);
		expect(await isSigned({ url: 'http://127.0.0.1:4001/users' }, other)).toBe(false);
	});

	it.each([
		'',
		'clerk',
		'ftp://api.clerk.com/v1',
		'javascript:alert(1)',
		`${BASE}?x=1`,
		`${BASE}#x`,
	])('of the API itself must be an address: %j', async (baseUrl) => {
		await expect(signed({ url: `${BASE}/users` }, { baseUrl })).rejects.toThrow(
			'The API URL of the Clerk credential',
		);
	});

	it.each(['https://me@api.clerk.com/v1', 'https://:secret@api.clerk.com/v1'])(
		'of the API itself must hold no user info: %s',
		async (baseUrl) => {
			expect(await isSigned({ url: `${BASE}/users` }, { baseUrl })).toBe(false);
		},
	);
});

describe('the access policy', () => {
	const passes = async (accessPolicy: string, request: string) => {
		const [method, path] = request.split(' ');
		return await isSigned({ method, url: `${BASE}${path}` }, { accessPolicy } as Credentials);
	};

	const READING = [
		'GET /users',
		'GET /users/count',
		'HEAD /users',
		'get /users',
		'GET /users/a%2Fb',
	];
	const VERIFYING = [
		'POST /users/user_1/verify_password',
		'POST /clients/verify',
		'POST /m2m_tokens/verify',
		'POST /api_keys/verify',
		'POST /oauth_applications/access_tokens/verify',
		'POST /templates/email/invitation/preview',
	];
	const SECRET = [
		'GET /api_keys/ak_1/secret',
		'GET /machines/mch_1/secret_key',
		'GET /users/user_1/oauth_access_tokens/oauth_google',
		'GET /enterprise_connections/entconn_1/test_runs',
	];
	const WRITING = [
		'POST /users',
		'PATCH /users/user_1',
		'PUT /users/user_1/metadata',
		'POST /users/user_1/ban',
		'POST /users/user_1/verify_totp',
	];
	const UNKNOWN = ['OPTIONS /users', 'PROPFIND /users', 'purge /users/user_1', 'TRACE /users'];
	const DELETING = [
		'DELETE /users/user_1',
		'delete /users/user_1',
		'DeLeTe /organizations/org_1',
		'DELETE /api_keys/verify',
	];
	const DELETING_BY_STEALTH = [
		'PUT /users/user_1/email_address',
		'PUT /users/user_1/phone_number',
		'POST /users/user_1/remove_password',
		'POST /role_sets/role_set:x/replace',
		'POST /role_sets/role_set:x/roles/replace',
	];
	const everything = [
		...READING,
		...VERIFYING,
		...SECRET,
		...WRITING,
		...UNKNOWN,
		...DELETING,
		...DELETING_BY_STEALTH,
	];

	it.each(everything)('"full" lets %s pass', async (request) => {
		expect(await passes('full', request)).toBe(true);
	});

	it.each([...READING, ...VERIFYING])('"readOnly" lets %s pass', async (request) => {
		expect(await passes('readOnly', request)).toBe(true);
	});

	it.each([...SECRET, ...WRITING, ...UNKNOWN, ...DELETING, ...DELETING_BY_STEALTH])(
		'"readOnly" refuses %s',
		async (request) => {
			expect(await passes('readOnly', request)).toBe(false);
		},
	);

	it.each([...READING, ...VERIFYING, ...SECRET, ...WRITING])(
		'"noDeletes" lets %s pass',
		async (request) => {
			expect(await passes('noDeletes', request)).toBe(true);
		},
	);

	it.each([...UNKNOWN, ...DELETING, ...DELETING_BY_STEALTH])(
		'"noDeletes" refuses %s',
		async (request) => {
			expect(await passes('noDeletes', request)).toBe(false);
		},
	);

	it('without a method is about a GET', async () => {
		expect(await isSigned({ url: `${BASE}/users` }, { accessPolicy: 'readOnly' })).toBe(true);
		const url = `${BASE}/api_keys/ak_1/secret`;
		expect(await isSigned({ url }, { accessPolicy: 'readOnly' })).toBe(false);
	});

	it.each(['', 'everything', 'FULL', '__proto__', 'constructor'])(
		'that is none ("%s") lets nothing pass',
		async (accessPolicy) => {
			expect(await passes(accessPolicy, 'GET /users')).toBe(false);
		},
	);

	it('that an old credential does not have is full access', async () => {
		const old: Credentials = { secretKey: KEY, baseUrl: BASE };
		const options = { method: 'DELETE', url: `${BASE}/users/user_1` };
		const { headers } = await authenticate(old, options as unknown as IHttpRequestOptions);
		expect(headers?.Authorization).toBe(`Bearer ${KEY}`);
	});

	it.each([
		['readOnly', 'Read Only', 'DELETE'],
		['noDeletes', 'No Deletes', 'DELETE'],
	])('names itself and what it refused: %s', async (accessPolicy, name, method) => {
		const signing = signed({ method, url: `${BASE}/users/user_1` }, { accessPolicy });
		await expect(signing).rejects.toThrow(`"${name}" refused DELETE /users/user_1`);
	});

	/** Other spellings of paths that a server may take for the same. */
	const SPELLINGS: Array<[string, (path: string) => string]> = [
		['a slash at the end', (path) => `${path}/`],
		['two slashes', (path) => path.replace(/\//g, '//')],
		['capitals', (path) => path.toUpperCase()],
		['an encoded letter', (path) => path.replace(/[a-z](?=[a-z_]*$)/, (c) => encoded(c))],
		['every letter of the end encoded', (path) => path.replace(/[a-z]+$/, (end) => encoded(end))],
		['an encoded slash', (path) => path.replace(/\/(?=[^/]*$)/, '%2F')],
		['an encoded slash more', (path) => path.replace(/\/(?=[^/]*$)/, '%2F/')],
		['a dot on the way', (path) => path.replace(/\/(?=[^/]*$)/, '/./')],
		['an encoded dot on the way', (path) => path.replace(/\/(?=[^/]*$)/, '/%2e/')],
		['a way up and down', (path) => path.replace(/\/(?=[^/]*$)/, '/x/../')],
		['an encoded way up and down', (path) => path.replace(/\/(?=[^/]*$)/, '/x/%2E%2e/')],
		['backslashes', (path) => path.replace(/\//g, '\\')],
		['an encoded backslash', (path) => path.replace(/\/(?=[^/]*$)/, '%5C')],
		['a query', (path) => `${path}?x=/harmless`],
		['a fragment', (path) => `${path}#/harmless`],
		['an encoded dot after an encoded slash', (path) => path.replace(/\/(?=[^/]*$)/, '%2F./')],
		['a way up after an encoded slash', (path) => path.replace(/\/(?=[^/]*$)/, '/x%2F../')],
		[
			'a letter encoded beside bytes that are no text',
			(path) =>
				path
					.replace(/_1\b|(?<=oauth_)google/, '$&%ff')
					.replace(/^\/[a-z]/, (c) => `/${encoded(c[1])}`),
		],
	];

	function encoded(letters: string): string {
		return [...letters].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
	}

	describe.each(SPELLINGS)('with %s', (_, spell) => {
		it.each(DELETING_BY_STEALTH)('"noDeletes" still refuses %s', async (request) => {
			const [method, path] = request.split(' ');
			expect(await passes('noDeletes', `${method} ${spell(path)}`)).toBe(false);
		});

		it.each(SECRET)('"readOnly" still refuses %s', async (request) => {
			const [method, path] = request.split(' ');
			expect(await passes('readOnly', `${method} ${spell(path)}`)).toBe(false);
		});
	});

	// What is allowed is compared the other way round: only the very path passes.
	it.each([
		'POST /users/user_1/verify_password/ban',
		'POST /users/user_1%2Fban%3F/verify_password',
		'POST /users/user_1%5Cban/verify_password',
		'POST /clients/verify/',
		'POST /Clients/Verify',
		'POST //clients/verify',
		'POST /clients%2Fverify',
		'POST /clients/%76erify',
		'POST /users/x/../user_1/ban',
		'POST /users/user_1/ban?x=/verify_password',
		'POST /users/user_1/ban#/clients/verify',
		'PUT /clients/verify',
		'PATCH /users/user_1/verify_password',
	])('"readOnly" refuses %s, which only looks like checking', async (request) => {
		expect(await passes('readOnly', request)).toBe(false);
	});

	it('reads the path below the API URL, wherever that is', async () => {
		const other = { baseUrl: 'http://127.0.0.1:4000/proxy/clerk/', accessPolicy: 'readOnly' };
		const url = (path: string) => `http://127.0.0.1:4000/proxy/clerk${path}`;
		expect(await isSigned({ url: url('/users') }, other)).toBe(true);
		expect(await isSigned({ url: url('/api_keys/ak_1/secret') }, other)).toBe(false);
		expect(await isSigned({ method: 'POST', url: url('/clients/verify') }, other)).toBe(true);
	});

	it('holds for a uri and a baseURL as it does for a url', async () => {
		const accessPolicy = 'noDeletes';
		const path = '/users/user_1/remove_password';
		const method = 'POST';
		expect(await isSigned({ method, uri: `${BASE}${path}` }, { accessPolicy })).toBe(false);
		expect(await isSigned({ method, baseURL: BASE, url: path }, { accessPolicy })).toBe(false);
		expect(await isSigned({ method, baseURL: BASE, uri: path }, { accessPolicy })).toBe(false);
	});
});

describe('the form of the credential', () => {
	const { properties, test, documentationUrl, icon } = new ClerkApi();

	it('has the names that saved credentials have', () => {
		expect(properties.map(({ name, default: value }) => [name, value])).toEqual([
			['secretKey', ''],
			['baseUrl', BASE],
			['accessPolicy', 'full'],
			['rateLimitShare', 80],
		]);
	});

	it('shows the key as a password', () => {
		expect(properties[0].typeOptions).toEqual({ password: true });
	});

	it('says that the address must start with https://', () => {
		const { description, hint } = properties[1];
		expect(hint).toContain('https://');
		expect(description).toContain(
			'http:// is allowed only for a server on the same machine as n8n',
		);
	});

	it('is tested by a request that the strictest policy allows', async () => {
		const { request } = test;
		expect(request.method ?? 'GET').toBe('GET');
		expect(request.baseURL).toBe('={{$credentials.baseUrl}}');
		const options = { ...request, baseURL: BASE };
		expect(await isSigned(options, { accessPolicy: 'readOnly' })).toBe(true);
	});

	it('has documentation and an icon for light and dark', () => {
		expect(documentationUrl).toMatch(/^https:\/\//);
		expect(icon).toEqual({ light: expect.any(String), dark: expect.any(String) });
	});
});
