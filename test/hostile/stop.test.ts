import { fakeClock } from '../support/fakeClock';
import { response, pendingResponse, run } from '../support/scripted';
import type { Respond } from '../support/scripted';
import { soon } from '../support/timing';
import { byId, createUser, deleteUser, found, gets, updateUser } from '../support/users';

/** The execution is stopped: what was on its way may have been carried out. */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

/** Responds to the first `done` requests, and stops the run once `sent` are sent. */
function stopping(stop: AbortController, done: number, sent: number): Respond {
	return async (request, count) => {
		if (count < done) return response(200, { id: `user_${count}` });
		if (count === sent - 1) soon(() => stop.abort());
		return await pendingResponse(request.abortSignal);
	};
}

describe('after Stop', () => {
	it('POSTs on their way are unknown, and those that were not sent are not', async () => {
		const stop = new AbortController();
		const parameters = Array.from({ length: 20 }, (_, at) =>
			createUser({
				additionalFields: { emailAddress: [`${at}@example.com`] },
				options: { concurrency: 5 },
			}),
		);
		const { fault, sent } = await run({ parameters, signal: stop.signal }, stopping(stop, 3, 8));
		expect(sent).toHaveLength(8);
		expect(fault.message).toBe('The execution was stopped [item 3]');
		expect(fault.description).toContain('Outcome unknown: POST /users may have been carried out');
		expect(fault.description).toContain('Carried out before the node stopped: items 0–2.');
		expect(fault.description).toContain('Outcome unknown: items 4–7.');
		expect(fault.description).toContain('Not sent: items 8–19.');
		expect(fault.description).not.toContain('Refused');
	});

	it.each([
		['an update', updateUser({ userId: byId('user_1'), updateFields: { firstName: 'A' } }), true],
		['a DELETE', deleteUser({ userId: byId('user_1') }), true],
		['a GET', gets('user_1')[0], false],
	])('%s on its way is unknown: see the last column', async (_, parameters, isUnknown) => {
		const stop = new AbortController();
		const { fault } = await run({ parameters, signal: stop.signal }, stopping(stop, 0, 1));
		expect(fault.message).toBe('The execution was stopped [item 0]');
		expect(/Outcome unknown/.test(fault.description)).toBe(isUnknown);
	});

	it('a write that waits to be repeated is unknown', async () => {
		const stop = new AbortController();
		const parameters = updateUser({ userId: byId('user_1'), updateFields: { firstName: 'A' } });
		const { fault } = await run({ parameters, signal: stop.signal }, () => {
			void Promise.resolve().then(() => stop.abort());
			return response(502, '');
		});
		expect(fault.description).toContain('Outcome unknown: PATCH /users/user_1');
	});

	it('a request that waits for the rate limit was not sent', async () => {
		const stop = new AbortController();
		const names = Array.from({ length: 100 }, (_, at) => `user_${at}`);
		const parameters = names.map((name) => deleteUser({ userId: byId(name) }));
		const { fault } = await run({ parameters, signal: stop.signal }, (sent, count) => {
			if (count === 79) soon(() => stop.abort());
			return found(sent, count);
		});
		expect(fault.description).not.toContain('Outcome unknown');
		expect(fault.description).toContain('Carried out before the node stopped: items 0–79.');
		expect(fault.description).toContain('Not sent: items 81–99.');
	});
});
