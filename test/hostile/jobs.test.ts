import '../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';
import { by, cleanUpForm, liveCredential } from '../support/jobs';
import { openTrigger, secretOf, signedBySvix } from '../support/webhook';

/**
 * What people feed the jobs and the trigger: cells of sheets, text copied from mails and pages. Each
 * describe is a row of issue 17: what was seen, and variants of its kind.
 */

type Clerk = Awaited<ReturnType<typeof startClerk>>;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

/** Runs the node. Returns its output, the error if it failed, and the writes that were sent. */
async function run(parameters: IDataObject[], continueOnFail = false) {
	const before = clerk.requests.length;
	const outcome = await runNode({
		credential: liveCredential(clerk),
		parameters,
		continueOnFail,
	}).then(
		(items) => ({ rows: items.map(({ json }) => json), error: undefined }),
		(error: Error) => ({ rows: [] as IDataObject[], error }),
	);
	const sent = clerk.requests.slice(before);
	return { ...outcome, sent, writes: sent.filter(({ method }) => method !== 'GET') };
}

const userNamed = (name: string) =>
	[...clerk.state.users.rows].find(({ first_name: first }) => first === name);

const organization = (slug: string) => clerk.state.organizations.where('slug', slug)[0];

describe('row 1: lists of exceptions', () => {
	const cleanUp = (additionalFields: IDataObject, values: IDataObject = {}) =>
		cleanUpForm({ maxPercent: 100, additionalFields, ...values });

	beforeEach(() => {
		clerk.state.users.update(userNamed('Farid')!, { public_metadata: { keep: true } });
		clerk.state.users.update(userNamed('Oskar')!, { private_metadata: { plan: 'enterprise' } });
	});

	const idsOf = (...names: string[]) => names.map((name) => userNamed(name)!.id);

	it.each([
		['semicolons', 'keep; plan=enterprise'],
		['line breaks', 'keep\nplan=enterprise'],
		['line breaks of Windows, and empty lines', 'keep\r\n\r\nplan=enterprise\r\n'],
		['tabs, from two cells', 'keep\tplan=enterprise'],
		['a JSON list as text', '["keep", "plan=enterprise"]'],
		['quotes', '"keep", “plan=enterprise”'],
		['invisible characters', '\ufeffkeep,\u200bplan=enterprise'],
		['a list in one entry of an array', ['keep; plan=enterprise']],
	])('Except Metadata with %s spares both users', async (_, exceptMetadata) => {
		const { rows, error } = await run([cleanUp({ exceptMetadata })]);
		expect(error).toBeUndefined();
		expect(userNamed('Farid')).toBeDefined();
		expect(userNamed('Oskar')).toBeDefined();
		expect(userNamed('Tove')).toBeUndefined();
		expect(rows.at(-1)?.spared).toEqual([
			{ exception: 'Except Metadata', entry: 'keep', users: 1 },
			{ exception: 'Except Metadata', entry: 'plan=enterprise', users: 1 },
		]);
	});

	it.each([
		['exceptMetadata', 'keep; plan: enterprise', 'Except Metadata needs a rule', 'plan=enterprise'],
		['exceptMetadata', '- keep\n- plan=enterprise', 'Except Metadata needs a rule', 'key=value'],
		['exceptMetadata', '{ "plan": "enterprise" }', 'Except Metadata needs a rule', 'key=value'],
		['exceptMetadata', 'plan＝enterprise', 'Except Metadata needs a rule', 'plan=enterprise'],
		['exceptMetadata', '-keep; -plan', 'Except Metadata needs a rule', 'key=value'],
		['exceptMetadata', 'plan=ent*', 'Except Metadata needs a rule', 'no wildcards'],
		['exceptEmailDomains', 'ａｃｍｅ.com', 'Except Email Domains needs a domain', 'acme.com'],
		['exceptEmailDomains', 'ada@acme.com', 'Except Email Domains needs a domain', 'acme.com'],
		['exceptEmailDomains', '*.acme.com', 'Except Email Domains needs a domain', 'acme.com'],
		['exceptUserIds', 'user_a, org_b', 'Except User IDs needs a user ID', "organization's ID"],
		['exceptUserIds', 'farid.haddad@example.com', 'Except User IDs needs a user ID', 'email'],
	])('%s with %j is refused, and nothing is done', async (name, value, start, instead) => {
		const { error, writes } = await run([cleanUp({ [name]: value })]);
		expect(error?.message).toContain(start);
		expect(error?.message).toContain(instead);
		expect(writes).toEqual([]);
	});

	it.each([['; '], ['\n'], ['\t']])(
		'user IDs separated by %j spare their users',
		async (separator) => {
			const exceptUserIds = idsOf('Farid', 'Oskar').join(separator);
			const { error } = await run([cleanUp({ exceptUserIds })]);
			expect(error).toBeUndefined();
			expect(userNamed('Farid')).toBeDefined();
			expect(userNamed('Oskar')).toBeDefined();
			expect(userNamed('Tove')).toBeUndefined();
		},
	);

	it.each([['acme.org; EXAMPLE.com'], ['@example.com'], ['https://example.com/\nacme.org']])(
		'the email domains %j spare all',
		async (exceptEmailDomains) => {
			const { rows, writes } = await run([cleanUp({ exceptEmailDomains })]);
			expect(writes).toEqual([]);
			expect(rows.at(-1)).toMatchObject({ chosen: 0 });
		},
	);

	it.each(['keep=TRUE; plan=Enterprise', 'keep=True\nplan=ENTERPRISE'])(
		'values are spared in capitals too: %j',
		async (exceptMetadata) => {
			const { error } = await run([cleanUp({ exceptMetadata })]);
			expect(error).toBeUndefined();
			expect(userNamed('Farid')).toBeDefined();
			expect(userNamed('Oskar')).toBeDefined();
			expect(userNamed('Tove')).toBeUndefined();
		},
	);

	it('the summary names exceptions that spared no user', async () => {
		const { rows } = await run([cleanUp({ exceptMetadata: 'keep, plan=entreprise' })]);
		expect(rows.at(-1)?.reason).toContain('pared by Except Metadata keep (1)');
		expect(rows.at(-1)?.reason).toContain('o user was spared by Except Metadata plan=entreprise');
		const planned = await run([cleanUp({ exceptUserIds: 'user_typo' }, { cleanUpMode: 'plan' })]);
		expect(planned.rows.at(-1)?.reason).toContain('o user was spared by Except User IDs user_typo');
	});
});

describe('row 2: what Create or Update matches by', () => {
	const upsert = (matchBy: string, matchValue: unknown, additionalFields: IDataObject = {}) => ({
		resource: 'user',
		operation: 'upsert',
		matchBy,
		matchValue: matchValue as string,
		upsertMode: 'apply',
		additionalFields: { skipPasswordRequirement: true, ...additionalFields },
		options: {},
	});

	const twins = (...values: unknown[]) =>
		values.map((value, at) =>
			upsert('externalId', value, { emailAddress: `twin${at}@else.example` }),
		);

	it.each([
		['numbers beyond the safe ones', Number('912345678901234567'), Number('912345678901234568')],
		['text as a sheet shortens it', '1.75928847299117E+17', '1.75928847299118E+17'],
		['the same with a comma', '1,75928847299117E+17', '1,75928847299118E+17'],
		['the same in quotes', '"1.8E+17"', "'1.8e+17'"],
		['fractions', 1.5, 2.5],
	])('%s are refused by name, and no user is made', async (_, first, second) => {
		const { rows, writes } = await run(twins(first, second), true);
		expect(writes).toEqual([]);
		for (const [at, { error }] of rows.entries()) {
			expect(error).toMatch(
				new RegExp(`^External ID holds .*as text in the sheet.* \\[item ${at}\\]$`),
			);
		}
	});

	it('the same IDs as text are two users', async () => {
		const { error } = await run(twins('912345678901234567', '912345678901234568'));
		expect(error).toBeUndefined();
		const made = ['912345678901234567', '912345678901234568'].map(
			(id) => clerk.state.users.where('external_id', id)[0].email_addresses[0].email_address,
		);
		expect(made).toEqual(['twin0@else.example', 'twin1@else.example']);
	});

	it.each([
		['emailAddress', 'mailto:ada.berg@example.com'],
		['emailAddress', '\u200bAda.Berg@Example.com;'],
		['emailAddress', 'Ada Berg <ada.berg@example.com>'],
		['phoneNumber', '+1 (202) 555-0101'],
		['phoneNumber', 'tel:+1-202-555-0101'],
		['username', ' ADA_BERG '],
		['externalId', '\ufeffcrm-1001 '],
	])('finds the user with the %s %j', async (matchBy, value) => {
		const { rows, error, writes } = await run([upsert(matchBy, value, {})]);
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ action: 'unchanged', id: userNamed('Ada')!.id });
		expect(writes).toEqual([]);
	});

	it.each([
		['phoneNumber', '0049 151 23456780', '+4915123456780'],
		['phoneNumber', '+49 0151 23456780', '+4915123456780'],
		['emailAddress', 'ada.berg@example..com', 'ada@example.com'],
		['username', 'ada berg', 'ada'],
	])('refuses the %s %j, and says what to write', async (matchBy, value, instead) => {
		const { rows, error, writes } = await run([upsert(matchBy, value, {})], true);
		expect(error).toBeUndefined();
		expect(rows[0].error).toContain(instead);
		expect(writes).toEqual([]);
	});
});

describe('row 3: addresses to invite in Sync', () => {
	const item = (matchValue: unknown, values: IDataObject = {}): IDataObject => ({
		resource: 'organizationMembership',
		operation: 'sync',
		organizationId: by('slug', 'blue-kite'),
		matchBy: 'emailAddress',
		matchValue: matchValue as string,
		role: by('id', 'org:member'),
		otherMembers: 'remove',
		maxRemovals: 100,
		maxPercent: 100,
		syncMode: 'apply',
		options: { inviteMissing: true },
		...values,
	});

	const members = () =>
		clerk.state.memberships
			.where('organization_id', organization('blue-kite').id)
			.map(({ user_id: id }) => String(clerk.state.users.get(id)!.first_name))
			.sort();

	/** All members of the organization, Rosa by the given address. */
	const listed = (rosa: unknown) =>
		clerk.state.memberships.where('organization_id', organization('blue-kite').id).map((one) => {
			const user = clerk.state.users.get(one.user_id)!;
			const address = user.email_addresses[0].email_address;
			return item(user.first_name === 'Rosa' ? rosa : address, { role: by('id', one.role) });
		});

	it.each([
		['U+200B', 'rosa.jimenez\u200b@example.com'],
		['mailto:', 'mailto:rosa.jimenez@example.com'],
		['a trailing semicolon', 'rosa.jimenez@example.com;'],
		['a name', 'Rosa Jimenez <rosa.jimenez@example.com>'],
		['a no-break space and quotes', '\u00a0"Rosa.Jimenez@Example.com"\u00a0'],
	])('with %s is the member', async (_, address) => {
		const before = members();
		const { error, writes } = await run(listed(address));
		expect(error).toBeUndefined();
		expect(writes).toEqual([]);
		expect(members()).toEqual(before);
	});

	it.each([
		['U+200B', '\u200bnew@else.example'],
		['mailto: and a subject', 'mailto:new@else.example?subject=Hi'],
		['a trailing semicolon', 'new@else.example ;'],
	])('with %s is invited without', async (_, address) => {
		const { error, writes } = await run([...listed('rosa.jimenez@example.com'), item(address)]);
		expect(error).toBeUndefined();
		expect(writes).toHaveLength(1);
		expect(clerk.state.organizationInvitations.rows.at(-1)).toMatchObject({
			email_address: 'new@else.example',
		});
	});

	it.each([
		['two dots', 'rosa.jimenez@example..com'],
		['no domain', 'rosa.jimenez@'],
		['two addresses', 'rosa.jimenez@example.com, rosa@else.example'],
		['a blank', 'rosa jimenez@example.com'],
		['a formula', '#N/A'],
	])('with %s is refused by name, and nothing at all is done', async (_, address) => {
		const before = members();
		const { rows, writes } = await run([...listed(address), item('new@else.example')], true);
		expect(writes).toEqual([]);
		expect(members()).toEqual(before);
		const complaints = rows.filter(({ error }) => String(error).includes('needs an email address'));
		expect(complaints).toHaveLength(1);
		expect(complaints[0].error).toContain('ada@example.com');
	});
});

describe('row 9: the lists of the trigger', () => {
	const SECRET = secretOf(1);
	const user = (id: string) => ({ type: 'user.updated', object: 'event', data: { id } });

	it.each([
		['semicolons', 'user_a; user_b'],
		['line breaks', 'user_a\r\nuser_b'],
		['a JSON list', '["user_a","user_b"]'],
	])('with %s activate, and let the users pass', async (_, userIds) => {
		const trigger = openTrigger({ parameters: { events: ['*'], options: { userIds } } });
		await expect(trigger.activate()).resolves.toBe(true);
		const statusOf = async (id: string) =>
			(await trigger.receive(signedBySvix(SECRET, user(id)))).status;
		expect([await statusOf('user_a'), await statusOf('user_b'), await statusOf('user_c')]).toEqual([
			200, 200, 204,
		]);
	});

	it.each([
		['userIds', 'ada@example.com', /^User IDs needs a user ID such as user_.*"ada@example.com"/],
		['userIds', 'org_a', /^User IDs needs a user ID.*That is an organization's ID/],
		['organizationIds', 'acme-corp', /^Organization IDs needs an organization ID such as org_/],
		['ipAllowList', '203.0.113.', /^IP Allow List needs an IP address or range/],
		['ipAllowList', '', /^IP Allow List is empty/],
	])('%s with %j is not activated', async (name, value, message) => {
		const trigger = openTrigger({ parameters: { events: ['*'], options: { [name]: value } } });
		await expect(trigger.activate()).rejects.toThrow(message);
	});
});

describe('row 19: roles', () => {
	const add = (role: string, mode = 'id', user = 'Wes'): IDataObject => ({
		resource: 'organizationMembership',
		operation: 'create',
		organizationId: by('id', organization('blue-kite').id),
		userId: by('id', userNamed(user)!.id),
		role: by(mode, role),
		additionalFields: {},
		options: {},
	});

	const lookUps = (sent: Array<{ path: string }>) =>
		sent.filter(({ path }) => path.startsWith('/organization_roles'));

	it.each([
		['admin', 'org:admin'],
		['Member', 'org:member'],
		['MEMBER', 'org:member'],
		['Org:Admin', 'org:admin'],
		['billing', 'org:billing'],
	])('%j is the role %s', async (given, key) => {
		for (const mode of ['id', 'list', 'name']) {
			const { rows, error, sent } = await run([{ ...add(given, mode) }]);
			expect(error).toBeUndefined();
			expect(rows[0]).toMatchObject({ role: key });
			expect(lookUps(sent)).toHaveLength(1);
			const [membership] = clerk.state.memberships.where('user_id', userNamed('Wes')!.id);
			clerk.state.memberships.remove(membership);
		}
	});

	it('a key is sent as it is, without a look-up', async () => {
		const { rows, sent } = await run([add('org:member')]);
		expect(rows[0]).toMatchObject({ role: 'org:member' });
		expect(lookUps(sent)).toEqual([]);
	});

	it.each([['boss'], ['Administrator'], ['admin, member']])(
		'%j is refused with the roles there are',
		async (given) => {
			const { error, writes } = await run([add(given)]);
			expect(error?.message).toBe(
				`Role ${JSON.stringify(given)} does not exist. Use one of: org:admin, org:billing, org:member [item 0]`,
			);
			expect(writes).toEqual([]);
		},
	);

	it.each([['“member”;'], ['\u200bMEMBER'], ['"Org:Member"']])(
		'%j is read in Sync as in every other operation, and so is its organization',
		async (role) => {
			const organizationId = by('slug', ' "BLUE-KITE"; ');
			const sync = {
				resource: 'organizationMembership',
				operation: 'sync',
				organizationId,
				matchBy: 'emailAddress',
				matchValue: 'wes.carter@example.com',
				role: by('id', role),
				otherMembers: 'keep',
				maxRemovals: 100,
				maxPercent: 100,
				syncMode: 'plan',
				options: {},
			};
			const { rows, error } = await run([sync]);
			expect(error).toBeUndefined();
			expect(rows).toMatchObject([
				{ action: 'add', organization: 'blue-kite', role: 'org:member' },
				{ action: 'summary', organization: 'blue-kite' },
			]);
			const added = await run([{ ...add(role), organizationId }]);
			expect(added.rows[0]).toMatchObject({ role: 'org:member' });
		},
	);

	it('roles are looked up once a run, for whichever spelling', async () => {
		const people = ['Wes', 'Tove', 'Oskar', 'Farid'];
		const spellings = ['admin', 'Member', 'member', 'org:member'];
		const { error, sent } = await run(people.map((one, at) => add(spellings[at], 'id', one)));
		expect(error).toBeUndefined();
		expect(lookUps(sent)).toHaveLength(1);
	});

	it('a plan that does not show its roles has those of every instance', async () => {
		clerk.addFault({ kind: 'status', path: '/organization_roles', status: 402, times: 99 });
		expect((await run([add('Admin')])).rows[0]).toMatchObject({ role: 'org:admin' });
		const { error } = await run([add('billing', 'id', 'Tove')]);
		expect(error?.message).toContain(
			'Role "billing" does not exist. Use one of: org:admin, org:member',
		);
	});

	it('a filter takes a list of them', async () => {
		const filter = async (role: unknown) =>
			await run([
				{
					resource: 'organizationMembership',
					operation: 'getAll',
					organizationId: by('id', organization('harbour-labs').id),
					returnAll: true,
					filters: { role: role as string },
					options: {},
				},
			]);
		for (const role of ['Admin', 'org:billing; ADMIN', ['admin']]) {
			const { rows, error } = await filter(role);
			expect(error).toBeUndefined();
			expect(rows.length).toBeGreaterThan(0);
			expect(rows.every((row) => row.role === 'org:admin')).toBe(true);
		}
		expect((await filter('boss')).error?.message).toContain('Role "boss" does not exist');
	});

	it('a table takes them', async () => {
		const replace = (key: string, value: string): IDataObject => ({
			resource: 'roleSet',
			operation: 'replace',
			roleSetId: by('id', clerk.state.roleSets.rows[0].key),
			destRoleSetKey: by('id', 'role_set:other'),
			additionalFields: {
				reassignmentMappings: { entry: [{ key: by('id', key), value: by('list', value) }] },
			},
			options: { dryRun: true },
		});
		const { rows, error } = await run([replace('Admin', 'member')]);
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({
			body: { reassignment_mappings: { 'org:admin': 'org:member' } },
		});
		expect((await run([replace('boss', 'member')])).error?.message).toContain(
			'Mappings, row 1: Old Role "boss" does not exist',
		);
	});

	it('Sync takes them, and reads the roles once', async () => {
		const items = [
			['ines.moreau@example.com', 'ADMIN'],
			['wes.carter@example.com', 'Member'],
			['tove.dahl@example.com', 'org:billing'],
		].map(([matchValue, role]) => ({
			resource: 'organizationMembership',
			operation: 'sync',
			organizationId: by('slug', 'blue-kite'),
			matchBy: 'emailAddress',
			matchValue,
			role: by('id', role),
			otherMembers: 'keep',
			maxRemovals: 100,
			maxPercent: 100,
			syncMode: 'apply',
			options: {},
		}));
		const { rows, error, sent } = await run(items);
		expect(error).toBeUndefined();
		expect(rows.slice(0, -1).map(({ value, role }) => [value, role])).toEqual([
			['wes.carter@example.com', 'org:member'],
			['tove.dahl@example.com', 'org:billing'],
		]);
		expect(lookUps(sent)).toHaveLength(1);
		const wrong = await run([{ ...items[0], role: by('id', 'boss') }]);
		expect(wrong.error?.message).toContain('Role "boss" does not exist. Use one of: org:admin');
		expect(wrong.writes).toEqual([]);
	});
});
