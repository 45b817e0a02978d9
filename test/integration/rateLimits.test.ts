import { fakeClock } from '../support/fakeClock';
import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';

/** Limits of single records: the node against a simulated Clerk that holds them. */

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

beforeEach(async () => {
	await fakeClock.wait(3_600_000);
	clerk = await startClerk({ seed: 'empty', clock: fakeClock.now });
});

afterEach(async () => await clerk.close());

const id = (value: unknown) => ({ __rl: true, mode: 'id', value });

const run = async (parameters: Values[]) => {
	const { liveSecretKey: secretKey, url: baseUrl } = clerk;
	const credential = { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare: 100 };
	return (await runNode({ credential, parameters })).map(({ json }) => json);
};

const all = (resource: string, operation: string, items: Values[]) =>
	items.map((values) => ({ resource, operation, options: {}, ...values }));

const OTHERS = 100;

/** Returns when the updates of each record were sent, in seconds after the first one. */
const secondsByPath = () => {
	const updates = clerk.requests.filter(({ method }) => method === 'PATCH');
	const seconds = new Map<string, number[]>();
	for (const { path, at } of updates) {
		const record = path.replace('/metadata', '');
		const times = seconds.get(record) ?? [];
		seconds.set(record, [...times, Math.floor((at - updates[0].at) / 1_000)]);
	}
	return [...seconds.values()];
};

/** The first record gets ten updates at once and an eleventh 10 s later; the others get theirs at once. */
const expectPaced = () => {
	expect(new Set(clerk.requests.map(({ status }) => status))).toEqual(new Set([200]));
	const [ofFirst, ...ofOthers] = secondsByPath();
	expect(ofFirst).toEqual([...Array<number>(10).fill(0), 10]);
	expect(ofOthers).toEqual(Array.from({ length: OTHERS }, () => [0]));
};

it('sends eleven updates of one organization beside a hundred of others without a 429', async () => {
	const names = Array.from({ length: OTHERS + 1 }, (_, index) => ({ name: `Team ${index}` }));
	const organizations = await run(all('organization', 'create', names));
	const updates = [...Array<number>(10).fill(0), ...names.keys()];
	const output = await run(
		all(
			'organization',
			'update',
			updates.map((at, index) => ({
				organizationId: id(organizations[at].id),
				updateFields: { name: `Team ${at}, update ${index}` },
			})),
		),
	);
	expect(output.map(({ name }) => name)).toEqual(
		updates.map((at, index) => `Team ${at}, update ${index}`),
	);
	expectPaced();
});

it('sends eleven updates of one membership beside a hundred of others without a 429', async () => {
	const emails = Array.from({ length: OTHERS + 1 }, (_, index) => ({
		additionalFields: { emailAddress: `person${index}@example.com`, skipPasswordRequirement: true },
	}));
	const users = await run(all('user', 'create', emails));
	const additionalFields = { maxAllowedMemberships: 200 };
	const [team] = await run(all('organization', 'create', [{ name: 'Team', additionalFields }]));
	const role = id('org:member');
	const members = users.map(({ id: userId }) => ({
		organizationId: id(team.id),
		userId: id(userId),
		role,
	}));
	await run(all('organizationMembership', 'create', members));
	const repeated = [...Array.from({ length: 10 }, () => members[0]), ...members];
	await run(
		all(
			'organizationMembership',
			'mergeMetadata',
			repeated.map((member, index) => ({
				...member,
				updateFields: { publicMetadata: { turn: index } },
			})),
		),
	);
	expectPaced();
});
