import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import type { ApiRequest } from '../../nodes/Clerk/engine/operation';
import { locators } from '../../nodes/Clerk/fields/locators';
import { runNode } from '../support/host';
import { callerOf } from '../support/openapi';

/** Access lists, domains and what belongs to users, against the simulated Clerk: what mocks would take for granted. */

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
	const rehearsed = async (resource: string, field: string, id?: string) => {
		const form = { resource, operation: 'delete', [field]: byId(id), options: { dryRun: true } };
		const [row] = await run(form);
		return row.wouldDestroy;
	};

	it('says whether the record is there', async () => {
		const { allowlist, blocklist, domains, redirectUrls, waitlist } = clerk.state;
		const [email, phone] = [ada.email_addresses[0]?.id, ada.phone_numbers[0]?.id];
		const [allowed, blocked] = [allowlist.rows[0]?.id, blocklist.rows[0]?.id];
		const [domain, url, waiting] = [
			domains.rows[1]?.id,
			redirectUrls.rows[0]?.id,
			waitlist.rows[2]?.id,
		];

		expect(await rehearsed('emailAddress', 'emailAddressId', email)).toEqual({
			emailAddress: email,
		});
		expect(await rehearsed('phoneNumber', 'phoneNumberId', phone)).toEqual({ phoneNumber: phone });
		expect(await rehearsed('redirectUrl', 'redirectUrlId', url)).toEqual({ redirectUrl: url });
		expect(await rehearsed('allowlistIdentifier', 'identifierId', allowed)).toEqual({
			allowlistIdentifiers: 1,
		});
		expect(await rehearsed('blocklistIdentifier', 'identifierId', blocked)).toEqual({
			blocklistIdentifiers: 1,
		});
		expect(await rehearsed('domain', 'domainId', domain)).toEqual({ domains: 1 });
		expect(await rehearsed('waitlistEntry', 'waitlistEntryId', waiting)).toEqual({
			waitlistEntries: 1,
		});
	});

	it('finds nothing where nothing is', async () => {
		expect(await rehearsed('allowlistIdentifier', 'identifierId', 'alid_x')).toEqual({
			allowlistIdentifiers: 0,
		});
		expect(await rehearsed('waitlistEntry', 'waitlistEntryId', 'wle_x')).toEqual({
			waitlistEntries: 0,
		});
		expect(await rehearsed('domain', 'domainId', 'dmn_x')).toEqual({ domains: 0 });
	});
});

it('fifty entries of the waitlist go in one call, and each item gets its own', async () => {
	const addresses = Array.from({ length: 51 }, (_, number) => `guest${number}@example.com`);
	const forms = addresses.map((emailAddress) => ({
		resource: 'waitlistEntry',
		operation: 'createMany',
		emailAddress,
	}));
	const made = await run(forms);
	expect(made.map(({ emailAddress }) => emailAddress)).toEqual(addresses);
	expect(clerk.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

describe('the lists to choose from', () => {
	const titles = async (kind: keyof typeof locators, filter?: string) => {
		const call = callerOf(clerk);
		const fetch = async ({ method, path, query }: ApiRequest) =>
			(await call(`${method} ${path}`, { query })).body as unknown;
		const { search } = locators[kind];
		const { results } = await search!.run({ filter, chosen: async () => ada.id, fetch });
		return results.map(({ name }) => name);
	};

	it('name what a person knows', async () => {
		expect(await titles('allowlistIdentifier')).toEqual(['+12025550177', '*@example.com']);
		expect(await titles('blocklistIdentifier', 'TROLL')).toEqual(['troll@example.org']);
		expect(await titles('waitlistEntry', 'pia')).toEqual(['pia.maas@example.com (pending)']);
		expect(await titles('domain', 'shop')).toEqual(['shop.company.example (satellite)']);
		expect(await titles('redirectUrl', 'app://')).toEqual(['company-app://oauth-callback']);
		expect((await titles('client'))[0]).toMatch(/^Session active, last active 20/);
	});
});
