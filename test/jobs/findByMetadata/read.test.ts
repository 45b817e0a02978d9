import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';
import { orderedPaging, usersPaging } from '../../../nodes/Clerk/fields/paging';
import { Search } from '../../../nodes/Clerk/jobs/findByMetadata/match';
import { readMatches } from '../../../nodes/Clerk/jobs/findByMetadata/read';
import type { Scalar } from '../../../nodes/Clerk/jobs/findByMetadata/match';
import type { MetadataKind } from '../../../nodes/Clerk/jobs/shared/metadata';
import { churnRuns, seeded } from '../../support/random';
import { servedList } from '../../support/servedList';

const rowsOf = (count: number) =>
	Array.from({ length: count }, (_, at) => ({
		id: `user_${at}`,
		created_at: 1_700_000_000_000 + at * 60_000,
		private_metadata: { customer: `cus_${at}` },
	}));

type List = ReturnType<typeof servedList>;

const USERS = { path: '/users', paging: usersPaging };

const ORGANIZATIONS = { path: '/organizations', paging: orderedPaging };

const read = async (
	list: List,
	values: Scalar[],
	stopsEarly = false,
	of = USERS,
	atOnce?: number,
	kinds: MetadataKind[] = ['private'],
) => {
	const target = { ...of, noun: 'record', labelOf: () => '', shortcut: '' };
	const criteria = {
		path: ['customer'],
		kinds,
		match: 'equals' as const,
		isLoose: false,
	};
	const search = new Search(criteria, new Map(values.entries()));
	const toRow = ({ id }: Record<string, unknown>) => ({ id }) as { id: string };
	const { found, pages } = await readMatches(target, search, toRow, stopsEarly, list.send, atOnce);
	return { ids: found.map(({ id }) => id), pages };
};

const isPage = ({ query }: ApiRequest) => query?.limit === 500;

describe('one pass over a list', () => {
	const many = rowsOf(100_000);

	it.each([1, 1_000])('takes 200 pages of 100,000 users for %d values', async (count) => {
		const list = servedList(many);
		const wanted = Array.from({ length: count }, (_, at) => at * 100);
		const { ids, pages } = await read(
			list,
			wanted.map((at) => `cus_${at}`),
		);
		expect(ids.sort()).toEqual(wanted.map((at) => `user_${at}`).sort());
		expect(pages).toBe(list.requests.filter(isPage).length);
		expect(list.requests.length).toBeGreaterThanOrEqual(200);
		expect(list.requests.length).toBeLessThanOrEqual(220);
		expect(list.most()).toBeGreaterThan(10);
	});

	it.each([1, 3])('requests at most %d pages at once, if the run says so', async (atOnce) => {
		for (const [of, total] of [
			[USERS, false],
			[ORGANIZATIONS, true],
		] as const) {
			const list = servedList(rowsOf(7_300), { total, random: seeded(3) });
			const { ids } = await read(list, ['cus_0'], false, of, atOnce);
			expect(ids).toEqual(['user_0']);
			// The count and the oldest record may be requested beside the pages.
			expect(list.most()).toBeLessThanOrEqual(atOnce === 1 ? 1 : atOnce + 2);
			expect(list.most()).toBeGreaterThanOrEqual(atOnce);
		}
	});

	it.each([
		['users', USERS, { random: seeded(1) }],
		[
			'users by a server that ignores the filters of slices',
			USERS,
			{ ignores: ['filters' as const] },
		],
		['organizations', ORGANIZATIONS, { total: true, random: seeded(2) }],
	])('finds what is on the last page of %s, and each once', async (_, of, options) => {
		const list = servedList(rowsOf(7_300), options);
		const values = ['cus_0', 'cus_7299', 'cus_3650', 'cus_7300'];
		const { ids } = await read(list, values, false, of);
		expect(ids).toEqual(['user_7299', 'user_3650', 'user_0']);
	});

	it.each([
		['users', USERS, false, 10],
		// As many pages as are requested at once are on their way.
		['organizations', ORGANIZATIONS, true, 22],
	])('stops when all are found, if it should: %s', async (_, of, total, most) => {
		const list = servedList(rowsOf(20_000), { total });
		const values = ['cus_19990', 'cus_19000'];
		expect((await read(list, values, true, of)).ids).toEqual(['user_19990', 'user_19000']);
		const { length } = list.requests;
		expect(length).toBeLessThanOrEqual(most);
		expect((await read(list, [...values, 'cus_none'], true, of)).ids).toEqual([
			'user_19990',
			'user_19000',
		]);
		expect(list.requests.length - length).toBeGreaterThanOrEqual(40);
	});

	describe.each([
		['users', USERS, false, 10],
		['organizations', ORGANIZATIONS, true, 22],
	])('of %s that stops when all are found', (_, of, total, most) => {
		const withDecoy = () => {
			const rows: Array<Record<string, unknown>> = rowsOf(20_000);
			rows[19_999] = { ...rows[19_999], unsafe_metadata: { customer: 'cus_100' } };
			return servedList(rows as typeof many, { total });
		};

		it('goes on after a match in unsafe metadata, which users can edit', async () => {
			const { ids } = await read(withDecoy(), ['cus_100'], true, of, undefined, [
				'private',
				'unsafe',
			]);
			expect(ids).toEqual(['user_19999', 'user_100']);
		});

		it('stops at it if no other kind is searched', async () => {
			const list = withDecoy();
			const { ids } = await read(list, ['cus_100'], true, of, undefined, ['unsafe']);
			expect(ids).toEqual(['user_19999']);
			expect(list.requests.length).toBeLessThanOrEqual(most);
		});
	});

	it.each(
		Array.from({ length: churnRuns() * 5 }, (_, at) => [at + 1]).flatMap(([seed]) => [
			['users', seed, USERS] as const,
			['organizations', seed, ORGANIZATIONS] as const,
		]),
	)('finds all that stay, while others come and go: %s, seed %d', async (_, seed, of) => {
		const random = seeded(seed);
		const rows = rowsOf(6_000);
		const isKept = (at: number) => at % 40 === 0;
		const kept = rows.filter((__, at) => isKept(at));
		let added = 0;
		const list = servedList(rows, {
			random,
			total: of === ORGANIZATIONS,
			before() {
				for (let change = 0; change < 20; change++) {
					const at = Math.floor(random() * rows.length);
					if (!kept.includes(rows[at])) rows.splice(at, 1);
				}
				for (let change = 0; change < 5; change++) {
					rows.push({
						id: `user_new${added++}`,
						created_at: 1_800_000_000_000 + added,
						private_metadata: { customer: 'cus_other' },
					});
				}
			},
		});
		const values = kept.map((row) => row.private_metadata.customer);
		const { ids } = await read(list, values, false, of);
		expect(ids).toEqual(kept.map(({ id }) => id).reverse());
	});
});
