import '../../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { MEMBERSHIPS, ORGANIZATIONS, USERS } from '../../../nodes/Clerk/jobs/compare/kinds';
import { compareColumns } from '../../../nodes/Clerk/jobs/compare/report';
import { hostOf, runNode } from '../../support/host';
import { Clerk as ClerkNode } from '../../../nodes/Clerk/Clerk.node';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

let clerk: Clerk;

const form = (values: IDataObject = {}) => ({
	resource: 'user',
	operation: 'compare',
	idField: 'clerk_id',
	compareBy: 'presence',
	comparedFields: {},
	report: ['missing', 'changed', 'gone'],
	maxGone: 100,
	maxGonePercent: 100,
	additionalFields: {},
	filters: {},
	options: {},
	...values,
});

const given = (rows: unknown[], values: IDataObject = {}) => ({
	credential: {
		secretKey: clerk.liveSecretKey,
		baseUrl: clerk.url,
		accessPolicy: 'readOnly',
		rateLimitShare: 100,
	},
	parameters: form(values),
	items: rows.map((json) => ({ json })) as never,
});

const compareItems = async (rows: unknown[], values: IDataObject = {}, host: object = {}) =>
	await runNode({ ...given(rows, values), ...host });

const compare = async (rows: unknown[], values?: IDataObject, host?: object) =>
	(await compareItems(rows, values, host)).map(({ json }) => json);

/** The rows before the summary, as `action ID`. */
const differencesIn = (output: IDataObject[]) =>
	output
		.slice(0, -1)
		.map(({ action, userId, organizationId }) =>
			[action, organizationId, userId].filter((one) => typeof one === 'string').join(' '),
		);

const summaryOf = (output: IDataObject[]) => output[output.length - 1];

const mirror = (): IDataObject[] =>
	clerk.state.users.rows.map((user) => ({
		clerk_id: user.id,
		updated_at: user.updated_at,
		name: user.first_name,
	}));

const userNamed = (name: string) =>
	clerk.state.users.rows.find((user) => user.first_name === name)!;

const ABSENT = 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC';
const ABSENT_ORGANIZATION = 'org_2NNEqL2nrIRdJ194ndJqAHwEfxC';

const byUpdatedAt = { compareBy: 'updatedAt', updatedAtField: 'updated_at' };

const byFields = (entry: Array<Record<'field' | 'clerkField', string>>) => ({
	compareBy: 'fields',
	comparedFields: { entry },
});

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

describe('User: Compare With a List', () => {
	it('reports what is missing, changed and gone, and counts the rest', async () => {
		const ada = userNamed('Ada');
		const farid = userNamed('Farid');
		const rows = mirror().filter(({ clerk_id: id }) => id !== ada.id);
		const row = rows.find(({ clerk_id: id }) => id === farid.id)!;
		row.updated_at = farid.updated_at - 1;
		rows.splice(3, 0, { clerk_id: ABSENT, updated_at: 5, name: 'Zoe' });
		const items = await compareItems(rows, byUpdatedAt);
		expect(items.map(({ json: { action }, pairedItem }) => [action, pairedItem])).toEqual([
			['missing', { item: 0 }],
			['changed', { item: rows.indexOf(row) }],
			['gone', { item: 3 }],
			['summary', { item: 0 }],
		]);
		const [missing, changed, gone, summary] = items.map(({ json }) => json);
		expect(missing).toMatchObject({ userId: ada.id, record: { id: ada.id, firstName: 'Ada' } });
		expect(changed).toMatchObject({
			userId: farid.id,
			reason: 'Differs in updated_at',
			record: { firstName: 'Farid' },
			changes: [{ field: 'updated_at', listed: farid.updated_at - 1, clerk: farid.updated_at }],
			row: { name: 'Farid' },
		});
		expect(gone).toMatchObject({ userId: ABSENT, record: null, row: { name: 'Zoe' } });
		const count = clerk.state.users.size;
		expect(summary).toMatchObject({
			reason: `Listed ${count}, in Clerk ${count}: missing 1, changed 1, gone 1, equal ${count - 2}`,
			listed: count,
			inClerk: count,
			missing: 1,
			changed: 1,
			gone: 1,
			equal: count - 2,
			instanceId: 'ins_sandbox',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		for (const { json } of items) expect(Object.keys(json)).toEqual(compareColumns(USERS));
	});

	it('sends nothing but GET', async () => {
		await compare([{ clerk_id: ABSENT }]);
		expect(new Set(clerk.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	});

	it('reads the form once, however many items there are', async () => {
		const rows = Array.from({ length: 500 }, (_, at) => ({ clerk_id: `user_${at}` }));
		const all = [...mirror().slice(0, 1), ...rows];
		const host = hostOf(given(all, { maxGone: 1_000, report: ['gone'] }));
		const read = jest.spyOn(host, 'getNodeParameter');
		const [items] = await new ClerkNode().execute.call(host as never);
		expect(items).toHaveLength(501);
		expect(read.mock.calls.length).toBeLessThan(50);
		expect(new Set(read.mock.calls.map(([, index]) => index))).toEqual(new Set([0]));
	});

	it('counts banned, locked and deprovisioned users as there', async () => {
		const rows = mirror();
		const [first, second, third] = clerk.state.users.rows;
		clerk.state.users.update(first, { banned: true });
		clerk.state.users.update(second, { locked: true });
		clerk.state.users.update(third, { deprovisioned: true } as never);
		expect(differencesIn(await compare(rows))).toEqual([]);
	});

	it('takes an empty list, as Always Output Data gives it, for no rows', async () => {
		const output = await compare([{}]);
		expect(summaryOf(output)).toMatchObject({ listed: 0, missing: clerk.state.users.size });
		const times = output.slice(0, -1).map(({ record }) => (record as IDataObject).createdAt);
		expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)));
	});

	it.each<[string, string[]]>([
		['missing', ['missing']],
		['changed', ['changed']],
		['gone', ['gone']],
	])('reports %s alone', async (name, report) => {
		const [{ clerk_id: out }, ...rows] = mirror();
		rows[0].updated_at = 5;
		const output = await compare([...rows, { clerk_id: ABSENT, updated_at: 5 }], {
			...byUpdatedAt,
			report,
		});
		const expected = { missing: out, changed: rows[0].clerk_id, gone: ABSENT } as IDataObject;
		expect(differencesIn(output)).toEqual([`${name} ${String(expected[name])}`]);
		expect(summaryOf(output)).toMatchObject({
			missing: 1,
			changed: 1,
			gone: name === 'gone' ? 1 : null,
		});
	});

	it('outputs the records as Output asks for them', async () => {
		const [{ id }] = clerk.state.users.rows;
		const rows = mirror().slice(1);
		const recordOf = async (values: IDataObject) => (await compare(rows, values))[0].record;
		expect(await recordOf({ output: 'selectedFields', fields: ['id', 'firstName'] })).toEqual({
			id,
			firstName: clerk.state.users.rows[0].first_name,
		});
		expect(await recordOf({ output: 'raw' })).toMatchObject({ id, object: 'user' });
	});

	it('compares with what the filters select', async () => {
		const banned = clerk.state.users.rows.filter((user) => user.banned);
		const free = mirror().filter(({ clerk_id: id }) => !banned.some((user) => user.id === id));
		const filters = { banned: false };
		expect(banned.length).toBeGreaterThan(0);
		expect(differencesIn(await compare(free, { filters }))).toEqual([]);
		const output = await compare(mirror(), { filters });
		expect(differencesIn(output)).toEqual(banned.map(({ id }) => `gone ${id}`));
		expect(output[0].reason).toBe('In the list, but not in Clerk with these filters');
	});

	it('asks only for those that a filter on IDs selects', async () => {
		const [one, two, three] = clerk.state.users.rows.map(({ id }) => id);
		const rows = [one, two, three].map((id) => ({ clerk_id: id }));
		expect(differencesIn(await compare(rows, { filters: { userId: [one, `+${two}`] } }))).toEqual([
			`gone ${three}`,
		]);
		const output = await compare(rows, { filters: { userId: `-${one}` } });
		expect(differencesIn(output).filter((row) => row.startsWith('gone'))).toEqual([`gone ${one}`]);
	});
});

describe('The time of the last change', () => {
	const MS = Date.UTC(2026, 0, 31, 14, 30, 5, 123);
	const WHOLE = Date.UTC(2026, 0, 31, 14, 30, 5);

	it.each<[string, unknown, boolean]>([
		['milliseconds', MS, true],
		['milliseconds as text', String(MS), true],
		['a millisecond less', MS - 1, false],
		['a later time', MS + 1, false],
		['whole milliseconds', WHOLE, false],
		['seconds', WHOLE / 1000, true],
		['seconds, rounded up', WHOLE / 1000 + 1, true],
		['seconds before', WHOLE / 1000 - 1, false],
		['seconds with a fraction', MS / 1000, true],
		['another fraction', (MS + 4) / 1000, false],
		['ISO text', '2026-01-31T14:30:05.123Z', true],
		['ISO text of another millisecond', '2026-01-31T14:30:05.124Z', false],
		['ISO text without milliseconds', '2026-01-31T14:30:05Z', true],
		['text with an offset', '2026-01-31 16:30:05.123+02', true],
		['text in the zone of the workflow', '2026-01-31 15:30:05.123', true],
		['text in UTC without saying so', '2026-01-31 14:30:05.123', false],
		['a date of the database', new Date(MS), true],
		['another date of the database', new Date(MS + 1), false],
		['a date without its time', '2026-01-31', false],
		['text that is no date', 'yesterday', false],
		['a number that is no time', 12, false],
		['a day number of a spreadsheet', 46053, false],
		['microseconds', MS * 1000, false],
		['nothing', null, false],
		['empty text', '', false],
		['a list', [MS], false],
	])('is compared with %s', async (_, listed, isSame) => {
		clerk.state.users.update(clerk.state.users.rows[0], { updated_at: MS });
		const rows = mirror().map((row, at) => (at === 0 ? { ...row, updated_at: listed } : row));
		const output = await compare(rows, byUpdatedAt, { timezone: 'Europe/Berlin' });
		const [{ id }] = clerk.state.users.rows;
		expect(differencesIn(output)).toEqual(isSame ? [] : [`changed ${id}`]);
	});
});

describe('A table of fields', () => {
	const VALUES = {
		plan: 'pro',
		seats: 3,
		list: ['a', { b: 1 }],
		empty: [],
		ratio: 1.5,
		debt: -2,
		tiny: 1e-7,
		round: 300,
		longId: '9007199254740993',
		big: 2 ** 53,
		bigs: [2 ** 53],
	};

	it.each<[string, unknown, string, boolean]>([
		['text', 'Ada', 'firstName', true],
		['text in another case', 'ada', 'firstName', false],
		['text with a blank', 'Ada ', 'firstName', false],
		['an address', 'ada.berg@example.com', 'primaryEmailAddress', true],
		['a boolean', false, 'banned', true],
		['a boolean as text', 'FALSE', 'banned', true],
		['a boolean as a number', 0, 'banned', true],
		['another boolean', 'true', 'banned', false],
		['a word for a boolean', 'no', 'banned', false],
		['an ID that is a number', 4711, 'externalId', true],
		['an ID as text', '4711', 'externalId', true],
		['another ID', '04711', 'externalId', false],
		['nothing for null', null, 'username', true],
		['empty text for null', '', 'username', true],
		['text for null', 'ada', 'username', false],
		['nothing for text', undefined, 'firstName', false],
		['a value of metadata', 'pro', 'publicMetadata.plan', true],
		['a number of metadata', '3', 'publicMetadata.seats', true],
		['another number', 4, 'publicMetadata.seats', false],
		['empty text for a number', ' ', 'publicMetadata.seats', false],
		['a value that metadata lacks', null, 'publicMetadata.none.deeper', true],
		['metadata as an object', { seats: 3, plan: 'pro' }, 'publicMetadata', true],
		['metadata as JSON', '{"plan":"pro","seats":3}', 'publicMetadata', true],
		['a list of metadata as JSON', '["a", {"b": 1}]', 'publicMetadata.list', true],
		['another list as JSON', '["a"]', 'publicMetadata.list', false],
		['other metadata', { plan: 'pro' }, 'publicMetadata', false],
		['text that is no JSON', '{plan', 'publicMetadata', false],
		['nothing for empty metadata', null, 'unsafeMetadata', true],
		['empty text for empty metadata', '', 'unsafeMetadata', true],
		['empty metadata as JSON', '{}', 'unsafeMetadata', true],
		['empty metadata as JSON with blanks', ' { } ', 'unsafeMetadata', true],
		['an empty list as JSON for nothing', '[]', 'publicMetadata.none.list', true],
		['an empty list as JSON for an empty list', '[]', 'publicMetadata.empty', true],
		['the word null for an empty list', 'null', 'publicMetadata.empty', false],
		['the word null for nothing', 'null', 'username', false],
		['text that is no JSON for empty metadata', '{', 'unsafeMetadata', false],
		['filled metadata as JSON for empty metadata', '{"a":1}', 'unsafeMetadata', false],
		['empty metadata as JSON for filled metadata', '{}', 'publicMetadata', false],
		['empty JSON for text', '{}', 'firstName', false],
		['a number with a fraction', '1.50', 'publicMetadata.ratio', true],
		['a negative number', '-2', 'publicMetadata.debt', true],
		['a number as JavaScript writes it', '1e-7', 'publicMetadata.tiny', true],
		['a number in another base', '0x3', 'publicMetadata.seats', false],
		['a number with an exponent', '3e0', 'publicMetadata.seats', false],
		['a number with blanks', ' 3 ', 'publicMetadata.seats', true],
		['a whole number with a fraction', '3.00', 'publicMetadata.seats', true],
		['a list of one number as JSON', '[3]', 'publicMetadata.seats', false],
		['a round number', '300', 'publicMetadata.round', true],
		['a round number with a fraction', '300.0', 'publicMetadata.round', true],
		['a part of a round number', '3', 'publicMetadata.round', false],
		['a number with a fraction that is lost', '3.00000000000000001', 'publicMetadata.seats', false],
		['the number that another one became', '9007199254740993', 'publicMetadata.big', false],
		['a number that may have lost digits', 9007199254740992, 'publicMetadata.big', false],
		['such a number in a list', '[9007199254740993]', 'publicMetadata.bigs', false],
		['such a number for an ID', 9007199254740992, 'externalId', false],
		['a long ID as text', '9007199254740993', 'publicMetadata.longId', true],
		['an inherited name', null, 'publicMetadata.constructor', true],
	])('has %s (%p for %s): equal is %p', async (_, listed, clerkField, isSame) => {
		const ada = userNamed('Ada');
		clerk.state.users.update(ada, {
			external_id: listed === 2 ** 53 ? String(listed) : '4711',
			username: null,
			unsafe_metadata: {},
			public_metadata: clerkField.includes('.') ? VALUES : { plan: 'pro', seats: 3 },
		});
		const output = await compare([{ clerk_id: ada.id, ours: listed }], {
			...byFields([{ field: 'ours', clerkField }]),
			report: ['changed', 'gone'],
		});
		expect(differencesIn(output)).toEqual(isSame ? [] : [`changed ${ada.id}`]);
	});

	it('lists each field that differs, by its name in the list, and reads times as Updated At', async () => {
		const ada = userNamed('Ada');
		const row = {
			clerk_id: ada.id,
			'First Name': 'Adele',
			crm: { 'E-Mail': 'old@example.com' },
			'last.name': 'Berg',
			created: new Date(ada.created_at).toISOString(),
		};
		const output = await compare([row], {
			...byFields([
				{ field: '["First Name"]', clerkField: 'firstName' },
				{ field: "crm['E-Mail']", clerkField: 'primaryEmailAddress' },
				{ field: 'last.name', clerkField: 'lastName' },
				{ field: 'created', clerkField: 'createdAt' },
			]),
			report: ['changed'],
		});
		expect(output[0]).toMatchObject({
			reason: 'Differs in First Name, crm.E-Mail',
			changes: [
				{ field: 'First Name', listed: 'Adele', clerk: 'Ada' },
				{ field: 'crm.E-Mail', listed: 'old@example.com', clerk: 'ada.berg@example.com' },
			],
		});
	});
});

describe('Organization: Compare With a List', () => {
	it('refuses a field that Clerk need not send', async () => {
		const [{ id }] = clerk.state.organizations.rows;
		const run = compare([{ id, invited: 1 }], {
			resource: 'organization',
			idField: 'id',
			...byFields([{ field: 'invited', clerkField: 'pendingInvitationsCount' }]),
		});
		await expect(run).rejects.toThrow('has no field "pendingInvitationsCount" of Clerk');
		expect(clerk.requests).toEqual([]);
	});

	it('compares organizations, and asks for the count of members where it is compared', async () => {
		const [first, ...others] = clerk.state.organizations.rows;
		const membersIn = (id: string) => clerk.state.memberships.where('organization_id', id).length;
		const rows: IDataObject[] = others.map(({ id }) => ({ id, members: membersIn(id) }));
		rows[0].members = 99;
		const output = await compare([...rows, { id: ABSENT_ORGANIZATION, members: 1 }], {
			resource: 'organization',
			idField: 'id',
			...byFields([{ field: 'members', clerkField: 'membersCount' }]),
		});
		expect(differencesIn(output)).toEqual([
			`missing ${first.id}`,
			`changed ${others[0].id}`,
			`gone ${ABSENT_ORGANIZATION}`,
		]);
		for (const row of output) expect(Object.keys(row)).toEqual(compareColumns(ORGANIZATIONS));
	});
});

describe('Organization Membership: Compare With a List', () => {
	const membershipForm = {
		resource: 'organizationMembership',
		organizationIdField: 'org',
		userIdField: 'user',
	};

	const rowsOf = (): IDataObject[] =>
		clerk.state.memberships.rows.map(({ organization_id: org, user_id: user, role }) => ({
			org,
			user,
			role,
		}));

	it('compares memberships of all organizations by both IDs', async () => {
		const [out, ...rows] = rowsOf();
		rows[0].role = 'org:other';
		const deleted = { org: ABSENT_ORGANIZATION, user: out.user, role: 'org:member' };
		const left = { org: rows[0].org, user: ABSENT, role: 'org:member' };
		const output = await compare([...rows, deleted, left, { org: out.org }], {
			...membershipForm,
			...byFields([{ field: 'role', clerkField: 'role' }]),
		});
		expect(differencesIn(output)).toEqual([
			`missing ${String(out.org)} ${String(out.user)}`,
			`changed ${String(rows[0].org)} ${String(rows[0].user)}`,
			`gone ${ABSENT_ORGANIZATION} ${String(out.user)}`,
			`gone ${String(left.org)} ${ABSENT}`,
			'invalid',
		]);
		expect(output[4].reason).toBe('Has no user');
		for (const row of output) expect(Object.keys(row)).toEqual(compareColumns(MEMBERSHIPS));
	});

	it('asks again 100 a call, by organization', async () => {
		const organization = clerk.state.organizations.insert(
			newOrganization(clerk.state, { name: 'Big' }),
		);
		const users = Array.from({ length: 250 }, (_, at) => `user_absent${at}`);
		const [real] = clerk.state.users.rows;
		clerk.state.memberships.insert(
			newMembership(clerk.state, {
				organization_id: organization.id,
				user_id: real.id,
				role: 'org:member',
			}),
		);
		clerk.requests.length = 0;
		const output = await compare(
			[...rowsOf(), ...users.map((user) => ({ org: organization.id, user }))],
			{ ...membershipForm, maxGone: 1_000 },
		);
		expect(summaryOf(output)).toMatchObject({ gone: 250, missing: 0 });
		const again = clerk.requests.filter(({ path }) => path.includes(organization.id));
		expect(again).toHaveLength(3);
	});
});

describe('Guards', () => {
	it.each<[string, IDataObject, string]>([
		[
			'Max Gone',
			{ maxGone: 1 },
			'Stopped: 2 of 26 listed users (8 %) would be reported as gone; Max Gone allows 1',
		],
		[
			'Max Gone Percent',
			{ maxGonePercent: 5 },
			'Stopped: 2 of 26 listed users (8 %) would be reported as gone; Max Gone Percent allows 5 %',
		],
	])('stop a run with more than %s, with its report', async (_, values, message) => {
		const rows = [...mirror(), { clerk_id: ABSENT }, { clerk_id: `${ABSENT}2` }];
		await expect(compare(rows, values)).rejects.toThrow(message);
		const [failed, ...others] = await compare(rows, values, { continueOnFail: true });
		expect(others).toEqual([]);
		expect(failed.error).toContain(message);
		const report = failed.report as IDataObject[];
		expect(differencesIn(report)).toEqual([`gone ${ABSENT}`, `gone ${ABSENT}2`]);
		expect(summaryOf(report).reason).toContain('; stopped: 2 of 26 listed users');
	});

	it.each<[string, IDataObject, IDataObject[]]>([
		[
			'users',
			{ resource: 'user', idField: 'id' },
			Array.from({ length: 50 }, (_, at) => ({ id: `user_${at}` })),
		],
		[
			'memberships',
			{
				resource: 'organizationMembership',
				organizationIdField: 'org',
				userIdField: 'user',
			},
			[1, 2].map((at) => ({ org: ABSENT_ORGANIZATION, user: `user_${at}` })),
		],
	])(
		'stop a run in which all listed %s are gone, whatever the limits',
		async (plural, form, rows) => {
			const limits = { maxGone: 100, maxGonePercent: 100 };
			const message = `Stopped: all ${rows.length} listed ${plural} would be reported as gone. Nothing was changed`;
			await expect(compare(rows, { ...form, ...limits })).rejects.toThrow(message);
		},
	);

	it('do not stop a run for the only row of a list', async () => {
		expect(differencesIn(await compare([{ clerk_id: ABSENT }]))).toContain(`gone ${ABSENT}`);
	});

	it('report at most 1,000 of the rows that stop a run, and nothing else', async () => {
		const rows = Array.from({ length: 1_500 }, (_, at) => ({ clerk_id: `user_${at}` }));
		const [{ report }] = await compare(rows, {}, { continueOnFail: true });
		expect(report).toHaveLength(1_001);
		expect(new Set((report as IDataObject[]).map(({ action }) => action))).toEqual(
			new Set(['gone', 'summary']),
		);
		expect(summaryOf(report as IDataObject[])).toMatchObject({
			gone: 1_500,
			missing: clerk.state.users.size,
		});
	});

	it('do not stop a run that reaches the limits', async () => {
		const rows = [...mirror(), { clerk_id: ABSENT }];
		expect(differencesIn(await compare(rows, { maxGone: 1, maxGonePercent: 4 }))).toEqual([
			`gone ${ABSENT}`,
		]);
	});

	it('stop a run with the key of another instance before it reads', async () => {
		const additionalFields = { expectedInstance: 'ins_2NNEqL2nrIRdJ194ndJqAHwEfxC' };
		await expect(compare(mirror(), { additionalFields })).rejects.toThrow(
			'Expected Instance is ins_2NNEqL2nrIRdJ194ndJqAHwEfxC, but the key belongs to ins_sandbox. Nothing was compared',
		);
		expect(clerk.requests.map(({ path }) => path)).toEqual(['/instance']);
	});

	it('stop a run if Clerk does not say which instance it is', async () => {
		clerk.addFault({ kind: 'status', status: 403, path: '/instance', times: 9 });
		const additionalFields = { expectedInstance: 'ins_sandbox' };
		await expect(compare(mirror(), { additionalFields })).rejects.toThrow(
			'Expected Instance is ins_sandbox, but Clerk does not say which instance the key belongs to. Nothing was compared',
		);
		expect(summaryOf(await compare(mirror()))).toMatchObject({ instanceId: null });
	});

	it('go on with the expected instance, and refuse one that an expression left empty', async () => {
		const run = async (expectedInstance: string) =>
			await compare(mirror(), { additionalFields: { expectedInstance } });
		expect(differencesIn(await run('ins_sandbox'))).toEqual([]);
		await expect(run('')).rejects.toThrow('Expected Instance is empty, which would check no');
	});
});

describe('Rows of any kind', () => {
	it('are cleaned, or invalid with the reason, and each linked to its item', async () => {
		const [one, two, three, four] = clerk.state.users.rows.map(({ id }) => id);
		const rows = [
			{ clerk_id: ` "${one}" ` },
			{ clerk_id: `\ufeff${two};` },
			{ clerk_id: one },
			{ clerk_id: '' },
			{ clerk_id: '  ' },
			{ name: 'no ID at all' },
			{ clerk_id: null },
			{ clerk_id: 42 },
			{ clerk_id: 1.2e21 },
			{ clerk_id: true },
			{ clerk_id: [three] },
			{ clerk_id: { id: three } },
			{ clerk_id: 'org_2NNEqL2nrIRdJ194ndJqAHwEfxC' },
			{ clerk_id: 'ada@example.com' },
			{ clerk_id: three?.toUpperCase() },
			{ clerk_id: `${three} ${four}` },
			{ clerk_id: 'user_' },
			{ clerk_id: '{{ $json.id }}' },
			{ clerk_id: '../users' },
			null,
			{ __proto__: null, clerk_id: three },
			{ clerk_id: four },
		];
		const items = await compareItems(rows, { report: ['gone', 'changed'] });
		const invalid = items.filter(({ json }) => json.action === 'invalid');
		expect(invalid.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			Array.from({ length: 18 }, (_, at) => at + 2),
		);
		const reasons = invalid.map(({ json }) => json.reason);
		expect(reasons[0]).toBe('Has the ID of item 0 again');
		expect(reasons.slice(1, 5)).toEqual(Array(4).fill('Has no clerk_id'));
		expect(reasons[5]).toMatch(/^clerk_id needs a user ID such as user_.*, but got "42"/);
		expect(reasons[10]).toMatch(/That is an organization's ID/);
		expect(reasons[11]).toMatch(/That is an email address/);
		expect(summaryOf(items.map(({ json }) => json))).toMatchObject({
			listed: 4,
			equal: 4,
			gone: 0,
			invalid: 18,
			ignored: 0,
		});
	});

	it('without an ID are left out if the form says so', async () => {
		const additionalFields = { ignoreRowsWithoutId: true };
		const rows = [...mirror(), { clerk_id: null }, { clerk_id: ' ' }, { clerk_id: 'x' }];
		const output = await compare(rows, { additionalFields });
		expect(output.map(({ action }) => action)).toEqual(['invalid', 'summary']);
		expect(summaryOf(output)).toMatchObject({ invalid: 1, ignored: 2 });
		expect(summaryOf(output).reason).toContain('invalid 1, without ID 2');
	});

	it('without any ID are pointed out in the summary', async () => {
		const additionalFields = { ignoreRowsWithoutId: true };
		const output = await compare([{ clerk_id: null }, { clerk_id: '' }], { additionalFields });
		const { reason, missing } = summaryOf(output);
		expect(missing).toBe(clerk.state.users.size);
		expect(reason).toMatch(/without ID 2; no row has an ID, so all records count as missing$/);
		expect(summaryOf(await compare([{}])).reason).not.toContain('no row has an ID');
	});

	it.each<[string, IDataObject[], IDataObject, string]>([
		[
			'a field of other values',
			[{ clerk_id: 'Ada' }, { clerk_id: 'Bo' }],
			{},
			'ID Field names a field without IDs. Item 0: clerk_id needs a user ID such as user_',
		],
		[
			'an empty field',
			[{ clerk_id: null }, { clerk_id: '' }],
			{},
			'ID Field names a field without IDs. Item 0: Has no clerk_id',
		],
		[
			'a field of other values, with rows that are ignored',
			[{ clerk_id: '' }, { clerk_id: 'Bo' }],
			{ additionalFields: { ignoreRowsWithoutId: true } },
			'ID Field names a field without IDs. Item 1: clerk_id needs a user ID such as user_',
		],
		[
			'fields of other values, for memberships',
			[{ clerk_id: ABSENT }],
			{
				resource: 'organizationMembership',
				organizationIdField: 'clerk_id',
				userIdField: 'clerk_id',
			},
			'Organization ID Field or User ID Field names a field without IDs. Item 0: clerk_id needs an organization ID',
		],
	])('are not compared if the ID is in %s', async (_, rows, values, message) => {
		await expect(compare(rows, values)).rejects.toThrow(message);
		expect(clerk.requests).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		[
			'the ID Field',
			{ idField: 'clerkId' },
			'ID Field needs the name of a field, but no item has "clerkId". The first item has: clerk_id, updated_at, name',
		],
		['a value for its name', { idField: ABSENT }, `ID Field needs the name of a field, but no`],
		['an empty ID Field', { idField: '' }, 'ID Field is empty'],
		['an inherited name', { idField: 'constructor' }, 'no item has "constructor"'],
		['dots alone', { idField: '..' }, 'no item has ".."'],
		['a path into text', { idField: 'name.length' }, 'no item has "name.length"'],
		['no Updated At Field', { compareBy: 'updatedAt' }, 'Updated At Field is empty'],
		[
			'an Updated At Field that no item has',
			{ compareBy: 'updatedAt', updatedAtField: 'changed' },
			'Updated At Field needs the name of a field, but no item has "changed"',
		],
		['no table', { compareBy: 'fields' }, 'Compared Fields is empty'],
		['a table without rows', byFields([]), 'Compared Fields is empty'],
		[
			'a field that Clerk does not have',
			byFields([{ field: 'name', clerkField: 'first_name' }]),
			'Compared Fields has no field "first_name" of Clerk. There are: id, fullName',
		],
		[
			'a field that the list does not have',
			byFields([{ field: 'Name', clerkField: 'firstName' }]),
			'Compared Fields, row 1: Field of the List needs the name of a field, but no item has "Name"',
		],
		['nothing to report', { report: [] }, 'Report is empty'],
		[
			'a filter that is too long',
			{ filters: { userId: Array.from({ length: 101 }, (_, at) => `user_${at}`) } },
			'User ID takes at most 100 values',
		],
	])('are not compared with %s', async (_, values, message) => {
		await expect(compare(mirror(), values)).rejects.toThrow(message);
		const failed = await compare(mirror(), values, { continueOnFail: true });
		expect(failed).toHaveLength(1);
		expect(failed[0].error).toContain(message);
		expect(clerk.requests).toEqual([]);
	});
});

describe('Faults', () => {
	it('of connections, and responses with 500 or 429, are retried', async () => {
		const rows = [...mirror().slice(2), { clerk_id: ABSENT }];
		clerk.addFault({ kind: 'reset', path: '/users', times: 2 });
		clerk.addFault({ kind: 'status', status: 500, path: '/users', skip: 1, times: 1 });
		clerk.addFault({
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '0' },
			path: '/users',
			skip: 2,
			times: 1,
		});
		clerk.addFault({ kind: 'truncate', path: '/users', skip: 3, times: 1 });
		expect(summaryOf(await compare(rows))).toMatchObject({ missing: 2, gone: 1 });
	});

	it('fail the run when it asks again, and report no user as gone', async () => {
		const rows = [...mirror(), { clerk_id: ABSENT }];
		clerk.addFault({ kind: 'status', status: 403, path: '/users', skip: 1, times: 99 });
		await expect(compare(rows)).rejects.toThrow(/Injected status 403/);
	});

	it('fail the run if organizations are turned off while it asks again', async () => {
		const { organization_id: org } = clerk.state.memberships.rows[0];
		const body = { errors: [{ code: 'organization_not_enabled_in_instance', message: 'off' }] };
		const path = `/organizations/${org}/memberships`;
		clerk.addFault({ kind: 'status', status: 404, body, path, times: 99 });
		const run = compare([{ org, user: ABSENT }], {
			resource: 'organizationMembership',
			organizationIdField: 'org',
			userIdField: 'user',
		});
		await expect(run).rejects.toThrow('off');
	});

	describe.each([
		['a page', 0],
		['the records asked for again', 1],
	])('in the response for %s', (_, skip) => {
		it.each<[string, number, unknown]>([
			['an empty object', 200, {}],
			['null', 200, null],
			['a record', 200, { id: ABSENT }],
			['a record with lists', 200, { id: ABSENT, email_addresses: [] }],
			['errors with 200', 200, { errors: [] }],
			['a 404 of Clerk', 404, { errors: [{ code: 'resource_not_found', message: 'not found' }] }],
			['a 404 of a proxy', 404, { message: 'no route' }],
			['a 404 without a body', 404, ''],
		])('fail the run if it is no list: %s', async (__, status, body) => {
			const rows = [...mirror(), { clerk_id: ABSENT }];
			clerk.addFault({ kind: 'status', status, body, path: '/users', skip, times: 99 });
			await expect(compare(rows)).rejects.toThrow();
			// Without Gone, only pages are read.
			if (skip > 0) return;
			await expect(compare(rows, { report: ['missing', 'changed'] })).rejects.toThrow();
		});
	});
});
