import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { api } from '../../scripts/lib/clerkApi';
import { ClerkApi } from '../../credentials/ClerkApi.credentials';
import { HIDDEN_DELETES, SECRET_READS, VERIFICATIONS } from '../../credentials/accessPolicy';
import { toClerkCredential } from '../../nodes/Clerk/engine/http/credential';
import { everythingIn, KEY } from '../support/scripted';
import { growthOf } from '../support/timing';

/** Everything that a person who may only edit workflows can try on the credential, without a network. */

const BASE = 'https://api.clerk.com/v1';

type Credentials = ICredentialDataDecryptedObject;
type Options = Record<string, unknown>;

const credentials = { secretKey: KEY, baseUrl: BASE, accessPolicy: 'full', rateLimitShare: 80 };

const authenticate = new ClerkApi().authenticate as (
	credentials: Credentials,
	options: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

const signed = async (options: Options, other: object = {}) =>
	await authenticate(
		{ ...credentials, ...other } as Credentials,
		options as unknown as IHttpRequestOptions,
	);

/** The sentence of the refusal; undefined where the request got the key. */
async function refusalOf(options: Options, other: object = {}): Promise<string | undefined> {
	try {
		await signed(options, other);
		return undefined;
	} catch (error) {
		expect(everythingIn(error)).not.toContain(KEY);
		const { message } = error as Error;
		expect(message).toMatch(/^[A-Z].*\.$/);
		expect(message).not.toMatch(/error|problem|failure|mistake/i);
		return message;
	}
}

/** As each of n8n's helpers describes a request, and what HTTP Request adds in its versions. */
const SPELLINGS: Array<[string, Options]> = [
	['httpRequest', { url: `${BASE}/users`, method: 'GET', disableFollowRedirect: true }],
	['a baseURL', { baseURL: BASE, url: '/users' }],
	[
		'HTTP Request 1 and 2',
		{
			headers: {},
			method: 'GET',
			uri: `${BASE}/users`,
			gzip: true,
			rejectUnauthorized: true,
			timeout: 3_600_000,
			useQuerystring: true,
			json: true,
			resolveWithFullResponse: true,
			simple: false,
		},
	],
	[
		'HTTP Request 3 to 4.5',
		{
			headers: { accept: 'application/json' },
			method: 'POST',
			uri: `${BASE}/users`,
			gzip: true,
			rejectUnauthorized: true,
			followRedirect: true,
			followAllRedirects: true,
			maxRedirects: 21,
			resolveWithFullResponse: true,
			sendCredentialsOnCrossOriginRedirect: true,
			allowedDomains: undefined,
			timeout: 300_000,
			qsStringifyOptions: { arrayFormat: 'brackets' },
			encoding: null,
			json: false,
			useStream: true,
			agentOptions: {},
			body: { a: 1 },
		},
	],
];

const AGENT_OPTIONS: Options = {
	host: 'evil.example',
	hostname: 'evil.example',
	port: 4443,
	defaultPort: 4443,
	socketPath: '/tmp/evil.sock',
	path: '/tmp/evil.sock',
	socket: {},
	servername: 'evil.example',
	lookup: () => undefined,
	ca: 'CERTIFICATE',
	cert: 'CERTIFICATE',
	key: 'KEY',
	pfx: 'PFX',
	passphrase: 'x',
	crl: 'CRL',
	secureContext: {},
	secureOptions: 4,
	secureProtocol: 'TLSv1_method',
	minVersion: 'TLSv1',
	maxVersion: 'TLSv1',
	ciphers: 'NULL',
	checkServerIdentity: () => undefined,
	ALPNProtocols: ['h2'],
	session: 'SESSION',
	pskCallback: () => null,
	localAddress: '10.0.0.1',
	localPort: 1,
	family: 6,
	hints: 1,
	autoSelectFamily: true,
	createConnection: () => undefined,
	proxyEnv: { HTTPS_PROXY: 'http://evil.example' },
	proxy: 'http://evil.example',
	something: 'new',
};

const CONNECTIONS: Array<[string, Options]> = [
	['proxy as HTTP Request writes it', { proxy: 'http://evil.example:8080' }],
	['proxy with TLS', { proxy: 'https://evil.example:8080' }],
	['proxy as an object', { proxy: { host: 'evil.example', port: 8080 } }],
	['proxy that is no address', { proxy: 'evil' }],
	['tunnel', { tunnel: true }],
	['proxyHeaderWhiteList', { proxyHeaderWhiteList: ['authorization'] }],
	['rejectUnauthorized: false', { rejectUnauthorized: false }],
	['rejectUnauthorized: 0', { rejectUnauthorized: 0 }],
	["rejectUnauthorized: 'false'", { rejectUnauthorized: 'false' }],
	["rejectUnauthorized: ''", { rejectUnauthorized: '' }],
	['strictSSL: false', { strictSSL: false }],
	['skipSslCertificateValidation', { skipSslCertificateValidation: true }],
	["skipSslCertificateValidation: 'true'", { skipSslCertificateValidation: 'true' }],
	['allowUnauthorizedCerts', { allowUnauthorizedCerts: true }],
	['insecureHTTPParser', { insecureHTTPParser: true }],
	['agentOptions.rejectUnauthorized: false', { agentOptions: { rejectUnauthorized: false } }],
	['agentOptions.rejectUnauthorized: null', { agentOptions: { rejectUnauthorized: null } }],
	['agentOptions.rejectUnauthorized: 0', { agentOptions: { rejectUnauthorized: 0 } }],
	['agentOptions.strictSSL: false', { agentOptions: { strictSSL: false } }],
	['agentOptions as a text', { agentOptions: 'evil' }],
	['agentOptions as a function', { agentOptions: () => undefined }],
	['agentOptions as a list', { agentOptions: [{ host: 'evil.example' }] }],
	...Object.entries(AGENT_OPTIONS).map(([name, value]): [string, Options] => [
		`agentOptions.${name}`,
		{ agentOptions: { keepAlive: true, [name]: value } },
	]),
	['agent', { agent: {} }],
	['agentClass', { agentClass: {} }],
	['agents', { agents: {} }],
	['httpAgent', { httpAgent: {} }],
	['httpsAgent', { httpsAgent: {} }],
	['pool', { pool: {} }],
	['socketPath', { socketPath: '/tmp/evil.sock' }],
	['host', { host: 'evil.example' }],
	['hostname', { hostname: 'evil.example' }],
	['port', { port: 4443 }],
	['path', { path: '/v1/users/user_1' }],
	['lookup', { lookup: () => undefined }],
	['localAddress', { localAddress: '10.0.0.1' }],
	['family', { family: 6 }],
	['servername', { servername: 'evil.example' }],
	['ca', { ca: 'CERTIFICATE' }],
	['cert', { cert: 'CERTIFICATE' }],
	['key', { key: 'KEY' }],
	['pfx', { pfx: 'PFX' }],
	['passphrase', { passphrase: 'x' }],
	['secureContext', { secureContext: {} }],
	['checkServerIdentity', { checkServerIdentity: () => undefined }],
	['transport', { transport: {} }],
	['adapter', { adapter: () => undefined }],
	['dispatcher', { dispatcher: {} }],
	['auth', { auth: { username: 'a', password: 'b' } }],
	['auth with a key of another', { auth: { bearer: 'sk_test_other' } }],
	['oauth', { oauth: {} }],
];

const HEADERS: Array<[string, unknown]> = [
	['Host', { Host: 'evil.example' }],
	['host', { host: 'evil.example' }],
	['HOST', { HOST: 'evil.example' }],
	['a Host with a blank', { ' host ': 'evil.example' }],
	['X-HTTP-Method-Override', { 'X-HTTP-Method-Override': 'DELETE' }],
	['x-http-method-override', { 'x-http-method-override': 'DELETE' }],
	['X_HTTP_Method_Override', { X_HTTP_Method_Override: 'DELETE' }],
	['X-HTTP-Method', { 'X-HTTP-Method': 'DELETE' }],
	['X-Method-Override', { 'X-Method-Override': 'DELETE' }],
	['X-Original-URL', { 'X-Original-URL': '/v1/users/user_1' }],
	['X-Rewrite-URL', { 'X-Rewrite-URL': '/v1/users/user_1' }],
	['X-Forwarded-Host', { 'X-Forwarded-Host': 'evil.example' }],
	['X-Forwarded-URL', { 'X-Forwarded-URL': '/v1/users/user_1' }],
	['X-Original-Path', { 'X-Original-Path': '/v1/users/user_1' }],
	['X-Envoy-Original-Path', { 'X-Envoy-Original-Path': '/v1/users/user_1' }],
	['X-Request-Method', { 'X-Request-Method': 'DELETE' }],
	['X-Override-Method', { 'X-Override-Method': 'DELETE' }],
	['Transfer-Encoding', { 'Transfer-Encoding': 'chunked' }],
	['Upgrade', { Upgrade: 'h2c' }],
	['headers in axios’s common', { common: { Host: 'evil.example' } }],
	['headers in axios’s get', { get: { Host: 'evil.example' } }],
	['a header in a list', { accept: [{ Host: 'evil.example' }] }],
	['a header of the prototype', JSON.parse('{"__proto__":{"Host":"evil.example"}}')],
	['a name with a line break', { 'accept\r\nHost': 'evil.example' }],
	['an empty name', { '': 'evil.example' }],
	['headers as pairs', [['Host', 'evil.example']]],
	['headers as lines', ['Host: evil.example']],
	['headers as objects', [{ name: 'Host', value: 'evil.example' }]],
	['headers as a text', 'Host: evil.example'],
];

describe.each(SPELLINGS)('a request as of %s', (_, request) => {
	it('gets the key where it says nothing about its connection', async () => {
		expect(await refusalOf(request)).toBeUndefined();
	});

	it.each(CONNECTIONS)('does not get the key with %s', async (_name, options) => {
		expect(await refusalOf({ ...request, ...options })).toBeDefined();
	});

	it.each(CONNECTIONS)('does not get it on this machine either: %s', async (_name, options) => {
		const baseUrl = 'http://127.0.0.1:4000/v1';
		const here = JSON.parse(JSON.stringify(request).replaceAll(BASE, baseUrl)) as Options;
		expect(await refusalOf(here, { baseUrl })).toBeUndefined();
		expect(await refusalOf({ ...here, ...options }, { baseUrl })).toBeDefined();
	});

	it.each(HEADERS)('does not get the key with %s', async (_name, headers) => {
		expect(await refusalOf({ ...request, headers })).toBeDefined();
	});
});

describe('the connection', () => {
	it.each<[Options, RegExp]>([
		[{ proxy: 'http://evil.example' }, /Remove the option Proxy .* HTTPS_PROXY/],
		[{ rejectUnauthorized: false }, /Turn off Ignore SSL Issues .* NODE_EXTRA_CA_CERTS/],
		[{ agentOptions: { ca: 'x' } }, /"agentOptions\.ca".*SSL Certificates/],
		[{ headers: { Host: 'evil.example' } }, /the header "Host"/],
	])('is refused with what to do about it: %j', async (options, says) => {
		expect(await refusalOf({ url: `${BASE}/users`, ...options })).toMatch(says);
	});

	it('may have what decides nothing', async () => {
		const agentOptions = { keepAlive: true, maxSockets: 5, timeout: 1000, ca: undefined };
		const harmless = { proxy: '', auth: undefined, tunnel: false, rejectUnauthorized: true };
		const headers = { 'content-length': 5, 'X-Request-Id': ['a', 'b'], accept: null };
		const options = { url: `${BASE}/users`, agentOptions, headers, ...harmless };
		expect(await signed(options)).toMatchObject({ agentOptions, rejectUnauthorized: true });
	});

	it('has none of the options that are unknown: a later n8n may add some to each request', async () => {
		const options = { url: `${BASE}/users`, retryOnTimeout: true, redactedFields: ['a'] };
		const sent = await signed(options);
		expect(Object.keys(sent)).not.toContain('retryOnTimeout');
		expect(Object.keys(sent)).not.toContain('redactedFields');
	});

	it('has nothing that only the prototype of the options says', async () => {
		const options = Object.create({ proxy: 'http://evil.example' }) as Options;
		const sent = await signed(Object.assign(options, { url: `${BASE}/users` }));
		expect((sent as unknown as Options).proxy).toBeUndefined();
	});

	/** Says something harmless the first time, and `later` from then on. */
	const changing = (name: string, first: unknown, later: unknown) => {
		let reads = 0;
		const get = () => (reads++ === 0 ? first : later);
		return Object.defineProperty({}, name, { enumerable: true, get });
	};

	it.each<[string, Options]>([
		['an agent that changes', { agentOptions: changing('host', undefined, 'evil.example') }],
		['an agent whose check changes', { agentOptions: changing('rejectUnauthorized', true, false) }],
		['an agent with a prototype', { agentOptions: Object.create({ host: 'evil.example' }) }],
		[
			'an agent with something hidden',
			{ agentOptions: Object.defineProperty({}, 'ca', { value: 'evil.example' }) },
		],
		['headers that change', { headers: changing('accept', 'a', { Host: 'evil.example' }) }],
		['headers with a prototype', { headers: Object.create({ Host: 'evil.example' }) }],
		['options that change', changing('proxy', '', 'http://evil.example')],
	])('is sent as it was checked: %s', async (_name, options) => {
		const request = Object.defineProperties(
			{ url: `${BASE}/users` },
			Object.getOwnPropertyDescriptors(options),
		);
		const { agentOptions = {}, ...sent } = (await signed(request)) as unknown as Options;
		const { host, ca, rejectUnauthorized } = agentOptions as Options;
		expect(JSON.stringify([host, ca, sent])).not.toContain('evil.example');
		expect(rejectUnauthorized).not.toBe(false);
	});

	it('may have headers of its own', async () => {
		const headers = { 'X-Request-Id': 'a', 'X-Ghost': 'b', 'User-Agent': 'c', 'Content-Length': 1 };
		expect(await signed({ url: `${BASE}/users`, headers })).toMatchObject({ headers });
	});

	it.each<[string, Options]>([
		[
			'a url of null beside a uri',
			{ url: null, uri: `${BASE}/users`, baseURL: 'https://e.example' },
		],
		['an address that is no text', { url: { toString: () => `${BASE}/users` } }],
		['a list of addresses', { url: [`${BASE}/users`] }],
		['a baseURL that is no text', { url: '/users', baseURL: [BASE] }],
		['a method that is no text', { url: `${BASE}/users`, method: ['DELETE'] }],
	])('does not get the key with %s', async (_name, options) => {
		expect(await refusalOf(options)).toBeDefined();
	});
});

describe('the API URL', () => {
	const objectionTo = async (baseUrl: string) =>
		await refusalOf({ url: `${baseUrl}/users` }, { baseUrl });

	it.each([
		'https://api.clerk.com/v1',
		'https://api.clerk.com/v1/',
		'https://api.clerk.dev/v1',
		'https://clerk.example',
		'https://clerk.example/proxy/v1',
		'http://localhost:4000',
		'http://127.0.0.1:4000/v1',
		'http://127.9.8.7/v1',
		'http://127.1/v1',
		'http://[::1]:4000/v1',
	])('may be %s', async (baseUrl) => {
		expect(await refusalOf({ url: `${baseUrl.replace(/\/$/, '')}/users` }, { baseUrl })).toBe(
			undefined,
		);
	});

	it.each([
		'http://api.clerk.com/v1',
		'http://clerk.example/v1',
		'http://192.168.0.2/v1',
		'http://0.0.0.0:4000/v1',
		'http://localhost.evil.example/v1',
		'http://127.0.0.1.evil.example/v1',
		'http://[::ffff:127.0.0.1]/v1',
		'http://[fe80::1]/v1',
		'http://host.docker.internal:4000/v1',
	])('must not be http on another machine: %s', async (baseUrl) => {
		expect(await objectionTo(baseUrl)).toMatch(/starts with http:\/\/.*unencrypted/);
	});

	it.each([
		'https://api.clerk.com',
		'https://api.clerk.com/',
		'https://api.clerk.com./v2',
		'https://API.clerk.com/V1',
		'https://api.clerk.com//v1',
		'https://api.clerk.com/v1/users',
		'https://api.clerk.dev',
		'https://api.clerkstage.dev',
		'https://api.lclclerk.com',
	])('must have the version where it is an address of Clerk: %s', async (baseUrl) => {
		expect(await objectionTo(baseUrl)).toContain('an address of Clerk without its version');
	});
});

describe('the access policy', () => {
	const asOf = (path: string) => path.replaceAll('{}', 'x_1');
	const ROOTS = [
		BASE,
		'https://clerk.example',
		'https://clerk.example/proxy/v1',
		'https://clerk.example/v1/users',
	];

	describe.each([undefined, null, ''])('that an expression left %j', (accessPolicy) => {
		it.each(['GET /users', 'POST /users', 'DELETE /users/user_1'])(
			'refuses %s',
			async (request) => {
				const [method, path] = request.split(' ');
				const options = { method, url: BASE + path };
				expect(await refusalOf(options, { accessPolicy })).toMatch(/Access Policy .* is empty/);
			},
		);

		it('stays empty on the way to the node', () => {
			const data = { ...credentials, accessPolicy } as unknown as Credentials;
			expect(toClerkCredential(data).accessPolicy).not.toBe('full');
		});
	});

	describe.each(ROOTS)('below %s', (root) => {
		/** Also where the API URL has none of the version, and the request has it. */
		const addresses = (path: string) => [root + path, `${root}/v1${path}`];
		const asks = async (accessPolicy: string, method: string, url: string) =>
			await refusalOf({ method, url }, { accessPolicy, baseUrl: root });

		it.each(HIDDEN_DELETES)('"No Deletes" refuses $route', async ({ route }) => {
			const [method, path] = route.split(' ');
			for (const url of addresses(asOf(path))) {
				expect(await asks('noDeletes', method, url)).toContain('"No Deletes" refused');
				expect(await asks('readOnly', method, url)).toContain('"Read Only" refused');
				expect(await asks('full', method, url)).toBeUndefined();
			}
		});

		it.each(SECRET_READS)('"Read Only" refuses $route', async ({ route }) => {
			for (const url of addresses(asOf(route.split(' ')[1]))) {
				expect(await asks('readOnly', 'GET', url)).toContain('its response is a secret');
				expect(await asks('readOnly', 'head', url)).toContain('its response is a secret');
				expect(await asks('noDeletes', 'GET', url)).toBeUndefined();
			}
		});

		it('"Read Only" refuses every write but those that only check', async () => {
			const writes = Object.keys(api.operations).filter((route) => !route.startsWith('GET '));
			const passed: string[] = [];
			for (const route of writes) {
				const [method, path] = route.replace(/\{\w+\}/g, '{}').split(' ');
				if (!(await asks('readOnly', method, root + asOf(path)))) passed.push(`${method} ${path}`);
			}
			expect(passed.sort()).toEqual(VERIFICATIONS.map(({ route }) => route).sort());
		});
	});

	it('reads the end of a path even where the API URL holds the beginning of it', async () => {
		const baseUrl = 'https://clerk.example/v1/users';
		const put = { method: 'PUT', url: `${baseUrl}/user_1/email_address` };
		expect(await refusalOf(put, { baseUrl, accessPolicy: 'noDeletes' })).toBeDefined();
	});

	it.each(['noDeletes', 'readOnly'])(
		'"%s" refuses methods that Clerk does not know',
		async (policy) => {
			for (const method of [
				'PURGE',
				'LINK',
				'UNLINK',
				'MOVE',
				'COPY',
				'TRACE',
				'CONNECT',
				'OPTIONS',
				'QUERY',
				'MERGE',
				'REPORT',
				' DELETE',
				'DELETE ',
				'DEL',
			]) {
				for (const written of [method, method.toLowerCase()]) {
					const options = { method: written, url: `${BASE}/users` };
					expect(await refusalOf(options, { accessPolicy: policy })).toContain('no such method');
				}
			}
		},
	);

	it.each(['noDeletes', 'readOnly'])(
		'"%s" takes a method that is empty for the GET it is',
		async (accessPolicy) => {
			for (const method of [undefined, null, '']) {
				expect(await refusalOf({ method, url: `${BASE}/users` }, { accessPolicy })).toBeUndefined();
			}
		},
	);
});

describe('time', () => {
	it.each<[string, (length: number) => [credential: object, options: Options]]>([
		['slashes in the API URL', (n) => [{ baseUrl: `https://e.example/${'/'.repeat(n)}x` }, {}]],
		['dots in the API URL', (n) => [{ baseUrl: `https://e.example/${'.'.repeat(n)}` }, {}]],
		['slashes in a baseURL', (n) => [{}, { baseURL: `${BASE}${'/'.repeat(n)}x`, url: 'a' }]],
		['slashes in a url', (n) => [{}, { baseURL: BASE, url: `${'/'.repeat(n)}x` }]],
		['a long protocol', (n) => [{}, { url: 'a'.repeat(n) }]],
		['ways up', (n) => [{}, { url: `${BASE}${'/a/%2e%2E'.repeat(n / 10)}` }]],
		['encoded bytes', (n) => [{}, { url: `${BASE}/${'%41'.repeat(n)}` }]],
		['a long key', (n) => [{ secretKey: 'a'.repeat(n) }, {}]],
		['a key of blanks', (n) => [{ secretKey: `a${' '.repeat(n)}b` }, {}]],
		['a long name of a header', (n) => [{}, { headers: { ['-'.repeat(n)]: 'a' } }]],
		['a long name of an option', (n) => [{}, { ['alpn'.repeat(n)]: 'a' }]],
	])('of %s grows with their length alone', async (_name, of) => {
		const work = async (length: number) => {
			const [credential, options] = of(length);
			const request = { url: `${BASE}/users`, ...options };
			await signed(request, { accessPolicy: 'noDeletes', ...credential }).catch(() => undefined);
		};
		expect(await growthOf(work, 200_000)).toBeLessThan(4);
	});
});
