import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type {
	ClerkRecord,
	FormInput,
	OperationContext,
} from '../../../nodes/Clerk/engine/operation';
import { usersPaging } from '../../../nodes/Clerk/fields/paging';
import { prepareFind } from '../../../nodes/Clerk/jobs/findByMetadata/job';
import { servedList } from '../../support/servedList';

/** The whole job against an oracle that looks for every item in every record. */

const value = fc.constantFrom('a', 'b', 'c', 1, '1', true);

const stored = fc.option(fc.oneof(value, fc.array(value, { maxLength: 3 })), { nil: undefined });

const user = fc.record({ private: stored, public: stored, unsafe: stored });

const form = fc.record({
	kinds: fc.uniqueArray(fc.constantFrom('private', 'public', 'unsafe'), { minLength: 1 }),
	match: fc.constantFrom('equals', 'listContains', 'exists'),
	ifNone: fc.constantFrom('fail', 'empty'),
	ifSeveral: fc.constantFrom('fail', 'all'),
	limit: fc.constantFrom(1, 2, 50),
	loose: fc.boolean(),
});

type Form = typeof form extends fc.Arbitrary<infer Values> ? Values : never;
type User = typeof user extends fc.Arbitrary<infer Values> ? Values : never;

const rowOf = (at: number, { private: own, public: shown, unsafe }: User) => ({
	id: `user_${at}`,
	created_at: 1_700_000_000_000 + at * 1_000,
	private_metadata: own === undefined ? {} : { k: own },
	public_metadata: shown === undefined ? {} : { k: shown },
	unsafe_metadata: unsafe === undefined ? {} : { k: unsafe },
});

const run = async (users: User[], values: unknown[], shared: Form) => {
	const list = servedList(users.map((one, at) => rowOf(at, one)));
	const items = values.map((metadataValue, itemIndex): FormInput => ({
		itemIndex,
		values: { metadataValue, ...(itemIndex === 0 && { metadataKey: 'k', ...shared }) },
		query: {},
		options: {} as FormInput['options'],
	}));
	const toOutput = ({ id }: ClerkRecord) => ({ id }) as IDataObject;
	const prepared = prepareFind(
		items,
		{ toOutput },
		{
			noun: 'user',
			path: '/users',
			paging: usersPaging,
			labelOf: ({ id }) => String(id),
			shortcut: '',
		},
	);
	const { records, itemIndexes, errors } = await prepared.execute({
		send: list.send,
	} as OperationContext);
	const outputs = values.map((_, item) => {
		const error = errors?.get(item);
		const own = records.filter((__, at) => itemIndexes?.[at] === item).map(({ id }) => id);
		return error instanceof Error ? error.message.split(':')[0] : own;
	});
	return { outputs, requests: list.requests.length };
};

/** What each item is to get: IDs, or the beginning of the message. */
const plainly = (users: User[], values: unknown[], shared: Form) => {
	const { kinds, match, ifNone, ifSeveral, limit, loose } = shared;
	const isSame = (one: unknown, other: unknown) =>
		loose ? String(one) === String(other) : one === other;
	const has = (one: User, wanted: unknown) =>
		kinds.some((kind) => {
			const held = one[kind as keyof User];
			if (held === undefined || match === 'exists') return held !== undefined;
			if (match === 'equals') return !Array.isArray(held) && isSame(held, wanted);
			return Array.isArray(held) && held.some((entry) => isSame(entry, wanted));
		});
	const hasKey = users.some((one) => kinds.some((kind) => one[kind as keyof User] !== undefined));
	return values.map((wanted, item) => {
		if (match === 'exists' && item > 0) return [];
		const ids = users.flatMap((one, at) => (has(one, wanted) ? [`user_${at}`] : [])).reverse();
		const isKey = match === 'exists' || !hasKey;
		if (ids.length === 0 && ifNone === 'empty') return [undefined];
		if (ids.length === 0) {
			return isKey ? 'Key "k" was not found' : `Value ${JSON.stringify(wanted)} was not found`;
		}
		if (ids.length > 1 && ifSeveral === 'fail') {
			const named = match === 'exists' ? 'Key "k"' : `Value ${JSON.stringify(wanted)}`;
			return `${named} matches ${ids.length} users`;
		}
		return ids.slice(0, limit);
	});
};

it('gives every item what looking for it in every record gives, with one request a page', async () => {
	const seen = new Set<string>();
	await fc.assert(
		fc.asyncProperty(
			fc.array(user, { maxLength: 6 }),
			fc.array(value, { minLength: 1, maxLength: 6 }),
			form,
			async (users, values, shared) => {
				const { outputs, requests } = await run(users, values, shared);
				expect(outputs).toEqual(plainly(users, values, shared));
				expect(requests).toBe(1);
				for (const output of outputs) {
					seen.add(
						Array.isArray(output) ? `${output.length}` : output.replace(/.*? (?=was|matches)/, ''),
					);
				}
			},
		),
		{ numRuns: 1_500 },
	);
	expect([...seen]).toEqual(
		expect.arrayContaining(['0', '1', '2', '3', 'was not found', 'matches 2 users']),
	);
});
