import { fakeClock } from '../support/fakeClock';
import { anHour, operations, seeds } from '../support/chaos';
import { seeded } from '../support/random';

/**
 * An hour of virtual time with twenty operations and jobs side by side, faults of every kind, a system
 * clock that is set, stops, and long pauses. To try a seed again: its number is in the name of the test.
 */

jest.setTimeout(300_000);

const mockedRandom = (seed: number) => {
	const random = seeded(seed);
	jest.spyOn(Math, 'random').mockImplementation(random);
	return random;
};

afterEach(() => jest.restoreAllMocks());

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(4 * 3_600_000));

it('has at least twenty operations and jobs', () => {
	expect(operations.length).toBeGreaterThanOrEqual(20);
});

it('carries everything out once when there are no faults', async () => {
	const { violations, ended, runs } = await anHour(fakeClock, mockedRandom(7), {
		faults: false,
		runs: 40,
	});
	expect(violations).toEqual([]);
	expect(ended).toBe(runs);
});

it.each(seeds())(
	'with seed %i loses no item, does nothing twice, names every unknown outcome, and ends',
	async (seed) => {
		const { violations, ended, runs } = await anHour(fakeClock, mockedRandom(seed));
		expect(violations.slice(0, 3)).toEqual([]);
		expect(ended).toBe(runs);
	},
);
