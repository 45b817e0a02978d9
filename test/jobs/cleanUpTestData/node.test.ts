import '../../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { TEST_DATA_LAYOUT } from '../../../nodes/Clerk/jobs/cleanUpTestData/report';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { newEmailAddress, newPhoneNumber, newUser } from '../../../sandbox/clerk/records/user';
import { runNode } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const HOUR = 3_600_000;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
	// Some people of the company have numbers of fiction beside their addresses.
	for (const user of [...clerk.state.users.rows]) {
		clerk.state.users.update(user, { phone_numbers: [] });
	}
});

afterEach(async () => await clerk.close());

const form = (values: IDataObject = {}) => ({
	resource: 'user',
	operation: 'cleanUpTestData',
	cleanUpTestDataMode: 'apply',
	olderThan: 2,
	testOrganizations: 'leave',
	slugPrefix: '',
	organizationMetadata: '',
	maxUsers: 100,
	maxOrganizations: 100,
	additionalFields: {},
	options: {},
	...values,
});

interface Conditions {
	accessPolicy?: string;
	continueOnFail?: boolean;
	secretKey?: string;
	items?: number;
}

const run = async (values: IDataObject = {}, conditions: Conditions = {}) => {
	const { accessPolicy = 'full', continueOnFail, secretKey, items = 1 } = conditions;
	const output = await runNode({
		credential: {
			secretKey: secretKey ?? clerk.secretKey,
			baseUrl: clerk.url,
			accessPolicy,
			rateLimitShare: 100,
		},
		parameters: Array.from({ length: items }, () => form(values)),
		continueOnFail,
	});
	return output.map(({ json }) => json);
};

const fails = async (values: IDataObject = {}, conditions?: Conditions) => {
	const error: Error & { description?: string } = await run(values, conditions).then(
		() => {
			throw new Error('It did not fail');
		},
		(thrown) => thrown,
	);
	return error;
};

interface Planted {
	address?: string | string[];
	phone?: string;
	hours?: number;
	metadata?: Record<string, unknown>;
	unsafe?: Record<string, unknown>;
	name?: string;
}

/** A user who was created some hours ago. @returns the ID */
function plant({ address = [], phone, hours = 5, metadata = {}, unsafe = {}, name }: Planted) {
	const { state } = clerk;
	const at = state.clock() - hours * HOUR;
	const addresses = [address].flat();
	const { id } = state.users.insert(
		newUser(state, {
			first_name: name ?? null,
			email_addresses: addresses.map((one) => newEmailAddress(state, one, { at })),
			phone_numbers: phone === undefined ? [] : [newPhoneNumber(state, phone, { at })],
			public_metadata: metadata as never,
			unsafe_metadata: unsafe as never,
			created_at: at,
		}),
	);
	return id;
}

function plantOrganization(
	name: string,
	members: string[],
	{ hours = 5, metadata = {}, role = 'org:admin' } = {},
) {
	const { state } = clerk;
	const organization = newOrganization(state, {
		name,
		created_at: state.clock() - hours * HOUR,
		private_metadata: metadata,
	});
	const { id } = state.organizations.insert(organization);
	members.forEach((user_id, index) => {
		const of = { organization_id: id, user_id, role: index === 0 ? role : 'org:member' };
		state.memberships.insert(newMembership(state, of));
	});
	return id;
}

const exists = (id: string) => clerk.state.users.get(id) !== undefined;

const organizationExists = (id: string) => clerk.state.organizations.get(id) !== undefined;

const writes = () =>
	clerk.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);

const rowOf = (rows: IDataObject[], target: string) => rows.find((row) => row.target === target);

const pattern = (by: string, value: string) => ({ patterns: { entry: [{ by, value }] } });

const ADA = () => [...clerk.state.users.rows].find(({ first_name: first }) => first === 'Ada')!.id;

describe('User: Clean Up Test Data', () => {
	it('plans by default, and changes nothing', async () => {
		const id = plant({ address: 'run1+clerk_test@example.com', name: 'Run' });
		for (const cleanUpTestDataMode of ['plan', undefined]) {
			const rows = await run({ cleanUpTestDataMode }, { accessPolicy: 'readOnly' });
			expect(Object.keys(rows[0])).toEqual(columnsOf(TEST_DATA_LAYOUT));
			expect(rows).toEqual([
				expect.objectContaining({
					action: 'deleteUser',
					name: 'Run',
					emailAddress: 'run1+clerk_test@example.com',
					status: 'planned',
					reason: expect.stringMatching(
						/^Clerk's test address run1\+clerk_test@example\.com, created on \d{4}-\d\d-\d\d$/,
					),
					target: id,
					userId: id,
					key: expect.stringMatching(/^[\da-f]{64}$/),
					dryRun: true,
				}),
				expect.objectContaining({
					action: 'summary',
					reason: '25 of 100 users, 1 of them test users: delete user 1',
					allUsers: 25,
					userCap: 100,
					testUsers: 1,
					unmatched: 0,
					planId: expect.stringMatching(/^[\da-f]{64}$/),
				}),
			]);
		}
		expect(writes()).toEqual([]);
	});

	it('deletes test users who are old enough, and no one else', async () => {
		const test = [
			plant({ address: 'run1+clerk_test@example.com' }),
			plant({ address: 'run2+clerk_test_9f3a@example.com' }),
			plant({ phone: '+12015550100' }),
			plant({ phone: '+19175550199', address: 'run3+clerk_test@example.com' }),
		];
		const others = [
			plant({ address: 'run4+clerk_test@example.com', hours: 1 }),
			plant({ address: 'fredrik+debugging-clerk_test@example.com' }),
			plant({ address: 'clerk_test@example.com' }),
			plant({ address: 'kim+clerk_tester@example.com' }),
			plant({ address: 'ada@clerk_test.example.com' }),
			plant({ address: ['run5+clerk_test@example.com', 'kim@example.com'] }),
			plant({ address: 'run6+clerk_test@example.com', phone: '+12125551234' }),
			plant({ address: 'kim@acme.com', phone: '+12015550150' }),
			plant({ phone: '+12015550200' }),
			plant({ phone: '+442015550100' }),
		];
		const rows = await run();
		expect(test.filter(exists)).toEqual([]);
		expect(others.filter((id) => !exists(id))).toEqual([]);
		expect(writes().sort()).toEqual(test.map((id) => `DELETE /users/${id}`).sort());
		expect(rowOf(rows, others[5])).toMatchObject({
			status: 'skipped',
			reason: "Clerk's test address run5+clerk_test@example.com, but also kim@example.com",
		});
		expect(rowOf(rows, others[6])).toMatchObject({
			reason: "Clerk's test address run6+clerk_test@example.com, but also +12125551234",
		});
		clerk.requests.length = 0;
		const again = await run();
		expect(writes()).toEqual([]);
		expect(again.at(-1)?.reason).toContain(
			'34 of 100 users, 3 of them test users: skipped 3; users created',
		);
	});

	it('lists young users that match nothing', async () => {
		const id = plant({ address: 'qa-77@example.com', hours: 0 });
		plant({ address: 'run1+clerk_test@example.com', hours: 0 });
		const rows = await run();
		expect(rows).toEqual([
			expect.objectContaining({
				target: id,
				status: 'skipped',
				reason: expect.stringMatching(/^Matches no pattern, created on /),
			}),
			expect.objectContaining({
				unmatched: 1,
				reason: expect.stringMatching(
					/^26 of 100 users, 0 of them test users: nothing to do; users created since .* that match nothing: 1$/,
				),
			}),
		]);
	});

	it('counts a user who is gone by then as done', async () => {
		const id = plant({ address: 'run1+clerk_test@example.com' });
		const path = `/users/${id}`;
		clerk.addFault({ kind: 'status', status: 404, method: 'DELETE', path, times: 1 });
		expect(rowOf(await run(), id)).toMatchObject({ status: 'done' });
	});

	it('deletes the oldest users first, up to Max Users', async () => {
		const [young, old, middle] = [3, 9, 6].map((hours) =>
			plant({ address: `run${hours}+clerk_test@example.com`, hours }),
		);
		const rows = await run({ maxUsers: 2 });
		expect([young, old, middle].filter(exists)).toEqual([young]);
		expect(rowOf(rows, young)).toMatchObject({
			status: 'skipped',
			reason: 'Max Users is 2: a later run deletes the user',
		});
	});

	it('reads the form of the first item only', async () => {
		plant({ address: 'run1+clerk_test@example.com' });
		await run({}, { items: 3 });
		expect(writes()).toHaveLength(1);
	});
});

describe('User: Clean Up Test Data, with patterns', () => {
	const onlyDomains = 'e2e.example.com';

	it.each([
		['addressPart', 'qa-'],
		['addressPart', ' QA- '],
		['addressPart', 'qa-1@e2e'],
		['domain', 'E2E.example.com'],
		['metadata', 'suite=e2e'],
		['metadata', 'suite'],
	])('by %s %j deletes only within Only Domains', async (by, value) => {
		const id = plant({ address: 'qa-1@e2e.example.com', metadata: { suite: 'e2e' } });
		const others = [
			plant({ address: 'qa-2@example.com', metadata: { suite: 'e2e' } }),
			plant({ address: 'qa-1@e2e.example.com.evil.test', metadata: { suite: 'e2e' } }),
			plant({ address: ['qa-3@e2e.example.com', 'kim@example.com'], metadata: { suite: 'e2e' } }),
			plant({ metadata: { suite: 'e2e' } }),
			plant({ address: 'qa-4@e2e.example.com', metadata: { suite: 'e2e' }, hours: 1 }),
			plant({ address: 'run1+clerk_test@example.com' }),
		];
		await run({ additionalFields: { ...pattern(by, value), onlyDomains } });
		expect(exists(id)).toBe(false);
		expect(others.filter((one) => !exists(one))).toEqual([]);
	});

	it('by metadata takes values as they are written, and none that users can write', async () => {
		const others = [
			plant({ address: 'a@e2e.example.com', metadata: { suite: 'E2E' } }),
			plant({ address: 'b@e2e.example.com', metadata: { suite: 'e2e2' } }),
			plant({ address: 'c@e2e.example.com', unsafe: { suite: 'e2e' } }),
		];
		const id = plant({ address: 'd@e2e.example.com', metadata: { test: { suite: 'e2e' } } });
		const listed = plant({ address: 'e@e2e.example.com', metadata: { suite: ['x', 'e2e'] } });
		const rules = ['suite=e2e', 'test.suite=e2e'];
		const patterns = { entry: rules.map((value) => ({ by: 'metadata', value })) };
		await run({ additionalFields: { patterns, onlyDomains } });
		expect(others.filter((one) => !exists(one))).toEqual([]);
		expect([id, listed].filter(exists)).toEqual([]);
	});

	it.each<[IDataObject, string]>([
		[pattern('addressPart', 'qa-'), 'Only Domains is needed with Further Patterns'],
		[{ ...pattern('addressPart', 'qa-'), onlyDomains: '' }, 'Only Domains is empty, which would'],
		[{ ...pattern('addressPart', ''), onlyDomains }, 'Further Patterns, row 1: Value is empty'],
		[{ ...pattern('addressPart', '  '), onlyDomains }, 'needs a part of an address'],
		[{ ...pattern('addressPart', '@'), onlyDomains }, 'needs at least 3 characters'],
		[{ ...pattern('addressPart', 'qa'), onlyDomains }, 'needs at least 3 characters'],
		[{ ...pattern('addressPart', '.com'), onlyDomains }, 'would match every address'],
		[{ ...pattern('addressPart', 'example'), onlyDomains }, 'would match every address'],
		[{ ...pattern('addressPart', '@e2e.example.com'), onlyDomains }, 'choose Domain'],
		[{ ...pattern('addressPart', 'qa-*'), onlyDomains }, 'without blanks, wildcards'],
		[{ ...pattern('addressPart', 'qa-; e2e-'), onlyDomains }, 'One row holds one part'],
		[{ ...pattern('addressPart', 'qa-,e2e-'), onlyDomains }, 'One row holds one part'],
		[{ ...pattern('addressPart', 'qa@acme.com'), onlyDomains }, 'is in no address of Only Domains'],
		[{ ...pattern('domain', 'example.com'), onlyDomains }, 'is not in Only Domains'],
		[{ ...pattern('domain', '*.example.com'), onlyDomains }, 'needs a domain'],
		[{ ...pattern('metadata', 'suite: e2e'), onlyDomains }, 'Write suite=e2e'],
		[{ ...pattern('metadata', '*'), onlyDomains }, 'needs a rule'],
		[{ ...pattern('slug', 'qa-'), onlyDomains }, 'needs one of'],
		[{ patterns: {}, onlyDomains }, 'Further Patterns is empty'],
		[{ keep: '' }, 'Keep is empty, which would keep no user'],
		[{ keep: ' ; ' }, 'Keep'],
		[{ keep: 'ada' }, 'Keep needs an email address'],
		[{ onlyDomains: '*' }, 'Only Domains needs a domain'],
	])('rejects %j before anything is sent', async (additionalFields, message) => {
		const error = await fails({ additionalFields });
		expect(error.message).toContain(message);
		expect(clerk.requests).toEqual([]);
	});

	it.each<[IDataObject, string]>([
		[{ olderThan: -1 }, 'Older Than (Hours) needs a number'],
		[{ olderThan: '' }, 'Older Than (Hours) is empty'],
		[{ olderThan: null }, 'Older Than (Hours) is empty'],
		[{ testOrganizations: 'slugPrefix' }, 'Slug Prefix'],
		[{ testOrganizations: 'slugPrefix', slugPrefix: 'e' }, 'Slug Prefix needs at least 3'],
		[{ testOrganizations: 'slugPrefix', slugPrefix: '*' }, 'Slug Prefix needs a slug'],
		[{ testOrganizations: 'metadata' }, 'Organization Metadata is empty'],
		[{ testOrganizations: 'metadata', organizationMetadata: '*' }, 'Organization Metadata needs'],
		[{ testOrganizations: 'all' }, 'Test Organizations needs one of'],
		[{ maxUsers: '' }, 'Max Users is empty'],
		[{ maxUsers: 1.5 }, 'Max Users needs a whole number'],
		[{ testOrganizations: 'emptied', maxOrganizations: 0 }, 'Max Organizations needs'],
		[{ cleanUpTestDataMode: 'yes' }, 'Run Mode needs one of'],
	])('rejects the form %j before anything is sent', async (values, message) => {
		const error = await fails(values);
		expect(error.message).toContain(message);
		expect(clerk.requests).toEqual([]);
	});
});

describe('User: Clean Up Test Data, with Keep', () => {
	it.each([
		['semicolons', (ids: string[]) => ids.join('; ')],
		['line breaks', (ids: string[]) => ids.join('\r\n')],
		['tabs', (ids: string[]) => ids.join('\t')],
		['a JSON list', (ids: string[]) => JSON.stringify(ids)],
		['an array', (ids: string[]) => ids],
	])('keeps users by ID and address: %s', async (_, list) => {
		const id = plant({ address: 'run1+clerk_test@example.com' });
		const byAddress = plant({ address: 'run2+clerk_test@example.com' });
		const other = plant({ address: 'run3+clerk_test@example.com' });
		const keep = list([id, 'RUN2+clerk_test@Example.com', 'gone+clerk_test@example.com']);
		const rows = await run({ additionalFields: { keep } });
		expect([id, byAddress, other].filter(exists)).toEqual([id, byAddress]);
		expect(rowOf(rows, id)).toMatchObject({ status: 'skipped', reason: `In Keep: ${id}` });
		expect(rows.at(-1)?.reason).toContain('no user was spared by Keep gone+clerk_test@example.com');
	});
});

describe('User: Clean Up Test Data, in an instance that is not for development', () => {
	it.each(['production', 'staging', ''])('stops before a user is read: %j', async (environment) => {
		clerk.state.instance.environmentType = environment as never;
		plant({ address: 'run1+clerk_test@example.com' });
		for (const cleanUpTestDataMode of ['plan', 'apply']) {
			const error = await fails({ cleanUpTestDataMode });
			expect(error.message).toContain('instance, not a development one');
		}
		expect(clerk.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /instance',
			'GET /instance',
		]);
	});

	it('stops with a live key, whatever the instance says', async () => {
		const error = await fails({}, { secretKey: clerk.liveSecretKey });
		expect(error.message).toBe(
			'Stopped: the secret key is for a production instance (sk_live_). Nothing was changed [item 0]',
		);
		expect(clerk.requests).toHaveLength(1);
	});

	it.each([403, 404, 500])('stops if Clerk does not say what it is: %i', async (status) => {
		clerk.addFault({ kind: 'status', status, path: '/instance', times: 99 });
		await fails();
		expect(new Set(clerk.requests.map(({ path }) => path))).toEqual(new Set(['/instance']));
	});

	it('outputs why, with Continue On Fail', async () => {
		clerk.state.instance.environmentType = 'production';
		const [row] = await run({}, { continueOnFail: true });
		expect(row.report).toEqual([
			expect.objectContaining({
				action: 'summary',
				reason: 'Would stop: this is a production instance, not a development one',
			}),
		]);
	});

	it('runs with Also in Production, without a cap', async () => {
		clerk.state.instance.environmentType = 'production';
		const id = plant({ address: 'run1+clerk_test@example.com' });
		plant({ address: 'kim@example.com', hours: 1 });
		const additionalFields = { alsoInProduction: true };
		const rows = await run({ additionalFields }, { secretKey: clerk.liveSecretKey });
		expect(exists(id)).toBe(false);
		expect(rows.at(-1)).toMatchObject({
			userCap: null,
			reason: '26 users, 1 of them test users: delete user 1',
		});
	});
});

describe('User: Clean Up Test Data, of organizations', () => {
	const testUser = (name: string, hours = 5) =>
		plant({ address: `${name}+clerk_test@example.com`, hours });

	it('leaves them by default', async () => {
		const id = testUser('a');
		const organization = plantOrganization('E2E one', [id]);
		await run();
		expect([exists(id), organizationExists(organization)]).toEqual([false, true]);
	});

	it.each<[IDataObject]>([
		[{ testOrganizations: 'emptied' }],
		[{ testOrganizations: 'slugPrefix', slugPrefix: 'e2e-' }],
		[{ testOrganizations: 'metadata', organizationMetadata: 'suite=e2e' }],
	])('deletes them before their members, and none with one other member: %j', async (values) => {
		const metadata = { suite: 'e2e' };
		const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => testUser(name));
		const young = testUser('young', 1);
		const emptied = plantOrganization('E2E one', [a, b], { metadata });
		const shared = plantOrganization('E2E two', [ADA(), b], { metadata });
		const running = plantOrganization('E2E three', [c, young], { metadata });
		const rows = await run(values);
		expect([emptied, shared, running].filter(organizationExists)).toEqual([shared, running]);
		// The last admin of an organization with a member who stays.
		expect([a, b, c, d, young].filter(exists)).toEqual([c, young]);
		expect(rowOf(rows, c)).toMatchObject({
			status: 'skipped',
			reason: expect.stringContaining('The last admin of E2E three'),
		});
		expect(rowOf(rows, shared)).toMatchObject({
			status: 'skipped',
			reason: 'Has members who stay: 1',
		});
		expect(writes()[0]).toBe(`DELETE /organizations/${emptied}`);
	});

	it('deletes chosen ones without members, if they are old enough', async () => {
		const empty = plantOrganization('E2E one', []);
		const others = [
			plantOrganization('E2E two', [], { hours: 1 }),
			plantOrganization('Not e2e- three', []),
		];
		await run({ testOrganizations: 'slugPrefix', slugPrefix: 'e2e-' });
		expect(organizationExists(empty)).toBe(false);
		expect(others.filter(organizationExists)).toEqual(others);
	});

	it('keeps the members of one that could not be deleted, and finds it again', async () => {
		const id = testUser('a');
		const organization = plantOrganization('E2E one', [id]);
		const path = `/organizations/${organization}`;
		clerk.addFault({ kind: 'status', status: 403, method: 'DELETE', path, times: 9 });
		const values = { testOrganizations: 'emptied' };
		const [{ report }] = await run(values, { continueOnFail: true });
		expect(rowOf(report as IDataObject[], id)).toMatchObject({
			status: 'skipped',
			reason: `Waits for the organization ${organization}, which could not be deleted`,
		});
		clerk.clearFaults();
		await run(values);
		expect([exists(id), organizationExists(organization)]).toEqual([false, false]);
	});

	it('deletes the oldest first, up to Max Organizations, and keeps the members of the others', async () => {
		const [a, b] = ['a', 'b'].map((name) => testUser(name));
		const young = plantOrganization('E2E young', [a], { hours: 3 });
		const old = plantOrganization('E2E old', [b], { hours: 9 });
		const values = { testOrganizations: 'emptied', maxOrganizations: 1 };
		const rows = await run(values);
		expect([young, old].filter(organizationExists)).toEqual([young]);
		expect([a, b].filter(exists)).toEqual([a]);
		expect(rowOf(rows, a)).toMatchObject({
			reason: 'Waits for E2E young, which a later run deletes',
		});
		await run(values);
		expect([young, old].filter(organizationExists)).toEqual([]);
		expect([a, b].filter(exists)).toEqual([]);
	});

	it('says which of the members a later run deletes', async () => {
		const ids = ['a', 'b', 'c'].map((name) => testUser(name));
		const organization = plantOrganization('E2E one', ids);
		const rows = await run({ testOrganizations: 'emptied', maxUsers: 1 });
		expect(rowOf(rows, organization)).toMatchObject({
			status: 'done',
			reason: 'All members are test users; a later run deletes 2 of its members',
		});
		expect(ids.filter(exists)).toHaveLength(2);
		await run({ testOrganizations: 'emptied' });
		expect(ids.filter(exists)).toEqual([]);
	});

	it('does not count a locked admin as one who stays', async () => {
		const id = testUser('a');
		const organization = plantOrganization('E2E one', [ADA(), id]);
		for (const row of clerk.state.memberships.where('organization_id', organization)) {
			clerk.state.memberships.update(row, { role: 'org:admin' });
		}
		clerk.state.users.update(clerk.state.users.get(ADA())!, { locked: true });
		const rows = await run({ cleanUpTestDataMode: 'plan' });
		expect(rowOf(rows, id)).toMatchObject({
			status: 'skipped',
			reason: expect.stringContaining('The last admin of E2E one'),
		});
		clerk.state.users.update(clerk.state.users.get(ADA())!, { locked: false });
		await run();
		expect(exists(id)).toBe(false);
	});

	it.each(['locked', 'banned'])('keeps a %s admin if there is no other', async (state) => {
		const id = testUser('a');
		plantOrganization('E2E one', [id, ADA()]);
		clerk.state.users.update(clerk.state.users.get(id)!, { [state]: true });
		const rows = await run();
		expect(rowOf(rows, id)).toMatchObject({
			status: 'skipped',
			reason: expect.stringContaining('The last admin of E2E one'),
		});
		expect(exists(id)).toBe(true);
	});

	it('leaves one in Keep', async () => {
		const organization = plantOrganization('E2E one', [testUser('a')]);
		await run({ testOrganizations: 'emptied', additionalFields: { keep: organization } });
		expect(organizationExists(organization)).toBe(true);
	});

	it('runs where organizations are turned off', async () => {
		const id = testUser('a');
		clerk.state.settings.organizations.enabled = false;
		await run({ testOrganizations: 'emptied' });
		expect(exists(id)).toBe(false);
	});

	it('deletes none of which a member was not approved, and no member of one that was not', async () => {
		const [a, b, c] = ['a', 'b', 'c'].map((name) => testUser(name));
		const [first, second] = [
			plantOrganization('E2E one', [a, b]),
			plantOrganization('E2E two', [c]),
		];
		const values = { testOrganizations: 'emptied' };
		const plan = await run({ ...values, cleanUpTestDataMode: 'plan' });
		const approved = plan.filter(({ target }) => [a, c, first].includes(target as string));
		const approval = {
			cleanUpTestDataMode: 'applyApproved',
			approved: 'rows',
			approvedRows: approved,
			approvedBy: 'Ada Berg',
			approvalValidFor: 24,
		};
		const rows = await run({ ...values, ...approval } as IDataObject);
		expect(writes()).toEqual([]);
		expect(rowOf(rows, first)?.reason).toBe('Not deleted: a member was not approved');
		expect(rowOf(rows, second)?.reason).toBe('Not approved');
		expect(rowOf(rows, c)?.reason).toBe(
			`Waits for the organization ${second}, which was not approved`,
		);
		const { planId, plannedAt } = plan.at(-1)!;
		await run({ ...values, ...approval, approved: 'plan', planId, plannedAt } as IDataObject);
		expect([a, b, c].filter(exists)).toEqual([]);
		expect([first, second].filter(organizationExists)).toEqual([]);
	});

	it('does nothing if the plan is not the approved one', async () => {
		testUser('a');
		const { planId, plannedAt } = (await run({ cleanUpTestDataMode: 'plan' })).at(-1)!;
		testUser('b');
		const error = await fails({
			cleanUpTestDataMode: 'applyApproved',
			approved: 'plan',
			planId,
			plannedAt,
			approvedBy: 'Ada Berg',
			approvalValidFor: 24,
		});
		expect(error.message).toContain('The plan is not the one that was approved');
		expect(writes()).toEqual([]);
	});
});

describe.each(['readOnly', 'noDeletes'])('User: Clean Up Test Data, under %s', (accessPolicy) => {
	it('deletes none', async () => {
		plant({ address: 'run1+clerk_test@example.com' });
		expect((await fails({}, { accessPolicy })).message).toMatch(/policy/i);
		expect(writes()).toEqual([]);
	});
});
