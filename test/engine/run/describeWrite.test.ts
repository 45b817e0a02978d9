import { describeWrite } from '../../../nodes/Clerk/engine/run/describeWrite';
import { locate } from '../../../nodes/Clerk/fields/locators';

const path = [locate('user', { description: 'Which user' })];

const describeDeletion = async (
	action: string,
	id: unknown,
	destroyed: Record<string, unknown>,
) => {
	const read = jest.fn(async () => await Promise.resolve({ id: 'user_1', first_name: 'Ada' }));
	const sentence = await describeWrite({ action, path }, { user_id: id }, destroyed, read);
	return { sentence, reads: read.mock.calls.length };
};

describe('describeWrite', () => {
	it('names the record, and counts what would be destroyed beside it', async () => {
		const { sentence, reads } = await describeDeletion('Delete user', 'user_1', { sessions: 2 });
		expect(sentence).toBe('Would delete Ada (user_1), and with it 2 sessions');
		expect(reads).toBe(1);
	});

	it.each([
		[{ emailAddresses: 1 }, '1 email address'],
		[{ emailAddresses: 2 }, '2 email addresses'],
		[{ policies: 1 }, '1 policy'],
		[{ policies: 3 }, '3 policies'],
		[{ movies: 0, organizationMemberships: 1 }, '1 organization membership'],
		[{ privateMetadata: { a: 1 } }, '1 key of private metadata'],
		[{ privateMetadata: { a: 1, b: 2 } }, '2 keys of private metadata'],
	])('counts %j as %s', async (destroyed, counted) => {
		const { sentence } = await describeDeletion('Delete user', 'user_1', destroyed);
		expect(sentence).toBe(`Would delete Ada (user_1), and with it ${counted}`);
	});

	it('ends what is active, and destroys the rest', async () => {
		const destroyed = { activeSessions: 1, passkeys: 1 };
		const { sentence } = await describeDeletion('Delete user', 'user_1', destroyed);
		expect(sentence).toBe(
			'Would delete Ada (user_1) and end 1 active session, and with it 1 passkey',
		);
	});

	it('does not count the record itself', async () => {
		const { sentence } = await describeDeletion('Revoke invitation', '', { revokedInvitations: 1 });
		expect(sentence).toBe('Would revoke invitation');
	});

	it.each(['', undefined, 7])('reads nothing for the ID %j', async (id) => {
		expect((await describeDeletion('Delete user', id, {})).reads).toBe(0);
	});
});
