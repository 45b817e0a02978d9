import '../../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { CLEAN_UP_LAYOUT } from '../../../nodes/Clerk/jobs/cleanUp/report';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { runNode } from '../../support/host';
import { cleanUpForm, liveCredential } from '../../support/jobs';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const DAY = 86_400_000;

let clerk: Clerk;

const COLUMNS = columnsOf(CLEAN_UP_LAYOUT);

interface Conditions {
	accessPolicy?: string;
	continueOnFail?: boolean;
	items?: number;
	node?: { onError: 'continueErrorOutput' };
}

const run = async (values: IDataObject = {}, conditions: Conditions = {}) => {
	const { accessPolicy = 'full', continueOnFail, items = 1, node } = conditions;
	const output = await runNode({
		credential: liveCredential(clerk, { accessPolicy }),
		parameters: Array.from({ length: items }, () => cleanUpForm(values)),
		continueOnFail,
		node,
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

const users = () => [...clerk.state.users.rows];

const userNamed = (name: string) => users().find(({ first_name: first }) => first === name)!;

const namesOf = (rows: IDataObject[]) =>
	rows.map(({ emailAddress }) => String(emailAddress).split('.')[0]);

const named = (rows: IDataObject[], status: string) =>
	namesOf(rows.slice(0, -1).filter((row) => row.status === status));

const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

/** Milliseconds by which the clock is ahead. */
let ahead = 0;

const realNow = Date.now.bind(Date);

beforeEach(async () => {
	ahead = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
	clerk = await startClerk({ seed: 'company', rateLimit: false, clock: () => Date.now() });
});

afterEach(async () => {
	jest.restoreAllMocks();
	await clerk.close();
});

const DELETED = ['farid', 'bruno', 'noor', 'oskar', 'tove', 'dana', 'quentin'];

describe('User: Clean Up, in a dry run', () => {
	it('is the default, changes nothing, and reports how many users were read and selected', async () => {
		const before = JSON.stringify(users());
		for (const cleanUpMode of ['plan', undefined]) {
			const rows = await run({ cleanUpMode });
			const none = Object.fromEntries(COLUMNS.map((name) => [name, null]));
			const shared = { ...none, status: 'planned', plannedAt: expect.any(String), dryRun: true };
			expect(rows.at(-1)).toEqual({
				...shared,
				action: 'summary',
				target: 'users',
				reason: 'Looked at 8 of 24 users, chose 8: delete 7, skipped 1',
				lookedAt: 8,
				chosen: 8,
				allUsers: 24,
				planId: expect.stringMatching(/^[\da-f]{64}$/),
			});
			expect(rows[0]).toEqual({
				...shared,
				action: 'delete',
				name: 'Farid Haddad',
				target: userNamed('Farid').id,
				userId: userNamed('Farid').id,
				reason: expect.stringMatching(/^last active on .*, 365 days ago$/),
				emailAddress: 'farid.haddad@example.com',
				inactiveDays: 365,
				key: expect.stringMatching(/^[\da-f]{64}$/),
			});
			for (const row of rows) expect(Object.keys(row)).toEqual(COLUMNS);
			expect(rows.every((row) => row.dryRun === true)).toBe(true);
		}
		expect(writes()).toEqual([]);
		expect(JSON.stringify(users())).toBe(before);
	});

	it.each(['readOnly', 'noDeletes'])('runs under the policy %s', async (accessPolicy) => {
		expect(await run({ cleanUpMode: 'plan' }, { accessPolicy })).toHaveLength(9);
		expect(writes()).toEqual([]);
	});

	it('reports that a guard would stop it', async () => {
		const summary = (await run({ cleanUpMode: 'plan', maxUsers: 6 })).at(-1)!;
		expect(summary.reason).toContain(
			'; Would stop: 7 of 24 users (29 %) would be deleted; Max Users allows 6',
		);
	});
});

describe('User: Clean Up', () => {
	it('deletes inactive users, keeps the last admin, and does nothing the second time', async () => {
		const rows = await run();
		expect(rows.at(-1)).toMatchObject({ status: 'done', lookedAt: 8, chosen: 8, allUsers: 24 });
		expect(named(rows, 'done')).toEqual(DELETED);
		expect(rows.find(({ status }) => status === 'skipped')).toMatchObject({
			action: 'delete',
			target: userNamed('Ines').id,
			reason: expect.stringMatching(/^The last admin of Blue Kite Studio \(org_\w+\)$/),
		});
		expect(users()).toHaveLength(17);
		clerk.requests.length = 0;
		expect(await run()).toHaveLength(2);
		expect(writes()).toEqual([]);
	});

	it('runs once for all input items', async () => {
		const rows = await run({}, { items: 3 });
		expect(rows).toHaveLength(9);
		expect(writes()).toHaveLength(7);
	});

	it.each([
		['ban', 'banned'],
		['lock', 'locked'],
	] as const)('does not %s users who are already %s', async (measure, flag) => {
		await run({ measure });
		expect(users().filter((user) => user[flag] && user.first_name !== 'Liam')).toHaveLength(7);
		clerk.requests.length = 0;
		await run({ measure, additionalFields: { includeBanned: true } });
		expect(writes()).toEqual([]);
	});

	it('revokes open sessions, of admins too', async () => {
		const rows = await run({ measure: 'revokeSessions' });
		expect(named(rows, 'done')).toEqual(['quentin', 'ines']);
		const { id } = userNamed('Ines');
		const open = clerk.state.sessions.where('user_id', id).filter((one) => one.status === 'active');
		expect(open).toEqual([]);
		expect(await run({ measure: 'revokeSessions' })).toHaveLength(1);
	});

	it('only reports the users with What to Do set to nothing, without guards', async () => {
		const rows = await run({ measure: 'nothing', maxUsers: 0, maxPercent: 0 });
		expect(rows).toHaveLength(9);
		expect(writes()).toEqual([]);
	});

	it('skips users that a directory manages', async () => {
		const [connection] = clerk.state.enterpriseConnections.rows;
		const [directory] = clerk.state.directories.rows;
		clerk.state.directories.update(directory, {
			enabled: true,
			enterprise_connection_id: connection.id,
		});
		const account = { id: 'ent_1', enterprise_connection_id: connection.id };
		clerk.state.users.update(userNamed('Tove'), { enterprise_accounts: [account] });
		const rows = await run();
		expect(named(rows, 'skipped')).toEqual(['tove', 'ines']);
		expect(rows.find(({ target }) => target === userNamed('Tove').id)?.reason).toMatch(
			/^Managed by the directory .+$/,
		);
	});

	it('skips a deprovisioned user, whose directory the record does not show', async () => {
		clerk.state.users.update(userNamed('Tove'), { deprovisioned: true });
		const rows = await run();
		expect(named(rows, 'skipped')).toEqual(['tove', 'ines']);
		expect(rows.find(({ target }) => target === userNamed('Tove').id)?.reason).toBe(
			'Managed by the directory that deprovisioned them',
		);
	});

	it.each([402, 403, 404])(
		'reports that Clerk does not show the directories (%d)',
		async (status) => {
			clerk.addFault({ kind: 'status', status, path: '/directories' });
			const summary = (await run()).at(-1)!;
			expect(summary.reason).toContain(
				`; the directories (Directory Sync) were not checked: Injected status ${status}`,
			);
		},
	);

	it.each<[string, Partial<Parameters<Clerk['addFault']>[0]>]>([
		['a page of a proxy (403)', { kind: 'notJson', status: 403 }],
		['a page of a proxy (404)', { kind: 'notJson', status: 404 }],
		['JSON of a proxy', { status: 403, body: { message: 'Forbidden' } }],
		['an empty list of errors', { status: 403, body: { errors: [] } }],
		['a key that is not valid', { status: 401 }],
	])('changes nothing if the directories cannot be read: %s', async (_, fault) => {
		const hit = clerk.addFault({ kind: 'status', path: '/directories', ...fault });
		await fails();
		expect(hit.hits).toBe(1);
		expect(writes()).toEqual([]);
	});

	it('keeps the last admin if the plan has no custom roles', async () => {
		const hit = clerk.addFault({ kind: 'status', path: '/organization_roles', status: 402 });
		expect(named(await run(), 'skipped')).toEqual(['ines']);
		expect(hit.hits).toBe(1);
	});

	it.each<[string, Partial<Parameters<Clerk['addFault']>[0]>]>([
		['a 402 of a proxy', { kind: 'notJson', status: 402 }],
		['a 403 of Clerk', { status: 403 }],
	])('changes nothing if the roles cannot be read: %s', async (_, fault) => {
		const hit = clerk.addFault({ kind: 'status', path: '/organization_roles', ...fault });
		await fails();
		expect(hit.hits).toBe(1);
		expect(writes()).toEqual([]);
	});

	it('keeps the admin with the latest activity', async () => {
		const jonas = userNamed('Jonas');
		clerk.state.users.update(jonas, { last_active_at: Date.now() - 100 * DAY });
		const rows = await run();
		expect(named(rows, 'skipped').sort()).toEqual(['ines', 'jonas']);
		expect(users()).not.toContainEqual(expect.objectContaining({ first_name: 'Bruno' }));
	});

	it('keeps an unlocked admin in a second run, and if other admins were locked before', async () => {
		const [bruno, jonas] = ['Bruno', 'Jonas'].map(userNamed);
		clerk.state.users.update(jonas, { locked: true });
		expect(named(await run({ measure: 'lock' }), 'skipped').sort()).toEqual(['bruno', 'ines']);
		clerk.state.users.update(jonas, { locked: false, last_active_at: Date.now() - 100 * DAY });
		const skipped = async () => named(await run({ measure: 'lock' }), 'skipped').sort();
		expect(await skipped()).toEqual(['ines', 'jonas']);
		expect(await skipped()).toEqual(['ines', 'jonas']);
		expect(clerk.state.users.get(bruno.id)).toMatchObject({ locked: true });
	});

	it('does not count a banned admin', async () => {
		clerk.state.users.update(userNamed('Jonas'), { banned: true });
		expect(named(await run(), 'skipped').sort()).toEqual(['bruno', 'ines']);
	});
});

describe('User: Clean Up that finds no one', () => {
	it('says what it looked for', async () => {
		const values = { inactiveBy: 'signIn', inactiveDays: 3_000, cleanUpMode: 'plan' };
		const [summary, ...others] = await run(values);
		expect(others).toEqual([]);
		expect(summary.reason).toBe(
			'No user matches: last sign-in at least 3000 days ago; banned users left out; users who never signed in left out',
		);
	});
});

describe('User: Clean Up, with guards', () => {
	it.each<[IDataObject, string]>([
		[
			{ maxUsers: 6 },
			'Stopped: 7 of 24 users (29 %) would be deleted; Max Users allows 6. Nothing was changed',
		],
		[
			{ maxPercent: 29 },
			'(29.17 %) would be deleted; Max % of Users allows 29 %. Nothing was changed',
		],
		[{ maxUsers: 0, measure: 'ban' }, '7 of 24 users (29 %) would be banned; Max Users allows 0'],
		[{ maxUsers: 6, graceDays: 7 }, 'users (29 %) would be marked or deleted'],
	])('is stopped by %j before anything is written', async (values, message) => {
		const error = await fails(values);
		expect(error.message).toContain(message);
		expect(error.message).toMatch(/\[item 0\]$/);
		expect(writes()).toEqual([]);
	});

	it('outputs the report with Continue On Fail', async () => {
		const [row] = await run({ maxUsers: 6 }, { continueOnFail: true });
		const report = row.report as IDataObject[];
		expect(report.at(-1)).toMatchObject({
			action: 'summary',
			status: 'planned',
			chosen: 8,
			reason: expect.stringContaining('Would stop: '),
		});
		expect(report).toHaveLength(9);
		// It was stopped, and is no dry run.
		expect(report.filter((one) => one.dryRun !== false)).toEqual([]);
	});

	it('sends the report to an error output within the message', async () => {
		const node = { onError: 'continueErrorOutput' } as const;
		const [row] = await run({ maxUsers: 6 }, { continueOnFail: true, node });
		expect(row).toEqual({
			error: expect.stringContaining('7 of 24 users'),
			message: expect.stringContaining('"action":"summary"'),
		});
	});

	it('runs exactly at the bounds', async () => {
		expect(await run({ maxUsers: 7, maxPercent: 30 })).toHaveLength(9);
		expect(users()).toHaveLength(17);
	});
});

describe('User: Clean Up, with a grace period', () => {
	const graced = { graceDays: 14, additionalFields: { exceptMetadata: 'keep' } };

	const metadataOf = (name: string) => userNamed(name).private_metadata as IDataObject;

	it('marks first, acts when it is over, and unmarks users who are active again or excepted', async () => {
		const marked = await run(graced);
		expect(marked[0]).toMatchObject({
			action: 'mark',
			status: 'done',
			emailAddress: 'farid.haddad@example.com',
			dueAt: new Date(Date.parse(String(marked[0].dueAt))).toISOString(),
		});
		expect(users()).toHaveLength(24);
		expect(metadataOf('Dana')).toEqual({
			crm: { id: 'crm-1003' },
			n8nCleanUp: { delete: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
		});
		expect(metadataOf('Ines')).toEqual({});

		ahead = 7 * DAY;
		clerk.requests.length = 0;
		const waiting = await run(graced);
		expect(named(waiting, 'skipped')).toHaveLength(8);
		expect(waiting[0].reason).toMatch(/^Marked on .*, will be deleted on or after /);
		expect(writes()).toEqual([]);

		clerk.state.users.update(userNamed('Dana'), { last_active_at: Date.now() });
		clerk.state.users.update(userNamed('Tove'), { public_metadata: { keep: true } });
		ahead = 8 * DAY;
		const unmarked = (await run(graced)).filter(({ action }) => action === 'unmark');
		expect(
			unmarked.map(({ emailAddress, status, reason }) => [emailAddress, status, reason]),
		).toEqual(
			expect.arrayContaining([
				['dana.levi@example.com', 'done', 'Has been active since'],
				['tove.dahl@example.com', 'done', 'Excluded by the form'],
			]),
		);
		expect(metadataOf('Dana')).toEqual({ crm: { id: 'crm-1003' } });
		expect(metadataOf('Tove')).toEqual({});

		ahead = 14 * DAY;
		const done = await run(graced);
		const deleted = done.filter((row) => row.action === 'delete' && row.status === 'done');
		expect(namesOf(deleted)).toEqual(DELETED.filter((name) => !['dana', 'tove'].includes(name)));
		expect(users()).toHaveLength(19);
	});

	it('marks a user again whose mark is older than the last activity', async () => {
		const farid = userNamed('Farid');
		const old = new Date(farid.last_active_at! - 30 * DAY).toISOString();
		clerk.state.users.update(farid, { private_metadata: { n8nCleanUp: { delete: old } } });
		const rows = await run(graced);
		expect(rows.find(({ target }) => target === farid.id)).toMatchObject({ action: 'mark' });
		expect(userNamed('Farid')).toBeDefined();
	});

	it('removes the mark with the ban, so that the next run does not undo an unban', async () => {
		await run({ ...graced, measure: 'ban' });
		ahead = 15 * DAY;
		await run({ ...graced, measure: 'ban' });
		expect(userNamed('Farid')).toMatchObject({ banned: true, private_metadata: {} });
		clerk.state.users.update(userNamed('Farid'), { banned: false });
		await run({ ...graced, measure: 'ban' });
		expect(userNamed('Farid')).toMatchObject({
			banned: false,
			private_metadata: { n8nCleanUp: { ban: expect.any(String) } },
		});
	});

	it.each<[string, IDataObject, () => void]>([
		[
			'a ban, with Include Banned',
			{ measure: 'ban', additionalFields: { includeBanned: true } },
			() => clerk.state.users.update(userNamed('Farid'), { banned: true }),
		],
		[
			'a ban without a grace period',
			{ measure: 'ban', graceDays: 0 },
			() => clerk.state.users.update(userNamed('Farid'), { banned: true }),
		],
		[
			'a lock',
			{ measure: 'lock' },
			() => clerk.state.users.update(userNamed('Farid'), { locked: true }),
		],
		['revoked sessions', { measure: 'revokeSessions' }, () => undefined],
	])('clears the mark that a run left behind which stopped after %s', async (_, values, act) => {
		const mark = String(values.measure);
		const old = new Date(Date.now() - 100 * DAY).toISOString();
		clerk.state.users.update(userNamed('Farid'), {
			private_metadata: { n8nCleanUp: { [mark]: old } },
		});
		act();
		const { id } = userNamed('Farid');
		const rows = await run({ ...graced, ...values });
		expect(rows.find(({ target }) => target === id)).toMatchObject({
			action: 'unmark',
			name: 'Farid Haddad',
			status: 'done',
			reason: expect.stringMatching(/^(Is already (banned|locked)|Has no open session)$/),
		});
		expect(metadataOf('Farid')).toEqual({});
		expect(userNamed('Farid').banned).toBe(values.measure === 'ban');
	});

	it('unmarks a user who was never active and is since, with Users Who Never Signed In: Only These', async () => {
		const values = { ...graced, inactiveDays: 5, neverActive: 'only', measure: 'ban' };
		const { id } = userNamed('Farid');
		clerk.state.users.update(userNamed('Farid'), { last_active_at: null });
		await run(values);
		expect(metadataOf('Farid')).toEqual({ n8nCleanUp: { ban: expect.any(String) } });
		clerk.state.users.update(userNamed('Farid'), { last_active_at: Date.now() + DAY });
		// Longer ago than Inactive Days, and within the grace period.
		ahead = 9 * DAY;
		const rows = await run(values);
		expect(rows.find(({ target }) => target === id)).toMatchObject({ action: 'unmark' });
		expect(metadataOf('Farid')).toEqual({});
	});

	it('unmarks users who were banned or joined an organization after they were marked', async () => {
		const values = { graceDays: 14, additionalFields: { withoutOrganization: true } };
		await run(values);
		expect(metadataOf('Oskar')).toEqual({ n8nCleanUp: { delete: expect.any(String) } });
		clerk.state.users.update(userNamed('Oskar'), { banned: true });
		const [model] = clerk.state.memberships.rows;
		const membership = { ...model, id: 'orgmem_1', user_id: userNamed('Farid').id };
		clerk.state.memberships.insert({ ...membership, role: 'org:member' });
		ahead = 14 * DAY;
		await run(values);
		expect([metadataOf('Oskar'), metadataOf('Farid')]).toEqual([{}, {}]);
	});

	it('keeps the marks of two account actions apart', async () => {
		await run({ ...graced, measure: 'ban' });
		await run(graced);
		expect(metadataOf('Farid')).toEqual({
			n8nCleanUp: { ban: expect.any(String), delete: expect.any(String) },
		});
		clerk.state.users.update(userNamed('Farid'), { last_active_at: Date.now() });
		await run(graced);
		expect(metadataOf('Farid')).toEqual({ n8nCleanUp: { ban: expect.any(String) } });
	});
});

describe('User: Clean Up, under a policy that allows no such write', () => {
	it.each([
		['readOnly', {}],
		['noDeletes', {}],
		['readOnly', { graceDays: 7 }],
	])('fails before anything is written: %s %j', async (accessPolicy, values) => {
		const error = await fails(values, { accessPolicy });
		expect(error.message).toMatch(/policy/i);
		expect(writes()).toEqual([]);
	});
});

it('User: Clean Up marks no user if the policy does not allow what is due', async () => {
	const at = new Date(Date.now() - 30 * DAY).toISOString();
	clerk.state.users.update(userNamed('Farid'), {
		private_metadata: { n8nCleanUp: { delete: at } },
	});
	const values = { graceDays: 14 };
	const rows = await run({ ...values, cleanUpMode: 'plan' }, { accessPolicy: 'noDeletes' });
	expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(['summary', 'delete', 'mark']));
	await fails(values, { accessPolicy: 'noDeletes' });
	expect(writes()).toEqual([]);
});

describe('User: Clean Up, with failing requests', () => {
	it('reports the failed user in a row, and does the others', async () => {
		const { id } = userNamed('Oskar');
		clerk.addFault({
			kind: 'status',
			path: `/users/${id}`,
			method: 'DELETE',
			status: 403,
			times: 9,
		});
		const [row] = await run({}, { continueOnFail: true });
		expect(row.error).toMatch(/^1 of 8 actions/);
		const report = row.report as IDataObject[];
		expect(named(report, 'failed')).toEqual(['oskar']);
		expect(users()).toHaveLength(18);
		clerk.clearFaults();
		expect(named(await run(), 'done')).toEqual(['oskar']);
	});

	it('retries a ban with an unknown outcome', async () => {
		const path = '/users/{user_id}/ban';
		clerk.addFault({ kind: 'status', path, status: 502, when: 'after', times: 2 });
		clerk.addFault({ kind: 'reset', path, times: 1, skip: 1 });
		expect(named(await run({ measure: 'ban' }), 'done')).toHaveLength(7);
	});

	it('changes nothing if reading fails', async () => {
		clerk.addFault({ kind: 'status', path: '/organization_roles', status: 403, times: 9 });
		await fails();
		expect(writes()).toEqual([]);
	});
});

describe('User: Clean Up, with invalid input', () => {
	it.each<[IDataObject, string]>([
		[{ maxPercent: 101 }, 'Max % of Users needs a number from 0 to 100, but got 101 [item 0]'],
		[{ maxPercent: '' }, 'Max % of Users is empty [item 0]'],
		[{ maxUsers: null }, 'Max Users is empty [item 0]'],
		[{ maxUsers: 'all' }, 'Max Users needs a number of at least 0'],
		[{ graceDays: -1 }, 'Grace Period (Days) needs a number from 0 to 3650'],
		[{ measure: 'purge' }, 'What to Do needs one of'],
		[{ measure: '' }, 'What to Do is empty'],
		[{ inactiveBy: '' }, 'Measure Inactivity By is empty [item 0]'],
		[{ inactiveBy: null }, 'Measure Inactivity By is empty [item 0]'],
		[{ neverActive: '' }, 'Users Who Never Signed In is empty [item 0]'],
		[{ neverActive: null }, 'Users Who Never Signed In is empty [item 0]'],
		[{ cleanUpMode: 'maybe' }, 'Run Mode needs one of plan, apply, applyApproved'],
		[{ cleanUpMode: '' }, 'Run Mode is empty'],
		[{ inactiveDays: 0 }, 'Inactive Days needs a number from 1'],
		[{ additionalFields: { inactiveSince: 'tomorrow' } }, 'Inactive Since needs a date'],
		[{ additionalFields: { exceptEmailDomains: 'ada@acme.com' } }, 'Except Email Domains needs'],
	])('rejects %j before anything is sent', async (values, message) => {
		const error = await fails(values);
		expect(error.message).toContain(message);
		expect(clerk.requests).toEqual([]);
	});
});

describe('User: Clean Up, of 10,000 users with failing requests and a rate limit', () => {
	it('acts on all inactive users, and on none the second time', async () => {
		await clerk.close();
		// As short as the waits of the engine.
		const rateLimit = { limit: 50, windowMs: 200 };
		clerk = await startClerk({ seed: { users: 10_000 }, rateLimit, clock: () => Date.now() });
		const faults = [
			...[500, 502, 503].flatMap((status) => [
				clerk.addFault({ kind: 'status', status, method: 'DELETE', times: 5, skip: 20 }),
				clerk.addFault({ kind: 'status', status, method: 'GET', times: 2, skip: 3 }),
			]),
			clerk.addFault({ kind: 'reset', method: 'DELETE', times: 5, skip: 50 }),
			clerk.addFault({ kind: 'status', status: 502, when: 'after', method: 'DELETE', times: 5 }),
			// However slowly this machine gets to the limit.
			clerk.addFault({
				kind: 'status',
				status: 429,
				headers: { 'retry-after': '1' },
				times: 5,
				skip: 99,
			}),
		];
		const values = { inactiveDays: 260, maxUsers: 10_000, maxPercent: 100 };
		const limit = Date.now() - 260 * DAY;
		const isInactive = (time: number | null) => time !== null && time < limit;
		const inactive = users().filter((user) => isInactive(user.last_active_at)).length;
		expect(inactive).toBeGreaterThan(400);

		const rows = await run(values);
		expect(rows.at(-1)).toMatchObject({ chosen: inactive, allUsers: 10_000 });
		expect(rows.every(({ status }) => status === 'done')).toBe(true);
		expect(users()).toHaveLength(10_000 - inactive);
		expect(users().some((user) => isInactive(user.last_active_at))).toBe(false);
		expect(faults.filter(({ hits, times }) => hits < times)).toEqual([]);

		clerk.requests.length = 0;
		expect(await run(values)).toHaveLength(1);
		expect(writes()).toEqual([]);
		expect(clerk.requests.length).toBeLessThan(10);
	}, 90_000);
});
