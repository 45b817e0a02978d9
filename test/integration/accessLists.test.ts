import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import type { ApiRequest } from '../../nodes/Clerk/engine/operation';
import { locators } from '../../nodes/Clerk/fields/locators';
import { runNode } from '../support/host';
import { callerOf } from '../support/openapi';

/** Access lists, domains and records of users: the node against the simulated Clerk. */

let clerk: Clerk;
let ada: {
	id: string;
	email_addresses: readonly { id: string }[];
	phone_numbers: readonly { id: string }[];
};

beforeEach(async () => {
	clerk = await startClerk({ rateLimit: false });
	ada = clerk.state.users.where('email_address', 'ada.berg@example.com')[0]!;
});

afterEach(async () => await clerk.close());

type Parameters = Record<string, unknown>;

const run = async (parameters: Parameters | Parameters[]) => {
	const credential = { secretKey: clerk.secretKey, baseUrl: clerk.url, rateLimitShare: 100 };
	const output = await runNode({ credential, parameters });
	return output.map(({ json }) => json);
};

const byId = (value?: string) => ({ __rl: true, mode: 'id', value });

describe('a dry run of a delete', () => {
	const wouldDestroy = async (resource: string, field: string, id?: string) => {
		const values = { resource, operation: 'delete', [field]: byId(id), options: { dryRun: true } };
		const [row] = await run(values);
		return row.wouldDestroy;
	};

	it('counts the record to delete', async () => {
		const { allowlist, blocklist, domains, redirectUrls, waitlist } = clerk.state;
		const [email, phone] = [ada.email_addresses[0]?.id, ada.phone_numbers[0]?.id];
		const [allowed, blocked] = [allowlist.rows[0]?.id, blocklist.rows[0]?.id];
		const [domain, url, waiting] = [
			domains.rows[1]?.id,
			redirectUrls.rows[0]?.id,
			waitlist.rows[2]?.id,
		];

		expect(await wouldDestroy('emailAddress', 'emailAddressId', email)).toEqual({
			emailAddress: email,
		});
		expect(await wouldDestroy('phoneNumber', 'phoneNumberId', phone)).toEqual({
			phoneNumber: phone,
		});
		expect(await wouldDestroy('redirectUrl', 'redirectUrlId', url)).toEqual({ redirectUrl: url });
		expect(await wouldDestroy('allowlistIdentifier', 'identifierId', allowed)).toEqual({
			allowlistIdentifiers: 1,
		});
		expect(await wouldDestroy('blocklistIdentifier', 'identifierId', blocked)).toEqual({
			blocklistIdentifiers: 1,
		});
		expect(await wouldDestroy('domain', 'domainId', domain)).toEqual({ domains: 1 });
		expect(await wouldDestroy('waitlistEntry', 'waitlistEntryId', waiting)).toEqual({
			waitlistEntries: 1,
		});
	});

	it('counts 0 if the record does not exist', async () => {
		expect(await wouldDestroy('allowlistIdentifier', 'identifierId', 'alid_x')).toEqual({
			allowlistIdentifiers: 0,
		});
		expect(await wouldDestroy('waitlistEntry', 'waitlistEntryId', 'wle_x')).toEqual({
			waitlistEntries: 0,
		});
		expect(await wouldDestroy('domain', 'domainId', 'dmn_x')).toEqual({ domains: 0 });
	});
});

it('adds fifty waitlist entries in one request, and outputs the record of each item', async () => {
	const addresses = Array.from({ length: 51 }, (_, number) => `guest${number}@example.com`);
	const parameters = addresses.map((emailAddress) => ({
		resource: 'waitlistEntry',
		operation: 'createMany',
		emailAddress,
	}));
	const created = await run(parameters);
	expect(created.map(({ emailAddress }) => emailAddress)).toEqual(addresses);
	expect(clerk.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

describe('the search of a locator', () => {
	const titles = async (kind: keyof typeof locators, filter?: string) => {
		const call = callerOf(clerk);
		const fetch = async ({ method, path, query }: ApiRequest) =>
			(await call(`${method} ${path}`, { query })).body as unknown;
		const { search } = locators[kind];
		const { results } = await search!.run({ filter, chosen: async () => ada.id, send: fetch });
		return results.map(({ name }) => name);
	};

	it('labels records by address, pattern or name', async () => {
		expect(await titles('allowlistIdentifier')).toEqual(['+12025550177', '*@example.com']);
		expect(await titles('blocklistIdentifier', 'TROLL')).toEqual(['troll@example.org']);
		expect(await titles('waitlistEntry', 'pia')).toEqual(['pia.maas@example.com (pending)']);
		expect(await titles('domain', 'shop')).toEqual(['shop.company.example (satellite)']);
		expect(await titles('redirectUrl', 'app://')).toEqual(['company-app://oauth-callback']);
		expect((await titles('client'))[0]).toMatch(/^Session active, last active 20/);
	});
});
