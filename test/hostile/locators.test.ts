// No run waits for anything but its turn, which takes a real clock a millisecond.
import '../support/fakeClock';
import type { INodeProperties } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { readOptions } from '../../nodes/Clerk/engine/input/readOptions';
import { resources } from '../../nodes/Clerk/resources';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';
import { response, run } from '../support/scripted';
import type { Respond } from '../support/scripted';

/** What people paste, type and click in the form: rows of what was seen, each with others of its kind. */

const { properties } = new Clerk().description;

/** The fields of an operation's form, as n8n's editor shows them. */
const formOf = (resource: string, operation: string): INodeProperties[] =>
	properties.filter(({ displayOptions }) => {
		const { resource: resourcesOf, operation: operationsOf } = displayOptions?.show ?? {};
		return (resourcesOf?.includes(resource) ?? true) && (operationsOf?.includes(operation) ?? true);
	});

/** What the editor fills in when somebody adds a field of a collection, and leaves it as it is. */
function added(form: INodeProperties[], path: string): Record<string, unknown> {
	const [name, field] = path.split('.');
	const [collection] = form.filter((property) => property.name === name);
	const option = (collection.options as INodeProperties[]).find((one) => one.name === field)!;
	return { [name]: { [field]: option.default } };
}

const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value });

const ORGANIZATION = 'org_2NNEqL2nrIRdJ194ndJqAHwEfxC';
const USER = 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC';
const verified = (email_address: string) => ({
	email_address,
	verification: { status: 'verified' },
});

/** A Clerk with one user and one organization. */
const clerk: Respond = ({ method, url }) => {
	if (method !== 'GET') return response(200, { id: 'done', object: 'user', deleted: true });
	if (url.endsWith('/users')) {
		return response(200, [{ id: USER, email_addresses: [verified('ada.berg@example.com')] }]);
	}
	if (url.endsWith('/organizations/harbour-labs')) {
		return response(200, { id: ORGANIZATION, slug: 'harbour-labs' });
	}
	return response(200, { id: USER, object: 'user', data: [], total_count: 0 });
};

const runOperation = async (resource: string, operation: string, values: object, respond = clerk) =>
	await run({ parameters: { resource, operation, ...values } }, respond);

describe('row 17: Dry Run, added and left as it is', () => {
	it.each([
		['user', 'delete', { userId: chosen('id', USER) }],
		['user', 'ban', { userId: chosen('id', USER) }],
		['organization', 'delete', { organizationId: chosen('id', ORGANIZATION) }],
		['session', 'revoke', { sessionId: chosen('id', 'sess_1') }],
	])('of %s %s changes nothing, and shows the request', async (resource, operation, values) => {
		const options = added(formOf(resource, operation), 'options.dryRun');
		const { sent, json } = await runOperation(resource, operation, { ...values, ...options });
		expect(json).toEqual([expect.objectContaining({ dryRun: true })]);
		expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('of user delete that was not added is a real run', async () => {
		const { lines } = await runOperation('user', 'delete', {
			userId: chosen('id', USER),
			options: {},
		});
		expect(lines).toEqual([`DELETE /users/${USER}`]);
	});
});

describe('row 18: a switch, added and left as it is, does what its label says', () => {
	it.each([
		['invitation', 'create', 'additionalFields.ignoreExisting', 'ignore_existing'],
		['waitlistEntry', 'invite', 'additionalFields.ignoreExisting', 'ignore_existing'],
		['user', 'create', 'additionalFields.skipPasswordRequirement', 'skip_password_requirement'],
		['user', 'update', 'updateFields.signOutOfOtherSessions', 'sign_out_of_other_sessions'],
		['billingSubscriptionItem', 'cancel', 'additionalFields.endNow', 'end_now'],
	])('%s %s: %s', async (resource, operation, path, wire) => {
		const others = {
			emailAddress: 'ada@example.com',
			waitlistEntryId: chosen('id', 'wle_1'),
			userId: chosen('id', USER),
			billingSubscriptionItemId: chosen('id', 'csub_item_1'),
			options: {},
		};
		const { sent, fault } = await runOperation(resource, operation, {
			...others,
			...added(formOf(resource, operation), path),
		});
		expect(fault).toBeUndefined();
		const [{ body, qs }] = sent.filter(({ method }) => method !== 'GET');
		const parsed = (typeof body === 'string' ? JSON.parse(body) : {}) as Record<string, unknown>;
		expect({ ...parsed, ...qs }).toMatchObject({ [wire]: true });
	});

	it.each([
		['organizationMembership', 'sync', 'inviteMissing', true],
		['organizationMembership', 'sync', 'matchUnverified', true],
		['organizationMembership', 'sync', 'revokeInvitations', true],
		['user', 'upsert', 'primary', true],
		['user', 'upsert', 'verified', true],
		// It lets an organization lose all its members, and takes a second step.
		['organizationMembership', 'sync', 'allowEmptying', false],
	])('%s %s: %s in Options is %4$s then, and off without it', (resource, value, name, on) => {
		const { operations } = resources.find((candidate) => candidate.value === resource)!;
		const operation = operations.find((candidate) => candidate.value === value)!;
		const { options } = added(formOf(resource, value), `options.${name}`);
		expect(readOptions(operation, () => options)[name]).toBe(on);
		expect(readOptions(operation, () => ({}))[name]).toBe(false);
	});

	it('Output Headers of the Clerk Trigger', () => {
		const form = new ClerkTrigger().description.properties;
		expect(added(form, 'options.outputHeaders')).toEqual({ options: { outputHeaders: true } });
	});
});

describe('row 20: an expression as text in a locator', () => {
	const role = chosen('key', 'org:member');

	it.each<[string, string, object, string]>([
		[
			'organization',
			'get',
			{ organizationId: chosen('slug', '{{ $json.organization }}') },
			'Organization',
		],
		['user', 'get', { userId: chosen('id', '{{ $json.user }}') }, 'User'],
		['user', 'ban', { userId: chosen('emailAddress', '{{$json.name}}@example.com') }, 'User'],
		['user', 'delete', { userId: chosen('externalId', 'crm-{{ $json.id }}') }, 'User'],
		[
			'organizationMembership',
			'create',
			{
				organizationId: chosen('id', ORGANIZATION),
				userId: chosen('id', USER),
				role: chosen('key', 'org:{{ $json.role }}'),
			},
			'Role',
		],
		[
			'organizationMembership',
			'update',
			{
				organizationId: chosen('id', ORGANIZATION),
				userId: chosen('list', '{{ $json.user }}'),
				role,
			},
			'User',
		],
		[
			'user',
			'update',
			{
				userId: chosen('id', USER),
				updateFields: { primaryEmailAddressId: chosen('id', '{{ $json.address }}') },
			},
			'Primary Email Address',
		],
	])('is refused for %s %s: %j', async (resource, operation, values, label) => {
		const { fault, sent } = await runOperation(resource, operation, { ...values, options: {} });
		expect(fault.message).toBe(
			`${label} holds an expression as text. Switch the field from Fixed to Expression [item 0]`,
		);
		expect(sent).toEqual([]);
	});
});

describe('row 21: what is clearly no ID, in the mode for IDs', () => {
	const byAddress = expect.stringMatching(/^GET \/users\?email_address=ada\.berg@example\.com/);

	it.each(['ada.berg@example.com', ' Ada.Berg@Example.com\n', 'mailto:ada.berg@example.com'])(
		'is looked up for a user: %j',
		async (value) => {
			for (const mode of ['id', 'list']) {
				const { lines } = await runOperation('user', 'ban', {
					userId: chosen(mode, value),
					options: {},
				});
				expect(lines).toEqual([byAddress, `POST /users/${USER}/ban`]);
			}
		},
	);

	it.each(['harbour-labs', ' Harbour-Labs '])(
		'is looked up for an organization: %j',
		async (value) => {
			for (const mode of ['id', 'list']) {
				const { lines } = await runOperation('organization', 'delete', {
					organizationId: chosen(mode, value),
					options: {},
				});
				expect(lines).toEqual([
					'GET /organizations/harbour-labs',
					`DELETE /organizations/${ORGANIZATION}`,
				]);
			}
		},
	);

	it('is looked up in a body, and beside another locator', async () => {
		const { sent, lines } = await runOperation('organizationMembership', 'create', {
			organizationId: chosen('id', 'harbour-labs'),
			userId: chosen('id', 'ada.berg@example.com'),
			role: chosen('key', 'org:member'),
			options: {},
		});
		expect(lines).toEqual(
			expect.arrayContaining([
				'GET /organizations/harbour-labs',
				byAddress,
				`POST /organizations/${ORGANIZATION}/memberships`,
			]),
		);
		expect(JSON.parse(String(sent.at(-1)?.body))).toMatchObject({ user_id: USER });
	});

	it.each<[string, string, object, string]>([
		['user', 'get', { userId: chosen('id', ORGANIZATION) }, "That is an organization's ID"],
		['user', 'ban', { userId: chosen('list', 'sess_2b1') }, "That is a session's ID"],
		['session', 'revoke', { sessionId: chosen('id', USER) }, "That is a user's ID"],
		['organization', 'get', { organizationId: chosen('id', USER) }, "That is a user's ID"],
		[
			'organization',
			'get',
			{ organizationId: chosen('id', 'ada.berg@example.com') },
			'That is an email address',
		],
		[
			'emailAddress',
			'delete',
			{ emailAddressId: chosen('id', 'ada.berg@example.com') },
			'That is an email address',
		],
	])('is named where it is of another record: %s %s', async (...given) => {
		const [resource, operation, values, reason] = given;
		const { fault, sent } = await runOperation(resource, operation, { ...values, options: {} });
		expect(fault.message).toContain(reason);
		expect(fault.message).toMatch(
			/^(User|Session|Organization|Email Address) needs an? .* ID such as /,
		);
		expect(sent).toEqual([]);
	});

	it.each([
		['username', 'user_2024'],
		['externalId', ORGANIZATION],
		['externalId', 'ada@crm'],
	])('stays what its mode says, %s: %s', async (mode, value) => {
		const rows = [{ id: USER, username: value, external_id: value }];
		const { lines } = await runOperation(
			'user',
			'ban',
			{ userId: chosen(mode, value), options: {} },
			(sent) => (sent.url.endsWith('/users') ? response(200, rows) : response(200, { id: USER })),
		);
		expect(lines[0]).toMatch(new RegExp(`^GET /users\\?(username|external_id)=\\+?${value}&`));
		expect(lines[1]).toBe(`POST /users/${USER}/ban`);
	});

	it('is looked up by a search that needs it from the form', async () => {
		const asked: string[] = [];
		const search = new Clerk().methods.listSearch.searchOrganizationMembers;
		const host = {
			getCredentials: async () => ({ secretKey: 'sk_test_1', baseUrl: 'https://api.clerk.com/v1' }),
			getNode: () => ({ name: 'Clerk' }),
			getCurrentNodeParameter: () => chosen('id', 'harbour-labs'),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
					asked.push(url.replace('https://api.clerk.com/v1', ''));
					return url.endsWith('/harbour-labs')
						? response(200, { id: ORGANIZATION, slug: 'harbour-labs' })
						: response(200, { data: [], total_count: 0 });
				},
			},
		};
		await search.call(host as never);
		expect(asked).toEqual([
			'/organizations/harbour-labs',
			`/organizations/${ORGANIZATION}/memberships`,
		]);
	});
});

describe('row 22: blanks round an ID', () => {
	it.each([` ${USER}`, `${USER}\r\n`, `\t${USER} `, `\u00a0${USER}`, `\u200b${USER}\ufeff`])(
		'go from a user ID: %j',
		async (value) => {
			const { lines } = await runOperation('user', 'ban', {
				userId: chosen('id', value),
				options: {},
			});
			expect(lines).toEqual([`POST /users/${USER}/ban`]);
		},
	);

	it('go from IDs in a body, and from a key', async () => {
		const { sent } = await runOperation('organizationMembership', 'create', {
			organizationId: chosen('id', ` ${ORGANIZATION}\n`),
			userId: chosen('list', `\t${USER}`),
			role: chosen('key', ' org:member '),
			options: {},
		});
		expect(sent[0].url).toMatch(new RegExp(`/organizations/${ORGANIZATION}/memberships$`));
		expect(JSON.parse(String(sent[0].body))).toEqual({ user_id: USER, role: 'org:member' });
	});

	it.each([`${USER} ${USER}`, `${USER}\n${USER}`, 'user_ 1', 'Ada Berg'])(
		'within it are refused: %j',
		async (value) => {
			const { fault, sent } = await runOperation('user', 'ban', {
				userId: chosen('id', value),
				options: {},
			});
			expect(fault.message).toMatch(/^User must not contain a space, but got ".*\[item 0\]$/);
			expect(sent).toEqual([]);
		},
	);

	it('alone are no ID', async () => {
		const { fault } = await runOperation('user', 'ban', {
			userId: chosen('id', ' \n'),
			options: {},
		});
		expect(fault.message).toBe('User is empty [item 0]');
	});
});

describe('row 23: the mode of what has no ID', () => {
	it.each([
		['organizationMembership', 'create', 'role', 'key', 'name'],
		['roleSet', 'get', 'roleSetId', 'key'],
		['messageTemplate', 'get', 'slug', 'slug'],
		['session', 'createTokenFromTemplate', 'templateName', 'name'],
		['user', 'getOAuthAccessTokens', 'provider', 'name'],
	])('of %s %s, %s, is called %s', (resource, operation, name, ...expected) => {
		const [{ modes = [] }] = formOf(resource, operation).filter((field) => field.name === name);
		expect(modes.map((one) => one.name)).toEqual(['list', ...expected]);
	});

	it.each(['key', 'id', 'list'])('takes the key of a role in mode %s', async (mode) => {
		const { sent } = await runOperation('organizationMembership', 'create', {
			organizationId: chosen('id', ORGANIZATION),
			userId: chosen('id', USER),
			role: chosen(mode, 'org:member'),
			options: {},
		});
		expect(JSON.parse(String(sent[0].body))).toMatchObject({ role: 'org:member' });
	});

	it('starts a locator that has no list in its one mode', () => {
		const [{ default: initial }] = formOf('agentTask', 'revoke').filter(
			({ type }) => type === 'resourceLocator',
		);
		expect(initial).toEqual({ mode: 'id', value: '' });
	});
});
