import { planKeyRemoval } from '../../../nodes/Clerk/jobs/removeMetadataKeys/plan';
import { parseKeyPath } from '../../../nodes/Clerk/engine/input/keyPath';

describe('planKeyRemoval', () => {
	const stored = { plan: 'pro', tags: ['a'], billing: { id: 1, card: { last4: '4242' } } };
	const path = '/users/user_1/metadata';
	const plan = (keys: string[], kinds: Array<'public' | 'private'> = ['public']) =>
		planKeyRemoval(
			{ public_metadata: stored, private_metadata: { plan: 'x' } },
			keys.map((key) => parseKeyPath(key, 'Keys')),
			kinds,
			'user_1',
			path,
		);

	it('plans one merge, with null for the keys that exist', () => {
		expect(plan(['plan', 'billing.card.last4', 'nope', 'tags.0'])).toMatchObject({
			requests: [
				{
					method: 'PATCH',
					path,
					body: { public_metadata: { plan: null, billing: { card: { last4: null } } } },
				},
			],
			columns: {
				removed: ['public.plan', 'public.billing.card.last4'],
				missing: ['public.nope', 'public.tags.0'],
			},
		});
	});

	it('changes only the kinds of metadata that have the key', () => {
		expect(plan(['plan'], ['private', 'public']).requests[0].body).toEqual({
			private_metadata: { plan: null },
			public_metadata: { plan: null },
		});
		expect(plan(['billing'], ['private', 'public']).requests[0].body).toEqual({
			public_metadata: { billing: null },
		});
	});

	it('removes a key with the keys below it', () => {
		expect(plan(['billing.id', 'billing']).requests[0].body).toEqual({
			public_metadata: { billing: null },
		});
	});

	it.each([['nope'], ['constructor'], ['__proto__'], ['plan.length'], ['plan.0']])(
		'plans no request for %j, which does not exist',
		(key) => {
			expect(plan([key])).toMatchObject({ requests: [], isSkipped: true });
		},
	);
});
