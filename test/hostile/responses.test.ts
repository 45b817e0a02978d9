import { fakeClock } from '../support/fakeClock';
import { readResponse } from '../../nodes/Clerk/engine/http/readResponse';
import { response, everythingIn, KEY, errorResponse, run } from '../support/scripted';
import { cpuTimeOf } from '../support/timing';
import { byId, found, getUser, gets, listUsers } from '../support/users';

/** Responses that Clerk does not give, but something in its place may. */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

const ODD = [5, 1003, true, null, [], {}, { a: 1 }, [5], 0.5, ''];

describe('an error of Clerk whose texts are none', () => {
	it.each(
		['message', 'long_message', 'code', 'meta'].flatMap((name) =>
			ODD.map((value): [string, unknown] => [name, value]),
		),
	)('with %s: %j loses no output', async (name, value) => {
		const error = { message: 'no', long_message: 'really no', code: 'x', [name]: value };
		const { items, fault } = await run(
			{ parameters: gets('a', 'b', 'c'), continueOnFail: true },
			(sent, count) => (count === 1 ? errorResponse(422, [error]) : found(sent, count)),
		);
		expect(fault).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { id: 'a' } },
			{ json: { error: expect.stringMatching(/ \[item 1\]$/) } },
			{ json: { id: 'c' } },
		]);
		expect(items[1].json.error).not.toContain('[object Object]');
	});

	it.each(ODD)('with the parameter %j loses no output', async (parameter) => {
		const { items } = await run({ parameters: gets('a'), continueOnFail: true }, () =>
			errorResponse(422, [{ message: 'no', meta: { param_name: parameter } }]),
		);
		expect(items[0].json.error).toBe('no [item 0]');
		expect(items[0].json.message).not.toContain('[object Object]');
	});

	it('shows numbers', async () => {
		const { fault } = await run({ parameters: gets('a') }, () =>
			errorResponse(422, [{ message: 5, code: 1003 }]),
		);
		expect(fault.message).toBe('5 [item 0]');
		expect(fault.description).toContain('code 1003');
	});

	it('loses no output when it is nested without end', async () => {
		const deep = '['.repeat(200_000) + ']'.repeat(200_000);
		const body = `{"errors":[{"message":"no","meta":${deep}}]}`;
		const { items } = await run(
			{ parameters: gets('a', 'b'), continueOnFail: true },
			(sent, count) => (count === 0 ? response(422, body) : found(sent, count)),
		);
		expect(items).toMatchObject([{ json: { error: 'no [item 0]' } }, { json: { id: 'b' } }]);
	});
});

describe('a list with rows that are null', () => {
	it('is output with all of its rows', async () => {
		const { json, fault } = await run(
			{ parameters: listUsers({ returnAll: true }) },
			(_sent, count) => response(200, count === 0 ? [null, { id: 'user_1' }, null] : []),
		);
		expect(fault).toBeUndefined();
		expect(json).toMatchObject([{ id: null }, { id: 'user_1' }, { id: null }]);
	});

	it('is no match when a record is looked up', async () => {
		const { fault } = await run(
			{ parameters: getUser({ userId: { __rl: true, mode: 'emailAddress', value: 'a@b.c' } }) },
			() => response(200, [null]),
		);
		expect(fault.message).toMatch(/was not found/);
	});
});

const escaped = (text: string, which: RegExp) =>
	text.replace(which, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);

describe('a response that contains the key', () => {
	it.each([
		['as it is', KEY],
		['with an escape', escaped(KEY, /s/)],
		['with escapes of letters', escaped(KEY, /[a-z]/g)],
		['with escapes of digits', escaped(KEY, /\d/g)],
		['with escapes of underscores', escaped(KEY, /_/g)],
		['all in escapes', escaped(KEY, /./g)],
		[
			'with escapes in capitals',
			escaped(KEY, /./g).replace(/[a-f](?=\\|$)/g, (one) => one.toUpperCase()),
		],
	])('%s gives no output with it', async (_, text) => {
		const { items } = await run({ parameters: getUser({ userId: byId('user_1') }) }, () =>
			response(200, `{"id":"user_1","public_metadata":{"a":["x${text}y"],"${text}":1}}`),
		);
		expect(everythingIn(items)).not.toContain(KEY);
		expect(items[0].json).toMatchObject({ publicMetadata: { a: ['x********y'], '********': 1 } });
	});

	it('takes hardly longer to read than one that cannot contain it', async () => {
		const row = { id: 'user_1', image_url: 'https://a.b/?c=1&d=2', first_name: 'Zo\u00eb "Z"' };
		const body = JSON.stringify(Array(5_000).fill(row)).replace(/&/g, '\\u0026');
		const response = { statusCode: 200, headers: {}, body };
		const request = { method: 'GET', path: '/users' } as const;
		const readAll = () => {
			for (let time = 0; time < 10; time++) readResponse(response as never, KEY, request, 0);
		};
		const parseAll = () => {
			for (let time = 0; time < 10; time++) JSON.parse(body);
		};
		readAll();
		parseAll();
		// Looking for each spelling of the key takes sixty times as long.
		expect(await cpuTimeOf(readAll)).toBeLessThan(20 * (await cpuTimeOf(parseAll)));
	});
});
