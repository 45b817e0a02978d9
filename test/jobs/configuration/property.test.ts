import fc from 'fast-check';

import { applyTo, dueIn, exportFrom, plant, startInstance } from '../../support/configurations';
import type { Configuration } from '../../support/configurations';

type Clerk = Awaited<ReturnType<typeof startInstance>>;

jest.setTimeout(180_000);

const small = fc.nat({ max: 4 });

const few = fc.uniqueArray(small, { maxLength: 3 });

const keyed = <T extends { key: number }>(record: fc.Arbitrary<T>) =>
	fc.uniqueArray(record, { maxLength: 4, selector: ({ key }) => key });

const configurations: fc.Arbitrary<Configuration> = fc.record({
	permissions: keyed(
		fc.record({ key: small, description: fc.constantFrom('', 'Reads', 'Écrit "tout"') }),
	),
	roles: keyed(
		fc.record({ key: small, description: fc.constantFrom(null, '', 'Pays'), permissions: few }),
	),
	roleSet: fc.record({ roles: few, isInitial: fc.boolean() }),
	templates: keyed(
		fc.record({
			key: small,
			claims: fc.constantFrom<Record<string, unknown>>(
				{},
				{ aud: 'dev', email: '{{user.primary_email_address}}' },
				{ deep: { list: [1, 'dev', null, { a: true }] } },
			),
			lifetime: fc.constantFrom(60, 90),
		}),
	),
	urls: few,
	allowed: few,
	blocked: few,
	applications: keyed(fc.record({ key: small, uris: few, isPublic: fc.boolean() })),
	machines: keyed(fc.record({ key: small, ttl: fc.constantFrom(3600, 60), mayCall: few })),
	settings: fc.record({
		enabled: fc.boolean(),
		max: fc.constantFrom(5, 50),
		creator: small,
		countries: fc.subarray(['KP', 'RU', 'US']),
		scopes: fc.subarray(['profile', 'email', 'public_metadata']),
		origins: fc.subarray(['chrome-extension://a', 'capacitor://b']),
		rules: fc.boolean(),
	}),
});

const RICH: Configuration = {
	permissions: [
		{ key: 1, description: 'Reads' },
		{ key: 2, description: '' },
	],
	roles: [
		{ key: 1, description: 'Pays', permissions: [0, 1] },
		{ key: 2, description: null, permissions: [1] },
	],
	roleSet: { roles: [2, 3], isInitial: true },
	templates: [{ key: 1, claims: { aud: 'dev' }, lifetime: 90 }],
	urls: [1, 2],
	allowed: [1],
	blocked: [2],
	applications: [{ key: 1, uris: [1], isPublic: false }],
	machines: [
		{ key: 1, ttl: 60, mayCall: [1] },
		{ key: 2, ttl: 3600, mayCall: [0] },
	],
	settings: {
		enabled: true,
		max: 50,
		creator: 2,
		countries: ['KP'],
		scopes: ['email'],
		origins: ['capacitor://b'],
		rules: true,
	},
};

/** In part the same, in part other values, and more. */
const OTHER: Configuration = {
	...RICH,
	permissions: [
		{ key: 1, description: 'Others' },
		{ key: 3, description: '' },
	],
	roles: [
		{ key: 1, description: '', permissions: [1] },
		{ key: 4, description: null, permissions: [] },
	],
	roleSet: { roles: [0], isInitial: false },
	urls: [2, 3],
	machines: [{ key: 2, ttl: 60, mayCall: [] }],
};

const withInstances = async (
	[one, other]: Configuration[],
	work: (source: Clerk, target: Clerk) => Promise<void>,
) => {
	const source = await startInstance('ins_source');
	const target = await startInstance('ins_target');
	try {
		plant(source, one);
		plant(target, other);
		await work(source, target);
	} finally {
		await source.close();
		await target.close();
	}
};

type Row = Awaited<ReturnType<typeof exportFrom>>[number];

/** The records of an export, by kind and key. */
const recordsIn = (rows: Row[]) =>
	new Map(
		rows
			.filter(({ kind }) => kind !== 'configuration' && kind !== 'notExported')
			.map(({ kind, key, value }) => [`${kind} ${key}`, value as Record<string, unknown>]),
	);

/** Roles are only added to a set, and the target's own initial set gives way. */
const expectToHave = (target: Row[], source: Row[]) => {
	const actual = recordsIn(target);
	for (const [name, value] of recordsIn(source)) {
		if (!name.startsWith('roleSet ')) expect([name, actual.get(name)]).toEqual([name, value]);
		const { roles = [], type } = value as { roles?: string[]; type?: string };
		expect(actual.get(name)?.roles ?? []).toEqual(expect.arrayContaining(roles));
		if (type === 'initial') expect(actual.get(name)).toMatchObject({ type });
	}
};

const PLAN = { applyConfigurationMode: 'plan' };

describe('Apply Configuration', () => {
	it('has nothing left to do once it was carried out, and the target has all of the source', async () => {
		await fc.assert(
			fc.asyncProperty(
				configurations,
				configurations,
				fc.constantFrom('keep', 'delete'),
				async (one, other, extraRecords) =>
					await withInstances([one, other], async (source, target) => {
						const rows = await exportFrom(source);
						await applyTo(target, rows, { extraRecords });
						expect(dueIn(await applyTo(target, rows, { extraRecords, ...PLAN }))).toEqual([]);
						const after = await exportFrom(target);
						expectToHave(after, rows);
						if (extraRecords === 'keep') return;
						const kept = recordsIn(after);
						for (const name of recordsIn(rows).keys()) kept.delete(name);
						const ofRoles = [...kept].flatMap(([name, { permissions = [] }]) =>
							name.startsWith('organizationRole ') ? (permissions as string[]) : [],
						);
						for (const name of kept.keys()) {
							const [kind, key] = name.split(' ');
							// A role in no set may have members, so it stays with its permissions.
							if (kind === 'organizationPermission') expect(ofRoles).toContain(key);
							else expect(kind).toMatch(/^(organizationRole|roleSet)$/);
						}
					}),
			),
			{ numRuns: 25 },
		);
	});

	it.each(['keep', 'delete'])(
		'comes to the same end if it is interrupted after any request and run again (extra: %s)',
		async (extraRecords) => {
			let count = 0;
			let end: Row[] = [];
			let rows: Row[] = [];
			await withInstances([RICH, OTHER], async (source, target) => {
				rows = await exportFrom(source);
				const before = target.requests.length;
				await applyTo(target, rows, { extraRecords });
				count = target.requests.length - before;
				end = await exportFrom(target);
			});
			expect(count).toBeGreaterThan(25);
			for (let sent = 0; sent < count; sent++) {
				await withInstances([RICH, OTHER], async (_, target) => {
					const times = Infinity;
					// Every second time, the request arrives whose response is lost.
					const when = sent % 2 === 0 ? 'before' : 'after';
					target.addFault({ kind: 'reset', skip: sent, times, when });
					await expect(applyTo(target, rows, { extraRecords })).rejects.toThrow();
					target.clearFaults();
					await applyTo(target, rows, { extraRecords });
					expect(dueIn(await applyTo(target, rows, { extraRecords, ...PLAN }))).toEqual([]);
					expect(recordsIn(await exportFrom(target))).toEqual(recordsIn(end));
				});
			}
		},
	);
});
