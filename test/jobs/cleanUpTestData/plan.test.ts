import fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { applyTestData, withholdUnapproved } from '../../../nodes/Clerk/jobs/cleanUpTestData/apply';
import { planTestData } from '../../../nodes/Clerk/jobs/cleanUpTestData/plan';
import type {
	OrganizationChoice,
	TestData,
	TestDataAction,
	TestDataOptions,
	TestOrganization,
	TestUser,
} from '../../../nodes/Clerk/jobs/cleanUpTestData/plan';
import { readTestData } from '../../../nodes/Clerk/jobs/cleanUpTestData/read';
import { hasMetadata, judge } from '../../../nodes/Clerk/jobs/cleanUpTestData/testUsers';
import type { TestUserCriteria } from '../../../nodes/Clerk/jobs/cleanUpTestData/testUsers';
import { selectApproved, withKeys } from '../../../nodes/Clerk/jobs/shared/selection';
import { toReportRow } from '../../../nodes/Clerk/jobs/shared/report';

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;
const BEFORE = NOW - 2 * HOUR;

/** Parts of addresses that are like those of tests, and some that are not. */
const locals = [
	'jane',
	'jane+clerk_test',
	'jane+clerk_test_1',
	'jane+debugging-clerk_test',
	'jane+clerk_tester',
	'clerk_test',
	'e2e-jane',
];

const domains = ['e2e.example.com', 'example.com', 'notexample.com', 'clerk_test.example.com'];

const address = fc
	.tuple(fc.constantFrom(...locals), fc.constantFrom(...domains), fc.boolean())
	.map(([local, domain, isUpper]) => {
		const text = `${local}@${domain}`;
		return isUpper ? text.toUpperCase() : text;
	});

const phone = fc.constantFrom(
	'+12015550100',
	'+12015550199',
	'+12015550200',
	'+12015550099',
	'+442015550100',
	'+120155501000',
	'+15550100',
);

const metadata = fc.constantFrom(
	{},
	{ suite: 'e2e' },
	{ suite: 'E2E' },
	{ other: { suite: 'e2e' } },
);

const time = fc.oneof(
	fc.constantFrom(BEFORE - 1, BEFORE, BEFORE + 1),
	fc.integer({ min: NOW - 100 * HOUR, max: NOW }),
);

/** Accounts elsewhere that a user signs in with: some tell no email address. */
const linkedAccount = fc.oneof(
	fc.constant({ provider: 'oauth_github', email_address: '' }),
	fc.constant({ provider: 'oauth_x', email_address: null }),
	fc.record({
		provider: fc.constant('oauth_google'),
		email_address: address,
		phone_number: fc.option(phone, { nil: undefined }),
	}),
);

const anyUser = fc.record({
	email_addresses: fc.array(
		address.map((email_address) => ({ email_address })),
		{ maxLength: 2 },
	),
	phone_numbers: fc.array(
		phone.map((phone_number) => ({ phone_number })),
		{ maxLength: 2 },
	),
	external_accounts: fc.oneof(
		{ weight: 4, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: linkedAccount.map((account) => [account]) },
	),
	web3_wallets: fc.oneof(
		{ weight: 6, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: fc.constant([{ web3_wallet: '0xabc' }]) },
	),
	public_metadata: metadata,
	private_metadata: metadata,
	unsafe_metadata: metadata,
	created_at: fc.oneof({ weight: 9, arbitrary: time }, { weight: 1, arbitrary: fc.constant(null) }),
});

/** Most users of a suite are like this one; those above are the hard cases. */
const plainTestUser = fc.record({
	email_addresses: fc
		.constantFrom('e2e.example.com', 'example.com')
		.map((domain) => [{ email_address: `jane+clerk_test@${domain}` }]),
	phone_numbers: fc.constant([]),
	public_metadata: metadata,
	private_metadata: metadata,
	unsafe_metadata: metadata,
	created_at: fc.integer({ min: NOW - 100 * HOUR, max: BEFORE - 1 }),
});

const userRecord = fc.oneof(anyUser, plainTestUser);

const pattern = fc.constantFrom(
	{ by: 'addressPart', value: 'e2e-' } as const,
	{ by: 'addressPart', value: 'jane' } as const,
	{ by: 'domain', value: 'e2e.example.com' } as const,
	{ by: 'metadata', value: 'suite=e2e' } as const,
	{ by: 'metadata', value: 'suite' } as const,
);

/** As the form lets them through: patterns only with domains. */
const criteria: fc.Arbitrary<TestUserCriteria> = fc
	.record({
		patterns: fc.array(pattern, { maxLength: 2 }),
		onlyDomains: fc.subarray(['e2e.example.com', 'example.com']),
		keep: fc.subarray(['user_0', 'user_1', 'org_0', 'jane+clerk_test@example.com']),
	})
	.map(({ patterns, onlyDomains, keep }) => ({
		patterns: onlyDomains.length > 0 ? patterns : [],
		onlyDomains,
		keep,
		before: BEFORE,
	}));

const choice: fc.Arbitrary<OrganizationChoice> = fc.constantFrom(
	{ by: 'leave' },
	{ by: 'emptied' },
	{ by: 'slugPrefix', slugPrefix: 'e2e-' },
	{ by: 'metadata', rule: 'suite=e2e' },
);

interface World {
	users: ClerkRecord[];
	organizations: Array<{ record: ClerkRecord; members: Array<{ id: string; role: string }> }>;
}

const world: fc.Arbitrary<World> = fc.array(userRecord, { maxLength: 8 }).chain((records) => {
	const users = records.map((record, index) => ({ ...record, id: `user_${index}` }));
	const member = fc.record({
		id: fc.constantFrom('user_none', ...users.map(({ id }) => id)),
		role: fc.constantFrom('org:admin', 'org:member'),
	});
	const organization = fc.record({
		slug: fc.constantFrom('e2e-one', 'one-e2e-', 'one'),
		private_metadata: metadata,
		created_at: time,
		members: fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: 3 }),
	});
	return fc.array(organization, { maxLength: 4 }).map((made) => ({
		users,
		organizations: made.map(({ members, ...record }, index) => ({
			record: { ...record, id: `org_${index}`, name: `Organization ${index}` },
			members: members.filter(({ id }) => id !== 'user_none' || users.length === 0),
		})),
	}));
});

/** A Clerk whose filters select all records, as the worst filter would. */
function contextOf({ users, organizations }: World) {
	const send = async ({ path, query }: { path: string; query?: Record<string, unknown> }) => {
		await Promise.resolve();
		if (path === '/users/count') return { total_count: users.length };
		if (path === '/users') return query?.starting_after === undefined ? users : [];
		if (path === '/organization_roles') return { data: [], total_count: 0 };
		const [, , id, list] = path.split('/');
		const data =
			list === 'memberships'
				? organizations
						.find(({ record }) => record.id === id)!
						.members.map((one) => ({ role: one.role, public_user_data: { user_id: one.id } }))
				: organizations.map(({ record }) => record);
		return { data, total_count: data.length };
	};
	const forEachConcurrently = async <T>(values: T[], work: (value: T) => Promise<void>) => {
		for (const value of values) await work(value);
	};
	return { send, forEachConcurrently } as never;
}

const options = fc.record({
	organizations: choice,
	maxUsers: fc.nat({ max: 8 }),
	maxOrganizations: fc.integer({ min: 1, max: 4 }),
});

const dataFor = async (before: World, by: TestUserCriteria, wanted: TestDataOptions) =>
	await readTestData(by, wanted.organizations, 100, contextOf(before), NOW);

const planFor = async (before: World, by: TestUserCriteria, wanted: TestDataOptions) =>
	planTestData(await dataFor(before, by, wanted), wanted);

const deletedIn = (actions: TestDataAction[]) =>
	actions.flatMap(({ requests }) => requests).map(({ path }) => path.split('/')[2]);

/** The criteria, written again, the slow way. */
function mayBeDeleted(record: ClerkRecord, { patterns, onlyDomains, keep }: TestUserCriteria) {
	const linked = (record.external_accounts ?? []) as ClerkRecord[];
	const listed = (list: string, field: string) =>
		[...(record[list] as ClerkRecord[]), ...linked]
			.filter((one) => Boolean(one[field]))
			.map((one) => String(one[field]).toLowerCase());
	const addresses = listed('email_addresses', 'email_address');
	const numbers = listed('phone_numbers', 'phone_number');
	const isElsewhere =
		linked.some((one) => !one.email_address) ||
		((record.web3_wallets ?? []) as unknown[]).length > 0;
	const rules = patterns.filter(({ by }) => by === 'metadata').map(({ value }) => value);
	const marks = [record.public_metadata, record.private_metadata] as ClerkRecord[];
	const isMarked = rules.some((rule) => {
		const [key, value] = rule.split('=');
		return marks.some((one) => key in one && (value === undefined || one[key] === value));
	});
	const isTestAddress = (one: string) =>
		['jane+clerk_test@', 'jane+clerk_test_1@'].some((start) => one.startsWith(start)) ||
		patterns.some(({ by, value }) =>
			by === 'addressPart' ? one.includes(value) : by === 'domain' && one.endsWith(`@${value}`),
		);
	const isTestNumber = (one: string) => ['+12015550100', '+12015550199'].includes(one);
	const isTest = isMarked
		? addresses.length > 0 && !isElsewhere
		: addresses.length + numbers.length > 0 &&
			!isElsewhere &&
			addresses.every(isTestAddress) &&
			numbers.every(isTestNumber);
	return (
		isTest &&
		typeof record.created_at === 'number' &&
		record.created_at < BEFORE &&
		(onlyDomains.length === 0 ||
			addresses.every((one) => onlyDomains.some((domain) => one.endsWith(`@${domain}`)))) &&
		!keep.includes(String(record.id)) &&
		!keep.some((one) => addresses.includes(one))
	);
}

/** Each organization with members after these deletions has an admin, if it had one. */
function expectAdmins({ organizations }: World, deleted: string[]) {
	const isAdmin = ({ role }: { role: string }) => role === 'org:admin';
	for (const { record, members } of organizations) {
		const staying = members.filter(({ id }) => !deleted.includes(id));
		if (deleted.includes(String(record.id)) || staying.length === 0) continue;
		if (members.some(isAdmin))
			expect([record.id, staying.some(isAdmin)]).toEqual([record.id, true]);
	}
}

describe('planTestData, for any users, organizations and criteria', () => {
	it('deletes no user outside of patterns, domains and age, and none in Keep', async () => {
		let deleted = 0;
		await fc.assert(
			fc.asyncProperty(world, criteria, options, async (before, by, wanted) => {
				const ids = deletedIn(await planFor(before, by, wanted));
				for (const user of before.users.filter(({ id }) => ids.includes(String(id)))) {
					deleted++;
					expect([user, mayBeDeleted(user, by)]).toEqual([user, true]);
				}
			}),
			{ numRuns: 500 },
		);
		expect(deleted).toBeGreaterThan(100);
	});

	it('deletes every test user in the end, unless an organization keeps its last admin', async () => {
		await fc.assert(
			fc.asyncProperty(world, criteria, choice, async (before, by, organizations) => {
				const wanted = { organizations, maxUsers: 1, maxOrganizations: 1 };
				let now = before;
				let kept = 0;
				for (let runs = 0; runs < 20; runs++) {
					const plan = await planFor(now, by, wanted);
					const gone = deletedIn(plan);
					kept = plan.filter(({ reason }) => reason.startsWith('The last admin of')).length;
					if (gone.length === 0) break;
					expect(gone.length).toBeLessThanOrEqual(2);
					now = {
						users: now.users.filter(({ id }) => !gone.includes(String(id))),
						organizations: now.organizations
							.filter(({ record }) => !gone.includes(String(record.id)))
							.map((one) => ({
								...one,
								members: one.members.filter(({ id }) => !gone.includes(id)),
							})),
					};
				}
				const left = now.users.filter((user) => mayBeDeleted(user, by));
				expect(left).toHaveLength(kept);
			}),
			{ numRuns: 300 },
		);
	});

	it('deletes no organization that is left, young, in Keep, or has a member who stays', async () => {
		let deleted = 0;
		await fc.assert(
			fc.asyncProperty(world, criteria, options, async (before, by, wanted) => {
				const ids = deletedIn(await planFor(before, by, wanted));
				const gone = before.organizations.filter(({ record }) => ids.includes(String(record.id)));
				for (const { record, members } of gone) {
					deleted++;
					const { organizations: chosen } = wanted;
					expect(chosen.by).not.toBe('leave');
					expect(by.keep).not.toContain(record.id);
					const users = members.map(({ id }) => before.users.find((one) => one.id === id)!);
					expect(users.filter((user) => !mayBeDeleted(user, by))).toEqual([]);
					if (chosen.by === 'emptied') expect(members).not.toEqual([]);
					else expect(record.created_at).toBeLessThan(BEFORE);
					if (chosen.by === 'slugPrefix') expect(record.slug).toBe('e2e-one');
					if (chosen.by === 'metadata') {
						expect(record.private_metadata).toEqual({ suite: 'e2e' });
					}
				}
				expect(gone.length).toBeLessThanOrEqual(wanted.maxOrganizations);
			}),
			{ numRuns: 500 },
		);
		expect(deleted).toBeGreaterThan(30);
	});

	it('leaves each organization whose members stay an admin', async () => {
		await fc.assert(
			fc.asyncProperty(world, criteria, options, async (before, by, wanted) => {
				expectAdmins(before, deletedIn(await planFor(before, by, wanted)));
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps within Max Users, the oldest first', async () => {
		await fc.assert(
			fc.asyncProperty(world, criteria, options, async (before, by, wanted) => {
				const plan = await planFor(before, by, wanted);
				const users = plan.filter(({ action }) => action === 'deleteUser');
				const due = users.filter(({ isSkipped }) => !isSkipped);
				const waiting = users.filter(({ reason }) => reason.startsWith('Max Users'));
				expect(due.length).toBeLessThanOrEqual(wanted.maxUsers);
				const timeOf = ({ columns }: TestDataAction) => String(columns!.createdAt);
				for (const one of waiting) {
					expect(due).toHaveLength(wanted.maxUsers);
					for (const other of due) expect(timeOf(other) <= timeOf(one)).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('an approval of any rows', () => {
	it('deletes only what was approved, organizations with all their members', async () => {
		const scope = { operation: 'user.cleanUpTestData', instance: 'ins_1' };
		const keeps = fc.func(fc.boolean());
		await fc.assert(
			fc.asyncProperty(world, criteria, options, keeps, async (before, by, wanted, isKept) => {
				const plan = await planFor(before, by, wanted);
				const rows = withKeys(plan, scope)
					.actions.map(toReportRow)
					.filter(({ target }) => isKept(target))
					.map((row) => ({ ...row, plannedAt: NOW }));
				const approval = { rows: rows as never, approvedBy: 'Ada' };
				const { actions: selected } = selectApproved(plan, approval, scope);
				const actions = withholdUnapproved(selected, await dataFor(before, by, wanted));
				const ids = deletedIn(actions);
				expectAdmins(before, ids);
				const due = deletedIn(plan);
				expect(ids.filter((id) => !due.includes(id) || !isKept(id))).toEqual([]);
				for (const { target, members, isSkipped } of actions) {
					if (members === undefined || isSkipped) continue;
					expect(members.filter((id) => due.includes(id) && !ids.includes(id))).toEqual([]);
					expect(target).toBeDefined();
				}
				for (const { after, isSkipped } of actions) {
					if (!isSkipped) expect((after ?? []).filter((id) => !ids.includes(id))).toEqual([]);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('applyTestData, if something cannot be deleted', () => {
	const user = (id: string): TestUser => ({
		id,
		createdAt: 0,
		why: 'test',
		name: null,
		emailAddress: null,
	});

	const organization = (
		id: string,
		members: string[],
		rest: Partial<TestOrganization> = {},
	): TestOrganization => ({
		id,
		name: id,
		slug: null,
		createdAt: 0,
		members,
		admins: new Set(),
		why: 'test',
		...rest,
	});

	const dataOf = (organizations: TestOrganization[], ids: string[]): TestData => ({
		users: ids.map(user),
		unmatched: [],
		organizations,
		allUsers: ids.length,
		spared: [],
		youngSince: 0,
	});

	const limits = { maxUsers: 9, maxOrganizations: 9 };

	/** @param failing - the path that cannot be deleted */
	const run = async (data: TestData, organizations: OrganizationChoice, failing: string) => {
		const sent: string[] = [];
		const context = {
			send: async ({ path }: { path: string }) => {
				await Promise.resolve();
				sent.push(path);
				if (path === failing) throw new Error('no');
			},
			forEachConcurrently: async <T>(values: T[], work: (value: T) => Promise<void>) => {
				for (const value of values) await work(value);
			},
			remainingFor: () => undefined,
		} as never;
		const rows = await applyTestData(planTestData(data, { organizations, ...limits }), context);
		return { sent, rows };
	};

	it('deletes no user of an organization that is left', async () => {
		const organizations = [organization('org_a', ['user_a']), organization('org_b', ['user_b'])];
		const data = dataOf(organizations, ['user_a', 'user_b', 'user_c']);
		const { sent, rows } = await run(data, { by: 'emptied' }, '/organizations/org_a');
		expect(sent).toEqual([
			'/organizations/org_a',
			'/organizations/org_b',
			'/users/user_b',
			'/users/user_c',
		]);
		expect(rows.map(({ status }) => status)).toEqual(['failed', 'done', 'skipped', 'done', 'done']);
	});

	it('deletes no admin of a member who is left, since the member would have none', async () => {
		const admins = new Set(['user_a']);
		const left = organization('org_a', ['user_a', 'user_b'], { admins, why: undefined });
		const data = dataOf([left], ['user_a', 'user_b', 'user_c']);
		const { sent, rows } = await run(data, { by: 'leave' }, '/users/user_b');
		expect(sent).toEqual(['/users/user_b', '/users/user_c']);
		expect(rows.map(({ target, status }) => `${target} ${status}`)).toEqual([
			'user_a skipped',
			'user_b failed',
			'user_c done',
		]);
		expect(rows[0].reason).toContain('the member user_b could not be deleted');
	});

	it('deletes an admin after the members, and within Max Users a member before the admin', async () => {
		const admins = new Set(['user_a']);
		const left = organization('org_a', ['user_a', 'user_b'], { admins, why: undefined });
		const data = dataOf([left], ['user_a', 'user_b']);
		expect((await run(data, { by: 'leave' }, '')).sent).toEqual(['/users/user_b', '/users/user_a']);
		const plan = planTestData(data, { organizations: { by: 'leave' }, ...limits, maxUsers: 1 });
		expect(deletedIn(plan)).toEqual(['user_b']);
	});
});

it.each<[string, boolean]>([
	['jane+clerk_test@example.com', true],
	['JANE+CLERK_TEST@example.com', true],
	['jane+a+clerk_test@example.com', true],
	['test+clerk_test_9f3a@example.com', true],
	['jane+clerk_test42@example.com', true],
	['fredrik+debugging-clerk_test@clerk.dev', false],
	['jane+debugging_clerk_test@example.com', false],
	['jane+clerk_testing@example.com', false],
	['jane+clerk_tést@example.com', false],
	['clerk_test@example.com', false],
	['clerk_test+jane@example.com', false],
	['jane.clerk_test@example.com', false],
	['jane@+clerk_test.example.com', false],
	['jane+clerktest@example.com', false],
])('%s is a test address: %s', (email_address, isTest) => {
	const by = { patterns: [], onlyDomains: [], keep: [], before: NOW };
	const judgement = judge({ id: 'user_a', email_addresses: [{ email_address }] }, by);
	expect(judgement !== undefined && judgement.spared === undefined).toBe(isTest);
});

it.each<[string, object, boolean]>([
	[
		'a linked account of a person',
		{ external_accounts: [{ email_address: 'kim@gmail.com' }] },
		false,
	],
	[
		'a linked account of the same address',
		{ external_accounts: [{ email_address: 'Jane+clerk_test@example.com' }] },
		true,
	],
	['a linked account without an address', { external_accounts: [{ email_address: '' }] }, false],
	['a SAML account of a person', { saml_accounts: [{ email_address: 'kim@acme.com' }] }, false],
	[
		'a linked account with the number of a person',
		{
			external_accounts: [
				{ email_address: 'jane+clerk_test@example.com', phone_number: '+491701234567' },
			],
		},
		false,
	],
	['a wallet', { web3_wallets: [{ web3_wallet: '0xabc' }] }, false],
	[
		'an enterprise account of a person',
		{ enterprise_accounts: [{ email_address: 'kim@acme.com' }] },
		false,
	],
	['no lists at all', { phone_numbers: null }, true],
])('a test address with %s', (_, fields, isDue) => {
	const by = { patterns: [], onlyDomains: [], keep: [], before: NOW };
	const email_addresses = [{ email_address: 'jane+clerk_test@example.com' }];
	const judgement = judge({ id: 'user_a', email_addresses, ...fields }, by);
	expect(judgement !== undefined && judgement.spared === undefined).toBe(isDue);
});

it.each<[string, object, boolean]>([
	['a number of a person', { phone_numbers: [{ phone_number: '+491701234567' }] }, true],
	['a wallet', { web3_wallets: [{ web3_wallet: '0xabc' }] }, false],
	['a linked account without an address', { external_accounts: [{ email_address: '' }] }, false],
])('a mark in the metadata with %s', (_, fields, isDue) => {
	const by: TestUserCriteria = {
		patterns: [{ by: 'metadata', value: 'e2e' }],
		onlyDomains: ['example.com'],
		keep: [],
		before: NOW,
	};
	const email_addresses = [{ email_address: 'kim@example.com' }];
	const user = { id: 'user_a', email_addresses, public_metadata: { e2e: true }, ...fields };
	const judgement = judge(user, by);
	expect(judgement !== undefined && judgement.spared === undefined).toBe(isDue);
});

it.each<[string, object, boolean]>([
	['e2e', { e2e: true }, true],
	['e2e', { e2e: 'run 7' }, true],
	['e2e', { e2e: 0 }, false],
	['e2e', { e2e: 'False' }, false],
	['e2e', { e2e: [] }, false],
	['e2e', { e2e: {} }, false],
	['e2e=0', { e2e: 0 }, true],
	['e2e', { e2e: false }, false],
	['e2e', { e2e: null }, false],
	['e2e', { e2e: '' }, false],
	['e2e', { e2eTests: true }, false],
	['e2e=false', { e2e: false }, true],
	['e2e=7', { e2e: 7 }, true],
	['e2e=7', { e2e: 77 }, false],
	['toString', {}, false],
	['a.e2e', { a: { e2e: 1 } }, true],
	['a.e2e', { 'a.e2e': 1 }, true],
])('the rule %s about %j: %s', (rule, public_metadata, isMatch) => {
	expect(hasMetadata({ public_metadata }, rule)).toBe(isMatch);
	expect(hasMetadata({ unsafe_metadata: public_metadata }, rule)).toBe(false);
});
