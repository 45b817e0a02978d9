import { LookUps } from '../../../nodes/Clerk/engine/run/lookUps';
import type { ApiRequest, Prepared } from '../../../nodes/Clerk/engine/operation';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';

/** What is asked for with each call. */
const valuesOf = ({ query }: ApiRequest) => query?.value as string[];

const planOf = (value: string, target?: string, by = 'name', limit?: number): Prepared => ({
	target,
	lookUp: {
		by,
		value,
		request: (values) => ({
			method: 'GET',
			path: `/${by}`,
			query: { value: values, ...(limit !== undefined && { limit }) },
		}),
	},
	execute: async () => await Promise.resolve({ records: [] }),
});

const plansOf = (count: number) =>
	Array.from({ length: count }, (_, at) => planOf(`v${at}`, `t${at}`));

function lookUpsIn(
	plans: Array<Prepared | undefined>,
	answer: (request: ApiRequest) => unknown = (request) => valuesOf(request).map((id) => ({ id })),
) {
	const asked: ApiRequest[] = [];
	const lookUps = new LookUps(plans, async (request) => {
		asked.push(request);
		return await answer(request);
	});
	return {
		asked: () => asked.map(valuesOf),
		paths: () => asked.map(({ path }) => path),
		idsFor: async (index: number) => (await lookUps.rowsFor(index)).map(({ id }) => id),
	};
}

describe('what many items begin with', () => {
	it('is asked for when the first of them has its turn, and once', async () => {
		const { asked, idsFor } = lookUpsIn(plansOf(3));
		expect(asked()).toEqual([]);
		expect(await idsFor(1)).toEqual(['v0', 'v1', 'v2']);
		expect(await Promise.all([idsFor(0), idsFor(2)])).toEqual([
			['v0', 'v1', 'v2'],
			['v0', 'v1', 'v2'],
		]);
		expect(asked()).toEqual([['v0', 'v1', 'v2']]);
	});

	it('goes a hundred at a time, and the last alone where it is alone', async () => {
		const { asked, idsFor } = lookUpsIn(plansOf(201));
		for (const index of [200, 150, 50, 199, 0]) await idsFor(index);
		expect(asked().map((values) => values.length)).toEqual([1, 100, 100]);
		expect(asked()[0]).toEqual(['v200']);
		expect(await idsFor(100)).toHaveLength(100);
		expect(asked()).toHaveLength(3);
	});

	it('is asked for apart where it is of another kind', async () => {
		const plans = [planOf('a', 't0'), planOf('b', 't1', 'size'), planOf('c', 't2')];
		const { asked, paths, idsFor } = lookUpsIn(plans);
		await idsFor(0);
		await idsFor(1);
		await idsFor(2);
		expect(asked()).toEqual([['a', 'c'], ['b']]);
		expect(paths()).toEqual(['/name', '/size']);
	});

	it('is nothing for an item that is not planned, or begins with nothing', async () => {
		const plain = { execute: async () => await Promise.resolve({ records: [] }) };
		const { asked, idsFor } = lookUpsIn([undefined, plain, ...plansOf(2)]);
		expect(await idsFor(0)).toEqual([]);
		expect(await idsFor(1)).toEqual([]);
		expect(await idsFor(9)).toEqual([]);
		expect(await idsFor(2)).toEqual(['v0', 'v1']);
		expect(asked()).toHaveLength(1);
	});

	it('is asked for anew by a later item of the same target, which the first may have changed', async () => {
		const plans = [planOf('a', 'same'), planOf('b', 'other'), planOf('a', 'same')];
		const { asked, idsFor } = lookUpsIn(plans);
		await idsFor(0);
		await idsFor(2);
		expect(asked()).toEqual([['a', 'b'], ['a']]);
	});
});

describe('a call for many', () => {
	it('is not trusted where it gives as many rows as its limit', async () => {
		const limited = ['a', 'b'].map((value, at) => planOf(value, `t${at}`, 'name', 2));
		const { asked, idsFor } = lookUpsIn(limited, (request) =>
			[...valuesOf(request), 'x'].slice(0, 2).map((id) => ({ id })),
		);
		expect(await idsFor(0)).toEqual(['a', 'x']);
		expect(await idsFor(1)).toEqual(['b', 'x']);
		expect(asked()).toEqual([['a', 'b'], ['a'], ['b']]);
	});

	it('is trusted where it gives one row less than its limit', async () => {
		const limited = ['a', 'b'].map((value, at) => planOf(value, `t${at}`, 'name', 3));
		const { asked, idsFor } = lookUpsIn(limited);
		expect(await idsFor(0)).toEqual(['a', 'b']);
		expect(asked()).toHaveLength(1);
	});

	it('that one value spoils leaves each to ask for its own', async () => {
		const { asked, idsFor } = lookUpsIn(plansOf(3), (request) => {
			if (valuesOf(request).includes('v1')) throw new Error('v1 is bad');
			return { data: valuesOf(request).map((id) => ({ id })) };
		});
		expect(await idsFor(0)).toEqual(['v0']);
		await expect(idsFor(1)).rejects.toThrow('v1 is bad');
		expect(await idsFor(2)).toEqual(['v2']);
		expect(asked()).toEqual([['v0', 'v1', 'v2'], ['v0'], ['v1'], ['v2']]);
	});

	it('that was stopped is not tried again', async () => {
		const { asked, idsFor } = lookUpsIn(plansOf(3), () => {
			throw new CancelledError();
		});
		await expect(idsFor(0)).rejects.toBeInstanceOf(CancelledError);
		await expect(idsFor(1)).rejects.toBeInstanceOf(CancelledError);
		expect(asked()).toHaveLength(1);
	});
});
