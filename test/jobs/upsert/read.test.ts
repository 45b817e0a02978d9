import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { chooseUser, userSearchRequest } from '../../../nodes/Clerk/jobs/upsert/read';

const email = (value: string, isVerified = true, more: ClerkRecord = {}): ClerkRecord => ({
	id: `idn_${value}`,
	email_address: value,
	verification: isVerified ? { status: 'verified' } : null,
	...more,
});

const userWith = (fields: ClerkRecord): ClerkRecord => ({
	id: 'user_0',
	external_id: null,
	username: null,
	email_addresses: [],
	...fields,
});

describe('chooseUser', () => {
	const ada = userWith({ id: 'user_1', email_addresses: [email('ada@example.com')] });
	const stranger = userWith({ id: 'user_2', email_addresses: [email('Ada@Example.com', false)] });

	it('returns the user with the verified address; one with an unverified only if asked for', () => {
		expect(chooseUser([stranger, ada], 'emailAddress', 'ada@example.com', false)).toBe(ada);
		expect(chooseUser([stranger], 'emailAddress', 'ada@example.com', false)).toBeUndefined();
		expect(chooseUser([stranger], 'emailAddress', 'ada@example.com', true)).toBe(stranger);
	});

	it('rejects a value of several users, and lists them', () => {
		expect(() => chooseUser([stranger, ada], 'emailAddress', 'ada@example.com', true)).toThrow(
			'Email Address is not clear: 2 users have the email address "ada@example.com": user_2, user_1',
		);
	});

	it('rejects an unverified address that Clerk reserves for its user, unless asked for', () => {
		const reserving = userWith({
			id: 'user_3',
			email_addresses: [email('ada@example.com', false, { reserved: true })],
		});
		expect(() => chooseUser([reserving], 'emailAddress', 'ada@example.com', false)).toThrow(
			`is reserved: user_3 has the email address "ada@example.com", but it is not verified. Turn on 'Match Unverified'`,
		);
		expect(chooseUser([reserving], 'emailAddress', 'ada@example.com', true)).toBe(reserving);
	});

	it('returns no user whose value is only similar', () => {
		const users = [userWith({ external_id: '47110' }), userWith({ username: 'ada2' })];
		expect(chooseUser(users, 'externalId', '4711', false)).toBeUndefined();
		expect(chooseUser(users, 'username', 'ada', false)).toBeUndefined();
	});
});

describe('userSearchRequest', () => {
	it('signs external IDs, so that one with a minus sign does not exclude its user', () => {
		expect(userSearchRequest('externalId', ['-4711']).query).toMatchObject({
			external_id: ['+-4711'],
		});
	});
});
