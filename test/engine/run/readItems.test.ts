import { fakeClock } from '../../support/fakeClock';
import { NodeOperationError } from 'n8n-workflow';

import { response, everythingIn, run } from '../../support/scripted';
import {
	byEmail,
	byId,
	found,
	getUser,
	gets,
	listUsers,
	parametersOf,
	updateUser,
} from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('readItems', () => {
	it('reads the parameters of each item', async () => {
		const { lines } = await run({ parameters: gets('user_a', 'user_b') }, found);
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
	});

	const bad = [
		['an empty ID', byId(''), 'is empty'],
		['the ID .', byId('.'), 'must not be "."'],
		['the ID ..', byId('..'), 'must not be ".."'],
		['an ID that is undefined', byId(undefined), 'returned undefined'],
		['an ID that is null', byId(null), 'returned null'],
		['an ID that is an object', byId({ id: 'user_1' }), 'returned an object'],
	] as const;

	it.each(bad)(
		'rejects %s by the name of its field, and sends nothing',
		async (_, userId, says) => {
			const { fault, sent } = await run({ parameters: getUser({ userId }) }, found);
			expect(fault).toBeInstanceOf(NodeOperationError);
			expect(fault.message).toMatch(/^User /);
			expect(fault.message).toContain(says);
			expect(fault.message).toMatch(/ \[item 0\]$/);
			expect(sent).toEqual([]);
		},
	);

	it.each(bad)('sends nothing for any item when the last of many has %s', async (_, userId) => {
		const parameters = [...gets('user_a', 'user_b'), getUser({ userId })];
		const { fault, sent } = await run({ parameters }, found);
		expect(fault.message).toMatch(/^User .* \[item 2\]$/);
		expect(sent).toEqual([]);
	});

	it('sends no look-up when another item has an invalid ID', async () => {
		const parameters = [
			getUser({ userId: byEmail('ada@example.com') }),
			getUser({ userId: byId('..') }),
		];
		const { fault, sent } = await run({ parameters }, found);
		expect(fault.message).toMatch(/\[item 1\]$/);
		expect(sent).toEqual([]);
	});

	it('rejects JSON that does not parse by the name of its field, and sends nothing', async () => {
		const { fault, sent } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { publicMetadata: '{"plan": pro}' },
				}),
			},
			found,
		);
		expect(fault.message).toMatch(/^Public Metadata is not valid JSON.* \[item 0\]$/);
		expect(sent).toEqual([]);
	});

	it.each([0, -1, 1.5, '', 'many', null, Infinity])('rejects a limit of %p', async (limit) => {
		const { fault, sent } = await run({ parameters: listUsers({ limit }) }, found);
		expect(fault.message).toMatch(/^Limit needs a whole number/);
		expect(sent).toEqual([]);
	});

	it.each([-1, 0.5, 'a'])('rejects an offset of %p', async (offset) => {
		const { fault, sent } = await run({ parameters: listUsers({ options: { offset } }) }, found);
		expect(fault.message).toMatch(/^Offset needs a whole number/);
		expect(sent).toEqual([]);
	});

	it('rejects Selected Fields without any field', async () => {
		const { fault, sent } = await run(
			{ parameters: getUser({ userId: byId('user_1'), output: 'selectedFields', fields: [] }) },
			found,
		);
		expect(fault.message).toMatch(/^Output Field Names or IDs is empty/);
		expect(sent).toEqual([]);
	});

	it('rejects a filter without a value instead of listing all users', async () => {
		const { fault, sent } = await run({ parameters: listUsers({ filters: { userId: [] } }) }, () =>
			response(200, []),
		);
		expect(fault.message).toMatch(/^User ID is empty/);
		expect(sent).toEqual([]);
	});

	it('fails an item whose form is invalid, and runs the others, with continue on fail', async () => {
		const parameters = [getUser({ userId: byId('') }), ...gets('user_b')];
		const { json, lines } = await run({ parameters, continueOnFail: true }, found);
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringMatching(/^User is empty.*\[item 0\]$/) }),
			expect.objectContaining({ id: 'user_b' }),
		]);
		expect(lines).toEqual(['GET /users/user_b']);
	});

	it('reads no further forms and sends nothing when the execution is stopped', async () => {
		const stop = new AbortController();
		const ids = Array.from({ length: 350 }, (_, index) => `user_${index}`);
		let read = 0;
		const parameters = gets(...ids).map((values) => ({
			...values,
			get userId() {
				read++;
				if (read === 150) stop.abort();
				return values.userId;
			},
		}));
		const { fault, lines } = await run({ parameters, signal: stop.signal }, found);
		expect(lines).toEqual([]);
		expect(fault.message).toMatch(/^The execution was stopped/);
		// It returns to n8n every hundred items.
		expect(read).toBeGreaterThanOrEqual(150);
		expect(read).toBeLessThan(250);
	});
});

describe('readItems, of options', () => {
	it('does not repeat an object given for a switch in the message', async () => {
		const parameters = parametersOf(
			'user',
			'delete',
		)({ userId: byId('user_1'), options: { dryRun: { password: 'hunter2' } } });
		const { fault } = await run({ parameters }, found);
		expect(fault.message).toContain('needs true or false, but got an object');
		expect(everythingIn(fault)).not.toContain('hunter2');
	});

	it.each([undefined, null, 'perhaps', 2, 10n])(
		'rejects a Dry Run of %p, and does not send the delete',
		async (dryRun) => {
			const { fault, sent } = await run(
				{
					parameters: parametersOf(
						'user',
						'delete',
					)({
						userId: byId('user_1'),
						options: { dryRun },
					}),
				},
				found,
			);
			expect(fault.message).toMatch(/^Dry Run needs true or false.*\[item 0\]$/);
			expect(sent).toEqual([]);
		},
	);

	it.each([
		['{"dryRun":true}', /^Options needs an object/],
		[{ dryrun: true }, /^Options has no field "dryrun"/],
	])('rejects options that are %p instead of ignoring them', async (options, says) => {
		const { fault, sent } = await run(
			{ parameters: parametersOf('user', 'delete')({ userId: byId('user_1'), options }) },
			found,
		);
		expect(fault.message).toMatch(says);
		expect(sent).toEqual([]);
	});

	it('ignores options that only another operation has', async () => {
		const { fault, sent } = await run(
			{
				parameters: parametersOf(
					'user',
					'get',
				)({
					userId: byId('user_1'),
					options: { offset: 5, metadataMode: 'merge' },
				}),
			},
			found,
		);
		expect(fault).toBeUndefined();
		expect(sent).toHaveLength(1);
	});

	it.each([
		[{ metadataMode: 'Replace' }, /^Metadata Mode needs one of merge, replace/],
		[{ ifNotFound: 'Empty' }, /^If Not Found needs one of fail, empty/],
		[{ maxWait: 'x' }, /^Max Wait \(Seconds\) needs a whole number from 0/],
		[{ concurrency: 'abc' }, /^Concurrency needs a whole number from 1/],
	])('rejects options with an invalid value: %p', async (options, says) => {
		const { fault, sent } = await run(
			{ parameters: updateUser({ userId: byId('user_1'), updateFields: {}, options }) },
			found,
		);
		expect(fault.message).toMatch(says);
		expect(sent).toEqual([]);
	});
});
