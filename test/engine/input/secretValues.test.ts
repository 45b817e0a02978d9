import { secretValues } from '../../../nodes/Clerk/engine/input/secretValues';
import { user } from '../../../nodes/Clerk/resources/user';

const create = user.operations.find(({ value }) => value === 'create')!;

const secretsOf = (form: Record<string, unknown>) =>
	secretValues(create, (name, fallback) => (name in form ? form[name] : fallback));

describe('secretValues', () => {
	it('are the texts of secret fields alone, in a collection and on the form', () => {
		const additionalFields = { password: 'correct horse', firstName: 'Ada Lovelace' };
		expect(secretsOf({ additionalFields })).toEqual(['correct horse']);
		expect(secretsOf({ password: 'battery staple' })).toEqual(['battery staple']);
	});

	it('begin with the longest, as it may contain others, each of them once', () => {
		const additionalFields = { backupCodes: 'code, longer-code code' };
		expect(secretsOf({ additionalFields })).toEqual([
			'code, longer-code code',
			'longer-code',
			'code',
		]);
	});

	it('have four characters or more, as shorter ones could be part of anything', () => {
		expect(secretsOf({ password: '1234' })).toEqual(['1234']);
		expect(secretsOf({ password: '123' })).toEqual([]);
	});

	it('are those within a list, an object, JSON and a number', () => {
		expect(secretsOf({ password: [['nested'], { a: 12345 }] })).toEqual(['nested', '12345']);
		expect(secretsOf({ password: '{"a":"inside"}' })).toEqual(['{"a":"inside"}', 'inside']);
		expect(secretsOf({ password: '{"a":"inside"' })).toEqual(['{"a":"inside"']);
	});

	it('are none of an expression that cannot be worked out', () => {
		expect(
			secretValues(create, () => {
				throw new Error('No such node');
			}),
		).toEqual([]);
	});
});
