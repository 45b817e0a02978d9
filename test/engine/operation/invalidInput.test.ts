import { InvalidInputError, InvalidItemsError } from '../../../nodes/Clerk/engine/operation';

it('InvalidItemsError has the message of the first invalid item', () => {
	const first = new InvalidInputError('Role', 'is empty');
	expect(new InvalidItemsError(new Map([[3, first]])).message).toBe('Role is empty');
	expect(new InvalidItemsError(new Map()).message).toBe('No item');
});
