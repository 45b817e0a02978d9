import {
	defineOperation,
	isWrite,
	methodOf,
	one,
	pathOf,
	view,
} from '../../../nodes/Clerk/engine/operation';

const operation = (request: 'GET /things' | 'PATCH /things/{thing_id}') =>
	defineOperation({
		name: 'Do',
		value: 'do',
		action: 'Do thing',
		description: 'Do a thing',
		request,
		returns: one(view('things', ['id'])),
	});

it('methodOf and pathOf return the two parts of a request', () => {
	const update = operation('PATCH /things/{thing_id}');
	expect([methodOf(update), pathOf(update)]).toEqual(['PATCH', '/things/{thing_id}']);
});

it('isWrite returns false for a GET and true for other methods', () => {
	expect(isWrite(operation('PATCH /things/{thing_id}'))).toBe(true);
	expect(isWrite(operation('GET /things'))).toBe(false);
});
