import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { routes as accessLists } from '../../sandbox/clerk/resources/accessLists';
import { routes as domains } from '../../sandbox/clerk/resources/domains';
import { callerOf, openApiDocument } from '../support/openapi';
import { unjudged } from '../support/unjudged';

const document = openApiDocument();
const judged = new Set<string>();

let clerk: Clerk;
let call: ReturnType<typeof callerOf>;

beforeEach(async () => {
	clerk = await startClerk({ rateLimit: false });
	call = callerOf(clerk, document, judged);
});

afterEach(async () => await clerk.close());

const refusal = ({ status, body }: { status: number; body: { errors: { code: string }[] } }) => [
	status,
	body.errors[0]?.code,
];

describe.each(['allowlist', 'blocklist'])('the %s', (name) => {
	const path = `/${name}_identifiers`;
	const identifiers = async () =>
		(await call(`GET ${path}`, { query: { paginated: true } })).body.data.map(
			(row: { identifier: string }) => row.identifier,
		);

	it('takes an identifier once, and gives it up', async () => {
		const body = { identifier: 'ada@example.net' };
		const before = await identifiers();
		const added = (await call(`POST ${path}`, { body })).body;
		expect(added).toMatchObject({ ...body, identifier_type: 'email_address' });
		expect(await identifiers()).toEqual([body.identifier, ...before]);
		expect(refusal(await call(`POST ${path}`, { body }))).toEqual([422, 'form_identifier_exists']);
		expect((await call(`DELETE ${path}/${added.id}`)).body.deleted).toBe(true);
		expect((await call(`DELETE ${path}/${added.id}`)).status).toBe(404);
		expect(await identifiers()).toEqual(before);
	});

	it('knows phone numbers and wallets', async () => {
		const typeOf = async (identifier: string) =>
			(await call(`POST ${path}`, { body: { identifier } })).body.identifier_type;
		expect(await typeOf('+12025550100')).toBe('phone_number');
		expect(await typeOf('0xabc')).toBe('web3_wallet');
	});
});

it('the allowlist is a bare array without paginated, and may invite', async () => {
	const body = { identifier: 'guest@example.net', notify: true };
	const added = (await call('POST /allowlist_identifiers', { body })).body;
	expect(clerk.state.invitations.get(added.invitation_id)?.email_address).toBe(body.identifier);
	expect((await call('GET /allowlist_identifiers', { query: { limit: 1 } })).body).toEqual([added]);
});

describe('the waitlist', () => {
	const wait = async (email_address: string) =>
		(await call('POST /waitlist_entries', { body: { email_address, notify: false } })).body;
	const list = async (query: Record<string, string | number>) =>
		(await call('GET /waitlist_entries', { query })).body.data.map(
			(entry: { email_address: string }) => entry.email_address.split('@')[0],
		);

	it('is filtered and ordered', async () => {
		expect(await list({})).toEqual(['rafi.stern', 'pia.maas', 'lena.vogt', 'tomas.ek']);
		expect(await list({ status: 'pending', order_by: '+email_address' })).toEqual([
			'pia.maas',
			'rafi.stern',
		]);
		expect(await list({ query: 'LENA' })).toEqual(['lena.vogt']);
	});

	it('has an address once', async () => {
		const first = await wait('new@example.com');
		expect(await wait('New@example.com')).toEqual(first);
		const entry = { email_address: 'other@example.com' };
		const bulk = await call('POST /waitlist_entries/bulk', {
			body: [entry, first].map(({ email_address }) => ({ email_address })),
		});
		expect(bulk.body[1]).toEqual(first);
		expect((await call('POST /waitlist_entries/bulk', { body: [entry, entry] })).status).toBe(422);
		const many = { body: Array(51).fill(entry) };
		expect((await call('POST /waitlist_entries/bulk', many)).status).toBe(422);
	});

	it('lets people in, turns them down, or forgets them', async () => {
		const { id } = await wait('new@example.com');
		const act = async (what: string) => await call(`POST /waitlist_entries/${id}/${what}`);
		expect((await act('reject')).body.status).toBe('rejected');
		expect(refusal(await act('reject'))[0]).toBe(409);
		const invited = (await act('invite')).body;
		expect(invited).toMatchObject({ status: 'invited', invitation: { status: 'pending' } });
		expect(refusal(await act('invite'))[0]).toBe(400);
		expect(refusal(await call(`DELETE /waitlist_entries/${id}`))[0]).toBe(409);
		const other = await wait('other@example.com');
		expect((await call(`DELETE /waitlist_entries/${other.id}`)).body.deleted).toBe(true);
	});
});

describe('domains', () => {
	it('are added as satellites, changed and deleted', async () => {
		const body = { name: 'sat.example.com', is_satellite: true };
		const { id } = (await call('POST /domains', { body })).body;
		expect((await call('POST /domains', { body })).status).toBe(422);
		const proxy_url = 'https://sat.example.com/__clerk';
		const changed = await call(`PATCH /domains/${id}`, { body: { proxy_url } });
		expect(changed.body).toMatchObject({ name: body.name, proxy_url });
		const dns = await call(`PATCH /domains/${id}`, { body: { proxy_url: null } });
		expect(dns.body.proxy_url).toBeNull();
		const { data } = (await call('GET /domains')).body;
		expect(data[0].id).toBe(id);
		await call(`DELETE /domains/${id}`);
		expect((await call(`DELETE /domains/${id}`)).status).toBe(404);
		const primary = data.find((one: { is_satellite: boolean }) => !one.is_satellite);
		expect((await call(`DELETE /domains/${primary.id}`)).status).toBe(403);
	});

	it('have their proxy checked', async () => {
		const check = async (body: object) => await call('POST /proxy_checks', { body });
		const [domain] = clerk.state.domains.rows;
		const proxy_url = 'https://app.example.com/__clerk';
		expect((await check({ domain_id: domain?.id, proxy_url })).body).toMatchObject({
			domain_id: domain?.id,
			successful: true,
		});
		expect((await check({ proxy_url: 'https://x.test/' })).body.successful).toBe(false);
		expect((await check({})).status).toBe(422);
	});
});

it('redirect URLs are listed, read and deleted', async () => {
	const body = { url: 'my-app://back' };
	const added = (await call('POST /redirect_urls', { body })).body;
	expect((await call('POST /redirect_urls', { body })).status).toBe(422);
	expect((await call('POST /redirect_urls', { body: { url: 'back' } })).status).toBe(422);
	expect((await call(`GET /redirect_urls/${added.id}`)).body).toEqual(added);
	expect((await call('GET /redirect_urls')).body[0]).toEqual(added);
	await call(`DELETE /redirect_urls/${added.id}`);
	expect((await call(`GET /redirect_urls/${added.id}`)).status).toBe(404);
});

if (document) {
	test('the document has judged a response of every route', () => {
		expect(unjudged({ ...accessLists, ...domains }, judged)).toEqual([]);
	});
}
