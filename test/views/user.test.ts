import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { user } from '../../nodes/Clerk/views/user';

describe('the view of a user', () => {
	const emailAddresses = [
		{ id: 'idn_1', email_address: 'old@example.com', verification: null },
		{ id: 'idn_2', email_address: 'ada@example.com', verification: { status: 'verified' } },
	];

	it('has the primary address, not the first', () => {
		const record = { email_addresses: emailAddresses, primary_email_address_id: 'idn_2' };
		expect(simplify(record, user)).toMatchObject({
			primaryEmailAddress: 'ada@example.com',
			emailAddresses: [
				{ id: 'idn_1', emailAddress: 'old@example.com', verified: false },
				{ id: 'idn_2', emailAddress: 'ada@example.com', verified: true },
			],
		});
	});

	it('has null as the primary address when there is none', () => {
		const record = { email_addresses: emailAddresses, primary_email_address_id: null };
		expect(simplify(record, user).primaryEmailAddress).toBeNull();
		expect(simplify({}, user).primaryPhoneNumber).toBeNull();
	});

	it.each([
		['Ada', 'Berg', 'Ada Berg'],
		['Ada', null, 'Ada'],
		[null, 'Berg', 'Berg'],
		[null, null, null],
		['', '', null],
	])('has for %j and %j the full name %j', (first_name, last_name, fullName) => {
		expect(simplify({ first_name, last_name }, user).fullName).toBe(fullName);
	});

	it('has the primary wallet under the name of the API', () => {
		expect(simplify({ primary_web3_wallet_id: 'idn_3' }, user).primaryWeb3WalletId).toBe('idn_3');
	});
});
