import { fakeClock } from '../support/fakeClock';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import {
	response,
	networkError,
	everythingIn,
	KEY,
	lineOf,
	errorResponse,
	scriptedHost,
} from '../support/scripted';
import type { Respond } from '../support/scripted';

type Search = keyof Clerk['methods']['listSearch'];

const { listSearch } = new Clerk().methods;

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(60_000));

/** Calls a search as n8n does while a person types into a list. */
async function search(
	method: string,
	respond: Respond,
	given: { filter?: string; page?: string; parameters?: Record<string, unknown> } = {},
) {
	const { host, sent } = scriptedHost({ parameters: given.parameters ?? {} }, respond);
	let found: Awaited<ReturnType<(typeof listSearch)[Search]>> | undefined;
	let error: NodeApiError | NodeOperationError | undefined;
	try {
		found = await listSearch[method].call(host, given.filter, given.page);
	} catch (thrown) {
		error = thrown as NodeApiError;
	}
	return { ...found, error, lines: sent.map(lineOf) };
}

const user = (number: number) => ({
	id: `user_${number}`,
	first_name: 'Ada',
	last_name: null,
	primary_email_address_id: 'idn_2',
	email_addresses: [
		{ id: 'idn_1', email_address: `old${number}@x.y` },
		{ id: 'idn_2', email_address: `ada${number}@x.y` },
	],
});

const users = (count: number) => Array.from({ length: count }, (_, number) => user(number));
const chosen = (value: unknown, mode = 'id') => ({ userId: { __rl: true, mode, value } });

describe('searchUsers', () => {
	it('names a user by name and primary address', async () => {
		const { results } = await search('searchUsers', () => response(200, users(1)));
		expect(results).toEqual([{ name: 'Ada (ada0@x.y)', value: 'user_0' }]);
	});

	it.each([
		[{ username: 'ada' }, 'ada'],
		[{ phone_numbers: [{ phone_number: '+1' }] }, '+1'],
		[{}, 'user_x'],
	])('names a user without an address by another field: %j', async (fields, name) => {
		const record = { id: 'user_x', email_addresses: [], ...fields };
		const { results } = await search('searchUsers', () => response(200, [record]));
		expect(results).toEqual([{ name, value: 'user_x' }]);
	});

	it('continues after the last user of a full page, and ends with a page that is not full', async () => {
		const full = await search('searchUsers', () => response(200, users(50)));
		expect(full.paginationToken).toBe('user_49');
		const next = await search('searchUsers', () => response(200, users(3)), { page: 'user_49' });
		expect(next.lines).toEqual(['GET /users?starting_after=user_49&limit=50']);
		expect(next.paginationToken).toBeUndefined();
	});

	it('also finds an external ID, which Clerk’s search does not, and lists no user twice', async () => {
		const { results, lines } = await search(
			'searchUsers',
			({ qs }) => response(200, qs?.external_id ? [user(7), user(1)] : users(2)),
			{ filter: ' -47 ' },
		);
		expect(lines).toEqual([
			'GET /users?query=-47&limit=50',
			'GET /users?external_id=+-47&limit=50',
		]);
		expect(results?.map(({ value }) => value)).toEqual(['user_7', 'user_0', 'user_1']);
	});

	it('sends no filter when only spaces were typed', async () => {
		const { lines } = await search('searchUsers', () => response(200, []), { filter: '  ' });
		expect(lines).toEqual(['GET /users?limit=50']);
	});
});

describe('searchOrganizations', () => {
	const rows = (count: number) =>
		Array.from({ length: count }, (_, number) => ({
			id: `org_${number}`,
			name: 'Acme',
			slug: 'acme',
		}));

	it('continues by offset', async () => {
		const first = await search('searchOrganizations', () => response(200, { data: rows(50) }), {
			filter: 'ac',
		});
		expect(first.lines).toEqual(['GET /organizations?limit=50&offset=0&query=ac']);
		expect(first.results?.[0]).toEqual({ name: 'Acme (acme)', value: 'org_0' });
		expect(first.paginationToken).toBe('50');
		const next = await search('searchOrganizations', () => response(200, { data: rows(1) }), {
			page: '50',
		});
		expect(next.lines).toEqual(['GET /organizations?limit=50&offset=50']);
		expect(next.paginationToken).toBeUndefined();
	});

	it('names an organization without a slug by its name', async () => {
		const { results } = await search('searchOrganizations', () =>
			response(200, { data: [{ id: 'org_1', name: 'Acme', slug: null }] }),
		);
		expect(results).toEqual([{ name: 'Acme', value: 'org_1' }]);
	});
});

describe('searchSessions', () => {
	const session = { id: 'sess_1', status: 'active', last_active_at: Date.UTC(2026, 5, 1) };
	const list: Respond = () => response(200, { data: [session], total_count: 1 });

	it('lists the sessions of the chosen user', async () => {
		const { results, lines } = await search('searchSessions', list, {
			parameters: chosen('user_1'),
		});
		expect(lines).toEqual(['GET /sessions?user_id=user_1&paginated=true&limit=50&offset=0']);
		expect(results).toEqual([
			{ name: 'active, last active 2026-06-01T00:00:00.000Z', value: 'sess_1' },
		]);
	});

	it('looks up the user when an email address was typed', async () => {
		const ada = {
			id: 'user_1',
			email_addresses: [{ email_address: 'ada@x.y', verification: { status: 'verified' } }],
		};
		const { lines } = await search(
			'searchSessions',
			(sent, count) => (count === 0 ? response(200, [ada]) : list(sent, count)),
			{ parameters: chosen('ada@x.y', 'emailAddress') },
		);
		expect(lines).toEqual([
			'GET /users?email_address=ada@x.y&limit=500',
			'GET /sessions?user_id=user_1&paginated=true&limit=50&offset=0',
		]);
	});

	it.each([
		['nothing', {}],
		['an empty user', chosen('')],
		['an expression, which has no value yet', chosen('={{ $json.id }}')],
	])(
		'rejects a form with %s by the name of the field, and sends nothing',
		async (_, parameters) => {
			const { error, lines } = await search('searchSessions', list, { parameters });
			expect(error).toBeInstanceOf(NodeOperationError);
			expect(error?.message).toMatch(/^User /);
			expect(lines).toEqual([]);
		},
	);

	it.each([null, undefined])(
		'lists a session that was never active (%p)',
		async (last_active_at) => {
			const { results } = await search(
				'searchSessions',
				() => response(200, { data: [{ ...session, last_active_at }] }),
				{ parameters: chosen('user_1') },
			);
			expect(results).toMatchObject([{ value: 'sess_1' }]);
			expect(results?.[0].name).not.toContain('1970');
		},
	);

	it('finds a status in any case', async () => {
		const { results } = await search('searchSessions', list, {
			parameters: chosen('user_1'),
			filter: 'Active',
		});
		expect(results).toHaveLength(1);
	});
});

describe('the searches of records that belong to a user', () => {
	const ada = {
		id: 'user_1',
		email_addresses: [
			{ id: 'idn_1', email_address: 'ada@x.y' },
			{ id: 'idn_2', email_address: 'bo@x.y' },
		],
		phone_numbers: [{ id: 'idn_3', phone_number: '+1' }],
		web3_wallets: [{ id: 'idn_4', web3_wallet: '0x1' }],
		passkeys: [{ id: 'idn_5', name: 'Laptop' }],
		external_accounts: [
			{ id: 'eac_1', provider: 'oauth_google', email_address: 'ada@x.y' },
			{ id: 'eac_2', provider: 'github', email_address: '', username: 'ada' },
		],
	};

	it.each([
		['searchEmailAddresses', ['idn_1', 'idn_2']],
		['searchPhoneNumbers', ['idn_3']],
		['searchWeb3Wallets', ['idn_4']],
		['searchPasskeys', ['idn_5']],
		['searchExternalAccounts', ['eac_1', 'eac_2']],
		['searchOAuthProviders', ['oauth_google', 'oauth_github']],
	])('%s reads them from the user', async (method, ids) => {
		const { results, lines } = await search(method, () => response(200, ada), {
			parameters: chosen('user_1'),
		});
		expect(lines).toEqual(['GET /users/user_1']);
		expect(results?.map(({ value }) => value)).toEqual(ids);
	});

	it('searchExternalAccounts names an account by its provider and address', async () => {
		const { results } = await search('searchExternalAccounts', () => response(200, ada), {
			parameters: chosen('user_1'),
		});
		expect(results?.map(({ name }) => name)).toEqual(['google (ada@x.y)', 'github (ada)']);
	});

	it('searchTrustedDevices reads the devices from a path below the user', async () => {
		const rows = [
			{ id: 'device_1', name: 'Phone', platform: 'ios', app_identifier: 'com.x' },
			{ id: 'device_2', name: null, platform: 'android', app_identifier: 'com.x' },
		];
		const { results, lines } = await search(
			'searchTrustedDevices',
			() => response(200, { data: rows, total_count: 2 }),
			{ parameters: chosen('user_1') },
		);
		expect(lines).toEqual(['GET /users/user_1/trusted_devices']);
		expect(results).toEqual([
			{ name: 'Phone (com.x)', value: 'device_1' },
			{ name: 'android (com.x)', value: 'device_2' },
		]);
	});

	it('searchEmailAddresses finds an address in any case', async () => {
		const { results } = await search('searchEmailAddresses', () => response(200, ada), {
			parameters: chosen('user_1'),
			filter: 'ADA',
		});
		expect(results?.map(({ value }) => value)).toEqual(['idn_1']);
	});

	it.each(['..', '.', 'a/b'])(
		'searchEmailAddresses sends no request to another path for the user %j',
		async (value) => {
			const { lines } = await search('searchEmailAddresses', () => response(200, ada), {
				parameters: chosen(value),
			});
			expect(lines).toEqual(value === 'a/b' ? ['GET /users/a%2Fb'] : []);
		},
	);
});

const ofOrganization = { organizationId: { __rl: true, mode: 'id', value: 'org_1' } };

describe('searchRoles', () => {
	const chef = { id: 'role_3', key: 'org:chef', name: 'Chef' };
	const boss = { id: 'role_1', key: 'org:admin', name: 'Boss' };
	const known = [
		{ name: 'Admin (org:admin)', value: 'org:admin' },
		{ name: 'Member (org:member)', value: 'org:member' },
	];

	it('lists the two roles that every instance starts with first, by their names in this instance', async () => {
		const { results, lines } = await search('searchRoles', () =>
			response(200, { data: [chef, boss], total_count: 2 }),
		);
		expect(lines).toEqual(['GET /organization_roles?limit=50&offset=0']);
		expect(results).toEqual([
			{ name: 'Boss (org:admin)', value: 'org:admin' },
			known[1],
			{ name: 'Chef (org:chef)', value: 'org:chef' },
		]);
	});

	it.each([401, 402, 403])(
		'lists those two when Clerk rejects the request with %i',
		async (status) => {
			const { results, error } = await search('searchRoles', () =>
				errorResponse(status, [{ message: 'no' }]),
			);
			expect([results, error]).toEqual([known, undefined]);
		},
	);

	it('throws when Clerk rejects the request and the filter may match another role', async () => {
		const { error } = await search('searchRoles', () => errorResponse(403, [{ message: 'no' }]), {
			filter: 'chef',
		});
		expect(error?.message).toBe('no');
	});

	it('finds a role by its name, also by a changed one', async () => {
		const { results, lines } = await search('searchRoles', () => response(200, { data: [boss] }), {
			filter: 'boss',
		});
		expect(lines).toEqual(['GET /organization_roles?limit=50&offset=0&query=boss']);
		expect(results).toEqual([{ name: 'Boss (org:admin)', value: 'org:admin' }]);
		const typed = await search('searchRoles', () => response(200, { data: [] }), { filter: 'MEM' });
		expect(typed.results).toEqual([known[1]]);
	});

	it('does not list those two again on a later page', async () => {
		const { results } = await search('searchRoles', () => response(200, { data: [boss, chef] }), {
			page: '50',
		});
		expect(results).toEqual([{ name: 'Chef (org:chef)', value: 'org:chef' }]);
	});
});

describe('the searches of records that belong to an organization', () => {
	const member = (words: Record<string, unknown>) => ({
		id: 'orgmem_1',
		role: 'org:admin',
		public_user_data: { user_id: 'user_1', identifier: 'ada@x.y', ...words },
	});

	it.each([
		[{ first_name: 'Ada', last_name: 'Berg' }, 'Ada Berg (ada@x.y, org:admin)'],
		[{ first_name: null, last_name: null }, 'ada@x.y (ada@x.y, org:admin)'],
		[{ identifier: null }, 'user_1 (user_1, org:admin)'],
	])('list members with %j', async (words, name) => {
		const { results, lines } = await search(
			'searchOrganizationMembers',
			() => response(200, { data: [member(words)], total_count: 1 }),
			{ parameters: ofOrganization, filter: 'a' },
		);
		expect(lines).toEqual(['GET /organizations/org_1/memberships?limit=50&offset=0&query=a']);
		expect(results).toEqual([{ name, value: 'user_1' }]);
	});

	it('list invitations, and find them by a part of the address', async () => {
		const rows = [
			{ id: 'orginv_1', email_address: 'ada@x.y', status: 'pending' },
			{ id: 'orginv_2', email_address: 'bo@x.y', status: 'revoked' },
		];
		const { results, lines } = await search(
			'searchOrganizationInvitations',
			() => response(200, { data: rows, total_count: 2 }),
			{ parameters: ofOrganization, filter: 'BO@' },
		);
		expect(lines).toEqual(['GET /organizations/org_1/invitations?limit=50&offset=0']);
		expect(results).toEqual([{ name: 'bo@x.y (revoked)', value: 'orginv_2' }]);
	});

	/** 52 invitations; only those of the second page have the addresses that tests look for. */
	const invited: Respond = ({ qs }) => {
		const { email_address: given, offset } = qs as Record<string, unknown>;
		const first = Array.from({ length: 50 }, (_, index) => `guest${index}@x.y`);
		const second = ['bo@x.y', 'bo@x.yz'];
		const found = given === undefined && offset === 0 ? first : second;
		const data = found
			.filter((address) => given === undefined || address === given)
			.map((address) => ({ id: `orginv_${address}`, email_address: address, status: 'pending' }));
		return response(200, { data, total_count: 52 });
	};

	it('request an invitation by its whole address, wherever in the list it is', async () => {
		const { results, lines, paginationToken } = await search(
			'searchOrganizationInvitations',
			invited,
			{ parameters: ofOrganization, filter: 'bo@x.y' },
		);
		expect(lines).toEqual([
			'GET /organizations/org_1/invitations?email_address=bo@x.y&limit=50&offset=0',
		]);
		expect(results).toEqual([{ name: 'bo@x.y (pending)', value: 'orginv_bo@x.y' }]);
		expect(paginationToken).toBeUndefined();
	});

	it.each(['guest1@x', 'guest1@x.'])(
		'search the list for a text that is not a whole address yet: %s',
		async (filter) => {
			const { results, lines } = await search('searchOrganizationInvitations', invited, {
				parameters: ofOrganization,
				filter,
			});
			expect(lines).toEqual(['GET /organizations/org_1/invitations?limit=50&offset=0']);
			expect(results).toHaveLength(1);
		},
	);

	it('search the list when no invitation has the whole address', async () => {
		const { results, lines } = await search('searchOrganizationInvitations', invited, {
			parameters: ofOrganization,
			filter: 'st7@x.y',
		});
		expect(lines).toEqual([
			'GET /organizations/org_1/invitations?email_address=st7@x.y&limit=50&offset=0',
			'GET /organizations/org_1/invitations?limit=50&offset=0',
		]);
		expect(results?.map(({ value }) => value)).toEqual(['orginv_guest7@x.y']);
	});

	it('list only pending invitations to revoke', async () => {
		const { lines } = await search(
			'searchPendingOrganizationInvitations',
			() => response(200, { data: [], total_count: 0 }),
			{ parameters: ofOrganization },
		);
		expect(lines).toEqual([
			'GET /organizations/org_1/invitations?status=pending&limit=50&offset=0',
		]);
	});

	it.each([
		['organizationInvitation', 'get', 'searchOrganizationInvitations'],
		['organizationInvitation', 'revoke', 'searchPendingOrganizationInvitations'],
		['invitation', 'revoke', 'searchPendingInvitations'],
	])('are used by the operation %s %s: %s', (resource, operation, method) => {
		const ofResource = mappingsIn(resources.find(({ value }) => value === resource)!);
		const { path = [] } = ofResource.find(({ value }) => value === operation)!;
		expect(JSON.stringify(path[path.length - 1].modes)).toContain(`"${method}"`);
	});

	it.each(['searchOrganizationMembers', 'searchOrganizationInvitations'])(
		'reject a form without an organization, and send nothing: %s',
		async (method) => {
			const { error, lines } = await search(method, () => response(200, []));
			expect([error?.message, lines]).toEqual(['Organization is empty. Choose it first', []]);
		},
	);
});

describe('searchPendingInvitations', () => {
	it('sends the filter to Clerk, and continues by offset', async () => {
		const rows = Array.from({ length: 50 }, (_, index) => ({
			id: `inv_${index}`,
			email_address: `guest${index}@x.y`,
			status: 'pending',
		}));
		const { results, lines, paginationToken } = await search(
			'searchPendingInvitations',
			() => response(200, { data: rows, total_count: 60 }),
			{ filter: 'guest' },
		);
		expect(lines).toEqual([
			'GET /invitations?status=pending&paginated=true&limit=50&offset=0&query=guest',
		]);
		expect(results?.[0]).toEqual({ name: 'guest0@x.y (pending)', value: 'inv_0' });
		expect(paginationToken).toBe('50');
	});
});

test('searchJwtTemplateNames lists names as values, since the API takes names', async () => {
	const { results, lines } = await search(
		'searchJwtTemplateNames',
		() =>
			response(200, {
				data: [
					{ id: 'jtmp_1', name: 'supabase' },
					{ id: 'jtmp_2', name: 'hasura' },
				],
			}),
		{ filter: 'Supa' },
	);
	expect(lines).toEqual(['GET /jwt_templates?paginated=true&limit=50&offset=0']);
	expect(results).toEqual([{ name: 'supabase', value: 'supabase' }]);
});

describe('searchMessageTemplates', () => {
	const rows = [{ slug: 'verification_code', name: 'Verification code' }];
	const of = (templateType: unknown) =>
		search('searchMessageTemplates', () => response(200, { data: rows, total_count: 1 }), {
			parameters: { templateType },
		});

	it('lists the templates of the chosen type, which is not an ID', async () => {
		const { results, lines } = await of('sms');
		expect(lines).toEqual(['GET /templates/sms?paginated=true&limit=50&offset=0']);
		expect(results).toEqual([
			{ name: 'Verification code (verification_code)', value: 'verification_code' },
		]);
	});

	it.each([
		['', 'templateType is empty. Choose it first'],
		['={{ $json.type }}', 'templateType is an expression, which has no value yet'],
	])('rejects a form without a type, and sends nothing: %s', async (templateType, message) => {
		const { error, lines } = await of(templateType);
		expect([error?.message, lines]).toEqual([message, []]);
	});
});

describe('the searches of billing', () => {
	const money = (amount_formatted: string) => ({ amount_formatted });
	const payer = { first_name: 'Ada', last_name: 'Berg', organization_name: null };

	it.each<[string, object, string]>([
		['searchBillingPlans', { name: 'Pro', slug: 'pro' }, 'Pro (pro)'],
		[
			'searchBillingPrices',
			{ plan_id: 'cplan_1', is_default: true, fee: money('$12.00') },
			'$12.00 a month (default, cplan_1)',
		],
		[
			'searchBillingPrices',
			{ plan_id: 'cplan_1', description: 'Friends', fee: null, annual_monthly_fee: money('$9.00') },
			'$9.00 a month, paid annually (Friends, cplan_1)',
		],
		[
			'searchBillingStatements',
			{
				timestamp: Date.UTC(2026, 4, 1),
				status: 'open',
				payer,
				totals: { grand_total: money('$12.00') },
			},
			'2026-05-01, Ada Berg, $12.00 (open)',
		],
		['searchBillingStatements', { status: 'open', payer: { id: 'payer_1' } }, 'payer_1 (open)'],
		[
			'searchBillingSubscriptionItems',
			{ status: 'active', payer: { organization_name: 'Harbour' }, plan: { name: 'Team' } },
			'Harbour: Team (active)',
		],
		[
			'searchBillingSubscriptionItems',
			{ status: 'ended', payer_id: 'payer_1', plan_id: 'cplan_1', plan: null },
			'payer_1: cplan_1 (ended)',
		],
	])('%s names %j', async (method, row, name) => {
		const { results } = await search(method, () =>
			response(200, { data: [{ id: 'x', ...row }], total_count: 1 }),
		);
		expect(results).toEqual([{ name, value: 'x' }]);
	});
});

describe('a search that fails', () => {
	it('throws Clerk’s message, without an item and with the key masked', async () => {
		const { error } = await search('searchUsers', () =>
			errorResponse(401, [{ message: `The key ${KEY} is invalid` }]),
		);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toBe('The key ******** is invalid');
		expect(everythingIn(error)).not.toContain(KEY);
	});

	it('throws when the connection is rejected, with the key masked', async () => {
		const { error, lines } = await search('searchUsers', async () => {
			throw networkError('ECONNREFUSED');
		});
		expect(error?.message).toBe('Clerk could not be reached (ECONNREFUSED)');
		expect(everythingIn(error)).not.toContain(KEY);
		// A person is waiting, so it is sent again only twice.
		expect(lines).toHaveLength(3);
	});

	it('throws at once when the rate limit takes longer than a person waits', async () => {
		const { error, lines } = await search('searchUsers', () =>
			errorResponse(429, [], { 'retry-after': '11' }),
		);
		expect(error?.message).toContain('is used up until');
		expect(lines).toHaveLength(1);
	});
});
