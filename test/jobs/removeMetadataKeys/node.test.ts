import { startClerk } from '../../../sandbox/clerk';
import { KEY_REMOVAL_LAYOUT } from '../../../nodes/Clerk/jobs/removeMetadataKeys/report';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { runNode } from '../../support/host';
import { by, liveCredential } from '../../support/jobs';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

const userOf = (email: string) => clerk.state.users.where('email_address', email)[0];

const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

const ADA = 'ada.berg@example.com';
const DANA = 'dana.levi@example.com';
const WES = 'wes.carter@example.com';

const called = (email: string) => by('emailAddress', email);

const memberships = (id: string) => clerk.state.memberships.where('user_id', id);

const run = async (resource: string, values: Values, accessPolicy = 'full') => {
	const output = await runNode({
		credential: liveCredential(clerk, { accessPolicy }),
		parameters: {
			resource,
			operation: 'removeMetadataKeys',
			kinds: ['public', 'private'],
			removeMetadataKeysMode: 'apply',
			options: {},
			...values,
		},
	});
	const rows = output.map(({ json }) => json);
	for (const row of rows) expect(Object.keys(row)).toEqual(columnsOf(KEY_REMOVAL_LAYOUT));
	expect(rows.map(({ action }) => action)).toEqual(['removeMetadataKeys', 'summary']);
	return rows;
};

describe('Remove Metadata Keys', () => {
	it('removes keys of a user, and nothing the second time', async () => {
		const user = userOf(DANA);
		const item = { userId: by('id', user.id), keys: 'crm.id, plan' };
		const about = {
			name: 'Dana Levi',
			emailAddress: DANA,
			target: user.id,
			userId: user.id,
			status: 'done',
		};
		expect(await run('user', item)).toMatchObject([
			{
				...about,
				reason: 'The keys exist',
				removed: ['private.crm.id'],
				missing: ['public.crm.id', 'public.plan', 'private.plan'],
			},
			{ ...about, reason: `Metadata of Dana Levi (${DANA}): remove private.crm.id` },
		]);
		expect(userOf(DANA).private_metadata).toEqual({ crm: {} });
		expect(await run('user', item)).toMatchObject([
			{ status: 'skipped', removed: [] },
			{ reason: `Metadata of Dana Levi (${DANA}): nothing to remove` },
		]);
		expect(writes()).toHaveLength(1);
	});

	it('removes keys of an organization and of a membership', async () => {
		const organizationId = by('slug', 'harbour-labs');
		expect(await run('organization', { organizationId, keys: ['plan'] })).toMatchObject([
			{
				status: 'done',
				name: 'Harbour Labs',
				organization: 'harbour-labs',
				removed: ['public.plan'],
			},
			{ organizationId: clerk.state.organizations.where('slug', 'harbour-labs')[0].id },
		]);
		const [harbour] = clerk.state.organizations.where('slug', 'harbour-labs');
		expect(harbour.public_metadata).toEqual({});

		const [member] = memberships(userOf(ADA).id);
		clerk.state.memberships.update(member, { public_metadata: { desk: 4, floor: 2 } });
		const item = { organizationId, userId: called(ADA), keys: 'desk' };
		expect(await run('organizationMembership', item)).toMatchObject([
			{ status: 'done', emailAddress: ADA, organization: 'harbour-labs', removed: ['public.desk'] },
			{ reason: `Metadata of Ada Berg (${ADA}): remove public.desk` },
		]);
		expect(memberships(userOf(ADA).id)[0].public_metadata).toEqual({ floor: 2 });
		await expect(run('organizationMembership', { ...item, userId: called(WES) })).rejects.toThrow(
			'User is not a member of the organization [item 0]',
		);
	});

	it('only reports the keys in a dry run, under every policy', async () => {
		const item = { userId: called(DANA), keys: 'crm', removeMetadataKeysMode: 'plan' };
		expect(await run('user', item, 'readOnly')).toMatchObject([
			{ status: 'planned', dryRun: true, removed: ['private.crm'] },
			{ status: 'planned', planId: expect.any(String) },
		]);
		await expect(
			run('user', { ...item, removeMetadataKeysMode: 'apply' }, 'readOnly'),
		).rejects.toThrow('refused PATCH');
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
	])('rejects %j before anything is sent', async (values, message) => {
		await expect(run('user', { userId: by('id', 'user_1'), ...values })).rejects.toThrow(message);
		expect(clerk.requests).toEqual([]);
	});
});
