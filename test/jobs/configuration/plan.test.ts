import fc from 'fast-check';

import { KINDS } from '../../../nodes/Clerk/jobs/configuration/kinds';
import type {
	InstanceState,
	Kind,
	KindName,
	WantedConfiguration,
} from '../../../nodes/Clerk/jobs/configuration/model';
import { planConfiguration } from '../../../nodes/Clerk/jobs/configuration/plan';
import { toState } from '../../../nodes/Clerk/jobs/configuration/read';
import { readWanted } from '../../../nodes/Clerk/jobs/configuration/wanted';
import { InvalidItemsError } from '../../../nodes/Clerk/engine/operation';
import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';

/** An instance as Clerk lists it; kinds that are left out have no records. */
const stateOf = (lists: Partial<Record<KindName, ClerkRecord[]>>): InstanceState => ({
	id: 'ins_target',
	environment: 'development',
	isProduction: false,
	kinds: new Map(
		KINDS.map((kind: Kind) => [
			kind.name,
			toState(kind, lists[kind.name] ?? (kind.recordKey ? [] : [{}])),
		]),
	),
});

const wantedFrom = (rows: unknown[]): WantedConfiguration =>
	readWanted(
		rows.map((row, item) => ({ rows: row, item })),
		KINDS,
		[],
	);

const EXPORT = [
	{
		kind: 'configuration',
		key: 'configuration',
		value: { version: 1, environment: 'development', records: { organizationRole: 1, roleSet: 1 } },
	},
	{
		kind: 'organizationRole',
		key: 'org:member',
		value: { name: 'Member', description: '', permissions: ['org:a:read'] },
	},
	{
		kind: 'roleSet',
		key: 'role_set:default',
		value: {
			name: 'Default',
			roles: ['org:member'],
			defaultRole: 'org:member',
			creatorRole: 'org:member',
			type: 'initial',
		},
	},
	{ kind: 'jwtTemplate', key: 't', value: { claims: { a: ['{{user.id}}'] }, lifetime: 60 } },
	{ kind: 'machineScope', key: 'a → b', value: { machine: 'a', scopedMachine: 'b' } },
	{ kind: 'protect', key: 'protect', value: { rulesEnabled: true } },
	{ kind: 'notExported', key: 'Domains', value: { reason: 'They belong to one instance' } },
].map((row) => ({ ...row, instanceId: 'ins_source' }));

const STATE = stateOf({
	organizationRole: [{ id: 'role_1', key: 'org:member', name: 'Member', permissions: [] }],
	roleSet: [{ id: 'roleset_1', key: 'role_set:default', name: 'Default', roles: [] }],
});

describe('a wanted configuration', () => {
	const readOrReject = (rows: unknown[]): WantedConfiguration | undefined => {
		try {
			return wantedFrom(rows);
		} catch (error) {
			expect(error).toBeInstanceOf(InvalidItemsError);
			return undefined;
		}
	};

	it('of any items is read, or rejected by the item', () => {
		fc.assert(
			fc.property(fc.array(fc.anything({ withNullPrototype: true })), (rows) => {
				readOrReject(rows);
			}),
		);
	});

	it('of an export in which anything was changed is planned, or rejected by the item', () => {
		let planned = 0;
		const edits = fc.record({
			row: fc.nat({ max: EXPORT.length - 1 }),
			path: fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 4 }),
			value: fc.oneof(
				fc.constantFrom(undefined, null, '', 'org:member', 'protect', [], {}, 0, true),
				fc.jsonValue(),
			),
		});
		fc.assert(
			fc.property(fc.array(edits, { maxLength: 3 }), (changes) => {
				const rows = structuredClone(EXPORT) as unknown[];
				for (const { row, path, value } of changes) {
					let place: unknown = rows[row];
					for (const [depth, step] of path.entries()) {
						if (place === null || typeof place !== 'object') break;
						const names = Object.keys(place);
						const name = names[step % names.length];
						if (name === undefined) break;
						const holder = place as Record<string, unknown>;
						if (depth === path.length - 1) holder[name] = value;
						place = holder[name];
					}
				}
				const wanted = readOrReject(rows);
				if (!wanted) return;
				planned++;
				for (const deletes of [false, true]) {
					const { actions } = planConfiguration(wanted, STATE, deletes);
					for (const { reason, target, requests, isSkipped } of actions) {
						expect([typeof reason, typeof target]).toEqual(['string', 'string']);
						expect(requests.length > 0).toBe(!isSkipped);
					}
				}
			}),
			{ numRuns: 500 },
		);
		expect(planned).toBeGreaterThan(50);
	});

	it('in any order gives one plan', () => {
		const { actions } = planConfiguration(wantedFrom(EXPORT), STATE, false);
		const keys = actions.map(
			({ action, recordKind, target }) => `${action} ${recordKind.name} ${target}`,
		);
		fc.assert(
			fc.property(fc.shuffledSubarray(EXPORT, { minLength: EXPORT.length }), (rows) => {
				const shuffled = planConfiguration(wantedFrom(rows), STATE, false).actions;
				expect(
					shuffled.map(
						({ action, recordKind, target }) => `${action} ${recordKind.name} ${target}`,
					),
				).toEqual(keys);
			}),
		);
	});
});

describe('a deletion of what is not wanted', () => {
	const roleKeys = ['org:admin', 'org:member', 'org:a', 'org:b', 'org:c'];
	const oneRole = fc.constantFrom(...roleKeys);
	const states = fc.record({
		roles: fc.subarray(roleKeys, { minLength: 1 }),
		members: fc.dictionary(oneRole, fc.constantFrom(0, 1, null, undefined)),
		named: fc.tuple(oneRole, oneRole, oneRole, oneRole),
		setsShown: fc.boolean(),
		wanted: fc.subarray(roleKeys),
	});

	it('never takes a role with members or that new members get, a role set, or a permission of Clerk', () => {
		let deleted = 0;
		fc.assert(
			fc.property(states, ({ roles, members, named, setsShown, wanted }) => {
				const item = (key: string) => ({ key, members_count: members[key] });
				const state = stateOf({
					organizationPermission: [
						{ id: 'perm_1', key: 'org:sys_profile:manage', type: 'system' },
						{ id: 'perm_2', key: 'org:own:read', type: 'user' },
					],
					organizationRole: roles.map((key) => ({ id: `role_${key}`, key, permissions: [] })),
					roleSet: [
						{
							id: 'roleset_1',
							key: 'role_set:default',
							roles: roles.map(item),
							default_role: item(named[0]),
							creator_role: item(named[1]),
						},
					],
					organizationSettings: [{ creator_role: named[2], domains_default_role: named[3] }],
				});
				if (!setsShown) state.kinds.get('roleSet')!.unavailable = 'Not in the plan';
				const counts = {
					organizationPermission: 0,
					organizationRole: wanted.length,
					roleSet: 0,
					organizationSettings: 0,
				};
				const keys = {
					organizationPermission: [],
					organizationRole: wanted,
					roleSet: [],
					organizationSettings: [],
				};
				const rows = [
					{
						kind: 'configuration',
						key: 'configuration',
						value: { version: 1, records: counts, keys },
					},
					...wanted.map((key) => ({ kind: 'organizationRole', key, value: {} })),
				].map((row) => ({ ...row, instanceId: 'ins_source' }));
				const { actions } = planConfiguration(wantedFrom(rows), state, true);
				const gone = actions.filter(({ action }) => action === 'delete');
				deleted += gone.length;
				for (const { recordKind: kind, target } of gone) {
					if (kind.name === 'organizationPermission') expect(target).toBe('org:own:read');
					else {
						expect(kind.name).toBe('organizationRole');
						expect(setsShown).toBe(true);
						expect(named).not.toContain(target);
						expect(members[target]).toBe(0);
						expect(wanted).not.toContain(target);
					}
				}
			}),
			{ numRuns: 300 },
		);
		expect(deleted).toBeGreaterThan(300);
	});
});
