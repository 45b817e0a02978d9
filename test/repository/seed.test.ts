import { ClerkApi } from '../../credentials/ClerkApi.credentials';
import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import facts from './seed003.json';
import { runNode } from '../support/host';
import { formOf, typeOf, valuesAt } from '../support/tables';

/** The inputs and outputs of the first specification, by name and type. */

const INPUT_TYPES: Record<string, string[]> = {
	string: ['string', 'options', 'resourceLocator'],
	number: ['number'],
	boolean: ['boolean'],
	json: ['json'],
};

/** Required in the specification, but optional here on purpose: without it, the organization starts without a member. */
const OPTIONAL_HERE = ['organization.create createdBy'];

/** Outputs that are null because Clerk leaves them out, each with the reason. */
const NULL_HERE: Record<string, string> = {
	'organization.getAll organizations[].pendingInvitationsCount':
		'the simulation has no invitations',
	'organization.get pendingInvitationsCount': 'the simulation has no invitations',
	'organization.create pendingInvitationsCount': 'the simulation has no invitations',
	'organization.create membersCount': 'Clerk does not count the members of a new organization',
};

const STATUSES = [
	'abandoned',
	'active',
	'ended',
	'expired',
	'pending',
	'removed',
	'replaced',
	'revoked',
];

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

const metadata = {
	publicMetadata: '{"plan":"pro"}',
	privateMetadata: '{"crm":{"id":"crm-1"}}',
};

const person = {
	emailAddress: 'ada@example.org',
	phoneNumber: '+12025550199',
	web3Wallet: '0x0123456789012345678901234567890123456789',
	username: 'ada_l',
	password: 'correct horse battery',
	firstName: 'Ada',
	lastName: 'Lovelace',
	externalId: 'crm-1',
	unsafeMetadata: '{"theme":"dark"}',
	...metadata,
};

let clerk: Clerk;

/** The output of each operation, by resource and operation. */
const outputs: Record<string, Array<Record<string, unknown>>> = {};

beforeAll(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
	const credential = { secretKey: clerk.liveSecretKey, baseUrl: clerk.url, rateLimitShare: 100 };
	const run = async (name: string, parameters: object) => {
		const [resource, operation] = name.split('.');
		const items = await runNode({ credential, parameters: { resource, operation, ...parameters } });
		(outputs[name] ??= []).push(...items.map(({ json }) => json));
		return items[0].json;
	};
	const list = { returnAll: true, outputAs: 'envelope' };

	const created = await run('user.create', { additionalFields: person });
	const userId = byId(created.id);
	const updateFields = { firstName: 'Augusta', ...metadata };
	await run('user.update', { userId, updateFields });
	await run('user.get', { userId });
	// An existing user, since a new one has never signed in.
	await run('user.get', { userId: { __rl: true, mode: 'username', value: 'jonas' } });
	await run('user.getAll', list);

	const additionalFields = { createdBy: userId, slug: 'engines', ...metadata };
	const organization = await run('organization.create', { name: 'Engines', additionalFields });
	await run('organization.get', { organizationId: byId(organization.id) });
	const filters = { includeMembersCount: true };
	await run('organization.getAll', { ...list, filters });

	const owner = outputs['user.get'][1].id as string;
	for (const session of clerk.state.sessions.where('user_id', owner)) {
		clerk.state.sessions.update(session, { last_active_organization_id: String(organization.id) });
	}
	await run('session.getAll', { ...list, filters: { userId: owner } });
	const [{ id }] = outputs['session.getAll'][0].sessions as Array<{ id: string }>;
	await run('session.get', { sessionId: byId(id) });
	await run('session.revoke', { sessionId: byId(id) });

	await run('user.delete', { userId });
});

afterAll(async () => await clerk.close());

describe.each(facts.map((fact) => ({ ...fact, title: `${fact.resource}.${fact.operation}` })))(
	'$title',
	({ title, resource, operation, inputs, outputs: specified }) => {
		const form = formOf(resource, operation);

		test.each(inputs)('has the input $name', ({ name, type, required }) => {
			const ofCredential = new ClerkApi().properties;
			const field =
				name === 'secretKey'
					? ofCredential.find((property) => property.name === name)
					: form.get(name);
			expect(INPUT_TYPES[type]).toContain(field?.type);
			const optional = OPTIONAL_HERE.includes(`${title} ${name}`);
			expect(field?.required ?? false).toBe(required && !optional);
		});

		test.each(specified)('has the output $name', ({ name, type }) => {
			const values = outputs[title].flatMap((output) => valuesAt(output, name));
			expect(values).not.toContain(undefined);
			const types = new Set(values.filter((value) => value !== null).map(typeOf));
			expect([...types]).toEqual(`${title} ${name}` in NULL_HERE ? [] : [type]);
		});

		it('gives success: true in every result', () => {
			expect(outputs[title].map(({ success }) => success)).toEqual(outputs[title].map(() => true));
		});
	},
);

it('offers every specified status of a session', () => {
	const { options = [] } = formOf('session', 'getAll').get('status') ?? {};
	expect(options.map((option) => 'value' in option && option.value)).toEqual(STATUSES);
});

it('counts all records in totalCount, also when Limit returns fewer', async () => {
	const credential = { secretKey: clerk.secretKey, baseUrl: clerk.url };
	for (const [resource, plural, rows] of [
		['user', 'users', clerk.state.users.size],
		['organization', 'organizations', clerk.state.organizations.size],
	] as const) {
		const parameters = { resource, operation: 'getAll', limit: 2, outputAs: 'envelope' };
		const [{ json }] = await runNode({ credential, parameters });
		expect(json).toMatchObject({ totalCount: rows, success: true });
		expect(json[plural]).toHaveLength(2);
	}
});
