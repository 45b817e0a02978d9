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
		// n8n's editor leaves a locator in this mode when the model or an expression is to fill it in.
		[chosen('id', 'ada@example.com'), 'emailAddress', 'ada@example.com'],
		[chosen('id', ' Ada@Example.com\n'), 'emailAddress', 'ada@example.com'],
		['ada@example.com', 'emailAddress', 'ada@example.com'],
		[chosen('username', 'ada'), 'username', 'ada'],
		[chosen('externalId', 4711), 'externalId', '4711'],
		[chosen('externalId', 'org_1'), 'externalId', 'org_1'],
		['user_1', 'id', 'user_1'],
		[4711, 'id', '4711'],
		[' user_1', 'id', 'user_1'],
		[chosen('id', '\tuser_1\r\n'), 'id', 'user_1'],
		[chosen('list', '\u200buser_1\ufeff'), 'list', 'user_1'],
		[chosen('emailAddress', 'a@b.co\n'), 'emailAddress', 'a@b.co'],
	])('reads %j with its mode', (value, mode, text) => {
		expect(read(value)).toMatchObject({ mode, value: text });
	});

	it('takes any text for an ID when the locator has no finders and its IDs no prefix', () => {
		const [locator] = Object.values(locators).filter(({ finders, ids }) => !finders && !ids);
		const given = read(chosen('list', 'ada@example.com'), 'path', field(locator));
		expect(given).toMatchObject({ mode: 'list', id: 'ada@example.com' });
	});

	it('takes a mode that the locator does not have for that of IDs, as older workflows hold it', () => {
		expect(read(chosen('id', 'org:admin'), 'body', field(locators.role))).toMatchObject({
			id: 'org:admin',
		});
	});

	it.each([
		[chosen('id', ''), 'is empty'],
		['', 'is empty'],
		[chosen('id', null), 'has no value: its expression returned null'],
		[chosen('id', undefined), 'has no value: its expression returned undefined'],
		[chosen('id', 1.5), 'holds the number 1.5, which cannot be an identifier'],
		[chosen('id', 2 ** 53), 'holds the number 9007199254740992, which cannot be an identifier'],
		[
			chosen('externalId', 2 ** 53),
			'holds the number 9007199254740992, which cannot be an identifier',
		],
		[chosen('externalId', '1.75928847299117E+17'), 'holds "1.75928847299117E+17", a shortened'],
		[chosen('id', true), 'has no value: its expression returned true'],
		[chosen('id', { id: 'user_1' }), 'has no value: its expression returned an object'],
		[{ id: 'user_1' }, 'has no value: its expression returned an object'],
		[null, 'has no value: its expression returned null'],
		[' ', 'is empty'],
		[chosen('username', '\u200b'), 'is empty'],
		['user_1 user_2', 'must not contain a space, but got "user_1 user_2"'],
		[chosen('id', 'user_1\nuser_2'), 'must not contain a space'],
		[chosen('list', '@'), 'needs an email address such as ada@example.com, but got "@"'],
		[
			chosen('id', 'org_1'),
			'needs a user ID such as user_2NNEqL2nrIRdJ194ndJqAHwEfxC, but got "org_1". That is an organization\'s ID',
		],
		[chosen('list', 'sess_2b'), "That is a session's ID"],
		['{{ $json.user }}', 'holds an expression as text. Switch the field from Fixed to Expression'],
		[chosen('username', 'a{{ $json.n }}'), 'holds an expression as text'],
		[chosen('emailAddress', '{{$json.email}}@example.com'), 'holds an expression as text'],
	])('rejects %j in every location when it is required', (value, reason) => {
		for (const location of ['path', 'query', 'body', 'procedure'] as const) {
			expect(() => read(value, location)).toThrow(InvalidInputError);
			expect(() => read(value, location)).toThrow(/^Thing /);
			expect(() => read(value, location)).toThrow(reason);
		}
	});

	const organization = field(locators.organization, { required: true });

	it.each([
		['org_1', 'id', 'org_1'],
		['org_chart', 'id', 'org_chart'],
		['harbour-labs', 'slug', 'harbour-labs'],
		[' Harbour-Labs ', 'slug', 'harbour-labs'],
		['user_group', 'slug', 'user_group'],
	])('takes the organization "%s" in the mode for IDs for its %s', (value, mode, text) => {
		expect(read(chosen('id', value), 'path', organization)).toMatchObject({ mode, value: text });
	});

	it.each([
		['user_2NNEqL2nrIRdJ194ndJqAHwEfxC', "That is a user's ID"],
		['orginv_1', "That is an organization invitation's ID"],
		['ada@example.com', 'That is an email address'],
		['Harbour Labs', 'must not contain a space'],
	])('rejects "%s" as an organization', (value, reason) => {
		expect(() => read(chosen('id', value), 'path', organization)).toThrow(reason);
	});

	it('lets a name hold a blank, and the key of a role', () => {
		const { jwtTemplateName, role } = locators;
		expect(read(chosen('name', ' My template '), 'path', field(jwtTemplateName))).toMatchObject({
			id: 'My template',
		});
		expect(read(chosen('key', ' org:member '), 'body', field(role))).toMatchObject({
			id: 'org:member',
		});
	});

	it.each(['', null, chosen('list', ''), chosen('id', null)])(
		'returns null for %j in a body where Clerk takes null, and rejects it elsewhere',
		(value) => {
			expect(read(value, 'body', { ...optional, nullable: true })).toBeNull();
			expect(read(value, 'body', { ...optional, neverEmpty: true })).toBeNull();
			expect(() => read(value, 'body', optional)).toThrow(InvalidInputError);
			const clearable = { ...optional, nullable: true };
			for (const location of ['path', 'query', 'procedure'] as const) {
				expect(() => read(value, location, clearable)).toThrow(InvalidInputError);
			}
			expect(() => read(value, 'body', { ...required, nullable: true })).toThrow(InvalidInputError);
			// Clerk's document does not allow null there.
			expect(() => read(value, 'body', optional)).toThrow(InvalidInputError);
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
