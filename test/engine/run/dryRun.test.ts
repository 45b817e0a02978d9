import { fakeClock } from '../../support/fakeClock';
import { isWrite } from '../../../nodes/Clerk/engine/operation';
import type { Field } from '../../../nodes/Clerk/engine/operation';
import { resources } from '../../../nodes/Clerk/resources';
import { fieldsOf } from '../../../scripts/lib/registry';
import { itemsOf, readExamples, withValueAt } from '../../support/examples';
import { response, credential, errorResponse, lineOf, run } from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { byId, createUser, deleteUser, found, updateUser } from '../../support/users';

beforeEach(async () => await fakeClock.wait(3_600_000));

const record = {
	id: 'user_1',
	has_image: true,
	password_enabled: true,
	totp_enabled: false,
	backup_code_enabled: true,
	two_factor_enabled: true,
	public_metadata: { plan: 'pro', seats: 5, flags: { a: 1, b: [2] } },
	private_metadata: { billing: 'cus_1' },
	unsafe_metadata: null,
	email_addresses: [{ id: 'idn_1' }, { id: 'idn_2' }],
	phone_numbers: [
		{ id: 'idn_5', reserved_for_second_factor: true },
		{ id: 'idn_6', reserved_for_second_factor: false },
	],
	passkeys: [{ id: 'idn_3' }, { id: 'idn_4' }],
	external_accounts: [{ id: 'eac_1' }],
};

const devices = { data: [{ id: 'device_1' }, { id: 'device_2' }], total_count: 2 };

describe('previewRequests, of what would be destroyed', () => {
	it.each<[string, object, object | undefined]>([
		['replaceEmailAddress', { emailAddress: 'a@x.y' }, { emailAddresses: 2 }],
		[
			'replacePhoneNumber',
			{ phoneNumber: '+15551234567' },
			{ phoneNumbers: 2, secondFactorPhoneNumbers: 1 },
		],
		['deletePasskey', { passkeyId: byId('idn_4') }, { passkeys: 1 }],
		['deletePasskey', { passkeyId: byId('idn_9') }, { passkeys: 0 }],
		['deleteExternalAccount', { externalAccountId: byId('eac_1') }, { externalAccounts: 1 }],
		['deleteWeb3Wallet', { web3WalletId: byId('idn_1') }, { web3Wallets: 0 }],
		['deleteProfileImage', {}, { profileImage: true }],
		['deleteTotp', {}, { totp: false }],
		['deleteBackupCodes', {}, { backupCodes: true }],
		['disableMfa', {}, { totp: false, backupCodes: true, secondFactorPhoneNumbers: 1 }],
		['removePassword', {}, { password: true }],
		['removePassword', { additionalFields: { signOutOfOtherSessions: false } }, { password: true }],
		[
			'removePassword',
			{ additionalFields: { signOutOfOtherSessions: true } },
			{ password: true, activeSessions: 2 },
		],
		['setPasswordCompromised', {}, undefined],
		[
			'setPasswordCompromised',
			{ additionalFields: { revokeAllSessions: true } },
			{ activeSessions: 2 },
		],
		['ban', {}, { activeSessions: 2 }],
		['banMany', {}, { activeSessions: 2 }],
		['unban', {}, undefined],
		['update', { updateFields: { publicMetadata: { plan: null } } }, undefined],
		['update', { updateFields: { signOutOfOtherSessions: true } }, undefined],
		[
			'update',
			{ updateFields: { password: 'correct horse', signOutOfOtherSessions: true } },
			{ activeSessions: 2 },
		],
		[
			'replaceMetadata',
			{ updateFields: { publicMetadata: { plan: 'free', flags: { b: [2], a: 1 } } } },
			{ publicMetadata: { plan: 'pro', seats: 5 } },
		],
		[
			'replaceMetadata',
			{ updateFields: { privateMetadata: {}, unsafeMetadata: { a: 1 } } },
			{ privateMetadata: { billing: 'cus_1' }, unsafeMetadata: {} },
		],
		[
			'replaceMetadata',
			{ updateFields: { privateMetadata: '{}' } },
			{ privateMetadata: { billing: 'cus_1' } },
		],
		[
			'replaceMetadata',
			{ updateFields: { publicMetadata: { ...record.public_metadata, added: true } } },
			{ publicMetadata: {} },
		],
		['revokeTrustedDevice', { trustedDeviceId: byId('device_2') }, { trustedDevices: 1 }],
		['delete', {}, { user: 'user_1', sessions: 2, organizationMemberships: 2 }],
	])('counts the records of %s with %j', async (operation, values, wouldDestroy) => {
		const { json, sent } = await run(
			{
				parameters: {
					resource: 'user',
					operation,
					userId: byId('user_1'),
					...values,
					options: { dryRun: true },
				},
			},
			({ url }) => response(200, url.endsWith('/users/user_1') ? record : devices),
		);
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
		expect(json[0].wouldDestroy).toEqual(wouldDestroy);
	});

	const dryRun = async (resource: string, operation: string, values: object, options = {}) =>
		await run(
			{ parameters: { resource, operation, ...values, options: { ...options, dryRun: true } } },
			({ url }) => {
				if (url.endsWith('/users/user_1')) return response(200, record);
				if (url.endsWith('/organizations/org_1'))
					return response(200, { ...record, id: 'org_1', private_metadata: undefined });
				if (url.endsWith('/sessions/sess_1')) return response(200, { id: 'sess_1' });
				return response(200, devices);
			},
		);

	it('returns the metadata that an update replaces, and none when it merges', async () => {
		const values = {
			userId: byId('user_1'),
			updateFields: { firstName: 'Ada', privateMetadata: { plan: 'pro' } },
		};
		const replacing = await dryRun('user', 'update', values, { metadataMode: 'replace' });
		expect(replacing.json[0].wouldDestroy).toEqual({ privateMetadata: { billing: 'cus_1' } });
		expect(replacing.lines).toEqual(['GET /users/user_1']);

		const merging = await dryRun('user', 'update', values, { metadataMode: 'merge' });
		expect([merging.json[0].wouldDestroy, merging.lines]).toEqual([
			undefined,
			['GET /users/user_1'],
		]);
	});

	it.each(['update', 'replaceMetadata'])(
		'returns the metadata of an organization that %s replaces',
		async (operation) => {
			const { json } = await dryRun(
				'organization',
				operation,
				{
					organizationId: byId('org_1'),
					updateFields: { publicMetadata: { seats: 5 }, privateMetadata: {} },
				},
				operation === 'update' ? { metadataMode: 'replace' } : {},
			);
			expect(json[0].wouldDestroy).toEqual({
				publicMetadata: { plan: 'pro', flags: { a: 1, b: [2] } },
				privateMetadata: {},
			});
		},
	);

	it('counts the members, domains and pending invitations of an organization', async () => {
		const { json, lines } = await dryRun('organization', 'delete', {
			organizationId: byId('org_1'),
		});
		expect(json[0].wouldDestroy).toEqual({
			organization: 'org_1',
			organizationMemberships: 2,
			pendingInvitations: 2,
			organizationDomains: 2,
		});
		expect(lines).toContain('GET /organizations/org_1/invitations?status=pending&limit=1');
		expect(lines).toContain('GET /organizations/org_1/domains?limit=1');
	});

	it('returns the ID of a session that is revoked', async () => {
		const { json } = await dryRun('session', 'revoke', { sessionId: byId('sess_1') });
		expect(json[0].wouldDestroy).toEqual({ session: 'sess_1' });
	});

	it('counts for each of many users that are banned, and reads a record once', async () => {
		const ban = (id: string) => ({
			resource: 'user',
			operation: 'banMany',
			userId: byId(id),
			options: { dryRun: true },
		});
		const { json, lines } = await run({ parameters: [ban('user_1'), ban('user_2')] }, ({ qs }) =>
			response(200, { data: [], total_count: qs?.user_id === 'user_1' ? 3 : 0 }),
		);
		expect(json.map(({ wouldDestroy }) => wouldDestroy)).toEqual([
			{ activeSessions: 3 },
			{ activeSessions: 0 },
		]);
		expect(lines.sort()).toEqual([
			'GET /sessions?user_id=user_1&status=active&paginated=true&limit=1',
			'GET /sessions?user_id=user_2&status=active&paginated=true&limit=1',
			'GET /users/user_1',
			'GET /users/user_2',
		]);

		const mfa = await dryRun('user', 'disableMfa', { userId: byId('user_1') });
		expect(mfa.sent.map(lineOf)).toEqual(['GET /users/user_1']);
	});
});

const isSecret = ({ secret, typeOptions }: Field) => secret || typeOptions?.password === true;

const written = resources.flatMap((resource) =>
	resource.operations
		.filter(isWrite)
		.flatMap((operation) =>
			fieldsOf(operation).map(
				({ field, parameter }) =>
					[`${resource.value}.${operation.value}`, parameter, field] as [string, string, Field],
			),
		),
);

describe('previewRequests, of secrets', () => {
	const golden = new Map(
		readExamples().map(({ resource, operation, examples }) => [
			`${resource}.${operation}`,
			examples,
		]),
	);

	const hidden = written.filter(([name, , field]) => isSecret(field) && golden.has(name));

	it.each(hidden)('masks of %s the field %s', async (name, parameter, field) => {
		const { parameters, binary } = golden.get(name)!.every;
		const [resource, operation] = name.split('.');
		const value = field.type === 'json' ? { cookie: ['hunter2'], hunter2: 1 } : 'hunter2';
		const { json, fault } = await run(
			{
				parameters: withValueAt(
					withValueAt({ resource, operation, ...parameters }, parameter, value),
					'options.dryRun',
					true,
				),
				items: itemsOf({ binary }),
			},
			() => response(200, record),
		);
		expect(fault).toBeUndefined();
		expect(JSON.stringify(json)).toContain('********');
		expect(JSON.stringify(json)).not.toContain('hunter2');
	});

	it('masks every field with the name of a secret', () => {
		const holdsText = ({ type, locator }: Field) =>
			!locator && !['boolean', 'number', 'options', 'dateTime'].includes(type);
		const open = written.filter(
			([, , field]) =>
				/password|digest|secret|token|(?<!Country)codes?$|headers|cookie/i.test(field.name) &&
				holdsText(field) &&
				!isSecret(field),
		);
		expect(open.map(([name, parameter]) => `${name} ${parameter}`)).toEqual([]);
		expect(hidden.map(([, parameter]) => parameter)).toContain('additionalFields.requestHeaders');
	});
});

describe('previewRequests, of a record that only a list holds', () => {
	const cancel = {
		resource: 'billingSubscriptionItem',
		operation: 'cancel',
		billingSubscriptionItemId: byId('csub_item_1'),
		options: { dryRun: true },
	};
	const wouldDestroy = async (ids: string[], total: number) => {
		const data = ids.map((id) => ({ id }));
		const { json } = await run({ parameters: cancel }, () =>
			response(200, { data, total_count: total }),
		);
		return json[0].wouldDestroy;
	};

	it.each<[string, string[], number, unknown]>([
		['counts it', ['csub_item_1', 'csub_item_2'], 2, 1],
		['counts none when it is not in the list', ['csub_item_2'], 1, 0],
		[
			'says so when it may be further down the list',
			['csub_item_2'],
			501,
			'not among the first 1 of 501',
		],
	])('%s', async (_, ids, total, expected) => {
		expect(await wouldDestroy(ids, total)).toEqual({ billingSubscriptionItems: expected });
	});
});

describe('previewRequests', () => {
	const destroyed: Respond = ({ url }) => {
		if (url.endsWith('/sessions')) return response(200, { data: [], total_count: 3 });
		if (url.endsWith('_memberships')) return response(200, { data: [], total_count: 2 });
		return response(200, { id: 'user_1' });
	};

	it.each(['full', 'noDeletes', 'readOnly'])(
		'shows what a delete would destroy, with GETs alone, under the policy %s',
		async (accessPolicy) => {
			const { json, sent } = await run(
				{
					parameters: deleteUser({ userId: byId('user_1'), options: { dryRun: true } }),
					credential: { ...credential, accessPolicy },
				},
				destroyed,
			);
			expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET']));
			expect(json).toEqual([
				{
					summary: 'Would delete user_1, and with it 3 sessions, 2 organization memberships',
					dryRun: true,
					method: 'DELETE',
					path: '/users/user_1',
					wouldDestroy: { user: 'user_1', sessions: 3, organizationMemberships: 2 },
				},
			]);
		},
	);

	it('shows the request of a create and sends nothing', async () => {
		const { json, sent } = await run(
			{
				parameters: createUser({
					additionalFields: { firstName: 'Ada', password: 'correct horse', backupCodes: 'a,b' },
					options: { dryRun: true },
				}),
			},
			found,
		);
		expect(sent).toEqual([]);
		expect(json).toMatchObject([
			{ dryRun: true, method: 'POST', path: '/users', body: { first_name: 'Ada' } },
		]);
		expect(JSON.stringify(json)).not.toMatch(/correct horse|"a"/);
	});

	it.each(['password', 'passwordDigest', 'totpSecret', 'backupCodes'])(
		'masks the %s of an update',
		async (name) => {
			const { json, sent } = await run(
				{
					parameters: updateUser({
						userId: byId('user_1'),
						updateFields: { [name]: 'hunter2', passwordHasher: 'bcrypt' },
						options: { dryRun: true },
					}),
				},
				found,
			);
			expect(sent.map(lineOf)).toEqual(['GET /users/user_1']);
			expect(JSON.stringify(json)).toContain('********');
			expect(JSON.stringify(json)).not.toContain('hunter2');
		},
	);

	it('shows both requests of an update with metadata', async () => {
		const { json } = await run(
			{
				parameters: updateUser({
					userId: byId('user_1'),
					updateFields: { firstName: 'Ada', publicMetadata: '{"plan":"pro"}' },
					options: { dryRun: true },
				}),
			},
			found,
		);
		expect(json).toEqual([
			{
				summary: 'Would update user_1',
				dryRun: true,
				method: 'PATCH',
				path: '/users/user_1',
				body: { first_name: 'Ada' },
				followedBy: [
					{
						method: 'PATCH',
						path: '/users/user_1/metadata',
						body: { public_metadata: { plan: 'pro' } },
					},
				],
			},
		]);
	});

	// Expressions often give text; a Dry Run that is not understood would destroy.
	it.each(['true', 'TRUE', 1, 'yes'])(
		'never sends the delete when the option is %p',
		async (dryRun) => {
			const { sent } = await run(
				{ parameters: deleteUser({ userId: byId('user_1'), options: { dryRun } }) },
				destroyed,
			);
			expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
		},
	);
});

describe('previewRequests, of the sentence that it begins with', () => {
	const ada = {
		id: 'user_1',
		first_name: 'Ada',
		last_name: 'Berg',
		primary_email_address_id: 'idn_1',
		email_addresses: [{ id: 'idn_1', email_address: 'ada@example.com' }],
		public_metadata: { plan: 'pro', seats: 5 },
	};
	const ADA = 'Ada Berg (ada@example.com)';
	const clerk: Respond = ({ url }) => {
		if (url.endsWith('/users/user_1')) return response(200, ada);
		if (url.includes('/organizations/org_1')) {
			return response(200, { id: 'org_1', name: 'Acme', slug: 'acme' });
		}
		if (url.endsWith('/sessions')) return response(200, { data: [], total_count: 2 });
		if (url.endsWith('_memberships')) return response(200, { data: [], total_count: 1 });
		return errorResponse(404, [{ code: 'resource_not_found', message: 'not found' }]);
	};
	const userId = byId('user_1');
	const organizationId = byId('org_1');

	it.each<[string, string, object, string]>([
		['user', 'ban', { userId }, `Would ban ${ADA} and end 2 active sessions`],
		['user', 'banMany', { userId }, `Would ban ${ADA} and end 2 active sessions`],
		['user', 'lock', { userId }, `Would lock ${ADA}`],
		[
			'user',
			'delete',
			{ userId },
			`Would delete ${ADA}, and with it 2 sessions, 1 organization membership`,
		],
		[
			'user',
			'replaceMetadata',
			{ userId, updateFields: { publicMetadata: {} } },
			`Would replace metadata of ${ADA}, and with it 2 keys of public metadata`,
		],
		['user', 'create', { additionalFields: { firstName: 'Ada' } }, 'Would create user'],
		['user', 'ban', { userId: byId('user_2') }, 'Would ban user_2 and end 2 active sessions'],
		[
			'organizationMembership',
			'create',
			{ organizationId, userId, role: { __rl: true, mode: 'key', value: 'org:member' } },
			`Would add ${ADA} to Acme (acme)`,
		],
		[
			'organizationDomain',
			'create',
			{ organizationId, name: 'acme.com' },
			'Would create organization domain: Acme (acme)',
		],
	])('says of %s %s: %j', async (resource, operation, values, summary) => {
		const { json, sent } = await run(
			{ parameters: { resource, operation, ...values, options: { dryRun: true } } },
			clerk,
		);
		expect(json[0].summary).toBe(summary);
		expect(Object.keys(json[0])[0]).toBe('summary');
		expect(new Set(sent.map(lineOf)).size).toBe(sent.length);
		expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});
