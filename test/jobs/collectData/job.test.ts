import fc from 'fast-check';

import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { collectData } from '../../../nodes/Clerk/jobs/collectData/job';
import { IncompleteJobError } from '../../../nodes/Clerk/engine/run/incompleteJob';

/** People whose addresses contain those of others, as Clerk's searches find them. */
const people = ['ada', 'bada', 'ada2'].map((name, at) => ({
	id: `user_${name}`,
	address: `${name}@example.com`,
	phone: `+1201555010${at}`,
}));

type Kept = ClerkRecord & { owner: string };

const ownerOf = fc.constantFrom(...people, {
	id: 'user_else',
	address: 'zoe@else.example',
	phone: '+4915100000',
});

const LISTS = {
	'/invitations': 'email_address',
	'/organization_invitations': 'email_address',
	'/waitlist_entries': 'email_address',
	'/allowlist_identifiers': 'identifier',
	'/blocklist_identifiers': 'identifier',
} as const;

const record = fc.record({
	list: fc.constantFrom(...(Object.keys(LISTS) as Array<keyof typeof LISTS>)),
	owner: ownerOf,
	isUpper: fc.boolean(),
	byPhone: fc.boolean(),
});

const world = fc.record({
	records: fc.array(record, { maxLength: 12 }),
	living: fc.subarray(people),
	sessions: fc.array(ownerOf, { maxLength: 4 }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const missing = (path: string) => {
	const body = { errors: [{ code: 'resource_not_found', message: 'not found' }] };
	const request = { method: 'GET' as const, path };
	return new RequestError({ kind: 'response', status: 404, body, request });
};

/** A Clerk whose searches find every record. */
function clerkWith({ records, living, sessions }: World) {
	const rows = records.map(({ list, owner, isUpper, byPhone }, at): Kept & { list: string } => {
		const field = LISTS[list];
		const address = isUpper ? owner.address.toUpperCase() : owner.address;
		const value = field === 'identifier' && byPhone ? owner.phone : address;
		return { id: `record_${at}`, list, owner: owner.id, [field]: value };
	});
	const open = sessions.map(({ id }, at) => ({ id: `sess_${at}`, user_id: id }));
	const users = living.map(({ id, address, phone }) => ({
		id,
		email_addresses: [{ email_address: address, verification: { status: 'verified' } }],
		phone_numbers: [{ phone_number: phone, verification: { status: 'verified' } }],
	}));
	const send = async ({ path, query }: { path: string; query?: Record<string, unknown> }) => {
		await Promise.resolve();
		if (path === '/instance') return { id: 'ins_1', environment_type: 'development' };
		if (path === '/users') return users;
		const user = users.find(({ id }) => path === `/users/${id}`);
		if (user) return user;
		if (/^\/users\/[^/]+(\/billing\/.*)?$/.test(path)) throw missing(path);
		const invited = users.find((one) => path === `/users/${one.id}/organization_invitations`);
		const data = invited
			? rows.filter(
					({ list, owner }) => list === '/organization_invitations' && owner === invited.id,
				)
			: path === '/sessions'
				? open.filter(({ user_id: id }) => id === query!.user_id)
				: rows.filter(({ list }) => list === path);
		return { data, total_count: data.length };
	};
	const forEachConcurrently = async <T>(values: T[], work: (value: T) => Promise<void>) => {
		for (const value of values) await work(value);
	};
	return { rows, open, context: { send, forEachConcurrently, now: () => 0 } as never };
}

const given = fc.record({ person: fc.constantFrom(...people), expectsNothing: fc.boolean() });

describe('collectData, for any records of people with similar addresses', () => {
	it('has every record of the person, and none of another', async () => {
		let found = 0;
		await fc.assert(
			fc.asyncProperty(world, given, async (before, { person, expectsNothing }) => {
				const { rows, open, context } = clerkWith(before);
				const { id, address, phone } = person;
				const isLiving = before.living.includes(person);
				// The user's own record names the number where only the address is given.
				const identifiers = isLiving ? [address] : [address, phone];
				const collect = async () =>
					await collectData(
						{ ...(!isLiving && { userId: id }), identifiers },
						expectsNothing,
						context,
					).then(
						({ records }) => ({ records, isRefused: false }),
						(error: unknown) => {
							if (!(error instanceof IncompleteJobError)) throw error as Error;
							return { records: error.report, isRefused: true };
						},
					);
				const { records, isRefused } = await collect();
				const ids = records
					.filter(({ source }) => /List|list|nvitations|sessions/.test(String(source)))
					.flatMap(({ recordId }) => (recordId === null ? [] : [String(recordId)]));
				const expected = [
					...rows.filter(({ owner }) => owner === id).map((row) => String(row.id)),
					...open.filter(({ user_id: owner }) => owner === id).map((one) => one.id),
				];
				// The user's own list of invitations and that of the address have the same ones.
				expect([...new Set(ids)].sort()).toEqual(expected.sort());
				expect(isRefused).toBe(expectsNothing && (expected.length > 0 || isLiving));
				found += expected.length;
			}),
			{ numRuns: 300 },
		);
		expect(found).toBeGreaterThan(100);
	});
});
