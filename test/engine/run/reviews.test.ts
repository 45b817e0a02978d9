import { execute } from '../../../nodes/Clerk/engine/execute';
import { IF_NOT_FOUND } from '../../../nodes/Clerk/engine/form/commonFields';
import { defineProcedure, defineResource } from '../../../nodes/Clerk/engine/operation';
import type { Review } from '../../../nodes/Clerk/engine/operation';
import { limits } from '../../../nodes/Clerk/resources/limits';
import { errorResponse, response, scriptedHost } from '../../support/scripted';

/** What items read is judged together, before the first write. */

type Check = (all: string[]) => void;

/** Reads each item's own record, and writes it unless the item says otherwise. */
const resourceWith = (check: Check) =>
	defineResource({
		name: 'Thing',
		value: 'thing',
		description: 'x',
		operations: [
			defineProcedure({
				name: 'Change',
				value: 'change',
				action: 'Change thing',
				description: 'x',
				writes: true,
				options: [IF_NOT_FOUND],
				form: [
					{
						displayName: 'Thing',
						name: 'thing',
						type: 'string',
						default: '',
						required: true,
						description: 'x',
					},
				],
				prepare({ values }) {
					const name = String(values.thing);
					const review: Review<string> = {
						async read({ send }) {
							await send({ method: 'GET', path: `/things/${name}` });
							return name;
						},
						check,
					};
					return {
						...(!name.startsWith('plain') && { review }),
						async execute({ send }) {
							await send({ method: 'PATCH', path: `/things/${name}`, body: {} });
							return { records: [{ name }] };
						},
					};
				},
			}),
		],
	});

async function run(things: string[], check: Check, values: Record<string, unknown> = {}) {
	const { continueOnFail, ...options } = values;
	const parameters = things.map((thing) => ({
		resource: 'thing',
		operation: 'change',
		thing,
		options,
	}));
	const { host, sent } = scriptedHost(
		{ parameters, continueOnFail: continueOnFail === true },
		({ url, method }: { url: string; method?: string }) =>
			method === 'GET' && url.includes('missing')
				? errorResponse(404, [{ code: 'resource_not_found', message: 'not found' }])
				: response(200, {}),
	);
	const api = { resources: [resourceWith(check)], limits };
	const outcome = await execute(host, api).then(
		([items]) => ({ rows: items.map(({ json }) => json), fault: undefined }),
		(fault: Error & { description?: string }) => ({ rows: [], fault }),
	);
	return { ...outcome, lines: sent.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`) };
}

describe('a review', () => {
	it('is read of all items, and checked once, before the first write', async () => {
		const checked: string[][] = [];
		const { rows, lines } = await run(['a', 'b', 'plain', 'c'], (all) => checked.push(all));
		expect(checked).toEqual([['a', 'b', 'c']]);
		expect(lines.slice(0, 3).sort()).toEqual(['GET a', 'GET b', 'GET c']);
		expect(lines.slice(3).sort()).toEqual(['PATCH a', 'PATCH b', 'PATCH c', 'PATCH plain']);
		expect(rows.map(({ name }) => name)).toEqual(['a', 'b', 'plain', 'c']);
	});

	it('is not checked where no item has one', async () => {
		const check = jest.fn();
		await run(['plain1', 'plain2'], check);
		expect(check).not.toHaveBeenCalled();
	});

	const refuse = () => {
		throw new Error('Not so');
	};

	it('stops the run, with the error of the first item that was read', async () => {
		const { fault, lines } = await run(['plain', 'a', 'b'], refuse);
		expect(fault?.message).toContain('Not so');
		expect(fault?.message).toContain('[item 1]');
		expect(fault?.description).toContain('No other item was carried out.');
		expect(lines.sort()).toEqual(['GET a', 'GET b']);
	});

	it('carries no item out, with continue on fail', async () => {
		const { rows, lines } = await run(['a', 'b', 'plain'], refuse, { continueOnFail: true });
		const rest = 'Not carried out, because other items of the input were refused';
		expect(rows.map(({ error }) => error)).toEqual(
			['Not so', rest, rest].map((text) => expect.stringContaining(text)),
		);
		expect(lines.sort()).toEqual(['GET a', 'GET b']);
	});

	it('leaves out an item that cannot be read, which ends the run before the first write', async () => {
		const checked: string[][] = [];
		const check = (all: string[]) => checked.push(all);
		const { fault, lines } = await run(['a', 'missing', 'b'], check);
		expect(fault?.message).toContain('[item 1]');
		expect(lines.filter((line) => !line.startsWith('GET'))).toEqual([]);
		expect(checked).toEqual([]);

		const failed = await run(['a', 'missing', 'b'], check, { continueOnFail: true });
		expect(failed.rows.map(({ error }) => error !== undefined)).toEqual([false, true, false]);
		expect(checked).toEqual([['a', 'b']]);

		const accepted = await run(['missing', 'b'], check, { ifNotFound: 'empty' });
		expect(accepted.rows).toEqual([{}, { name: 'b' }]);
		expect(accepted.lines.at(-1)).toBe('PATCH b');
		expect(checked.at(-1)).toEqual(['b']);
	});
});
