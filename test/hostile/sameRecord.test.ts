import { fakeClock } from '../support/fakeClock';
import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { findMapping } from '../../nodes/Clerk/engine/request/routes';
import { resources } from '../../nodes/Clerk/resources';
import { response, run } from '../support/scripted';
import type { Respond } from '../support/scripted';
import { cpuTimeOf } from '../support/timing';

/** API Request: items about one record keep their order, whatever their routes are. */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

/** A Clerk that takes longer the earlier a request came, so that responses come in reverse. */
function slowClerk() {
	const events: string[] = [];
	const respond: Respond = async ({ method, url }, count) => {
		const name = `${method} ${url.slice(url.indexOf('/v1') + 3)}`;
		await fakeClock.wait(1_000 - count * 100);
		events.push(name);
		return response(200, {});
	};
	return { events, respond };
}

const send = (line: string) => {
	const [method, path] = line.split(' ');
	return {
		resource: 'apiRequest',
		operation: 'send',
		method,
		path,
		query: '{}',
		body: '{}',
		options: {},
	};
};

describe('items of API Request', () => {
	it.each([
		['POST /users/u/ban', 'POST /users/u/unban'],
		['PATCH /users/u', 'PATCH /users/u/metadata'],
		['POST /organizations/o/memberships', 'DELETE /organizations/o/memberships/u'],
		['PATCH /users/u', 'DELETE /users/u'],
		['PUT /things/t/state', 'POST /things/t/other'],
		['POST /things', 'POST /things'],
		['POST /users/%75/ban', 'POST /users/u/unban'],
	])('about one record keep their order: %s, %s', async (...lines) => {
		const { events, respond } = slowClerk();
		const { fault } = await run({ parameters: lines.map(send) }, respond);
		expect(fault).toBeUndefined();
		expect(events).toEqual(lines.map((line) => line.replace('%75', 'u')));
	});

	it.each([
		['POST /users/u/ban', 'POST /users/v/ban'],
		['POST /users', 'POST /users'],
		['GET /users/u', 'GET /users/u'],
	])('about several records, or none, run at the same time: %s, %s', async (...lines) => {
		const { events, respond } = slowClerk();
		const startedAt = fakeClock.now();
		await run({ parameters: lines.map(send) }, respond);
		expect(events.sort()).toEqual([...lines].sort());
		expect(fakeClock.now() - startedAt).toBe(1_000);
	});
});

describe('findMapping', () => {
	it('goes through the resources once, however many items there are', () => {
		let reads = 0;
		const counted = new Proxy([...resources], {
			get(target, name, receiver) {
				if (name === Symbol.iterator || name === 'flatMap') reads++;
				return Reflect.get(target, name, receiver) as unknown;
			},
		});
		for (let item = 0; item < 1_000; item++) {
			expect(findMapping('POST', `/users/user_${item}/ban`, counted)?.values).toEqual({
				user_id: `user_${item}`,
			});
		}
		expect(reads).toBe(1);
	});

	it('finds each of the operations, in little time', async () => {
		const all = resources.flatMap(mappingsIn).map(({ request }) => request.split(' '));
		const find = (times: number) => {
			for (let at = 0; at < times; at++) {
				const [method, path] = all[at % all.length];
				expect(findMapping(method, path, resources)?.mapping.request).toBe(`${method} ${path}`);
			}
		};
		find(all.length);
		const few = resources.filter(({ value }) => value === 'user');
		const timeIn = async (list: typeof resources) =>
			await cpuTimeOf(() => {
				for (let at = 0; at < 20_000; at++) findMapping('POST', `/users/u${at}/ban`, list);
			});
		await timeIn(few);
		// There are ten times as many operations in all.
		expect(await timeIn(resources)).toBeLessThan(4 * Math.max(await timeIn(few), 10));
	});
});
