import { openN8n, startClerk, startOwnN8n } from './support';
import { openEavesdropper } from '../support/eavesdropper';

/** What a person who may only edit workflows can try on the credential, in a real n8n. */

type N8n = Awaited<ReturnType<typeof openN8n>>;
type Credential = N8n['credential'];
type Parameters = Record<string, unknown>;

/** The versions of the HTTP Request node that take a predefined credential, each with its own options. */
const VERSIONS = [2, 3, 4.2, 4.4];

interface Request {
	url: string;
	method?: string;
	proxy?: string;
	ignoresSsl?: boolean;
	brings?: Credential;
	headers?: Record<string, string>;
	/** A credential of the HTTP Request node's own instead of Clerk's. */
	signsWith?: Credential;
}

function parametersOf(version: number, request: Request): Parameters {
	const { url, method = 'GET', proxy, ignoresSsl = false, brings, headers = {} } = request;
	const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
	const signing = request.signsWith
		? { authentication: 'genericCredentialType', genericAuthType: request.signsWith.type }
		: { authentication: 'predefinedCredentialType', nodeCredentialType: 'clerkApi' };
	const options = proxy ? { proxy } : {};
	if (version < 3) {
		const headerParametersUi = { parameter: pairs };
		const requestMethod = method;
		return {
			...signing,
			url,
			requestMethod,
			allowUnauthorizedCerts: ignoresSsl,
			options,
			headerParametersUi,
		};
	}
	return {
		...signing,
		url,
		method,
		provideSslCertificates: brings !== undefined,
		sendHeaders: pairs.length > 0,
		headerParameters: { parameters: pairs },
		options: { ...options, ...(ignoresSsl && { allowUnauthorizedCerts: true }) },
	};
}

/** Sends requests beside each other, each with every version of the node; gives what each put out as text, by its name. */
async function sendAll(n8n: N8n, requests: Record<string, Request>) {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const nodes = Object.entries(requests).flatMap(([name, request]) =>
		VERSIONS.filter((version) => version >= 3 || !request.brings).map((version) => {
			const used = [
				request.signsWith ?? n8n.credential,
				...(request.brings ? [request.brings] : []),
			];
			return {
				name: `${name}, ${version}`,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: version,
				parameters: parametersOf(version, request),
				credentials: Object.fromEntries(
					used.map((each) => [each.type, { id: each.id, name: each.name }]),
				),
				onError: 'continueRegularOutput',
			};
		}),
	);
	const workflow = await n8n.api.createWorkflow({
		name: 'Hostile',
		settings: { executionOrder: 'v1' },
		nodes: [start, ...nodes].map((node, x) => ({ ...node, id: `node-${x}`, position: [x, 0] })),
		connections: {
			Start: { main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] },
		},
	});
	const { data } = await n8n.api.runWorkflow(workflow, 'Start');
	return nodes.map(({ name }): [string, string] => [name, JSON.stringify(data[name] ?? null)]);
}

describe('the credential in the hands of a person who edits workflows', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let thief: Awaited<ReturnType<typeof openEavesdropper>>;
	let n8n: N8n;
	let authority: Credential;
	let control: Credential;

	beforeAll(async () => {
		clerk = await startClerk();
		thief = await openEavesdropper();
		n8n = await openN8n(clerk);
		authority = await n8n.api.createCredential({
			name: 'Own authority',
			type: 'httpSslAuth',
			data: { ca: thief.cert },
		});
		control = await n8n.api.createCredential({
			name: 'Control',
			type: 'httpHeaderAuth',
			data: { name: 'Authorization', value: 'Bearer of-the-control' },
		});
	});

	afterAll(async () => {
		await thief?.close();
		await clerk.close();
	});

	beforeEach(() => {
		clerk.requests.splice(0);
		thief.heard.splice(0);
	});

	/** The same n8n, with a credential of Clerk's that differs. */
	const openWith = async (data: Record<string, unknown>): Promise<N8n> => {
		const credential = await n8n.api.createCredential({
			...n8n.credential,
			data: { ...n8n.credential.data, ...data },
		});
		return { ...n8n, credential };
	};

	/** Every way in which the key went to somebody in between. */
	const waysTo = (url: string): Record<string, Request> => ({
		proxy: { url, proxy: thief.proxyUrl },
		'proxy, SSL ignored': { url, proxy: thief.proxyUrl, ignoresSsl: true },
		'proxy, own authority': { url, proxy: thief.proxyUrl, brings: authority },
		'SSL ignored': { url, ignoresSsl: true },
		'own authority': { url, brings: authority },
	});

	it('is worth the test: the same ways give away what another credential holds', async () => {
		const url = `https://${thief.host}/v1/users/count`;
		const ways = waysTo(url);
		await sendAll(n8n, {
			ignored: { ...ways['proxy, SSL ignored'], signsWith: control },
			own: { ...ways['proxy, own authority'], signsWith: control },
			direct: { ...waysTo(`${thief.serverUrl}/v1`)['SSL ignored'], signsWith: control },
		});
		const stolen = thief.heard.filter(({ authorization }) => authorization.includes('control'));
		expect(stolen).toHaveLength(3 * VERSIONS.length - 1);
	});

	describe.each(['full', 'readOnly'])('with the policy %s', (accessPolicy) => {
		it.each<[string, () => string]>([
			['an https API URL', () => `https://${thief.host}/v1`],
			['an https API URL that leads to another server', () => `${thief.serverUrl}/v1`],
			['an http API URL of this machine', () => clerk.url],
		])('keeps its key where the request names a proxy or an authority: %s', async (_, urlOf) => {
			const baseUrl = urlOf();
			const ways = waysTo(`${baseUrl}/users/count`);
			const outputs = await sendAll(await openWith({ baseUrl, accessPolicy }), ways);
			for (const [name, output] of outputs) {
				expect([name, output]).toEqual([name, expect.stringContaining('The Clerk credential')]);
				expect(output).not.toContain(clerk.secretKey);
			}
			expect(thief.heard).toEqual([]);
			expect(clerk.requests).toEqual([]);
		});
	});

	it('keeps its key where the API URL is http on another machine', async () => {
		const baseUrl = `http://${thief.host}/v1`;
		const proxied = { url: `${baseUrl}/users/count`, proxy: thief.proxyUrl };
		const plain = { url: `${baseUrl}/users/count` };
		for (const [name, output] of await sendAll(await openWith({ baseUrl }), { proxied, plain })) {
			expect([name, output]).toEqual([
				name,
				expect.stringMatching(/starts with http:|through a proxy/),
			]);
		}
		expect(thief.heard).toEqual([]);
	});

	it('lets no header make another request of it', async () => {
		const url = `${clerk.url}/users`;
		const readOnly = await openWith({ accessPolicy: 'readOnly' });
		const outputs = await sendAll(readOnly, {
			host: { url, headers: { Host: 'evil.example' } },
			override: { url, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
			original: { url, headers: { 'X-Original-URL': '/v1/users/user_1' } },
		});
		for (const [name, output] of outputs) {
			expect([name, output]).toEqual([name, expect.stringContaining('refuses the header')]);
		}
		expect(clerk.requests).toEqual([]);
	});

	it('still signs an ordinary request of each version', async () => {
		const outputs = await sendAll(n8n, { plain: { url: `${clerk.url}/users/count` } });
		for (const [name, output] of outputs) {
			expect([name, output]).toEqual([name, expect.stringContaining('total_count')]);
		}
		expect(clerk.requests).toHaveLength(VERSIONS.length);
	});

	it.each([
		'={{ undefined }}',
		'={{ null }}',
		"={{ '' }}",
		'={{ $vars.none }}',
		'={{ $json.none }}',
	])(
		'refuses everything where its policy is an expression that gives nothing: %s',
		async (accessPolicy) => {
			const empty = await openWith({ accessPolicy });
			const [user] = clerk.state.users.rows;
			const url = `${clerk.url}/users/${user.id}`;
			const outputs = await sendAll(empty, {
				read: { url },
				delete: { url, method: 'DELETE' },
			});
			for (const [name, output] of outputs) {
				expect([name, output]).toEqual([name, expect.stringMatching(/Access Policy .* is empty/)]);
			}
			const { credential } = empty;
			const node = {
				name: 'Delete',
				type: 'n8n-nodes-clerk.clerk',
				typeVersion: 1,
				parameters: {
					resource: 'user',
					operation: 'delete',
					userId: { __rl: true, mode: 'id', value: user.id },
				},
				credentials: { clerkApi: { id: credential.id, name: credential.name } },
				onError: 'continueRegularOutput',
			};
			await n8n.runClerk({ resource: 'user', operation: 'count' }, [{}], [node]);
			expect(clerk.requests.map(({ path }) => path)).toEqual(['/users/count']);
		},
	);
});

describe('n8n’s own proxy and authorities', () => {
	it('still work for the node and for HTTP Request', async () => {
		const company = await openEavesdropper();
		const own = await startOwnN8n({
			HTTPS_PROXY: company.proxyUrl,
			NODE_EXTRA_CA_CERTS: company.certFile,
		});
		try {
			const clerk = { url: `https://${company.host}/v1`, secretKey: 'sk_test_of_the_company' };
			const n8n = await openN8n(clerk, 'full', own);
			const { status } = await n8n.runClerk({ resource: 'user', operation: 'count' });
			expect(status).toBe('success');
			await sendAll(n8n, { plain: { url: `${clerk.url}/users/count` } });
			expect(company.heard).toEqual(
				Array.from({ length: 1 + VERSIONS.length }, () => ({
					by: 'proxy',
					method: 'GET',
					url: '/v1/users/count',
					host: company.host,
					authorization: `Bearer ${clerk.secretKey}`,
				})),
			);
		} finally {
			await own.close();
			await company.close();
		}
	});
});
