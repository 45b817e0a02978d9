import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { FieldContext } from '../../../nodes/Clerk/engine/input/encode';
import type { Field } from '../../../nodes/Clerk/engine/operation';
import { Reference, toReference, withIds } from '../../../nodes/Clerk/engine/input/reference';
import { locators } from '../../../nodes/Clerk/fields/locators';

const field = (locator: Field['locator'], words: Partial<Field> = {}): Field => ({
	displayName: 'Thing',
	name: 'thing',
	type: 'resourceLocator',
	default: '',
	locator,
	...words,
});

const optional = field(locators.user);
const required = field(locators.user, { required: true });
const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value });

const read = (value: unknown, place: FieldContext['location'] = 'path', given = required) =>
	toReference(given, value, 'Thing', { timezone: 'UTC', location: place });

describe('what a form points at', () => {
	it.each([
		[chosen('id', 'user_1'), 'id', 'user_1'],
		[chosen('list', 'user_1'), 'list', 'user_1'],
		[chosen('list', 'ada@example.com'), 'emailAddress', 'ada@example.com'],
		[chosen('username', 'ada'), 'username', 'ada'],
		[chosen('externalId', 4711), 'externalId', '4711'],
		['user_1', 'id', 'user_1'],
		[4711, 'id', '4711'],
	])('%j is read by its mode', (value, mode, text) => {
		expect(read(value)).toMatchObject({ mode, value: text });
	});

	it('is an ID as it is where nothing else can be looked up', () => {
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
	])('%j is refused', (value, complaint) => {
		for (const place of ['path', 'query', 'body', 'procedure'] as const) {
			expect(() => read(value, place)).toThrow(InvalidInputError);
			expect(() => read(value, place)).toThrow(`Thing ${complaint}`);
		}
	});

	it.each(['', null, chosen('list', ''), chosen('id', null)])(
		'%j clears it in a body, and is refused elsewhere',
		(value) => {
			expect(read(value, 'body', optional)).toBeNull();
			for (const place of ['path', 'query', 'procedure'] as const) {
				expect(() => read(value, place, optional)).toThrow(InvalidInputError);
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
	] as const)('that is %s in the %s is what the item is about: %s', (need, place, isSubject) => {
		const given = need === 'required' ? required : optional;
		expect(read('user_1', place, given)).toMatchObject({ isSubject });
	});
});

describe('a reference', () => {
	const byName = () => new Reference(locators.user, 'username', 'ada', 'User');

	it('has no ID before it was looked up', () => {
		expect(() => byName().id).toThrow('User was not looked up');
		expect(byName().isSubject).toBe(false);
	});

	it('has the ID that was found, or says why there is none', () => {
		const found = byName();
		found.result = { id: 'user_1' };
		expect(withIds({ user: found, name: 'x' })).toEqual({ user: 'user_1', name: 'x' });
		const missing = byName();
		missing.result = { problem: new Error('nobody') };
		expect(() => withIds({ user: missing })).toThrow('nobody');
	});
});
