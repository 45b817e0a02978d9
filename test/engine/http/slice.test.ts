import { TimeOrder } from '../../../nodes/Clerk/engine/http/slice';

/** Which records a slice of a list asks for. */

const PARAMETERS = { after: 'created_at_after', before: 'created_at_before' };
const AT = 1_700_000_000_000;

describe.each([
	['+created_at', true, '-created_at', AT],
	['created_at', true, '-created_at', AT],
	['-created_at', false, '+created_at', -AT],
])('the order %s', (order, isOldestFirst, reversed, time) => {
	const times = new TimeOrder(order);

	it('knows its direction and the opposite one', () => {
		expect(times.isOldestFirst).toBe(isOldestFirst);
		expect(times.reversed).toBe(reversed);
	});

	it('counts the time of a record in its direction, in whole milliseconds', () => {
		expect(times.of({ created_at: AT })).toBe(time);
		for (const created_at of [AT + 0.5, String(AT), null, undefined]) {
			expect(times.of({ created_at })).toBeNaN();
		}
	});

	const boundsOf = (query: Record<string, number>, first: number, last: number) => {
		const [from, to] = isOldestFirst ? [first, last] : [-last, -first];
		return times.bounds(PARAMETERS, query, from, to);
	};

	it('asks for a millisecond more on either side, as a bound may not count itself', () => {
		expect(boundsOf({}, AT, AT + 9)).toEqual({
			created_at_after: AT - 1,
			created_at_before: AT + 10,
		});
	});

	it('has no bound where the list has no end', () => {
		expect(boundsOf({}, -Infinity, AT)).toEqual({ created_at_before: AT + 1 });
		expect(boundsOf({}, AT, Infinity)).toEqual({ created_at_after: AT - 1 });
	});

	it("keeps the narrower of the slice's bounds and those of the form", () => {
		const narrow = { created_at_after: AT + 2, created_at_before: AT + 7 };
		expect(boundsOf(narrow, AT, AT + 9)).toEqual(narrow);
		expect(boundsOf(narrow, -Infinity, Infinity)).toEqual(narrow);
		const wide = { created_at_after: AT - 100, created_at_before: AT + 100 };
		expect(boundsOf(wide, AT, AT + 9)).toEqual({
			created_at_after: AT - 1,
			created_at_before: AT + 10,
		});
	});
});
