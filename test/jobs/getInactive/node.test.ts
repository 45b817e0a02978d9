import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { hostOf, runNode } from '../../support/host';
import { liveCredential } from '../../support/jobs';
import { response, run as runScripted } from '../../support/scripted';
import { Clerk as ClerkNode } from '../../../nodes/Clerk/Clerk.node';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const DAY = 86_400_000;

const form = (values: IDataObject = {}) => ({
	resource: 'user',
	operation: 'getInactive',
	inactiveBy: 'activity',
	inactiveDays: 90,
	neverActive: 'leaveOut',
	returnAll: true,
	additionalFields: {},
	options: {},
	...values,
});

let clerk: Clerk;

const given = (values: IDataObject | IDataObject[], accessPolicy = 'full') => ({
	credential: liveCredential(clerk, { accessPolicy }),
	parameters: [values].flat().map(form),
});

const find = async (values: IDataObject = {}, accessPolicy?: string) =>
	(await runNode(given(values, accessPolicy))).map(({ json }) => json);

const namesIn = (records: IDataObject[]) => records.map(({ firstName }) => firstName).sort();

const sent = () => clerk.requests.map(({ path }) => path);

describe('User: Find Inactive', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
	});

	beforeEach(() => {
		clerk.requests.length = 0;
		clerk.clearFaults();
	});

	afterAll(async () => await clerk.close());

	const INACTIVE = ['Bruno', 'Dana', 'Farid', 'Ines', 'Noor', 'Oskar', 'Quentin', 'Tove'];

	it.each<[string, IDataObject, string[]]>([
		['inactive for 90 days', {}, INACTIVE],
		['inactive for 200 days', { inactiveDays: 200 }, ['Bruno', 'Farid']],
		['inactive for days given as text', { inactiveDays: '200' }, ['Bruno', 'Farid']],
		[
			'inactive since a date',
			{ additionalFields: { inactiveSince: Date.now() - 170 * DAY } },
			['Bruno', 'Farid', 'Noor'],
		],
		['inactive by sign-in', { inactiveBy: 'signIn', inactiveDays: 200 }, ['Bruno', 'Farid']],
		['never active', { neverActive: 'only' }, ['Hiro', 'Sam']],
		['inactive or never active', { neverActive: 'include' }, [...INACTIVE, 'Hiro', 'Sam']],
		['never signed in', { inactiveBy: 'signIn', neverActive: 'only' }, ['Hiro', 'Sam']],
		['never active, and created long ago', { inactiveDays: 300, neverActive: 'only' }, ['Hiro']],
		[
			'without an organization',
			{ additionalFields: { withoutOrganization: true } },
			['Farid', 'Oskar', 'Quentin', 'Tove'],
		],
		[
			'created before a date',
			{ additionalFields: { createdBefore: Date.now() - 600 * DAY } },
			['Bruno', 'Dana'],
		],
		[
			'of domains that are not excepted',
			{ additionalFields: { exceptEmailDomains: 'example.com' } },
			[],
		],
		[
			'without excepted metadata',
			{ additionalFields: { exceptMetadata: 'plan=pro, crm.id=crm-1003' } },
			INACTIVE.filter((name) => !['Bruno', 'Dana'].includes(name)),
		],
		[
			'banned too',
			{ inactiveDays: 5, additionalFields: { includeBanned: true, exceptMetadata: 'crm' } },
			expect.arrayContaining(['Liam']) as string[],
		],
	])('finds users %s', async (_, values, names) => {
		expect(namesIn(await find(values))).toEqual(Array.isArray(names) ? [...names].sort() : names);
	});

	it('returns the days, the reason and the user', async () => {
		const [record] = await find({ inactiveDays: 300 });
		expect(record).toMatchObject({
			firstName: 'Farid',
			primaryEmailAddress: 'farid.haddad@example.com',
			inactiveDays: 365,
			reason: expect.stringMatching(/^last active on \d{4}-\d\d-\d\d, 365 days ago$/),
		});
	});

	it('sends the filters that Clerk has', async () => {
		await find({ additionalFields: { createdBefore: Date.now() - 600 * DAY } });
		expect(clerk.requests).toHaveLength(1);
		expect(clerk.requests[0].query).toMatchObject({
			banned: 'false',
			created_at_before: expect.any(String),
			last_active_at_before: expect.any(String),
			limit: '500',
		});
	});

	it('finds users who were never active without reading all users', async () => {
		await find({ neverActive: 'only' });
		expect(sent().sort()).toEqual(['/users', '/users/count', '/users/count']);
		clerk.requests.length = 0;
		await find({ neverActive: 'only', inactiveDays: 600 });
		expect(sent()).toEqual(['/users/count', '/users/count']);
	});

	it('returns no more than the limit, with a hint that there are more', async () => {
		const host = hostOf(given({ returnAll: false, limit: 3 }));
		const [items] = await new ClerkNode().execute.call(host as never);
		expect(items).toHaveLength(3);
		expect(host.hints).toHaveLength(1);
		expect(await find({ returnAll: false, limit: 8 })).toHaveLength(8);
	});

	it.each<[IDataObject, string]>([
		[
			{ inactiveBy: 'signIn', inactiveDays: 3_000 },
			'last sign-in at least 3000 days ago; banned users left out; users who never signed in left out.',
		],
		[
			{
				inactiveDays: 3_000,
				neverActive: 'include',
				additionalFields: {
					includeBanned: true,
					withoutOrganization: true,
					createdBefore: '2020-01-01',
				},
			},
			'last activity at least 3000 days ago; created before 2020-01-01; members of organizations left out.',
		],
		[
			{
				neverActive: 'only',
				inactiveDays: 3_000,
				additionalFields: { inactiveSince: '2015-03-04', exceptMetadata: 'keep' },
			},
			'never active, and created before 2015-03-04; banned users left out; no user was spared by Except Metadata keep.',
		],
	])('says in a hint why no user was found with %j', async (values, hint) => {
		const host = hostOf(given(values));
		const [items] = await new ClerkNode().execute.call(host as never);
		expect(items).toEqual([]);
		expect(host.hints.map(({ message }) => message)).toEqual([`No user matches: ${hint}`]);
	});

	it('says how many users each exception spared, unless the limit ended the reading', async () => {
		const exceptions = {
			exceptMetadata: 'crm\nplan=pro; vip',
			exceptEmailDomains: 'acme.com',
		};
		const hintsOf = async (values: IDataObject) => {
			const host = hostOf(given({ additionalFields: exceptions, ...values }));
			const [items] = await new ClerkNode().execute.call(host as never);
			return { count: items.length, hints: host.hints.map(({ message }) => message) };
		};
		const { hints } = await hintsOf({});
		expect(hints).toEqual([
			expect.stringMatching(
				/^Spared by Except Metadata crm \(\d\), plan=pro \(\d\); no user was spared by Except Email Domains acme\.com; no user was spared by Except Metadata vip\.$/,
			),
		]);
		const limited = await hintsOf({ returnAll: false, limit: 1 });
		expect(limited).toMatchObject({ count: 1, hints: [expect.stringContaining('Limit')] });
	});

	it('runs for each input item, linked to it', async () => {
		const output = await runNode(given([{ inactiveDays: 300 }, { inactiveDays: 200 }]));
		expect(output.map(({ json, pairedItem }) => [json.firstName, pairedItem])).toEqual([
			['Farid', { item: 0 }],
			['Farid', { item: 1 }],
			['Bruno', { item: 1 }],
		]);
	});

	it('runs under the policy Read Only', async () => {
		expect(namesIn(await find({}, 'readOnly'))).toEqual(INACTIVE);
	});

	it('runs if organizations are turned off', async () => {
		clerk.addFault({
			kind: 'status',
			path: '/organizations',
			status: 403,
			times: 99,
			body: { errors: [{ code: 'organization_not_enabled_in_instance', message: 'off' }] },
		});
		const found = await find({ additionalFields: { withoutOrganization: true } });
		expect(namesIn(found)).toEqual(INACTIVE);
	});

	it('fails if the organizations cannot be read', async () => {
		clerk.addFault({ kind: 'status', path: '/organizations', status: 403, times: 99 });
		await expect(find({ additionalFields: { withoutOrganization: true } })).rejects.toThrow();
	});

	it.each<[IDataObject, string]>([
		[{ inactiveDays: 0 }, 'Inactive Days needs a number from 1 to 36500, but got 0 [item 0]'],
		[{ inactiveDays: '' }, 'Inactive Days is empty [item 0]'],
		[{ inactiveDays: 'ninety' }, 'Inactive Days needs a number'],
		[{ inactiveBy: 'lastSeen' }, 'Measure Inactivity By needs one of activity, signIn'],
		[{ neverActive: 'yes' }, 'Users Who Never Signed In needs one of'],
		[{ additionalFields: { inactiveSince: 'last spring' } }, 'Inactive Since needs a date'],
		[{ additionalFields: { createdBefore: 'last spring' } }, 'Created Before needs a date'],
		[{ additionalFields: { inactiveSince: Date.now() } }, 'at least a day ago'],
		[{ additionalFields: { exceptUserIds: 'ada@example.com' } }, 'Except User IDs needs a user ID'],
		[{ additionalFields: { exceptUserIds: null } }, 'Except User IDs has no value'],
		[
			{ additionalFields: { exceptUserIds: [] } },
			'Except User IDs is empty, which would except no user',
		],
		[
			{ additionalFields: { exceptEmailDomains: '' } },
			'Except Email Domains is empty, which would except no user',
		],
		[
			{ additionalFields: { exceptMetadata: ' , ' } },
			'Except Metadata is empty, which would except no user',
		],
		[{ inactiveBy: null }, 'Measure Inactivity By is empty'],
		[{ neverActive: '' }, 'Users Who Never Signed In is empty'],
		[{ additionalFields: { exceptDomains: 'a.b' } }, 'has no field "exceptDomains"'],
	])('rejects %j before anything is sent', async (values, message) => {
		await expect(find(values)).rejects.toThrow(message);
		expect(sent()).toEqual([]);
	});
});

describe('User: Find Inactive, with more organizations than a filter takes', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
		const [model] = clerk.state.organizations.rows;
		for (let number = 0; number < 120; number++) {
			const id = clerk.state.newId('org');
			clerk.state.organizations.insert({ ...model, id, slug: `team-${number}` });
		}
	});

	afterAll(async () => await clerk.close());

	it('finds users without an organization', async () => {
		const found = await find({ additionalFields: { withoutOrganization: true } });
		expect(namesIn(found)).toEqual(['Farid', 'Oskar', 'Quentin', 'Tove']);
	});
});

describe('User: Find Inactive, of 10,000 users', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: { users: 10_000 }, rateLimit: false });
	});

	afterAll(async () => await clerk.close());

	it('says which of the users are deprovisioned', async () => {
		const own = await startClerk({ seed: 'company', rateLimit: false });
		const [tove] = own.state.users.rows.filter(({ first_name: name }) => name === 'Tove');
		own.state.users.update(tove, { deprovisioned: true });
		const credential = { secretKey: own.liveSecretKey, baseUrl: own.url, rateLimitShare: 100 };
		const items = await runNode({ credential, parameters: form() });
		const found = items.map(({ json }) => json).filter(({ deprovisioned }) => deprovisioned);
		expect(found).toHaveLength(1);
		expect(found[0].id).toBe(tove.id);
		expect(found[0].reason).toMatch(/ days ago; deprovisioned by a directory$/);
		await own.close();
	});

	it('reads little more than each page once, and returns each user once', async () => {
		clerk.addFault({ kind: 'status', status: 503, method: 'GET', times: 2, skip: 4 });
		const found = await find({ neverActive: 'include' });
		const numbers = Array.from({ length: 10_000 }, (_, at) => at + 1);
		const expected = numbers.filter((one) => one % 17 === 0 || one % 3 === 0);
		expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
		expect(found).toHaveLength(expected.length);
		// 7 pages of users with an activity and 20 of all, read side by side with at most a quarter and five
		// more; three counts, and two repeats.
		expect(clerk.requests.length).toBeLessThanOrEqual(1.25 * (7 + 20) + 2 * 5 + 3 + 2);
	});
});

describe('User: Find Inactive, if the order by activity does not group the users who were never active', () => {
	it('reads pages until all of them were found, and no further', async () => {
		const at = (days: number) => Date.now() - days * DAY;
		const users = Array.from({ length: 1_200 }, (_, index) => ({
			id: `user_${index}`,
			created_at: at(400),
			last_active_at: index === 3 || index === 600 ? null : at(1),
		}));
		const { json, lines } = await runScripted(
			{ parameters: form({ neverActive: 'only' }) },
			({ url, qs }) => {
				const query = (qs ?? {}) as Record<string, unknown>;
				if (url.endsWith('/count')) {
					const total_count = query.last_active_at_before ? 1_198 : 1_200;
					return response(200, { object: 'total_count', total_count });
				}
				const after = users.findIndex(({ id }) => id === query.starting_after) + 1;
				const from = query.order_by ? 550 : after;
				return response(200, users.slice(from, from + 500));
			},
		);
		expect(json.map(({ id }) => id)).toEqual(['user_3', 'user_600']);
		expect(lines.filter((line) => line.includes('order_by'))).toHaveLength(1);
		expect(lines.filter((line) => line.includes('starting_after')).length).toBeLessThan(3);
	});
});
