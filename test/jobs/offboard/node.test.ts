import { fakeClock } from '../../support/fakeClock';
import { startClerk } from '../../../sandbox/clerk';
import { newInvitation } from '../../../sandbox/clerk/records/invitation';
import { runNode } from '../../support/host';

/** Offboard, Revoke All Sessions and Remove Metadata Keys through the node, in a Clerk that remembers. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const ADA = 'ada.berg@example.com';
const JONAS = 'jonas.weber@example.com';
const BRUNO = 'bruno.costa@example.com';
const WES = 'wes.carter@example.com';
const ELIF = 'elif.yilmaz@example.com';

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false, clock: fakeClock.now });
});

afterEach(async () => await clerk.close());

const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const called = (email: string) => by('emailAddress', email);

interface Words {
	accessPolicy?: string;
	continueOnFail?: boolean;
	secretKey?: string;
}

const runAs =
	({ accessPolicy = 'full', continueOnFail, secretKey = clerk.liveSecretKey }: Words = {}) =>
	async (operation: string, ...items: Values[]) => {
		const output = await runNode({
			credential: { secretKey, baseUrl: clerk.url, accessPolicy, rateLimitShare: 100 },
			continueOnFail,
			parameters: items.map((values) => ({
				resource: 'user',
				operation,
				options: {},
				...values,
			})),
		});
		return output.map(({ json }) => json);
	};

const run = async (operation: string, ...items: Values[]) => await runAs()(operation, ...items);

const now = { dryRun: false };
const offboarding = (email: string, values: Values = {}) => ({
	userId: called(email),
	removeFrom: 'all',
	measure: 'ban',
	...now,
	...values,
});

const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];
const openSessions = (id: string) =>
	clerk.state.sessions.where('user_id', id).filter(({ status }) => status === 'active');
const memberships = (id: string) => clerk.state.memberships.where('user_id', id);
const writes = () =>
	clerk.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);
const lines = (rows: Values[]) =>
	rows.map(({ action, status }) => `${String(action)} ${String(status)}`);

describe('a user who leaves', () => {
	it('is only shown what would be done, until Dry Run is turned off', async () => {
		const rows = await runAs({ accessPolicy: 'readOnly' })('offboard', {
			userId: called(ELIF),
		});
		expect(lines(rows)).toEqual([
			'revokeSession planned',
			'removeFromOrganization planned',
			'removeFromOrganization planned',
			'revokeOAuthTokens skipped',
			'ban planned',
		]);
		expect(rows.every(({ dryRun }) => dryRun === true)).toBe(true);
		expect(rows[1]).toMatchObject({ organizationName: expect.any(String), role: 'org:member' });
		expect(writes()).toEqual([]);
	});

	it('loses all they have, and then there is nothing left to take', async () => {
		const { id } = userOf(ELIF);
		const rows = await run('offboard', offboarding(ELIF));
		expect(lines(rows)).toEqual([
			'revokeSession done',
			'removeFromOrganization done',
			'removeFromOrganization done',
			'revokeOAuthTokens skipped',
			'ban done',
		]);
		expect(openSessions(id)).toEqual([]);
		expect(memberships(id)).toEqual([]);
		expect(userOf(ELIF).banned).toBe(true);

		const before = writes().length;
		expect(lines(await run('offboard', offboarding(ELIF)))).toEqual([
			'revokeOAuthTokens skipped',
			'ban skipped',
		]);
		expect(writes()).toHaveLength(before);
	});

	it('loses their invitations and API keys, and nobody else theirs', async () => {
		const invite = (email_address: string) =>
			clerk.state.invitations.insert(newInvitation(clerk.state, { email_address } as never));
		const own = invite(WES);
		const other = invite(`not.${WES}`);
		expect(lines(await run('offboard', offboarding(WES)))).toEqual([
			'revokeSession done',
			'revokeOrganizationInvitation done',
			'revokeInvitation done',
			'revokeOAuthTokens skipped',
			'ban done',
		]);
		expect(clerk.state.invitations.get(own.id)?.status).toBe('revoked');
		expect(clerk.state.invitations.get(other.id)?.status).toBe('pending');

		const { id } = userOf(ADA);
		await run('offboard', offboarding(ADA));
		expect(clerk.state.apiKeys.where('subject', id).every(({ revoked }) => revoked)).toBe(true);
		const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
		expect(clerk.state.apiKeys.where('subject', harbour.id).some((one) => !one.revoked)).toBe(true);
	});

	it('loses only what is chosen', async () => {
		const { id } = userOf(ELIF);
		const values = {
			removeFrom: 'chosen',
			organizations: 'blue-kite',
			revoke: [],
			measure: 'nothing',
		};
		const rows = await run('offboard', offboarding(ELIF, values));
		expect(lines(rows)).toEqual(['removeFromOrganization done', 'revokeOAuthTokens skipped']);
		expect(memberships(id)).toHaveLength(1);
		expect(openSessions(id)).toHaveLength(1);
	});

	it('is gone after a deletion; running it again says so, or goes on with an empty item', async () => {
		const { id } = userOf(ELIF);
		const values = { measure: 'delete', userId: by('id', id) };
		await run('offboard', offboarding(ELIF, values));
		expect(clerk.state.users.get(id)).toBeUndefined();
		await expect(run('offboard', offboarding(ELIF, values))).rejects.toThrow(/not found/i);
		const options = { ifNotFound: 'empty' };
		expect(await run('offboard', offboarding(ELIF, { ...values, options }))).toEqual([{}]);
	});

	it.each([
		['id', 'user_gone'],
		['emailAddress', 'gone@example.com'],
	])(
		'by no heir who is missing, named by %s: the item is not taken for missing',
		async (mode, value) => {
			const given = {
				additionalFields: { handOverTo: by(mode, value) },
				options: { ifNotFound: 'empty' },
			};
			const before = openSessions(userOf(WES).id);
			await expect(run('offboard', offboarding(WES, given))).rejects.toThrow(
				/not found|knows nothing/i,
			);
			expect(openSessions(userOf(WES).id)).toEqual(before);
		},
	);
});

it('is not taken for missing because of what is missing beside the user', async () => {
	clerk.addFault({
		kind: 'status',
		status: 404,
		body: { errors: [{ code: 'resource_not_found', message: 'gone' }] },
		path: /\/organization_roles$/,
	});
	const values = { options: { ifNotFound: 'empty' }, measure: 'delete' };
	await expect(run('offboard', offboarding(ADA, values))).rejects.toThrow();
	expect(userOf(ADA)).toBeDefined();
});

describe('where organizations cannot be read', () => {
	const OFF = { errors: [{ code: 'organization_not_enabled_in_instance', message: 'off' }] };

	it.each(['organization_memberships', 'organization_invitations'])(
		'%s that are turned off are none',
		async (list) => {
			const path = new RegExp(`/${list}$`);
			const hit = clerk.addFault({ kind: 'status', status: 403, body: OFF, path });
			await run('offboard', offboarding(WES, { measure: 'delete' }));
			expect(hit.hits).toBe(1);
			expect(userOf(WES)).toBeUndefined();
		},
	);

	it.each<[string, Partial<Parameters<Clerk['addFault']>[0]>]>([
		['a 403 of Clerk', { kind: 'status', status: 403 }],
		['a 403 of a proxy', { kind: 'notJson', status: 403 }],
		['a 404 of a proxy', { kind: 'notJson', status: 404 }],
		['a 402 of Clerk', { kind: 'status', status: 402 }],
	])('%s is no answer: nobody loses anything', async (_, fault) => {
		for (const list of ['organization_memberships', 'organization_invitations']) {
			const hit = clerk.addFault({ kind: 'status', ...fault, path: new RegExp(`/${list}$`) });
			await expect(run('offboard', offboarding(ADA, { measure: 'delete' }))).rejects.toThrow();
			expect(hit.hits).toBe(1);
		}
		expect(writes()).toEqual([]);
	});
});

describe('where API keys cannot be read', () => {
	const leave = async () => await run('offboard', offboarding(ELIF, { measure: 'delete' }));

	it.each([402, 403, 404])('a %d of Clerk is in the report', async (status) => {
		clerk.addFault({ kind: 'status', status, path: '/api_keys' });
		expect(await leave()).toContainEqual(
			expect.objectContaining({
				action: 'revokeApiKeys',
				status: 'skipped',
				reason: `Clerk does not list them: Injected status ${status}`,
			}),
		);
	});

	it.each([402, 403, 404])("a proxy's %d stops it: nobody is deleted", async (status) => {
		clerk.addFault({ kind: 'notJson', status, path: '/api_keys' });
		await expect(leave()).rejects.toThrow();
		expect(writes()).toEqual([]);
	});
});

describe('whom a directory is in charge of', () => {
	it('is signed out, and else left to the directory', async () => {
		const [connection] = clerk.state.enterpriseConnections.rows;
		const [directory] = clerk.state.directories.rows;
		const [blueKite] = clerk.state.organizations.where('slug', 'blue-kite');
		clerk.state.enterpriseConnections.update(connection, { organization_id: blueKite.id });
		clerk.state.directories.update(directory, {
			enabled: true,
			enterprise_connection_id: connection.id,
		});
		const account = { id: 'ent_1', enterprise_connection_id: connection.id };
		clerk.state.users.update(userOf(ELIF), { enterprise_accounts: [account] });
		const rows = await run('offboard', offboarding(ELIF, { measure: 'delete' }));
		expect(lines(rows).sort()).toEqual([
			'delete skipped',
			'removeFromOrganization done',
			'removeFromOrganization skipped',
			'revokeOAuthTokens skipped',
			'revokeSession done',
		]);
		expect(memberships(userOf(ELIF).id)).toMatchObject([{ organization_id: blueKite.id }]);
	});
});

describe('the last admin', () => {
	it('stays, and is not deleted', async () => {
		const { id } = userOf(ADA);
		const rows = await run('offboard', offboarding(ADA, { measure: 'delete' }));
		const kept = rows.filter(
			({ action, status }) => action !== 'revokeOAuthTokens' && status === 'skipped',
		);
		expect(lines(kept)).toEqual(['removeFromOrganization skipped', 'delete skipped']);
		expect(kept[0].reason).toContain('last admin of Harbour Labs');
		expect(memberships(id)).toHaveLength(1);
	});

	it('stays where the plan has no roles of its own, and access is taken away all the same', async () => {
		const { id } = userOf(ADA);
		const hit = clerk.addFault({ kind: 'status', path: '/organization_roles', status: 402 });
		const rows = await run('offboard', offboarding(ADA));
		expect(hit.hits).toBe(1);
		expect(lines(rows)).toContain('removeFromOrganization skipped');
		expect(memberships(id)).toHaveLength(1);
		expect(openSessions(id)).toEqual([]);
		expect(userOf(ADA).banned).toBe(true);
	});

	it.each<[string, Partial<Parameters<Clerk['addFault']>[0]>]>([
		['a 402 of a proxy', { kind: 'notJson', status: 402 }],
		['a 403 of Clerk', { kind: 'status', status: 403 }],
		['a 404 of Clerk', { kind: 'status', status: 404 }],
	])('cannot be told where %s hides the roles: nobody loses anything', async (_, fault) => {
		const hit = clerk.addFault({ kind: 'status', ...fault, path: '/organization_roles' });
		await expect(run('offboard', offboarding(ADA))).rejects.toThrow();
		expect(hit.hits).toBe(1);
		expect(writes()).toEqual([]);
	});

	it.each(['ban', 'lock'])(
		'a %s says what nobody runs then, in whatever they stay',
		async (measure) => {
			for (const removeFrom of ['none', 'all']) {
				const values = { measure, removeFrom, dryRun: true };
				const rows = await run('offboard', offboarding(ADA, values));
				expect(rows.at(-1)).toMatchObject({
					action: measure,
					status: 'planned',
					reason: 'The user leaves; nobody runs Harbour Labs then',
				});
			}
			const additionalFields = { handOverTo: called(ELIF) };
			const handed = await run('offboard', offboarding(ADA, { measure, additionalFields }));
			expect(handed.at(-1)).toMatchObject({ status: 'done', reason: 'The user leaves' });
		},
	);

	it('stays the last admin when banned: a second run removes them no more than the first', async () => {
		const { id } = userOf(ADA);
		await run('offboard', offboarding(ADA));
		await run('offboard', offboarding(ADA));
		expect(userOf(ADA).banned).toBe(true);
		expect(memberships(id)).toHaveLength(1);
	});

	it('hands the role over first, to a member or to somebody new', async () => {
		for (const [leaver, heir] of [
			[ADA, ELIF],
			[ELIF, WES],
		]) {
			const values = { additionalFields: { handOverTo: called(heir) }, measure: 'delete' };
			const rows = await run('offboard', offboarding(leaver, values));
			expect(lines(rows)[0]).toBe('handOver done');
			expect(userOf(leaver)).toBeUndefined();
			const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
			const roles = memberships(userOf(heir).id).filter(
				({ organization_id: organization }) => organization === harbour.id,
			);
			expect(roles).toMatchObject([{ role: 'org:admin' }]);
		}
	});

	it('stays where the role could not be handed over, and the node fails with the report', async () => {
		const { id } = userOf(ADA);
		const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
		clerk.state.organizations.update(harbour, { max_allowed_memberships: 1 });
		const values = { additionalFields: { handOverTo: called(WES) }, measure: 'delete' };
		const [{ error, report }] = await runAs({ continueOnFail: true })(
			'offboard',
			offboarding(ADA, values),
		);
		expect(error).toMatch(/^1 of 6 actions were not carried out: .* \[item 0\]$/);
		expect(lines(report as Values[])).toEqual([
			'handOver failed',
			'revokeSession done',
			'revokeApiKey done',
			'removeFromOrganization skipped',
			'revokeOAuthTokens skipped',
			'delete skipped',
		]);
		expect(memberships(id)).toHaveLength(1);
	});

	it('of two who leave in one run is the second', async () => {
		const [bruno, jonas] = [BRUNO, JONAS].map((email) => userOf(email).id);
		await run('offboard', offboarding(BRUNO), offboarding(JONAS));
		const [pine] = clerk.state.organizations.where('slug', 'pine-co');
		const left = clerk.state.memberships
			.where('organization_id', pine.id)
			.filter(({ role }) => role === 'org:admin')
			.map(({ user_id: id }) => id);
		expect(left).toEqual([jonas]);
		expect(memberships(bruno)).toEqual([]);
	});
});

describe('what cannot be', () => {
	it.each<[string, Values, string]>([
		['no user', { userId: by('id', '') }, 'User is empty'],
		['nobody', { userId: called('nobody@example.com') }, 'User was not found'],
		['no organization', { removeFrom: 'chosen', organizations: '' }, 'Organizations is empty'],
		['another choice', { removeFrom: 'some' }, 'Remove From needs one of'],
		['nothing for a choice', { measure: '' }, 'What to Do is empty'],
		['another belonging', { revoke: ['phones'] }, 'Revoke needs one of'],
		['null for what is revoked', { revoke: null }, 'Revoke is empty. Give a list'],
		['nothing for what is revoked', { revoke: '' }, 'Revoke is empty. Give a list'],
		['an unknown heir', { additionalFields: { handOverTo: called('no@body.ly') } }, 'Hand Over To'],
		[
			'themselves as the heir',
			{ additionalFields: { handOverTo: called(ELIF) } },
			'Hand Over To is the user who leaves',
		],
	])('%s is said before anything is written for any item', async (_, values, message) => {
		await expect(run('offboard', offboarding(WES), offboarding(ELIF, values))).rejects.toThrow(
			message,
		);
		expect(writes()).toEqual([]);
	});

	it('an heir who cannot sign in takes nothing over', async () => {
		const values = { additionalFields: { handOverTo: called('liam.byrne@example.com') } };
		await expect(run('offboard', offboarding(ADA, values))).rejects.toThrow(
			'Hand Over To cannot sign in: the user is banned or locked [item 0]',
		);
		expect(writes()).toEqual([]);
	});

	it.each(['fail', 'empty'])(
		'an heir whom no ID names is no leaver who is missing (If Not Found: %s)',
		async (ifNotFound) => {
			const additionalFields = { handOverTo: by('id', 'user_gone') };
			const values = { additionalFields, options: { ifNotFound } };
			await expect(run('offboard', offboarding(ELIF, values))).rejects.toThrow(
				'Hand Over To was not found: there is no user with the ID user_gone [item 0]',
			);
			expect(writes()).toEqual([]);
		},
	);

	it("an heir whom a proxy's 404 hides is not said to be missing", async () => {
		const { id } = userOf(JONAS);
		const hit = clerk.addFault({ kind: 'notJson', status: 404, path: `/users/${id}` });
		const additionalFields = { handOverTo: by('id', id) };
		await expect(run('offboard', offboarding(ELIF, { additionalFields }))).rejects.toThrow(
			/^(?!.*there is no user)/,
		);
		expect(hit.hits).toBe(1);
		expect(writes()).toEqual([]);
	});

	it('no leaver is an empty item still, where the form asks for it', async () => {
		const values = { userId: by('id', 'user_gone'), options: { ifNotFound: 'empty' } };
		expect(await run('offboard', offboarding(ELIF, values))).toEqual([{}]);
	});

	it.each([
		['readOnly', 'refused POST'],
		['noDeletes', 'refused DELETE'],
	])('the policy %s refuses it before anything is written', async (accessPolicy, message) => {
		await expect(runAs({ accessPolicy })('offboard', offboarding(ELIF))).rejects.toThrow(message);
		expect(writes()).toEqual([]);
	});

	it('an expression that gave nothing does not turn Dry Run off', async () => {
		const rows = await run('offboard', offboarding(ELIF, { dryRun: null }));
		expect(lines(rows)).toContain('ban planned');
		expect(writes()).toEqual([]);
	});
});

describe('a Clerk in trouble', () => {
	it('is asked again, and in the end all is as wanted', async () => {
		clerk.addFault({ kind: 'status', status: 502, method: 'GET', times: 2 });
		const wait = { 'retry-after': '1' };
		clerk.addFault({ kind: 'status', status: 429, headers: wait, path: /revoke$/, times: 2 });
		clerk.addFault({ kind: 'status', status: 503, method: 'POST', path: /revoke$/, times: 1 });
		clerk.addFault({ kind: 'reset', method: 'POST', path: /ban$/, when: 'after' });
		clerk.addFault({ kind: 'status', status: 503, method: 'DELETE', times: 2 });
		const rows = await run('offboard', offboarding(ELIF));
		expect(lines(rows).filter((line) => line.endsWith('failed'))).toEqual([]);
		expect(userOf(ELIF).banned).toBe(true);
		expect(memberships(userOf(ELIF).id)).toEqual([]);
	}, 30_000);

	it('that keeps failing leaves a report, and the next run does the rest', async () => {
		const { id } = userOf(ELIF);
		clerk.addFault({ kind: 'status', status: 400, method: 'DELETE', times: 1 });
		await expect(run('offboard', offboarding(ELIF))).rejects.toMatchObject({
			message: expect.stringMatching(/^1 of 5 actions were not carried out/),
			// Nobody was asked to revoke OAuth tokens.
			description: expect.stringContaining('Carried out: 3, skipped: 1. Run it again'),
		});
		expect(memberships(id)).toHaveLength(1);
		await run('offboard', offboarding(ELIF));
		expect(memberships(id)).toEqual([]);
	});
});

describe('all sessions', () => {
	it('are revoked, once', async () => {
		const { id } = userOf(ELIF);
		const item = { userId: called(ELIF), ...now };
		expect(await run('revokeAllSessions', item)).toMatchObject([
			{ action: 'revokeSession', status: 'done', reason: 'The session is active', userId: id },
		]);
		expect(openSessions(id)).toEqual([]);
		expect(await run('revokeAllSessions', item)).toEqual([
			{
				action: 'revokeSession',
				target: id,
				status: 'skipped',
				reason: 'The user has no open session',
			},
		]);
		expect(writes()).toHaveLength(1);
	});

	it('of 120 are revoked under a rate limit, and pending ones too', async () => {
		const { id } = userOf(ELIF);
		const [one] = openSessions(id);
		for (let at = 0; at < 120; at++) {
			const status = at % 2 ? 'active' : 'pending';
			clerk.state.sessions.insert({ ...one, id: `sess_extra${at}`, status });
		}
		const rows = await run('revokeAllSessions', { userId: called(ELIF), ...now });
		expect(new Set(lines(rows))).toEqual(new Set(['revokeSession done']));
		expect(rows).toHaveLength(121);
		expect(clerk.state.sessions.where('user_id', id).map(({ status }) => status)).not.toContain(
			'pending',
		);
	});

	it('are only shown in a dry run', async () => {
		const item = { userId: called(ELIF), dryRun: true };
		expect(await runAs({ accessPolicy: 'readOnly' })('revokeAllSessions', item)).toMatchObject([
			{ action: 'revokeSession', status: 'planned', dryRun: true },
		]);
		expect(writes()).toEqual([]);
	});
});

describe('metadata keys', () => {
	const keysOf = async (resource: string, values: Values, words?: Words) =>
		await runAs(words)('removeMetadataKeys', {
			resource,
			kinds: ['public', 'private'],
			...now,
			...values,
		});

	it('of a user are removed, once', async () => {
		const user = userOf('dana.levi@example.com');
		const item = { userId: by('id', user.id), keys: 'crm.id, plan' };
		expect(await keysOf('user', item)).toEqual([
			{
				action: 'removeMetadataKeys',
				target: user.id,
				status: 'done',
				reason: 'The keys are there',
				removed: ['private.crm.id'],
				missing: ['public.crm.id', 'public.plan', 'private.plan'],
			},
		]);
		expect(userOf('dana.levi@example.com').private_metadata).toEqual({ crm: {} });
		expect(await keysOf('user', item)).toMatchObject([{ status: 'skipped', removed: [] }]);
		expect(writes()).toHaveLength(1);
	});

	it('of an organization and of a membership', async () => {
		const organizationId = by('slug', 'harbour-labs');
		expect(await keysOf('organization', { organizationId, keys: ['plan'] })).toMatchObject([
			{ status: 'done', removed: ['public.plan'] },
		]);
		const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
		expect(harbour.public_metadata).toEqual({});

		const [member] = memberships(userOf(ADA).id);
		clerk.state.memberships.update(member, { public_metadata: { desk: 4, floor: 2 } });
		const item = { organizationId, userId: called(ADA), keys: 'desk' };
		expect(await keysOf('organizationMembership', item)).toMatchObject([
			{ status: 'done', removed: ['public.desk'] },
		]);
		expect(memberships(userOf(ADA).id)[0].public_metadata).toEqual({ floor: 2 });
		await expect(
			keysOf('organizationMembership', { ...item, userId: called(WES) }),
		).rejects.toThrow('User is not a member of the organization [item 0]');
	});

	it('stay in a dry run', async () => {
		const item = { userId: called('dana.levi@example.com'), keys: 'crm', dryRun: true };
		expect(await keysOf('user', item, { accessPolicy: 'readOnly' })).toMatchObject([
			{ status: 'planned', dryRun: true, removed: ['private.crm'] },
		]);
		await expect(keysOf('user', { ...item, ...now }, { accessPolicy: 'readOnly' })).rejects.toThrow(
			'refused PATCH',
		);
		expect(writes()).toEqual([]);
	});

	it.each<[Values, string]>([
		[{ keys: '' }, 'Keys is empty'],
		[{ keys: ' , ' }, 'Keys is empty'],
		[{ keys: [] }, 'Keys is empty'],
		[{ keys: 'a..b' }, 'Keys has an empty name in "a..b"'],
		[{ keys: [{ a: 1 }] }, 'Keys needs text, but got an object'],
		[{ keys: 'a', kinds: [] }, 'Kinds of Metadata is empty'],
		[{ keys: 'a', kinds: ['secret'] }, 'Kinds of Metadata needs one of'],
	])('%j is refused before anything is sent', async (values, message) => {
		await expect(keysOf('user', { userId: by('id', 'user_1'), ...values })).rejects.toThrow(
			message,
		);
		expect(clerk.requests).toEqual([]);
	});
});
