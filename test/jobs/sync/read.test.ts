import fc from 'fast-check';

import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { readSyncData } from '../../../nodes/Clerk/jobs/sync/read';

/** Clerk's largest page. */
const PAGE = 500;

const membership = (at: number): ClerkRecord => ({
	id: `orgmem_${at}`,
	role: 'org:member',
	created_at: at,
	public_user_data: { user_id: `user_${at}`, identifier: `user${at}@example.com` },
});

/** A change before the response with this number. */
interface Change {
	response: number;
	leaves?: number;
	joins?: boolean;
}

/** Reads an organization of `count` members, which others change meanwhile. */
async function readWhile(count: number, changes: Change[]) {
	const members = Array.from({ length: count }, (_, at) => membership(at));
	let joined = count;
	let responses = 0;
	const list = (query: ClerkRecord = {}) => {
		for (const { response, leaves, joins } of changes) {
			if (response !== responses) continue;
			if (leaves !== undefined) members.splice(leaves % Math.max(1, members.length), 1);
			if (joins) members.push(membership(joined++));
		}
		responses++;
		const offset = Number(query.offset ?? 0);
		const data = members.slice(offset, offset + Number(query.limit));
		return { data, total_count: members.length };
	};
	const send = async ({ path, query }: ApiRequest) => {
		await Promise.resolve();
		if (path === '/organizations/acme') return { id: 'org_1', slug: 'acme' };
		return path.endsWith('/memberships') ? list(query) : { data: [], total_count: 0 };
	};
	const data = await readSyncData(
		[],
		{
			matchBy: 'userId',
			matchUnverified: false,
			organizations: ['acme'],
			inviteMissing: false,
			revokeInvitations: false,
			otherMembers: 'remove',
			marker: '',
			allowEmptying: false,
			bounds: {},
		},
		{
			send: send as never,
			forEachConcurrently: async (items, work) => {
				for (const one of items) await work(one);
			},
		},
	);
	const read = data.states[0].members.map(({ userId }) => userId);
	return { read, stayed: members.map(({ created_at: at }) => `user_${String(at)}`), responses };
}

describe('readSyncData, of members who change while they are read', () => {
	it('reads whole pages', async () => {
		const { read, responses } = await readWhile(1_200, []);
		expect(new Set(read).size).toBe(1_200);
		expect(responses).toBe(3);
	});

	it('misses no one when a member of the first page leaves before the second is read', async () => {
		const { read, stayed } = await readWhile(PAGE + 1, [{ response: 1, leaves: 3 }]);
		expect(read).toEqual(expect.arrayContaining(stayed));
	});

	it('misses no one when another joins at the same time, so that the total stays the same', async () => {
		const { read, stayed } = await readWhile(PAGE + 200, [{ response: 1, leaves: 3, joins: true }]);
		expect(read).toEqual(expect.arrayContaining(stayed));
	});

	it('reads every member who stays, each once, whoever leaves and joins', async () => {
		const change = fc.record(
			{ response: fc.nat({ max: 8 }), leaves: fc.nat({ max: 1_500 }), joins: fc.boolean() },
			{ requiredKeys: ['response'] },
		);
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 1_600 }), fc.array(change), async (count, changes) => {
				// Those who join after the last page was read are not expected.
				const { read, stayed } = await readWhile(
					count,
					changes.map((one) => ({ ...one, joins: false })),
				);
				expect(new Set(read).size).toBe(read.length);
				const known = new Set(read);
				expect(stayed.filter((id) => !known.has(id))).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});
});
