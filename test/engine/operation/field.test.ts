import { snakeCase, wireName } from '../../../nodes/Clerk/engine/operation';
import type { Field } from '../../../nodes/Clerk/engine/operation';

it.each([
	['id', 'id'],
	['emailAddress', 'email_address'],
	['primaryWeb3WalletId', 'primary_web3_wallet_id'],
	['createdAtAfter', 'created_at_after'],
])('snakeCase returns for %s the name %s', (name, wire) => {
	expect(snakeCase(name)).toBe(wire);
});

it('wireName returns the wire of a field, or else the snake_case of its name', () => {
	expect(wireName({ name: 'role', wire: 'role_key' } as Field)).toBe('role_key');
	expect(wireName({ name: 'roleKey' } as Field)).toBe('role_key');
});
