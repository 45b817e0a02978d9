import fc from 'fast-check';

import { mergedMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import { mergeNeeded, removalOf, toPath } from '../../../nodes/Clerk/jobs/shared/metadataChanges';
import { planRemoval } from '../../../nodes/Clerk/jobs/removeMetadataKeys/plan';
import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';

/** Metadata: what has to be sent, and no more. */

describe('the way to a key', () => {
	it.each([
		['plan', ['plan']],
		['billing.customerId', ['billing', 'customerId']],
		['a\\.b.c', ['a.b', 'c']],
		['a\\\\.b', ['a\\', 'b']],
		['C:\\x', ['C:\\x']],
		['__proto__.x', ['__proto__', 'x']],
		['ключ.😀', ['ключ', '😀']],
	])('%j', (text, names) => {
		expect(toPath(text, 'Keys')).toEqual(names);
	});

	it.each(['.', 'a..b', '.a', 'a.'])('is not %j', (text) => {
		expect(() => toPath(text, 'Keys')).toThrow(`Keys has an empty name in "${text}"`);
	});
});

describe('a removal', () => {
	const stored = { plan: 'pro', tags: ['a'], billing: { id: 1, card: { last4: '4242' } } };
	const path = '/users/user_1/metadata';
	const plan = (keys: string[], kinds: Array<'public' | 'private'> = ['public']) =>
		planRemoval(
			{ public_metadata: stored, private_metadata: { plan: 'x' } },
			keys.map((key) => toPath(key, 'Keys')),
			kinds,
			'user_1',
			path,
		);

	it('is one merge with null for what is there', () => {
		expect(plan(['plan', 'billing.card.last4', 'nope', 'tags.0'])).toMatchObject({
			requests: [
				{
					method: 'PATCH',
					path,
					body: { public_metadata: { plan: null, billing: { card: { last4: null } } } },
				},
			],
			about: {
				removed: ['public.plan', 'public.billing.card.last4'],
				missing: ['public.nope', 'public.tags.0'],
			},
		});
	});

	it('takes each kind by itself', () => {
		expect(plan(['plan'], ['private', 'public']).requests[0].body).toEqual({
			private_metadata: { plan: null },
			public_metadata: { plan: null },
		});
		expect(plan(['billing'], ['private', 'public']).requests[0].body).toEqual({
			public_metadata: { billing: null },
		});
	});

	it('of a key and of one below it removes the key', () => {
		expect(plan(['billing.id', 'billing']).requests[0].body).toEqual({
			public_metadata: { billing: null },
		});
	});

	it.each([['nope'], ['constructor'], ['__proto__'], ['plan.length'], ['plan.0']])(
		'of %j, which is not there, needs no request',
		(key) => {
			expect(plan([key])).toMatchObject({ requests: [], isSkipped: true });
		},
	);

	it('reaches a key called __proto__', () => {
		const odd = JSON.parse('{"__proto__":{"a":1,"b":2}}') as ClerkRecord;
		const { patch } = removalOf(odd, [['__proto__', 'a']]);
		expect(JSON.stringify(patch)).toBe('{"__proto__":{"a":null}}');
		expect(({} as ClerkRecord).a).toBeUndefined();
	});
});

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'x.y');
const { tree } = fc.letrec((tie) => ({
	tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 'x', [1]), tie('tree'))),
}));
const metadata = tree as fc.Arbitrary<ClerkRecord>;
const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 5 });

describe('of any metadata', () => {
	const has = (stored: unknown, [head, ...rest]: string[]): boolean =>
		stored instanceof Object &&
		!Array.isArray(stored) &&
		Object.hasOwn(stored, head) &&
		(rest.length === 0 || has((stored as ClerkRecord)[head], rest));

	it('what is removed is gone, all else stays, and then there is nothing left to remove', () => {
		fc.assert(
			fc.property(metadata, paths, (stored, wanted) => {
				const { patch, removed, missing } = removalOf(stored, wanted);
				expect([...removed, ...missing]).toHaveLength(wanted.length);
				const after = patch ? mergedMetadata(stored, patch) : stored;
				for (const path of wanted) expect(has(after, path)).toBe(false);
				const expected = JSON.parse(JSON.stringify(stored)) as ClerkRecord;
				for (const path of removed) drop(expected, path);
				expect(JSON.stringify(after)).toBe(JSON.stringify(expected));
				expect(removalOf(after, wanted)).toEqual({
					patch: undefined,
					removed: [],
					missing: wanted,
				});
			}),
			{ numRuns: 500 },
		);
	});

	it('the smallest merge does what the whole one does', () => {
		fc.assert(
			fc.property(metadata, metadata, (stored, wanted) => {
				const needed = mergeNeeded(stored, wanted);
				const after = needed ? mergedMetadata(stored, needed) : stored;
				expect(after).toEqual(mergedMetadata(stored, wanted));
				expect(mergeNeeded(after, wanted)).toBeUndefined();
			}),
			{ numRuns: 500 },
		);
	});
});

function drop(stored: ClerkRecord, [head, ...rest]: string[]): void {
	if (!Object.hasOwn(stored, head)) return;
	const holder = stored as Record<string, unknown>;
	if (rest.length === 0) delete holder[head];
	else drop(holder[head] as ClerkRecord, rest);
}
