import { startClerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';
import { response, errorResponse, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';

/** The node as a tool of an AI agent, which reads the JSON of its items and nothing else (docs/n8n-notes.md, 27). */

const TOOL = { type: 'n8n-nodes-clerk.clerkTool' };

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

const get = (mode: string, value: string, options = {}) => ({
	resource: 'user',
	operation: 'get',
	userId: locator(mode, value),
	options,
});

const list = { resource: 'user', operation: 'getAll', limit: 1, options: {} };

const notFound: Respond = () =>
	errorResponse(404, [
		{ code: 'resource_not_found', message: 'not found', long_message: 'No user.' },
	]);

const runTool = async (parameters: Record<string, unknown>, respond: Respond, node = {}) =>
	await run({ parameters, node: { ...TOOL, ...node } }, respond);

describe('a run for an agent', () => {
	it('returns a failed item with its message and details instead of ending the run', async () => {
		const { items, fault } = await runTool(get('id', 'user_x'), notFound);
		expect(fault).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					error: 'User not found: user_x',
					details: expect.stringMatching(
						/^Check the ID, and that the secret key belongs to the same instance/,
					),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('throws when On Error is stopWorkflow, or when the node is not a tool', async () => {
		const stopping = await runTool(get('id', 'user_x'), notFound, { onError: 'stopWorkflow' });
		expect(stopping.fault?.message).toBe('User not found: user_x [item 0]');
		const { fault } = await run({ parameters: get('id', 'user_x') }, notFound);
		expect(fault?.message).toBe('User not found: user_x [item 0]');
	});

	it('throws an error of the credential', async () => {
		const credential = { secretKey: '', baseUrl: 'https://api.clerk.com/v1' };
		const parameters = get('id', 'user_x');
		const { fault, lines } = await run({ credential, parameters, node: TOOL }, notFound);
		expect([fault?.message, lines]).toEqual([expect.stringMatching(/secret key/i), []]);
	});

	it('returns the report of an incomplete job', async () => {
		const clerk = await startClerk({ seed: 'company', rateLimit: false });
		const { liveSecretKey: secretKey, url: baseUrl } = clerk;
		const criteria = { inactiveBy: 'activity', inactiveDays: 90, neverActive: 'leaveOut' };
		const measure = {
			measure: 'delete',
			graceDays: 0,
			maxUsers: 1,
			maxPercent: 100,
			cleanUpMode: 'apply',
		};
		const items = await runNode({
			credential: { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare: 100 },
			parameters: { resource: 'user', operation: 'cleanUp', ...criteria, ...measure, options: {} },
			node: TOOL,
		});
		await clerk.close();
		const [{ json }] = items;
		expect(items).toHaveLength(1);
		expect(json.error).toMatch(
			/^Stopped: 7 of 24 users \(29 %\) would be deleted; Max Users allows 1/,
		);
		expect((json.report as unknown[]).length).toBeGreaterThan(1);
	});

	const noUser: Respond = () => response(200, []);

	it('says that nothing was found, to an agent only', async () => {
		expect((await runTool(list, noUser)).json).toEqual([{ note: 'Nothing was found' }]);
		expect((await run({ parameters: list }, noUser)).json).toEqual([]);
	});

	it('says that nothing was found when If Not Found outputs an empty item', async () => {
		const parameters = get('id', 'user_x', { ifNotFound: 'empty' });
		expect((await runTool(parameters, notFound)).json).toEqual([{ note: 'Nothing was found' }]);
		expect((await run({ parameters }, notFound)).json).toEqual([{}]);
	});

	it('adds a note when there may be more records than Limit', async () => {
		const two: Respond = ({ qs }) =>
			response(200, [{ id: 'user_a' }, { id: 'user_b' }].slice(0, Number(qs?.limit)));
		const { json } = await runTool(list, two);
		expect(json).toEqual([
			expect.objectContaining({ id: 'user_a' }),
			{ note: expect.stringMatching(/'Limit' was reached/) },
		]);
	});
});

describe('a user, as an agent fills it in', () => {
	const address = { email_address: 'ada@example.com', verification: { status: 'verified' } };
	const ada: Respond = ({ url }) =>
		url.endsWith('/users')
			? response(200, [{ id: 'user_a', email_addresses: [address] }])
			: response(200, { id: 'user_a', object: 'user' });

	// n8n's editor leaves the locator in the mode for IDs; before it did, in that of the list.
	it.each(['id', 'list'])('is looked up when it is an email address, in mode %s', async (mode) => {
		const { lines } = await runTool(get(mode, 'ada@example.com'), ada);
		expect(lines).toEqual([
			expect.stringMatching(/^GET \/users\?email_address=ada@example\.com/),
			'GET /users/user_a',
		]);
	});

	it.each(['id', 'list'])('is an ID otherwise, in mode %s', async (mode) => {
		expect((await runTool(get(mode, 'user_a'), ada)).lines).toEqual(['GET /users/user_a']);
	});
});
