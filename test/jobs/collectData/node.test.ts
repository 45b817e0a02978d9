import '../../support/fastClock';

import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { blocklist } from '../../../sandbox/clerk/resources/accessLists';
import {
	newInvitation,
	newOrganizationInvitation,
} from '../../../sandbox/clerk/records/invitation';
import { newSession } from '../../../sandbox/clerk/records/session';
import { newEmailAddress, newUser } from '../../../sandbox/clerk/records/user';
import { runNode } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

interface Conditions {
	continueOnFail?: boolean;
	expectNothing?: boolean;
}

const run = async (person: unknown, { continueOnFail, expectNothing = false }: Conditions = {}) => {
	const output = await runNode({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'readOnly',
			rateLimitShare: 100,
		},
		parameters: [person].flat().map((one) => ({
			resource: 'user',
			operation: 'collectData',
			person: one as string,
			expectNothing,
			options: {},
		})),
		continueOnFail,
	});
	return output.map(({ json }) => json);
};

const fails = async (person: unknown, conditions?: Conditions) => {
	const error: Error & { description?: string } = await run(person, conditions).then(
		() => {
			throw new Error('It did not fail');
		},
		(thrown) => thrown,
	);
	return error;
};

const ADA = 'ada.berg@example.com';

const userOf = (address: string) => clerk.state.users.where('email_address', address)[0];

const of = (rows: IDataObject[], source: string) => rows.filter((row) => row.source === source);

const statusOf = (rows: IDataObject[]) =>
	Object.fromEntries(rows.map(({ source, status }) => [source, status]));

const idsOf = (rows: IDataObject[], source: string) =>
	of(rows, source).map(({ recordId }) => recordId);

/** Deletes a user as Clerk does, and the keys of the user: what was sent to the address stays. */
const erase = async (id: string) => {
	const { apiKeys } = clerk.state;
	for (const key of [...apiKeys.where('subject', id)]) apiKeys.remove(key);
	const response = await fetch(`${clerk.url}/users/${id}`, {
		method: 'DELETE',
		headers: { authorization: `Bearer ${clerk.secretKey}` },
	});
	expect(response.status).toBe(200);
	clerk.requests.length = 0;
};

const SOURCES = [
	'user',
	'organizationMemberships',
	'invitations',
	'organizationInvitations',
	'userOrganizationInvitations',
	'waitlistEntries',
	'sessions',
	'apiKeys',
	'trustedDevices',
	'billingSubscription',
	'creditBalance',
	'allowlistIdentifiers',
	'blocklistIdentifiers',
	'credentials',
	'logs',
	'oauthTokens',
	'signInTokens',
	'summary',
];

describe('User: Collect Data About a User', () => {
	it.each([
		['ID', () => userOf(ADA).id],
		['address', () => ADA.toUpperCase()],
	])('lists what Clerk has, in the order of the sources: by %s', async (_, person) => {
		const ada = userOf(ADA);
		const { state } = clerk;
		state.sessions.insert(newSession(state, { user_id: ada.id }));
		const invitation = state.invitations.insert(
			newInvitation(state, { email_address: ADA, status: 'revoked' }),
		);
		state.invitations.insert(newInvitation(state, { email_address: `x${ADA}` }));
		const [organization] = state.organizations.rows;
		const invited = state.organizationInvitations.insert(
			newOrganizationInvitation(state, {
				organization_id: organization.id,
				email_address: ADA,
				role: 'org:member',
				status: 'revoked',
			}),
		);
		const rows = await run(person());

		expect([...new Set(rows.map(({ source }) => source))]).toEqual(SOURCES);
		const columns = Object.keys(rows[0]);
		expect(columns).toEqual([
			'source',
			'status',
			'reason',
			'recordId',
			'data',
			'userId',
			'identifiers',
			'checkedAt',
			'instanceId',
		]);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(columns);
			expect(row).toMatchObject({ userId: ada.id, instanceId: 'ins_sandbox' });
			expect(Date.parse(String(row.checkedAt))).toBeGreaterThan(0);
		}
		expect(idsOf(rows, 'user')).toEqual([ada.id]);
		const [{ data }] = of(rows, 'user');
		expect(data).toMatchObject({ firstName: 'Ada', publicMetadata: ada.public_metadata });
		const memberships = state.memberships.where('user_id', ada.id).map(({ id }) => id);
		expect(idsOf(rows, 'organizationMemberships').sort()).toEqual(memberships.sort());
		expect(idsOf(rows, 'invitations')).toEqual([invitation.id]);
		expect(idsOf(rows, 'organizationInvitations')).toEqual([invited.id]);
		expect(idsOf(rows, 'userOrganizationInvitations')).toEqual([invited.id]);
		const sessions = state.sessions.where('user_id', ada.id).map(({ id }) => id);
		expect(idsOf(rows, 'sessions').sort()).toEqual(sessions.sort());
		const keys = state.apiKeys.where('subject', ada.id).map(({ id }) => id);
		expect(idsOf(rows, 'apiKeys').sort()).toEqual(keys.sort());
		expect(of(rows, 'trustedDevices').length).toBeGreaterThan(0);
		expect(of(rows, 'billingSubscription')).toEqual([expect.objectContaining({ status: 'found' })]);
		expect(of(rows, 'logs')).toEqual([expect.objectContaining({ status: 'unknown', data: null })]);
		expect(rows.at(-1)).toMatchObject({
			source: 'summary',
			status: 'found',
			reason: expect.stringMatching(/^User 1, organizationMemberships .* found about Ada Berg \(/),
			identifiers: expect.arrayContaining([ADA]),
		});
		expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(JSON.stringify(rows)).not.toMatch(/"(secret|password)":\s*"/);
	});

	it('lists entries of allowlist, blocklist and waitlist, and those of no domain', async () => {
		const { state } = clerk;
		const isOfPerson = ({ identifier }: { identifier: string }) => !identifier.startsWith('*');
		const [allowed] = state.allowlist.rows.filter(isOfPerson);
		const [blocked] = state.blocklist.rows.filter(isOfPerson);
		expect(idsOf(await run(allowed.identifier), 'allowlistIdentifiers')).toEqual([allowed.id]);
		expect(idsOf(await run(blocked.identifier), 'blocklistIdentifiers')).toEqual([blocked.id]);
		const [entry] = state.waitlist.rows;
		const rows = await run(entry.email_address);
		expect(idsOf(rows, 'waitlistEntries')).toEqual([entry.id]);
		expect(statusOf(rows)).toMatchObject({ allowlistIdentifiers: 'nothing found' });
	});

	it('collects of an unverified address only that another account has it', async () => {
		const { state } = clerk;
		const { id } = state.users.insert(
			newUser(state, {
				first_name: 'Somebody',
				email_addresses: [
					newEmailAddress(state, 'other@example.com'),
					newEmailAddress(state, 'claimed@example.com', { verified: false }),
				],
			}),
		);
		const rows = await run('claimed@example.com');
		expect(idsOf(rows, 'user')).toEqual([null]);
		expect(of(rows, 'unverifiedUsers')).toEqual([
			expect.objectContaining({ status: 'unknown', recordId: id, data: { id } }),
		]);
		expect(rows.at(-1)).toMatchObject({
			status: 'unknown',
			reason: expect.stringMatching(/; accounts with an unverified identifier of the person: 1$/),
		});
		const { message, description } = await fails(
			'user_2NNEqL2nrIRdJ194ndJqAHwEfxC, claimed@example.com',
			{
				expectNothing: true,
			},
		);
		expect(message).toBe(
			'Nothing found, but this is no proof. Accounts with an unverified identifier of the person: 1 [item 0]',
		);
		expect(description).toContain("may be another person's. Look at them first");
		expect(description).not.toContain('Delete');
		expect(JSON.stringify(rows)).not.toContain('other@example.com');
		expect(JSON.stringify(rows)).not.toContain('Somebody');
	});

	it.each([
		'0xAbCdEf0123456789aBcDeF0123456789AbCdEf01',
		'0xABCDEF0123456789ABCDEF0123456789ABCDEF01',
	])('finds a wallet in any case: %s', async (typed) => {
		const { state } = clerk;
		const wallet = '0xAbCdEf0123456789aBcDeF0123456789AbCdEf01';
		const user = newUser(state, { email_addresses: [] });
		const web3_wallets = [
			{
				id: 'idn_w',
				object: 'web3_wallet',
				web3_wallet: wallet,
				verification: { status: 'verified' },
			},
		];
		const { id } = state.users.insert({ ...user, web3_wallets } as never);
		blocklist.make(state, { identifier: wallet.toLowerCase() });
		clerk.addFault({
			kind: 'status',
			status: 200,
			path: '/users',
			body: [{ id, web3_wallets }],
		} as never);
		const rows = await run(typed);
		expect(idsOf(rows, 'user')).toEqual([id]);
		expect(of(rows, 'blocklistIdentifiers')).toMatchObject([{ status: 'found' }]);
		const sent = clerk.requests.find(({ path }) => path === '/users');
		expect(sent?.query.web3_wallet).toEqual([typed, wallet.toLowerCase()]);
		expect(rows.at(-1)?.identifiers).toEqual(
			expect.arrayContaining([wallet, wallet.toLowerCase()]),
		);
	});

	it('has no link of an invitation, which signs up anyone', async () => {
		const { state } = clerk;
		const url = 'https://accounts.example.com/v1/tickets/accept?ticket=secret';
		state.invitations.insert({ ...newInvitation(state, { email_address: ADA }), url } as never);
		state.organizationInvitations.insert({
			...newOrganizationInvitation(state, {
				organization_id: state.organizations.rows[0].id,
				email_address: ADA,
				role: 'org:member',
			}),
			url,
		} as never);
		const entry = {
			id: 'wle_1',
			email_address: ADA,
			status: 'invited',
			invitation: { id: 'inv_1', url },
		};
		const body = { data: [entry], total_count: 1 };
		clerk.addFault({ kind: 'status', status: 200, path: '/waitlist_entries', body } as never);
		const rows = await run(ADA);
		for (const source of ['invitations', 'organizationInvitations', 'waitlistEntries']) {
			expect(of(rows, source)).toMatchObject([{ status: 'found' }]);
		}
		expect(of(rows, 'waitlistEntries')[0].data).toMatchObject({ invitation: { id: 'inv_1' } });
		expect(JSON.stringify(rows)).not.toMatch(/ticket/);
	});

	it.each(['/sessions', '/blocklist_identifiers', '/users', '/users/{user_id}/billing/credits'])(
		'fails if the response of %s is not what Clerk documents',
		async (path) => {
			const person = `${userOf(ADA).id}, ${ADA}`;
			const body = path.endsWith('credits') ? [] : { status: 'ok' };
			clerk.addFault({ kind: 'status', status: 200, path, body, times: 9 } as never);
			await fails(person);
		},
	);

	it('does not look for what is sent to an address that the user has not verified', async () => {
		const { state } = clerk;
		const { id } = state.users.insert(
			newUser(state, {
				email_addresses: [newEmailAddress(state, 'claimed@example.com', { verified: false })],
			}),
		);
		state.invitations.insert(newInvitation(state, { email_address: 'claimed@example.com' }));
		state.organizationInvitations.insert(
			newOrganizationInvitation(state, {
				organization_id: state.organizations.rows[0].id,
				email_address: 'claimed@example.com',
				role: 'org:member',
			}),
		);
		const rows = await run(id);
		expect(rows.filter(({ status }) => status === 'found').map(({ source }) => source)).toEqual([
			'user',
			'billingSubscription',
			'creditBalance',
			'summary',
		]);
	});

	it.each<[string, string | (() => string)]>([
		['two users', () => `${ADA}, bruno.costa@example.com`],
		['an ID and the address of another', () => `${userOf(ADA).id}; bruno.costa@example.com`],
	])('refuses %s', async (_, person) => {
		const text = typeof person === 'string' ? person : person();
		expect((await fails(text)).message).toContain('Person names several users: ');
	});

	it.each([
		['', 'Person is empty'],
		[' ; ', 'Person is empty'],
		['user_a, user_b', 'names several IDs'],
		['*@example.com', 'needs one person'],
		['ada', 'Person needs'],
		['org_2NNEqL2nrIRdJ194ndJqAHwEfxC', 'Person needs'],
		[null, 'Person is empty'],
	])('refuses %j before anything is sent', async (person, message) => {
		expect((await fails([person])).message).toContain(message);
		expect(clerk.requests).toEqual([]);
	});

	it('says what Clerk does not show, and goes on', async () => {
		clerk.addFault({ kind: 'status', status: 402, path: '/api_keys', times: 9 });
		clerk.addFault({ kind: 'status', status: 403, path: '/waitlist_entries', times: 9 });
		const rows = await run(ADA);
		expect(of(rows, 'apiKeys')).toEqual([
			expect.objectContaining({
				status: 'unknown',
				reason: expect.stringMatching(/^Clerk does not show it: /),
			}),
		]);
		expect(rows.at(-1)?.reason).toContain('could not be read: waitlistEntries, apiKeys');
	});

	it.each([
		['another code', { errors: [{ code: 'billing_disabled', message: 'Billing is off' }] }],
		['no code', { errors: [{ message: 'not found' }] }],
	])('takes a 404 with %s for no proof that there is nothing', async (_, body) => {
		const path = '/users/{user_id}/billing/subscription';
		clerk.addFault({ kind: 'status', status: 404, path, body, times: 9 });
		const rows = await run(ADA);
		expect(statusOf(rows)).toMatchObject({ billingSubscription: 'unknown', sessions: 'found' });
		expect(rows.at(-1)?.reason).toContain('could not be read: billingSubscription');
	});

	it('fails if a 404 for the user does not say that the user is missing', async () => {
		const { id } = userOf(ADA);
		const body = { errors: [{ code: 'api_version_invalid', message: 'not found' }] };
		clerk.addFault({ kind: 'status', status: 404, path: '/users/{user_id}', body, times: 9 });
		await fails(id, { expectNothing: true });
	});

	it('fails if Clerk cannot respond', async () => {
		clerk.addFault({ kind: 'status', status: 500, path: '/sessions', times: 99 });
		await fails(ADA);
	});

	it('reports each item by itself', async () => {
		const rows = await run([ADA, 'ada', 'bruno.costa@example.com'], { continueOnFail: true });
		expect(rows.filter(({ source }) => source === 'summary')).toHaveLength(2);
		expect(rows.filter(({ error }) => error !== undefined)).toHaveLength(1);
	});
});

describe('User: Collect Data About a User, expecting nothing', () => {
	it('fails as long as there is something, with the report', async () => {
		const error = await fails(ADA, { expectNothing: true });
		expect(error.message).toMatch(/^Expected nothing, but found \d+ records: user 1, /);
		const [row] = await run(ADA, { expectNothing: true, continueOnFail: true });
		expect((row.report as IDataObject[]).at(-1)).toMatchObject({
			source: 'summary',
			status: 'found',
		});
	});

	it('proves an erasure: a row for each source, nothing found, time and instance', async () => {
		const { id } = userOf(ADA);
		const { identifiers } = (await run(ADA)).at(-1)!;
		expect(identifiers).toContain(ADA);
		await erase(id);
		const rows = await run([[id, ...(identifiers as string[])].join(', ')], {
			expectNothing: true,
		});
		expect(rows.at(-1)?.status).toBe('nothing found');
		expect(rows.map(({ source }) => source)).toEqual(SOURCES);
		const told = rows.filter(
			({ source }) => !/^(credentials|logs|oauth|signIn)/.test(String(source)),
		);
		expect(new Set(told.map(({ status }) => status))).toEqual(new Set(['nothing found']));
		for (const row of rows) {
			expect(row).toMatchObject({ userId: id, instanceId: 'ins_sandbox', data: null });
		}
		expect(rows.at(-1)?.reason).toBe(
			`Nothing found about ${[id, ...(identifiers as string[])].join(', ')}`,
		);
	});

	it('finds an invitation that outlived the account', async () => {
		const { id } = userOf(ADA);
		const { state } = clerk;
		state.invitations.insert(newInvitation(state, { email_address: ADA, status: 'accepted' }));
		await erase(id);
		const error = await fails(`${id}, ${ADA}`, { expectNothing: true });
		expect(error.message).toMatch(/^Expected nothing, but found 1 record: invitations 1/);
	});

	it('finds a new account with the address', async () => {
		const { id } = userOf(ADA);
		const { state } = clerk;
		await erase(id);
		const email_addresses = [newEmailAddress(state, ADA)];
		const again = state.users.insert(newUser(state, { email_addresses }));
		const [row] = await run([`${id}, ${ADA}`], { expectNothing: true, continueOnFail: true });
		expect(idsOf(row.report as IDataObject[], 'user')).toEqual([again.id]);
	});

	/** Returns the report of a run that fails since it proves nothing, and its error. */
	const unproven = async (person: string) => {
		const { message, description } = await fails(person, { expectNothing: true });
		const [row] = await run(person, { expectNothing: true, continueOnFail: true });
		const rows = row.report as IDataObject[];
		expect(message).toContain('Nothing found, but this is no proof. ');
		expect(rows.at(-1)?.status).toBe('unknown');
		return { rows, message, description };
	};

	it('fails for sources that it could not look into, and names them', async () => {
		const { rows, message, description } = await unproven('gone@example.com');
		expect(statusOf(rows)).toMatchObject({ user: 'nothing found', sessions: 'unknown' });
		expect(of(rows, 'sessions')[0].reason).toBe("Needs the user's ID");
		const unknown =
			"ot checked without the user's ID: " +
			'organizationMemberships, userOrganizationInvitations, sessions, apiKeys, ' +
			'trustedDevices, billingSubscription, creditBalance';
		expect(rows.at(-1)?.reason).toBe(`Nothing found about gone@example.com; n${unknown}`);
		expect(message).toContain(`N${unknown}`);
		expect(description).toContain('Enter the user ID and all identifiers');
		const byId = (await unproven('user_2NNEqL2nrIRdJ194ndJqAHwEfxC')).rows;
		expect(statusOf(byId)).toMatchObject({ sessions: 'nothing found', invitations: 'unknown' });
		expect(byId.at(-1)?.reason).toMatch(
			/; not checked without an email address: invitations, .*; not checked without an identifier: allowlistIdentifiers, blocklistIdentifiers$/,
		);
		const byPhone = await unproven('user_2NNEqL2nrIRdJ194ndJqAHwEfxC, +12015550100');
		expect(statusOf(byPhone.rows)).toMatchObject({
			allowlistIdentifiers: 'nothing found',
			waitlistEntries: 'unknown',
		});
	});

	it('fails for a source that Clerk refuses', async () => {
		const { id } = userOf(ADA);
		await erase(id);
		clerk.addFault({ kind: 'status', status: 402, path: '/allowlist_identifiers', times: 9 });
		const { rows, description } = await unproven(`${id}, ${ADA}`);
		expect(rows.at(-1)?.reason).toBe(
			`Nothing found about ${id}, ${ADA}; could not be read: allowlistIdentifiers`,
		);
		expect(description).toContain('The rows of the report say why');
	});

	it.each([
		['refuses it', 403, { errors: [{ code: 'not_allowed', message: 'No' }] }],
		['does not say it', 200, { object: 'instance' }],
	])('fails if the instance is unknown: Clerk %s', async (_, status, body) => {
		const { id } = userOf(ADA);
		await erase(id);
		clerk.addFault({ kind: 'status', status, path: '/instance', body, times: 9 } as never);
		const { rows } = await unproven(`${id}, ${ADA}`);
		expect(of(rows, 'instance')).toMatchObject([
			{ status: 'unknown', reason: 'Clerk does not say which instance it is', instanceId: null },
		]);
		expect(rows.at(-1)?.reason).toContain('could not be read: instance');
	});

	it('takes organizations that are turned off for none, and says so', async () => {
		const { id } = userOf(ADA);
		await erase(id);
		const code = 'organization_not_enabled_in_instance';
		const body = { errors: [{ code, message: 'access denied' }] };
		const off = { kind: 'status' as const, status: 403, body, times: 9 };
		clerk.addFault({ ...off, path: /organization_(memberships|invitations)$/ });
		const rows = await run(`${id}, ${ADA}`, { expectNothing: true });
		expect(rows.at(-1)?.status).toBe('nothing found');
		for (const source of [
			'organizationMemberships',
			'organizationInvitations',
			'userOrganizationInvitations',
		]) {
			expect(of(rows, source)).toEqual([
				expect.objectContaining({
					status: 'nothing found',
					reason: 'Organizations are turned off for this instance',
				}),
			]);
		}
		clerk.addFault({ ...off, path: '/waitlist_entries' });
		const others = await unproven(`${id}, ${ADA}`);
		expect(statusOf(others.rows)).toMatchObject({ waitlistEntries: 'unknown' });
	});
});
