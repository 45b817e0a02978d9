import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, OperationResult } from '../../../nodes/Clerk/engine/operation';
import { IncompleteJobError } from '../../../nodes/Clerk/engine/run/incompleteJob';
import { prepareCompare } from '../../../nodes/Clerk/jobs/compare/form';
import { MEMBERSHIPS, ORGANIZATIONS, USERS } from '../../../nodes/Clerk/jobs/compare/kinds';
import { comparedRecords } from '../../support/comparedRecords';

/** Random lists against random records, in every state that either side can be in. */

const KINDS = { USERS, ORGANIZATIONS, MEMBERSHIPS };

type KindName = keyof typeof KINDS;
type Record = Parameters<typeof comparedRecords>[0][number];
type Options = Parameters<typeof comparedRecords>[1];

const FIELDS: { [K in KindName]: IDataObject } = {
	USERS: { idField: 'id' },
	ORGANIZATIONS: { idField: 'id' },
	MEMBERSHIPS: { organizationIdField: 'organization', userIdField: 'user' },
};

/** Few, so that both sides often have the same. */
const number = fc.integer({ min: 0, max: 12 });

const time = fc.integer({ min: 1_760_000_000_000, max: 1_760_000_000_004 });

/** The record of a number: memberships are of few organizations and users. */
function recordOf(kind: KindName, of: number, updated_at: number): Record {
	const organizationId = `org_${of % 3}`;
	const userId = `user_${Math.floor(of / 3)}`;
	const id = { USERS: `user_${of}`, ORGANIZATIONS: `org_${of}`, MEMBERSHIPS: `orgmem_${of}` }[kind];
	return { id, organizationId, userId, created_at: 1_700_000_000_000 + (of % 4), updated_at };
}

const idsOf = (kind: KindName, { id, organizationId, userId }: Record): IDataObject =>
	kind === 'MEMBERSHIPS' ? { organization: organizationId, user: userId } : { id };

/** The time of a row that names no record. */
const NO_ID = 1;

/** A row of the list: of a record, or of none. */
const rowOf = (kind: KindName) =>
	fc.oneof(
		{
			weight: 8,
			arbitrary: fc
				.tuple(number, time, fc.constantFrom('', ' ', '"'))
				.map(([of, at, around]): IDataObject => {
					const ids = Object.entries(idsOf(kind, recordOf(kind, of, at)));
					return {
						...Object.fromEntries(
							ids.map(([name, id]) => [name, `${around}${String(id)}${around}`]),
						),
						updated: at,
					};
				}),
		},
		{
			weight: 1,
			arbitrary: fc
				.constantFrom<unknown>(null, undefined, '', 7, 'sess_1', {}, ['user_1'])
				.map((id) => ({ id, organization: id, user: id, updated: NO_ID }) as IDataObject),
		},
	);

const recordsOf = (kind: KindName) =>
	fc
		.uniqueArray(fc.tuple(number, time), { selector: ([of]) => of })
		.map((all) => all.map(([of, at]) => recordOf(kind, of, at)));

const form = (kind: KindName, values: IDataObject = {}) => ({
	values: {
		...FIELDS[kind],
		compareBy: 'updatedAt',
		updatedAtField: 'updated',
		report: ['missing', 'changed', 'gone'],
		maxGone: 1_000,
		maxGonePercent: 100,
		...values,
	},
	query: {},
	options: {} as never,
	itemIndex: 0,
});

async function run(
	kind: KindName,
	rows: IDataObject[],
	records: Record[],
	options?: Options,
	values?: IDataObject,
): Promise<OperationResult> {
	const given = rows.length === 0 ? [{}] : rows;
	const prepared = prepareCompare(KINDS[kind], form(kind, values), {
		rows: given,
		timezone: 'UTC',
		toOutput: (record) => record as IDataObject,
	});
	return await prepared.execute(comparedRecords(records, options).context);
}

/** The list after each row of a report was applied to it, as a person would. */
function applied(kind: KindName, rows: IDataObject[], { records, itemIndexes }: OperationResult) {
	const next: Array<IDataObject | undefined> = [...rows];
	const added: IDataObject[] = [];
	records.forEach((row, at) => {
		const item = itemIndexes?.[at];
		const record = row.record as IDataObject | null;
		const { userId: user, organizationId: organization } = row;
		const ids =
			kind === 'MEMBERSHIPS' ? { organization, user } : { id: (user ?? organization) as string };
		if (row.action === 'missing') added.push({ ...ids, updated: record?.updated_at });
		if (row.action === 'changed') next[item!] = { ...next[item!], updated: record?.updated_at };
		if (row.action === 'gone' || row.action === 'invalid') next[item!] = undefined;
	});
	return [...next.filter((row) => row !== undefined), ...added] as IDataObject[];
}

const contentOf = (rows: IDataObject[]) =>
	rows
		.map(({ id, organization, user, updated }) =>
			[id, organization, user]
				.filter((one) => typeof one === 'string')
				.map((one) => String(one).replace(/["\s]/g, ''))
				.concat(String(updated))
				.join(' '),
		)
		.sort();

/** All records that there can be. */
const everyRecord = (kind: KindName) =>
	Array.from({ length: 13 }, (_, of) => recordOf(kind, of, 0));

/** Whether a row of a report is about the record. */
const isOf = (kind: KindName, { id, organizationId, userId }: Record, row: IDataObject) =>
	kind === 'MEMBERSHIPS'
		? row.organizationId === organizationId && row.userId === userId
		: (row.userId ?? row.organizationId) === id;

/** Whether each row with an ID names no record, of two or more: such a run is stopped. */
function isAllGone(kind: KindName, rows: IDataObject[], records: Record[]): boolean {
	const keyOf = (ids: IDataObject) => Object.values(ids).join(' ');
	const names = Object.keys(idsOf(kind, recordOf(kind, 0, 0)));
	const listed = new Set(
		rows
			.filter(({ updated }) => updated !== NO_ID)
			.map((row) => names.map((name) => String(row[name]).replace(/["\s]/g, '')).join(' ')),
	);
	return listed.size > 1 && !records.some((record) => listed.has(keyOf(idsOf(kind, record))));
}

const summaryOf = ({ records }: OperationResult) => records[records.length - 1];

describe.each(Object.keys(KINDS) as KindName[])('A comparison of %s', (kind) => {
	const sides = fc.tuple(fc.array(rowOf(kind), { maxLength: 20 }), recordsOf(kind));

	/** Whether a row has an ID, without which nothing is compared. */
	const hasUsable = (rows: IDataObject[]) =>
		rows.length === 0 || rows.some(({ updated }) => updated !== NO_ID);

	it('makes both sides equal when its rows are applied, and is empty the second time', async () => {
		await fc.assert(
			fc.asyncProperty(sides, async ([rows, records]) => {
				fc.pre(hasUsable(rows));
				if (isAllGone(kind, rows, records)) {
					await expect(run(kind, rows, records)).rejects.toThrow(/^Stopped: all \d+ listed /);
					return;
				}
				const first = await run(kind, rows, records);
				const repaired = applied(kind, rows, first);
				const inClerk = records.map((record) => ({
					...idsOf(kind, record),
					updated: record.updated_at,
				}));
				expect(contentOf(repaired)).toEqual(contentOf(inClerk));
				const {
					missing,
					changed,
					gone,
					equal,
					invalid,
					listed,
					inClerk: count,
				} = summaryOf(first) as { [name: string]: number };
				expect(first.records).toHaveLength(missing + changed + gone + invalid + 1);
				expect(equal + changed + gone).toBe(listed);
				expect(equal + changed + missing).toBe(count);
				expect(count).toBe(records.length);
				expect(listed + invalid).toBe(rows.length);
				const second = await run(kind, repaired, records);
				expect(second.records).toHaveLength(1);
				expect(summaryOf(second)).toMatchObject({ equal: records.length, listed: records.length });
			}),
			{ numRuns: 300 },
		);
	});

	it('never reports a record as gone that was there throughout, while others come, go and change', async () => {
		const changes = fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'update'), number, time), {
			maxLength: 12,
		});
		await fc.assert(
			fc.asyncProperty(sides, changes, async ([rows, records], planned) => {
				fc.pre(hasUsable(rows));
				const rest = [...planned];
				/** Every state that a record had while the comparison ran. */
				const states = new Map<string, Set<number>>();
				const note = ({ id, updated_at: at }: Record) =>
					states.set(id, (states.get(id) ?? new Set()).add(at));
				const removed = new Set<string>();
				records.forEach(note);
				/** Those that were there when they were asked for by their IDs. */
				const found = new Set<string>();
				let asked = 0;
				const before = (_: number, { path, query = {} }: ApiRequest) => {
					for (const [change, of, at] of rest.splice(0, 4)) {
						const record = recordOf(kind, of, at);
						const index = records.findIndex(({ id }) => id === record.id);
						if (change === 'add' && index < 0 && !removed.has(record.id)) records.push(record);
						if (change === 'remove' && index >= 0) removed.add(records.splice(index, 1)[0].id);
						if (change === 'update' && index >= 0) records[index] = record;
						records.forEach(note);
					}
					const ids = query.user_id ?? query.organization_id;
					if (!Array.isArray(ids)) return;
					asked += ids.length;
					for (const { id, organizationId, userId } of records) {
						const isAsked =
							kind === 'MEMBERSHIPS'
								? path.includes(`/${organizationId}/`) && ids.includes(userId)
								: ids.includes(id);
						if (isAsked) found.add(id);
					}
				};
				const { records: report } = await run(kind, rows, records, { before }).catch(
					(error: unknown) => {
						// All may be gone by then, and the error has the rows.
						if (!(error instanceof IncompleteJobError)) throw error as Error;
						expect(error.message).toMatch(/^Stopped: all /);
						return { records: error.report };
					},
				);
				expect(report.filter(({ action }) => action === 'gone').length).toBeLessThanOrEqual(asked);
				for (const row of report) {
					if (row.action === 'gone') {
						const [record] = everyRecord(kind).filter((one) => isOf(kind, one, row));
						expect(found.has(record.id)).toBe(false);
					}
					if (row.action === 'missing' || row.action === 'changed') {
						const { id, updated_at: at } = row.record as unknown as Record;
						expect(states.get(id)?.has(at)).toBe(true);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('asks again for the records that a truncated list lacks', async () => {
		await fc.assert(
			fc.asyncProperty(recordsOf(kind), fc.nat(12), async (records, length) => {
				const rows = records.map((record) => ({
					...idsOf(kind, record),
					updated: record.updated_at,
				}));
				const cut: NonNullable<Options>['cut'] = (all, { query }) =>
					query?.user_id || query?.organization_id ? all : all.slice(0, length);
				const report = await run(kind, rows, records, { cut });
				expect(summaryOf(report)).toMatchObject({ gone: 0, equal: records.length });
			}),
		);
	});

	it('is stopped by its guard if Clerk returns only part of its records', async () => {
		const records = Array.from({ length: 13 }, (_, of) => recordOf(kind, of, 1_760_000_000_000));
		const rows = records.map((record) => ({ ...idsOf(kind, record), updated: record.updated_at }));
		const cut = (all: Record[]) => all.slice(0, 1);
		const stopped = run(kind, rows, records, { cut }, { maxGonePercent: 5 });
		await expect(stopped).rejects.toThrow(IncompleteJobError);
		await expect(stopped).rejects.toThrow(/Stopped: \d+ of 13 listed .* would be reported as gone/);
	});
});

describe('A comparison of fields', () => {
	const leaf = fc.oneof(
		fc.constantFrom<unknown>(null, '', '{}', '[]', 'null', 'pro', '3', true, false, {}, []),
		fc.integer(),
		fc
			.double({ noNaN: true, noDefaultInfinity: true })
			.filter((one) => !(Math.abs(one) >= 2 ** 53)),
	);
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 3 },
			leaf,
			fc.array(tie('tree'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('tree'), { maxKeys: 3 }),
		),
	}));
	const metadata = fc.dictionary(fc.constantFrom('plan', 'seats'), tree, { maxKeys: 2 });

	/** What a text stands for: nothing is the same as empty metadata. */
	const contentOfText = (text: unknown) => JSON.parse(String(text) || '{}') as unknown;

	/** As a column of text has a value. */
	const asText = (value: unknown) =>
		typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

	const compareFields = async (rows: IDataObject[], records: Record[]) =>
		await run('USERS', rows, records, undefined, {
			compareBy: 'fields',
			comparedFields: [
				{ field: 'metadata', clerk_field: 'publicMetadata' },
				{ field: 'plan', clerk_field: 'publicMetadata.plan' },
			],
		});

	it('is empty the second time, with metadata as JSON text', async () => {
		let changed = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(metadata, metadata), { minLength: 1, maxLength: 5 }),
				async (sides) => {
					const records = sides.map(([, public_metadata], of) => ({
						...recordOf('USERS', of, 1),
						public_metadata,
					}));
					const rows = sides.map(([listed], of): IDataObject => ({
						id: `user_${of}`,
						metadata: asText(listed),
						plan: asText(listed.plan),
					}));
					const first = await compareFields(rows, records);
					first.records.forEach(({ action, record }, at) => {
						if (action !== 'changed') return;
						changed++;
						const { public_metadata: now } = record as unknown as (typeof records)[number];
						const { plan } = now as { plan?: unknown };
						Object.assign(rows[first.itemIndexes![at]!], {
							metadata: asText(now),
							plan: asText(plan),
						});
					});
					const second = await compareFields(rows, records);
					expect(second.records).toHaveLength(1);
					for (const [at, row] of rows.entries()) {
						expect(contentOfText(row.metadata)).toEqual(
							contentOfText(JSON.stringify(records[at].public_metadata)),
						);
					}
				},
			),
			{ numRuns: 300 },
		);
		expect(changed).toBeGreaterThan(100);
	});
});
