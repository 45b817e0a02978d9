import {
	isWrite,
	mappingsIn,
	methodOf,
	pathOf,
	snakeCase,
	wireName,
} from '../../../nodes/Clerk/engine/operation';
import type { Field, Mapping } from '../../../nodes/Clerk/engine/operation';
import { resources } from '../../../nodes/Clerk/resources';
import { count } from '../../../nodes/Clerk/resources/user/count';

const operations = resources.flatMap((resource) =>
	mappingsIn(resource).map(
		(operation) => [`${resource.value}.${operation.value}`, operation] as [string, Mapping],
	),
);

const fieldsOf = ({ path = [], query = [], body = [] }: Mapping) => [...path, ...query, ...body];

describe('words', () => {
	it.each([
		['id', 'id'],
		['emailAddress', 'email_address'],
		['primaryWeb3WalletId', 'primary_web3_wallet_id'],
		['createdAtAfter', 'created_at_after'],
	])('%s is %s in the API', (name, wire) => {
		expect(snakeCase(name)).toBe(wire);
	});

	it('a field may have another name in the API', () => {
		expect(wireName({ name: 'role', wire: 'role_key' } as Field)).toBe('role_key');
		expect(wireName({ name: 'roleKey' } as Field)).toBe('role_key');
	});

	it('a route has a method and a path', () => {
		const operation = { ...count, request: 'PATCH /users/{user_id}' } as const;
		expect([methodOf(operation), pathOf(operation)]).toEqual(['PATCH', '/users/{user_id}']);
		expect(isWrite(operation)).toBe(true);
		expect(isWrite(count)).toBe(false);
	});
});

describe('the registry', () => {
	it('has no value twice', () => {
		const names = operations.map(([name]) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(operations)('%s has a field for every name of its path, and no other', (_, operation) => {
		const names = [...pathOf(operation).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		expect((operation.path ?? []).map(wireName).sort()).toEqual(names.sort());
	});

	it.each(operations)('%s needs what stands in its path', (_, { path = [] }) => {
		expect(path.filter(({ required }) => required !== true)).toEqual([]);
	});

	it.each(operations)('%s sends no name twice', (_, operation) => {
		for (const fields of [operation.query ?? [], operation.body ?? []]) {
			const names = fields.map(wireName);
			expect(new Set(names).size).toBe(names.length);
		}
	});

	it.each(operations)('%s has no parameter twice', (_, operation) => {
		const names = fieldsOf(operation).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(operations)(
		'%s has an action in sentence case that names its resource',
		(name, operation) => {
			const [resource] = name.split('.');
			expect(operation.action.toLowerCase().replaceAll(' ', '')).toContain(
				resource.slice(0, 6).toLowerCase(),
			);
			const written = operation.action.replace(/\b(?:[A-Z]{3,}|API|OAuth|M2M)\b/g, '');
			expect(written).toMatch(/^[A-Z][^A-Z]*$/);
		},
	);

	it.each(operations.filter(([, { request }]) => request.startsWith('DELETE')))(
		'%s warns that it cannot be undone, and tells what it destroys',
		(_, { notice, destroys }) => {
			expect(notice).toContain('cannot be undone');
			expect(destroys?.length).toBeGreaterThan(0);
		},
	);

	it.each(operations.filter(([, { destroys }]) => destroys?.some(({ by }) => !by)))(
		'%s says on the form what it destroys, and that a dry run shows it',
		(_, { notice }) => {
			expect(notice).toMatch(/^This (destroys|discards|ends|signs|takes|cancels|moves)/);
			expect(notice).toContain('Dry Run option');
		},
	);

	it('tells nobody of a new primary address unless it is asked to, as the API does', () => {
		const defaults = operations.flatMap(([, operation]) =>
			fieldsOf(operation)
				.filter(({ name }) => name === 'notifyPrimaryEmailAddressChanged')
				.map((field) => field.default),
		);
		expect(defaults.length).toBeGreaterThan(1);
		expect(new Set(defaults)).toEqual(new Set([false]));
	});

	it.each([
		'organization.replaceMetadata',
		'session.revoke',
		'user.ban',
		'user.banMany',
		'user.removePassword',
		'user.replaceMetadata',
	])('%s has a notice although it is no DELETE', (name) => {
		const [, { notice, destroys }] = operations.find(([known]) => known === name)!;
		expect([typeof notice, destroys?.length]).toEqual(['string', expect.any(Number)]);
	});
});
