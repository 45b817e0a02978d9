import { SharedLookUps } from '../../../nodes/Clerk/engine/run/procedureLookUps';
import type { ApiRequest, LookUp } from '../../../nodes/Clerk/engine/operation';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';

/** The values of a request. */
const valuesOf = ({ query }: ApiRequest) => query?.value as string[];

const lookUpWith = (value: string, by = 'name', limit?: number): LookUp => ({
	kind: by,
	value,
	request: (values) => ({
		method: 'GET',
		path: `/${by}`,
		query: { value: values, ...(limit !== undefined && { limit }) },
	}),
	check: () => value,
});

const lookUpsOf = (count: number) => Array.from({ length: count }, (_, at) => lookUpWith(`v${at}`));

function lookUpsIn(
	given: LookUp[],
	respond: (request: ApiRequest) => unknown = (request) => valuesOf(request).map((id) => ({ id })),
) {
	const sent: ApiRequest[] = [];
	const lookUps = new SharedLookUps(given, async (request) => {
		sent.push(request);
		return await respond(request);
	});
	return {
		requested: () => sent.map(valuesOf),
		paths: () => sent.map(({ path }) => path),
		idsFor: async (at: number) => (await lookUps.rowsFor(at)).map(({ id }) => id),
	};
}

describe('SharedLookUps', () => {
	it('sends a shared request once, when the first of its items runs', async () => {
		const { requested, idsFor } = lookUpsIn(lookUpsOf(3));
		expect(requested()).toEqual([]);
		expect(await idsFor(1)).toEqual(['v0', 'v1', 'v2']);
		expect(await Promise.all([idsFor(0), idsFor(2)])).toEqual([
			['v0', 'v1', 'v2'],
			['v0', 'v1', 'v2'],
		]);
		expect(requested()).toEqual([['v0', 'v1', 'v2']]);
	});

	it('sends a hundred values in a request, and a single one that is left by itself', async () => {
		const { requested, idsFor } = lookUpsIn(lookUpsOf(201));
		for (const index of [200, 150, 50, 199, 0]) await idsFor(index);
		expect(requested().map((values) => values.length)).toEqual([1, 100, 100]);
		expect(requested()[0]).toEqual(['v200']);
		expect(await idsFor(100)).toHaveLength(100);
		expect(requested()).toHaveLength(3);
	});

	it('sends a request for each kind of value', async () => {
		const given = [lookUpWith('a'), lookUpWith('b', 'size'), lookUpWith('c')];
		const { requested, paths, idsFor } = lookUpsIn(given);
		await idsFor(0);
		await idsFor(1);
		await idsFor(2);
		expect(requested()).toEqual([['a', 'c'], ['b']]);
		expect(paths()).toEqual(['/name', '/size']);
	});

	it('asks for a value once, whichever of its items comes first', async () => {
		const { requested, idsFor } = lookUpsIn(['a', 'b', 'a'].map((value) => lookUpWith(value)));
		expect(await idsFor(2)).toEqual(['a', 'b']);
		expect(await idsFor(0)).toEqual(['a', 'b']);
		expect(requested()).toEqual([['a', 'b']]);
	});

	it('uses the only look-up of a kind, even if its response is as long as the limit', async () => {
		const { requested, idsFor } = lookUpsIn([lookUpWith('a', 'name', 1)]);
		expect(await idsFor(0)).toEqual(['a']);
		expect(requested()).toEqual([['a']]);
	});
});

describe('SharedLookUps, of a shared request', () => {
	it('lets each item send its own when the response has as many rows as the limit', async () => {
		const limited = ['a', 'b'].map((value) => lookUpWith(value, 'name', 2));
		const { requested, idsFor } = lookUpsIn(limited, (request) =>
			[...valuesOf(request), 'x'].slice(0, 2).map((id) => ({ id })),
		);
		expect(await idsFor(0)).toEqual(['a', 'x']);
		expect(await idsFor(1)).toEqual(['b', 'x']);
		expect(requested()).toEqual([['a', 'b'], ['a'], ['b']]);
	});

	it('uses the response when it has one row less than the limit', async () => {
		const limited = ['a', 'b'].map((value) => lookUpWith(value, 'name', 3));
		const { requested, idsFor } = lookUpsIn(limited);
		expect(await idsFor(0)).toEqual(['a', 'b']);
		expect(requested()).toHaveLength(1);
	});

	it('lets each item send its own when one value is rejected', async () => {
		const { requested, idsFor } = lookUpsIn(lookUpsOf(3), (request) => {
			if (valuesOf(request).includes('v1')) throw new Error('v1 is bad');
			return { data: valuesOf(request).map((id) => ({ id })) };
		});
		expect(await idsFor(0)).toEqual(['v0']);
		await expect(idsFor(1)).rejects.toThrow('v1 is bad');
		expect(await idsFor(2)).toEqual(['v2']);
		expect(requested()).toEqual([['v0', 'v1', 'v2'], ['v0'], ['v1'], ['v2']]);
	});

	it('does not send another one when the execution is stopped', async () => {
		const { requested, idsFor } = lookUpsIn(lookUpsOf(3), () => {
			throw new CancelledError();
		});
		await expect(idsFor(0)).rejects.toBeInstanceOf(CancelledError);
		await expect(idsFor(1)).rejects.toBeInstanceOf(CancelledError);
		expect(requested()).toHaveLength(1);
	});
});
