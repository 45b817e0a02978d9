import { fakeClock } from '../../support/fakeClock';

import { response, networkError, errorResponse, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import {
	byEmail,
	byId,
	createUser,
	found,
	getUser,
	gets,
	notFound,
	updateUser,
	userIn,
} from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

describe('throwFatalFailure, without continue on fail', () => {
	it('says which items were carried out and which were not sent', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `user_${letter}`);
		const parameters = ids.map((id) =>
			updateUser({
				userId: byId(id),
				updateFields: { firstName: 'Ada' },
				options: { concurrency: 2 },
			}),
		);
		const { fault } = await run({ parameters }, async (sent, count) => {
			if (userIn(sent) !== 'user_b') return await found(sent, count);
			await fakeClock.wait(50);
			return notFound();
		});
		const [, done, left] =
			/Carried out before the node stopped: items ([^.]+)\.(?: Not sent: items ([^.]+)\.)?/.exec(
				fault.description,
			) ?? [];
		expect(done).toMatch(/^0/);
		expect(`${done} ${left}`).toContain('5');
	});

	it('lets requests under way finish, and counts their items as carried out', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
			...values,
			options: { concurrency: 2 },
		}));
		const { fault, lines } = await run({ parameters }, async (sent, count) => {
			if (userIn(sent) === 'user_a') return notFound();
			await fakeClock.wait(100);
			return await found(sent, count);
		});
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(fault.description).toContain('Carried out before the node stopped: items 1.');
		expect(fault.description).toContain('Not sent: items 2.');
	});

	// Otherwise the next run may create item 1 twice.
	it('names the other items that failed beside the first', async () => {
		const parameters = ['Ada', 'Bo'].map((firstName) =>
			createUser({ additionalFields: { firstName } }),
		);
		const { fault } = await run({ parameters }, async (sent) => {
			if (String(sent.body).includes('Bo')) throw networkError('ECONNRESET');
			await fakeClock.wait(100);
			return errorResponse(422, [{ message: 'is taken' }]);
		});
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(fault.description).toMatch(/items? 1\b/);
		// Clerk did not reject it: its outcome is unknown.
		expect(fault.description).toMatch(/unknown|may have been carried out/i);
	});
});

describe('throwFatalFailure, on the other items', () => {
	const oddFail = async (count: number) => {
		const ids = Array.from({ length: count }, (_, at) => `user_${at}`);
		const { fault } = await run({ parameters: gets(...ids) }, async (sent, index) => {
			await fakeClock.wait(100);
			return index % 2 === 1 ? notFound() : await found(sent, index);
		});
		return fault.description as string;
	};

	const even = (count: number) => Array.from({ length: count }, (_, at) => at * 2).join(', ');

	it.each([
		[39, '.'],
		[41, ', ….'],
	])('names at most twenty ranges of other items, of %i items', async (count, ending) => {
		expect(await oddFail(count)).toContain(
			`Carried out before the node stopped: items ${even(20)}${ending}`,
		);
	});

	it('names the other items only when there are any', async () => {
		const of = async (...ids: string[]) =>
			(await run({ parameters: gets(...ids) }, notFound)).fault.description;
		const alone = await of('user_a');
		expect(await of('user_a', 'user_b')).toBe(
			`${alone} No other item was carried out. Refused as well: items 1.`,
		);
	});
});

describe('throwFatalFailure, on an item that is partly done', () => {
	const half = async (then: Respond) =>
		await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{}' },
					options: { maxRetries: 0 },
				}),
			},
			async (sent, count) => await (count === 0 ? found(sent, count) : then(sent, count)),
		);

	it('does not say that nothing was changed', async () => {
		const { fault } = await half(async () => await Promise.reject(networkError('ECONNREFUSED')));
		expect(fault.description).toContain('Already carried out');
		expect(fault.description).not.toContain('Nothing was');
	});

	it('says that nothing was changed when no write of the item succeeded', async () => {
		const parameters = updateUser({
			userId: byId('user_1'),
			updateFields: { firstName: 'Ada', publicMetadata: '{}' },
			options: { maxRetries: 0 },
		});
		const { fault } = await run({ parameters }, async () => {
			return await Promise.reject(networkError('ECONNREFUSED'));
		});
		expect(fault.description).toContain('Nothing was changed.');
		expect(fault.description).not.toContain('Already carried out');
	});
});

describe('throwFatalFailure, when the execution is stopped', () => {
	it.each([true, false])(
		'throws that it was stopped, and sends nothing more, with continue on fail %p',
		async (continueOnFail) => {
			const stop = new AbortController();
			const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
				...values,
				options: { concurrency: 1 },
			}));
			const { fault, lines } = await run(
				{ parameters, continueOnFail, signal: stop.signal },
				(sent, count) => {
					if (userIn(sent) === 'user_b') stop.abort();
					return userIn(sent) === 'user_b' ? response(503, '') : found(sent, count);
				},
			);
			expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
			expect(fault.message).toMatch(/^The execution was stopped/);
			expect(fault.description).toContain('items 0');
		},
	);

	it('throws that it was stopped instead of the error of an item that failed before', async () => {
		const stop = new AbortController();
		const parameters = gets('user_a', 'user_b').map((values) => ({
			...values,
			options: { concurrency: 1 },
		}));
		const { fault } = await run(
			{ parameters, continueOnFail: true, signal: stop.signal },
			(sent) => {
				if (userIn(sent) === 'user_a') return notFound();
				stop.abort();
				return response(503, '');
			},
		);
		expect(fault.message).toMatch(/^The execution was stopped/);
	});
});

describe('throwFatalFailure, when a rate limit takes longer than Max Wait', () => {
	it('throws, and says how many items are left and from when', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c', 'user_d').map((values) => ({
			...values,
			options: { concurrency: 1, maxWait: 5 },
		}));
		const { fault, lines } = await run({ parameters }, (sent, count) =>
			count === 0 ? found(sent, count) : errorResponse(429, [], { 'retry-after': '300' }),
		);
		expect(lines).toEqual(['GET /users/user_a', 'GET /users/user_b']);
		expect(fault.message).toMatch(/is used up until \d{4}-\d\d-\d\dT[\d:.]+Z \[item 1\]$/);
		expect(fault.description).toContain('3 of 4 items are left.');
	});

	it('counts the items that a look-up kept from starting', async () => {
		const parameters = ['a@x.y', 'b@x.y', 'c@x.y'].map((address) =>
			getUser({ userId: byEmail(address), options: { maxWait: 5 } }),
		);
		const { fault } = await run({ parameters }, () =>
			errorResponse(429, [], { 'retry-after': '300' }),
		);
		expect(fault.description).toContain('3 of 3 items are left.');
	});

	it('fails each of the remaining items without sending it, with continue on fail', async () => {
		const parameters = gets('user_a', 'user_b', 'user_c').map((values) => ({
			...values,
			options: { concurrency: 1, maxWait: 5 },
		}));
		const { json, lines } = await run({ parameters, continueOnFail: true }, (sent, count) =>
			count === 0 ? found(sent, count) : errorResponse(429, [], { 'retry-after': '300' }),
		);
		expect(lines).toHaveLength(2);
		expect(json).toEqual([
			expect.objectContaining({ id: 'user_a' }),
			expect.objectContaining({ error: expect.stringContaining('is used up until') }),
			expect.objectContaining({ error: expect.stringContaining('is used up until') }),
		]);
	});
});
