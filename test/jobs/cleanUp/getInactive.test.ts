import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { hostOf, runNode } from '../../support/host';
import { answer, run as runScripted } from '../../support/scripted';
import { Clerk as ClerkNode } from '../../../nodes/Clerk/Clerk.node';

/** Find Inactive, through the node. */

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
	credential: {
		secretKey: clerk.liveSecretKey,
		baseUrl: clerk.url,
		accessPolicy,
		rateLimitShare: 100,
	},
	parameters: [values].flat().map(form),
});

const find = async (values: IDataObject = {}, accessPolicy?: string) =>
	(await runNode(given(values, accessPolicy))).map(({ json }) => json);

const namesIn = (records: IDataObject[]) => records.map(({ firstName }) => firstName).sort();

const sent = () => clerk.requests.map(({ path }) => path);

describe('a small company', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
	});

	beforeEach(() => {
		clerk.requests.length = 0;
		clerk.clearFaults();
	});

	afterAll(async () => await clerk.close());

	const AWAY = ['Bruno', 'Dana', 'Farid', 'Ines', 'Noor', 'Oskar', 'Quentin', 'Tove'];

	it.each<[string, IDataObject, string[]]>([
		['who was away for 90 days', {}, AWAY],
		['for 200 days', { inactiveDays: 200 }, ['Bruno', 'Farid']],
		['days as text', { inactiveDays: '200' }, ['Bruno', 'Farid']],
		[
			'since a date',
			{ additionalFields: { inactiveSince: Date.now() - 170 * DAY } },
			['Bruno', 'Farid', 'Noor'],
		],
		['by sign-in', { inactiveBy: 'signIn', inactiveDays: 200 }, ['Bruno', 'Farid']],
		['who was never there', { neverActive: 'only' }, ['Hiro', 'Sam']],
		['and those as well', { neverActive: 'include' }, [...AWAY, 'Hiro', 'Sam']],
		['who never signed in', { inactiveBy: 'signIn', neverActive: 'only' }, ['Hiro', 'Sam']],
		['never there, for long', { inactiveDays: 300, neverActive: 'only' }, ['Hiro']],
		[
			'members of nothing',
			{ additionalFields: { withoutOrganization: true } },
			['Farid', 'Oskar', 'Quentin', 'Tove'],
		],
		[
			'created before',
			{ additionalFields: { createdBefore: Date.now() - 600 * DAY } },
			['Bruno', 'Dana'],
		],
		['all domains excepted', { additionalFields: { exceptEmailDomains: 'example.com' } }, []],
		[
			'metadata excepted',
			{ additionalFields: { exceptMetadata: 'plan=pro, crm.id=crm-1003' } },
			AWAY.filter((name) => !['Bruno', 'Dana'].includes(name)),
		],
		[
			'banned ones too',
			{ inactiveDays: 5, additionalFields: { includeBanned: true, exceptMetadata: 'crm' } },
			expect.arrayContaining(['Liam']) as string[],
		],
	])('%s', async (_, values, names) => {
		expect(namesIn(await find(values))).toEqual(Array.isArray(names) ? [...names].sort() : names);
	});

	it('says how long, why, and who it is', async () => {
		const [record] = await find({ inactiveDays: 300 });
		expect(record).toMatchObject({
			firstName: 'Farid',
			primaryEmailAddress: 'farid.haddad@example.com',
			inactiveDays: 365,
			reason: expect.stringMatching(/^last active on \d{4}-\d\d-\d\d, 365 days ago$/),
		});
	});

	it('leaves the choice to Clerk where it has a filter', async () => {
		await find({ additionalFields: { createdBefore: Date.now() - 600 * DAY } });
		expect(clerk.requests).toHaveLength(1);
		expect(clerk.requests[0].query).toMatchObject({
			banned: 'false',
			created_at_before: expect.any(String),
			last_active_at_before: expect.any(String),
			limit: '500',
		});
	});

	it('asks for who was never there without reading everybody', async () => {
		await find({ neverActive: 'only' });
		expect(sent().sort()).toEqual(['/users', '/users/count', '/users/count']);
		clerk.requests.length = 0;
		await find({ neverActive: 'only', inactiveDays: 600 });
		expect(sent()).toEqual(['/users/count', '/users/count']);
	});

	it('keeps to the limit, and says that there is more', async () => {
		const host = hostOf(given({ returnAll: false, limit: 3 }));
		const [items] = await new ClerkNode().execute.call(host as never);
		expect(items).toHaveLength(3);
		expect(host.hints).toHaveLength(1);
		expect(await find({ returnAll: false, limit: 8 })).toHaveLength(8);
	});

	it('takes each item of the input on its own', async () => {
		const output = await runNode(given([{ inactiveDays: 300 }, { inactiveDays: 200 }]));
		expect(output.map(({ json, pairedItem }) => [json.firstName, pairedItem])).toEqual([
			['Farid', { item: 0 }],
			['Farid', { item: 1 }],
			['Bruno', { item: 1 }],
		]);
	});

	it('works with a key that may only read', async () => {
		expect(namesIn(await find({}, 'readOnly'))).toEqual(AWAY);
	});

	it('works where organizations are turned off', async () => {
		clerk.addFault({
			kind: 'status',
			path: '/organizations',
			status: 403,
			times: 99,
			body: { errors: [{ code: 'organization_not_enabled_in_instance', message: 'off' }] },
		});
		const found = await find({ additionalFields: { withoutOrganization: true } });
		expect(namesIn(found)).toEqual(AWAY);
	});

	it('does not take a refusal for there being no organizations', async () => {
		clerk.addFault({ kind: 'status', path: '/organizations', status: 403, times: 99 });
		await expect(find({ additionalFields: { withoutOrganization: true } })).rejects.toThrow();
	});

	it.each<[IDataObject, string]>([
		[{ inactiveDays: 0 }, 'Inactive Days needs a number from 1 to 36500, but got 0 [item 0]'],
		[{ inactiveDays: '' }, 'Inactive Days is empty [item 0]'],
		[{ inactiveDays: 'ninety' }, 'Inactive Days needs a number'],
		[{ inactiveBy: 'lastSeen' }, 'Inactive By needs one of activity, signIn'],
		[{ neverActive: 'yes' }, 'Never Active needs one of'],
		[{ additionalFields: { inactiveSince: 'last spring' } }, 'Inactive Since needs a date'],
		[{ additionalFields: { createdBefore: 'last spring' } }, 'Created Before needs a date'],
		[{ additionalFields: { inactiveSince: Date.now() } }, 'at least a day ago'],
		[{ additionalFields: { exceptUserIds: 'ada@example.com' } }, 'Except User IDs needs a user ID'],
		[{ additionalFields: { exceptUserIds: null } }, 'Except User IDs has no value'],
		[
			{ additionalFields: { exceptUserIds: [] } },
			'Except User IDs is empty, which would except nobody',
		],
		[
			{ additionalFields: { exceptEmailDomains: '' } },
			'Except Email Domains is empty, which would except nobody',
		],
		[
			{ additionalFields: { exceptMetadata: ' , ' } },
			'Except Metadata is empty, which would except nobody',
		],
		[{ inactiveBy: null }, 'Inactive By is empty'],
		[{ neverActive: '' }, 'Never Active is empty'],
		[{ additionalFields: { exceptDomains: 'a.b' } }, 'has no field "exceptDomains"'],
	])('refuses %j before anything is sent', async (values, message) => {
		await expect(find(values)).rejects.toThrow(message);
		expect(sent()).toEqual([]);
	});
});

describe('more organizations than a filter names', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company', rateLimit: false });
		const [model] = clerk.state.organizations.rows;
		for (let at = 0; at < 120; at++) {
			const id = clerk.state.newId('org');
			clerk.state.organizations.insert({ ...model, id, slug: `team-${at}` });
		}
	});

	afterAll(async () => await clerk.close());

	it('finds who is a member of none all the same', async () => {
		const found = await find({ additionalFields: { withoutOrganization: true } });
		expect(namesIn(found)).toEqual(['Farid', 'Oskar', 'Quentin', 'Tove']);
	});
});

describe('a crowd', () => {
	beforeAll(async () => {
		clerk = await startClerk({ seed: { users: 10_000 }, rateLimit: false });
	});

	afterAll(async () => await clerk.close());

	it('of 10,000, many of whom were never there, is read in pages, each once', async () => {
		clerk.addFault({ kind: 'status', status: 503, method: 'GET', times: 2, skip: 4 });
		const found = await find({ neverActive: 'include' });
		const numbers = Array.from({ length: 10_000 }, (_, at) => at + 1);
		const wanted = numbers.filter((one) => one % 17 === 0 || one % 3 === 0);
		expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
		expect(found).toHaveLength(wanted.length);
		expect(clerk.requests.length).toBeLessThan(40);
	});
});

describe('an API that orders who was never there elsewhere', () => {
	it('is walked until all of them were seen, and no further', async () => {
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
					return answer(200, { object: 'total_count', total_count });
				}
				const after = users.findIndex(({ id }) => id === query.starting_after) + 1;
				const from = query.order_by ? 550 : after;
				return answer(200, users.slice(from, from + 500));
			},
		);
		expect(json.map(({ id }) => id)).toEqual(['user_3', 'user_600']);
		expect(lines.filter((line) => line.includes('order_by'))).toHaveLength(1);
		expect(lines.filter((line) => line.includes('starting_after')).length).toBeLessThan(3);
	});
});
