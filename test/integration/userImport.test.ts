import { fakeClock } from '../support/fakeClock';
import { startClerk } from '../../sandbox/clerk';
import { passwordHasher } from '../../nodes/Clerk/fields/user';
import { runNode } from '../support/host';

/** The import of a whole user base, with passwords, into a simulated Clerk with rate limits. */

jest.setTimeout(120_000);

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

const COUNT = 5_000;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2015, 0, 1);

const HASHERS = (passwordHasher.options ?? []).map((option) =>
	'value' in option ? String(option.value) : '',
);

/** Returns a row of the old system's table. Its secrets start with SECRET. */
const row = (index: number) => ({
	email: `person${index}@example.org`,
	legacyId: `legacy-${index}`,
	hasher: HASHERS[index % HASHERS.length],
	digest: `SECRET-digest-of-${index}`,
	totp: `SECRET-totp-of-${index}`,
	codes: [`SECRET-code-a-of-${index}`, `SECRET-code-b-of-${index}`],
	createdAt: FIRST_DAY + (index % 3_000) * DAY,
	acceptedAt: FIRST_DAY + (index % 3_000) * DAY + 60_000,
});

type Row = ReturnType<typeof row>;

/** Returns parameters as tables hold them: numbers, text with an offset, lists with commas. */
const parametersOf = (source: Row, overrides: Values = {}): Values => ({
	resource: 'user',
	operation: 'create',
	additionalFields: {
		emailAddress: source.email,
		externalId: source.legacyId,
		passwordDigest: source.digest,
		passwordHasher: source.hasher,
		skipPasswordChecks: true,
		createdAt: new Date(source.createdAt).toISOString(),
		legalAcceptedAt: source.acceptedAt,
		totpSecret: source.totp,
		backupCodes: source.codes.join(', '),
		...overrides,
	},
	options: {},
});

let clerk: Clerk;

beforeEach(async () => {
	await fakeClock.wait(3_600_000);
	clerk = await startClerk({ seed: 'empty', clock: fakeClock.now });
});

afterEach(async () => await clerk.close());

const run = async (parameters: Values[], continueOnFail = false) =>
	await runNode({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'full',
			rateLimitShare: 100,
		},
		parameters,
		continueOnFail,
	});

/** Returns the users that were created from a row, as the simulated Clerk stores them. */
const importedFrom = ({ legacyId }: Row) => clerk.state.users.where('external_id', legacyId);

const expectedUser = (source: Row) => ({
	email_addresses: [expect.objectContaining({ email_address: source.email })],
	external_id: source.legacyId,
	password: source.digest,
	password_hasher: source.hasher,
	totp_secret: source.totp,
	backup_codes: source.codes,
	created_at: source.createdAt,
	legal_accepted_at: source.acceptedAt,
});

it('offers every password hasher of the API', () => {
	expect(HASHERS).toHaveLength(22);
});

describe(`an import of ${COUNT} users`, () => {
	it('creates each user once with all fields, in order, and outputs no secret', async () => {
		const rows = Array.from({ length: COUNT }, (_, index) => row(index));
		const items = await run(rows.map((one) => parametersOf(one)));

		expect(clerk.requests).toHaveLength(COUNT);
		expect(clerk.requests.filter(({ status }) => status !== 200)).toEqual([]);
		expect(clerk.state.users.rows).toHaveLength(COUNT);
		expect(items).toHaveLength(COUNT);
		rows.forEach((one, index) => {
			const users = importedFrom(one);
			expect(users).toHaveLength(1);
			expect(users[0]).toMatchObject(expectedUser(one));
			const { json, pairedItem } = items[index];
			expect([json.id, json.externalId, pairedItem]).toEqual([
				users[0].id,
				one.legacyId,
				{ item: index },
			]);
		});
		expect(clerk.requests.every(({ body }) => (body as Values).skip_password_checks)).toBe(true);
		expect(JSON.stringify(items)).not.toContain('SECRET');
	});

	it('creates each user once while other clients use up most of the rate limit', async () => {
		clerk.setRateLimit(300);
		const rows = Array.from({ length: 1_000 }, (_, index) => row(index));
		const items = await run(rows.map((one) => parametersOf(one)));

		const statuses = clerk.requests.map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([200, 429]));
		expect(clerk.state.users.rows).toHaveLength(rows.length);
		expect(items.map(({ json }) => json.id)).toEqual(rows.map((one) => importedFrom(one)[0]?.id));
	});
});

describe('an import with bad rows', () => {
	const LAST = 499;
	const BAD: Array<[title: string, overrides: Values, message: string]> = [
		[
			'a hasher that is no name',
			{ passwordHasher: 'rot 13' },
			'Password Hasher needs one of argon2i, ',
		],
		['no hasher', { passwordHasher: '' }, 'Password Digest needs Password Hasher as well'],
		['an empty hasher', { passwordHasher: null }, 'Password Digest needs Password Hasher as well'],
		['an impossible date', { createdAt: '2021-02-30' }, 'Created At needs a date such as'],
		['seconds for a date', { createdAt: 1_600_000_000 }, 'Created At needs a date or Unix'],
		['half a date', { legalAcceptedAt: 'soon' }, 'Legal Accepted At needs a date such as'],
	];

	it.each(BAD)('is rejected before the first request for %s in its last row', async (...badRow) => {
		const [, overrides, start] = badRow;
		const parameters = Array.from({ length: LAST + 1 }, (_, index) =>
			parametersOf(row(index), index === LAST ? overrides : {}),
		);
		const fault = await run(parameters).catch((error: Error) => error);

		expect(fault).toBeInstanceOf(Error);
		const { message, description } = fault as Error & { description: string };
		expect(message.startsWith(start)).toBe(true);
		expect(message.endsWith(` [item ${LAST}]`)).toBe(true);
		expect(description).toContain('No other item was carried out.');
		expect(`${message} ${description}`).not.toContain('SECRET');
		expect(clerk.requests).toEqual([]);
	});

	it('leaves out only the bad rows with continue on fail', async () => {
		const rows = Array.from({ length: BAD.length * 10 }, (_, index) => row(index));
		const badAt = (index: number) => (index % 10 === 7 ? BAD[(index - 7) / 10] : undefined);
		const items = await run(
			rows.map((one, index) => parametersOf(one, badAt(index)?.[1])),
			true,
		);

		expect(clerk.requests).toHaveLength(rows.length - BAD.length);
		rows.forEach((one, index) => {
			const bad = badAt(index);
			const { json, pairedItem } = items[index];
			expect(pairedItem).toEqual({ item: index });
			if (bad) expect(json).toMatchObject({ error: expect.stringContaining(bad[2]) });
			else expect(json.externalId).toBe(one.legacyId);
			expect(importedFrom(one)).toHaveLength(bad ? 0 : 1);
		});
		expect(JSON.stringify(items)).not.toContain('SECRET');
	});
});
