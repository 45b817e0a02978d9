import { openN8n, startClerk } from './support';

/** The customer of every tenth user, and a few without a user. */
const CUSTOMERS = Array.from({ length: 1_000 }, (_, at) => `cus_${at * 10}`);
const UNKNOWN = ['cus_10001', 'cus_10011'];

it('finds the users of 1,000 items among 10,000, with faults and the limit on, in a real n8n', async () => {
	const clerk = await startClerk({ seed: { users: 10_000 } });
	clerk.state.users.rows.forEach((user, at) => {
		clerk.state.users.update(user, { private_metadata: { billing: { customer: `cus_${at}` } } });
	});
	for (let fault = 0; fault < 5; fault++) {
		clerk.addFault({ kind: 'status', status: fault === 2 ? 429 : 503, times: 1, skip: fault * 4 });
	}
	const n8n = await openN8n(clerk, 'readOnly');
	const input = [...CUSTOMERS, ...UNKNOWN].map((customer) => ({ customer }));

	const { status, outputs } = await n8n.runClerk(
		{
			resource: 'user',
			operation: 'findByMetadata',
			metadataKey: 'billing.customer',
			metadataValue: '={{ $json.customer }}',
			kinds: ['private'],
			output: 'selectedFields',
			fields: ['id', 'privateMetadata'],
			options: {},
		},
		input,
		[],
		{ onError: 'continueErrorOutput' },
	);

	expect(status).toBe('success');
	const [items, failed] = outputs;
	expect(items.map(({ json }) => json.privateMetadata)).toEqual(
		CUSTOMERS.map((customer) => ({ billing: { customer } })),
	);
	expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
		CUSTOMERS.map((_, at) => at),
	);
	expect(failed.map(({ json }) => json.customer)).toEqual(UNKNOWN);
	expect(clerk.requests.length).toBeLessThan(40);
	await clerk.close();
});
