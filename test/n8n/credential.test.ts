import { openN8n, startClerk } from './support';
import { openReceiver } from '../support/receiver';

describe('the credential, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;

	beforeAll(async () => {
		clerk = await startClerk();
		n8n = await openN8n(clerk);
	});

	afterAll(async () => await clerk.close());

	const testWith = async (data: Record<string, unknown>) =>
		await n8n.api.testCredential({
			...n8n.credential,
			data: { ...n8n.credential.data, ...data },
		});

	it('passes its test with a key that Clerk accepts', async () => {
		expect((await testWith({})).status).toBe('OK');
	});

	it.each(['full', 'noDeletes', 'readOnly'])(
		'passes its test with the policy %s',
		async (policy) => {
			expect((await testWith({ accessPolicy: policy })).status).toBe('OK');
		},
	);

	it('does not pass with a key that Clerk does not know', async () => {
		expect((await testWith({ secretKey: 'sk_test_unknown' })).status).toBe('Error');
	});

	it('does not pass with a publishable key, and sends it nowhere', async () => {
		const sent = clerk.requests.length;
		const { status, message } = await testWith({ secretKey: 'pk_test_abc' });
		expect(status).toBe('Error');
		expect(message).toContain('publishable key (it starts with pk_)');
		expect(clerk.requests.length).toBe(sent);
	});

	it('does not pass where nothing answers', async () => {
		expect((await testWith({ baseUrl: 'http://127.0.0.1:9/v1' })).status).toBe('Error');
	});

	// Version 4.2 would send the key to the other server as well.
	it.each([302, 307, 308])(
		'keeps its key from where a %i of the API URL leads, in the HTTP Request node too',
		async (status) => {
			const elsewhere = await openReceiver();
			try {
				clerk.requests.splice(0);
				const location = elsewhere.url;
				clerk.addFault({ kind: 'status', status, times: 1, headers: { location } });
				const { id, name } = n8n.credential;
				const http = {
					name: 'HTTP Request',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: {
						url: `${clerk.url}/users`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'clerkApi',
						options: {},
					},
					credentials: { clerkApi: { id, name } },
					onError: 'continueRegularOutput',
				};
				await n8n.runClerk({ resource: 'user', operation: 'count' }, [{}], [http]);
				expect(clerk.requests.map(({ path }) => path)).toEqual(['/users', '/users/count']);
				expect(elsewhere.received).toEqual([]);
			} finally {
				await elsewhere.close();
			}
		},
	);
});
