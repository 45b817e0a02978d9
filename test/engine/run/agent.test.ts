import { startClerk } from '../../../sandbox/clerk';
import { runNode } from '../../support/host';
import { answer, refusal, run } from '../../support/scripted';
import type { Answer } from '../../support/scripted';

/** The node as a tool of an AI agent: what it would tell people in other ways stands in its items. */

const TOOL = { type: 'n8n-nodes-clerk.clerkTool' };

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

const get = (mode: string, value: string, options = {}) => ({
	resource: 'user',
	operation: 'get',
	userId: locator(mode, value),
	options,
});

const list = { resource: 'user', operation: 'getAll', limit: 1, options: {} };

const notFound: Answer = () =>
	refusal(404, [{ code: 'resource_not_found', message: 'not found', long_message: 'No user.' }]);

const byTool = async (parameters: Record<string, unknown>, answerTo: Answer, node = {}) =>
	await run({ parameters, node: { ...TOOL, ...node } }, answerTo);

describe('a failure', () => {
	it('is an answer that says everything, instead of the end of the run', async () => {
		const { items, fault } = await byTool(get('id', 'user_x'), notFound);
		expect(fault).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					error: 'not found: No user',
					details: expect.stringMatching(/nothing under \/users\/user_x: check the ID/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('ends the run where the workflow says so, and for a node that is no tool', async () => {
		const stopped = await byTool(get('id', 'user_x'), notFound, { onError: 'stopWorkflow' });
		expect(stopped.fault?.message).toBe('not found: No user [item 0]');
		const { fault } = await run({ parameters: get('id', 'user_x') }, notFound);
		expect(fault?.message).toBe('not found: No user [item 0]');
	});

	it('of the credential is none of the agent', async () => {
		const credential = { secretKey: '', baseUrl: 'https://api.clerk.com/v1' };
		const parameters = get('id', 'user_x');
		const { fault, lines } = await run({ credential, parameters, node: TOOL }, notFound);
		expect([fault?.message, lines]).toEqual([expect.stringMatching(/secret key/i), []]);
	});

	it('of a job brings its report', async () => {
		const clerk = await startClerk({ seed: 'company', rateLimit: false });
		const { liveSecretKey: secretKey, url: baseUrl } = clerk;
		const criteria = { inactiveBy: 'activity', inactiveDays: 90, neverActive: 'leaveOut' };
		const measure = {
			measure: 'delete',
			graceDays: 0,
			maxUsers: 1,
			maxPercent: 100,
			dryRun: false,
		};
		const items = await runNode({
			credential: { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare: 100 },
			parameters: { resource: 'user', operation: 'cleanUp', ...criteria, ...measure, options: {} },
			node: TOOL,
		});
		await clerk.close();
		const [{ json }] = items;
		expect(items).toHaveLength(1);
		expect(json.error).toMatch(/^7 users would be deleted/);
		expect((json.report as unknown[]).length).toBeGreaterThan(1);
	});
});

describe('nothing found', () => {
	const nobody: Answer = () => answer(200, []);

	it('is said, to an agent only', async () => {
		expect((await byTool(list, nobody)).json).toEqual([{ note: 'Nothing was found' }]);
		expect((await run({ parameters: list }, nobody)).json).toEqual([]);
	});

	it('is said where it is no failure', async () => {
		const parameters = get('id', 'user_x', { ifNotFound: 'empty' });
		expect((await byTool(parameters, notFound)).json).toEqual([{ note: 'Nothing was found' }]);
		expect((await run({ parameters }, notFound)).json).toEqual([{}]);
	});
});

it('tells an agent that there is more than the limit let through', async () => {
	const two: Answer = ({ qs }) =>
		answer(200, [{ id: 'user_a' }, { id: 'user_b' }].slice(0, Number(qs?.limit)));
	const { json } = await byTool(list, two);
	expect(json).toEqual([
		expect.objectContaining({ id: 'user_a' }),
		{ note: expect.stringMatching(/more than the Limit/) },
	]);
});

describe('a user in the list mode, where an agent fills in what it was told', () => {
	const address = { email_address: 'ada@example.com', verification: { status: 'verified' } };
	const ada: Answer = ({ url }) =>
		url.endsWith('/users')
			? answer(200, [{ id: 'user_a', email_addresses: [address] }])
			: answer(200, { id: 'user_a', object: 'user' });

	it('may be an e-mail address', async () => {
		const { lines } = await byTool(get('list', 'ada@example.com'), ada);
		expect(lines).toEqual([
			expect.stringMatching(/^GET \/users\?email_address=ada@example\.com/),
			'GET /users/user_a',
		]);
	});

	it('is an ID otherwise, and where the form says so', async () => {
		expect((await byTool(get('list', 'user_a'), ada)).lines).toEqual(['GET /users/user_a']);
		const { lines } = await byTool(get('id', 'ada@example.com'), ada);
		expect(lines).toEqual(['GET /users/ada%40example.com']);
	});
});
