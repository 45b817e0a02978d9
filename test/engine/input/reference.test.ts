import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { FieldContext } from '../../../nodes/Clerk/engine/input/encode';
import type { Field } from '../../../nodes/Clerk/engine/operation';
import { Reference, toReference, withIds } from '../../../nodes/Clerk/engine/input/reference';
import { locators } from '../../../nodes/Clerk/fields/locators';

const field = (locator: Field['locator'], overrides: Partial<Field> = {}): Field => ({
	displayName: 'Thing',
	name: 'thing',
	type: 'resourceLocator',
	default: '',
	locator,
	...overrides,
});

const optional = field(locators.user);
const required = field(locators.user, { required: true });
const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value });

const read = (value: unknown, location: FieldContext['location'] = 'path', given = required) =>
	toReference(given, value, 'Thing', { timezone: 'UTC', location });

describe('toReference', () => {
	it.each([
		[chosen('id', 'user_1'), 'id', 'user_1'],
		[chosen('list', 'user_1'), 'list', 'user_1'],
		[chosen('list', 'ada@example.com'), 'emailAddress', 'ada@example.com'],
		[chosen('username', 'ada'), 'username', 'ada'],
		[chosen('externalId', 4711), 'externalId', '4711'],
		['user_1', 'id', 'user_1'],
		[4711, 'id', '4711'],
	])('reads %j with its mode', (value, mode, text) => {
		expect(read(value)).toMatchObject({ mode, value: text });
	});

	it('takes any text for an ID when the locator has no finders', () => {
		const [locator] = Object.values(locators).filter(({ finders }) => !finders);
		const given = read(chosen('list', 'ada@example.com'), 'path', field(locator));
		expect(given).toMatchObject({ mode: 'list', id: 'ada@example.com' });
	});

	it.each([
		[chosen('id', ''), 'is empty'],
		['', 'is empty'],
		[chosen('id', null), 'has no value: its expression gave null'],
		[chosen('id', undefined), 'has no value: its expression gave undefined'],
		[chosen('id', 1.5), 'has no value: its expression gave 1.5'],
		[chosen('id', 2 ** 53), 'has no value: its expression gave 9007199254740992'],
		[chosen('id', true), 'has no value: its expression gave true'],
		[chosen('id', { id: 'user_1' }), 'has no value: its expression gave an object'],
		[{ id: 'user_1' }, 'has no value: its expression gave an object'],
		[null, 'has no value: its expression gave null'],
		[' user_1', 'must not start or end with a blank'],
		[chosen('emailAddress', 'a@b.c\n'), 'must not start or end with a blank'],
		[' ', 'must not start or end with a blank'],
	])('rejects %j in every location when it is required', (value, reason) => {
		for (const location of ['path', 'query', 'body', 'procedure'] as const) {
			expect(() => read(value, location)).toThrow(InvalidInputError);
			expect(() => read(value, location)).toThrow(`Thing ${reason}`);
		}
	});

	it.each(['', null, chosen('list', ''), chosen('id', null)])(
		'returns null for %j in a body when it is optional, and rejects it elsewhere',
		(value) => {
			expect(read(value, 'body', optional)).toBeNull();
			for (const location of ['path', 'query', 'procedure'] as const) {
				expect(() => read(value, location, optional)).toThrow(InvalidInputError);
			}
			expect(() => read(value, 'body', required)).toThrow(InvalidInputError);
		},
	);

	it.each([
		['required', 'path', true],
		['optional', 'path', true],
		['required', 'procedure', true],
		['optional', 'procedure', false],
		['required', 'body', false],
		['required', 'query', false],
	] as const)(
		'sets isSubject for a field that is %s in the %s: %s',
		(need, location, isSubject) => {
			const given = need === 'required' ? required : optional;
			expect(read('user_1', location, given)).toMatchObject({ isSubject });
		},
	);
});

describe('Reference', () => {
	const byName = () => new Reference(locators.user, 'username', 'ada', 'User');

	it('throws when its ID is read before it was resolved', () => {
		expect(() => byName().id).toThrow('User was not looked up');
		expect(byName().isSubject).toBe(false);
	});

	it('has the ID that was found, or throws the error of the look-up', () => {
		const found = byName();
		found.result = { id: 'user_1' };
		expect(withIds({ user: found, name: 'x' })).toEqual({ user: 'user_1', name: 'x' });
		const missing = byName();
		missing.result = { error: new Error('not found') };
		expect(() => withIds({ user: missing })).toThrow('not found');
	});
});
